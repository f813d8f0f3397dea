import type { IncomingMessage } from 'node:http'
import { ROLES } from '../../../domain/catalog.ts'
import { ok, type Result } from '../../../domain/result.ts'
import { feedMessage, feedQuery } from '../../../protocol/rest/event.ts'
import { readerFor } from '../../personal-data/customers.ts'
import { admit } from '../authenticate.ts'
import type { ApiDeps } from '../deps.ts'
import { MAX_LISTENERS } from '../limits.ts'
import { problemOf, type Problem } from '../problems.ts'
import type { MaybePromise } from '../rest-store.ts'
import type { Caller, Operation } from '../route.ts'
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

/** The listeners of a store's feed, as their carriers see them. */
export interface Feed {
  readonly isFull: () => boolean
  readonly attach: (request: FeedRequest, outlet: Outlet) => Attached
}

/** Who may listen, and to which store's feed. `token`: also where no header can carry one. */
export interface FeedDoor {
  readonly admit: (
    token: string | undefined,
    request: Pick<IncomingMessage, 'headers'>,
  ) => MaybePromise<Result<{ readonly caller: Caller; readonly feed: Feed }, Problem>>
  /** No further listener is told anything. */
  readonly stop: () => void
}

export interface Attached {
  readonly position: () => string
  readonly detach: () => void
}

export const tooManyListeners = problemOf(
  'too_many_listeners',
  `Up to ${MAX_LISTENERS} listeners of a store are told at a time.`,
)

/** The door of a device's own feed. */
export function createDeviceFeed({
  tokens,
  ...deps
}: Pick<ApiDeps, 'store' | 'guests' | 'tokens'>): FeedDoor {
  const { feed, stop } = createFeed(deps)
  return {
    admit: (token) => {
      const caller = admit(tokens, EVENTS_OPERATION, token)
      return caller.ok ? ok({ caller: caller.value, feed }) : caller
    },
    stop,
  }
}

function createFeed({ store, guests }: Pick<ApiDeps, 'store' | 'guests'>) {
  const listeners = new Set<Listener>()
  const stop = store.onCommit(() => {
    for (const listener of listeners) listener.wake()
  })
  const feed: Feed = {
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
  }
  return { feed, stop }
}
