import type { LogGrowth } from '../../../db/postgres/log-growth.ts'
import { readFeedPage } from '../../../db/postgres/feed-page.ts'
import { withStores } from '../../../db/postgres/scope.ts'
import type { PostgresStore } from '../../../db/postgres/store.ts'
import { STORE_RECORD_ID } from '../../../domain/catalog.ts'
import type { Entry, Frontier } from '../../../domain/log.ts'
import { ok, type Result } from '../../../domain/result.ts'
import type { FeedMessage } from '../../../protocol/rest/event.ts'
import { orderIdsOf } from '../../../domain/events.ts'
import { readEntry } from '../../../db/fold-entries.ts'
import { eventsOfEntry } from '../../api/entry-events.ts'
import type { FeedRequest } from '../../api/events/feed-request.ts'
import { EVENTS_OPERATION, type Attached, type Feed, type FeedDoor } from '../../api/events/feed.ts'
import { createListener } from '../../api/events/listener.ts'
import { encodePosition } from '../../api/events/position.ts'
import { FEED_PAGE_ENTRIES, MAX_LISTENERS } from '../../api/limits.ts'
import type { Problem } from '../../api/problems.ts'
import type { Admitted, DoorDeps } from '../../api/serve-routes.ts'
import { readerFor } from '../../personal-data/customers.ts'
import type { CentreStoreDeps } from '../member/centre-store.ts'

export interface CentreFeedDeps extends Pick<CentreStoreDeps, 'database' | 'nowMs'> {
  readonly growth: LogGrowth
  readonly frontier: PostgresStore['frontier']
}

/** How often whoever goes on listening is asked again who he is. */
const ASK_AGAIN_MS = 60_000

/**
 * The feed of a device, of every store at the centre. A position is what a listener has been given of
 * each origin, as there, so he may go on here from what a device told him, and the other way round.
 * The log in PostgreSQL is the queue, so nothing of a listener is in this process but his connection.
 */
export function createCentreFeed(deps: CentreFeedDeps, admit: AdmitToFeed): FeedDoor {
  const ending = new AbortController()
  const listening = new Map<string, number>()

  return {
    stop: () => ending.abort(),
    admit: async (token, { headers }) => {
      const request = { headers: token === undefined ? headers : withToken(headers, token) }
      const who = () => admit(EVENTS_OPERATION, request)
      const admitted = await who()
      if (!admitted.ok) return admitted
      const { caller, storeId } = admitted.value
      const frontier = await deps.frontier(storeId)
      return ok({ caller, feed: feedOf(storeId, frontier, who) })
    },
  }

  function feedOf(storeId: string, frontier: Frontier, who: () => WhoListens): Feed {
    const count = (more: number): void => {
      const listeners = (listening.get(storeId) ?? 0) + more
      if (listeners === 0) listening.delete(storeId)
      else listening.set(storeId, listeners)
    }
    return {
      isFull: () => (listening.get(storeId) ?? 0) >= MAX_LISTENERS,
      attach: (request, outlet) => {
        count(1)
        const reader = createReader(request, request.start ?? frontier, who)
        const listener = createListener(reader, outlet)
        const leaving = new AbortController()
        void wakeWhenGrown(storeId, listener.wake, AbortSignal.any([ending.signal, leaving.signal]))
        return {
          position: reader.position,
          detach: () => {
            leaving.abort()
            listener.stop()
            count(-1)
          },
        } satisfies Attached
      },
    }
  }

  /** First the wait and then the look: what is committed in between is not missed. */
  async function wakeWhenGrown(storeId: string, wake: () => void, over: AbortSignal) {
    while (!over.aborted) {
      const grown = deps.growth.next(storeId, over)
      wake()
      await grown
    }
  }

  function createReader({ types, role }: FeedRequest, start: Frontier, who: () => WhoListens) {
    const given = new Map(start)
    let admitted: AdmittedListener | null = null
    let askedMs = -Infinity

    async function next(): Promise<readonly FeedMessage[] | null> {
      if (admitted === null || deps.nowMs() - askedMs > ASK_AGAIN_MS) {
        const asked = await who()
        if (!asked.ok) throw new Error(asked.error.detail)
        admitted = asked.value
        askedMs = deps.nowMs()
      }
      const { storeId, fresh } = admitted
      const entries = await withStores(
        deps.database,
        [storeId],
        (trx) => readFeedPage(trx, storeId, given, FEED_PAGE_ENTRIES),
        'snapshot',
      )
      if (entries.length === 0) return null
      const store = fresh()
      const [catalog, customers, views] = await Promise.all([
        store.catalog(),
        store.customers(),
        store.orders(ordersIn(entries)),
      ])
      const reader = readerFor(customers, role)
      const orders = new Map(views.map((view) => [view.id, reader.show(view)]))
      const currency = catalog.store.get(STORE_RECORD_ID)?.currency ?? 'USD'
      const orderOf = (orderId: string) => orders.get(orderId) ?? null
      const told = { orderOf, reader, currency, isOrderWhole: true }
      return entries.flatMap((entry) => {
        given.set(entry.origin, entry.seq)
        const events = eventsOfEntry(entry, told)
          .map(({ event }) => event)
          .filter(({ type }) => types === null || types.has(type))
        const last = events.at(-1)
        return events.map((event) =>
          event === last ? { ...event, position: encodePosition(given) } : event,
        )
      })
    }

    return { next, position: () => encodePosition(given) }
  }
}

interface AdmittedListener extends Pick<Admitted, 'caller'> {
  readonly storeId: string
  /** The store as it is now. */
  readonly fresh: () => Admitted['store']
}

type WhoListens = Promise<Result<AdmittedListener, Problem>>
export type AdmitToFeed = (
  operation: Parameters<DoorDeps['admit']>[0],
  request: { readonly headers: Record<string, string | string[] | undefined> },
) => WhoListens

/** Where a browser can send no header, the token came in another way. */
const withToken = (headers: Record<string, string | string[] | undefined>, token: string) => ({
  ...headers,
  authorization: `Bearer ${token}`,
})

const ordersIn = (entries: readonly Entry[]): string[] => [
  ...new Set(
    entries.flatMap((entry) =>
      readEntry(entry).orderEvents.flatMap(({ event }) => orderIdsOf(event)),
    ),
  ),
]
