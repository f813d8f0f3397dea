import { ROLES } from '../../../domain/catalog.ts'
import { feedMessage, feedQuery } from '../../../protocol/rest/event.ts'
import { readerFor } from '../../personal-data/customers.ts'
import type { ApiDeps } from '../deps.ts'
import { MAX_LISTENERS } from '../limits.ts'
import { problemOf } from '../problems.ts'
import type { Operation } from '../route.ts'
import { createFeedReader } from './feed-reader.ts'
import type { FeedRequest } from './feed-request.ts'
import { createListener, type Listener, type Outlet } from './listener.ts'

export const EVENTS_PATH = '/api/v1/events'

/** For the document and the door; event-stream.ts and web-sockets.ts serve it. */
export const EVENTS_OPERATION: Operation = {
  method: 'GET',
  path: EVENTS_PATH,
  operationId: 'listenToEvents',
  summary:
    'Every event of the log as it is committed here: as a WebSocket, or with `Accept: text/event-stream` as a stream. Resumes from a position, on any device of the store.',
  roles: ROLES,
  query: feedQuery,
  answer: { status: 200, schema: feedMessage, type: 'text/event-stream' },
}

/** The listeners of a device's feed, as their carriers see them. */
export interface Feed {
  readonly isFull: () => boolean
  readonly attach: (request: FeedRequest, outlet: Outlet) => Attached
  readonly stop: () => void
}

interface Attached {
  readonly position: () => string
  readonly detach: () => void
}

export const tooManyListeners = problemOf(
  'too_many_listeners',
  `This device tells up to ${MAX_LISTENERS} listeners at a time.`,
)

export function createFeed({ store, guests }: Pick<ApiDeps, 'store' | 'guests'>): Feed {
  const listeners = new Set<Listener>()
  const stop = store.onCommit(() => {
    for (const listener of listeners) listener.wake()
  })
  return {
    isFull: () => listeners.size >= MAX_LISTENERS,
    attach: ({ start, types, role }, outlet) => {
      const seen = readerFor(guests.customers, role)
      const reader = createFeedReader(store, start ?? store.frontier(), types, seen)
      const listener = createListener(reader, outlet)
      listeners.add(listener)
      listener.wake()
      return {
        position: reader.position,
        detach: () => {
          listener.stop()
          listeners.delete(listener)
        },
      }
    },
    stop,
  }
}
