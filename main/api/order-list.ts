import { findOrderIds } from '../../db/sqlite/order-queries.ts'
import type { OrderFilter, OrderPosition } from '../../domain/order-filter.ts'
import type { OrderView } from '../../domain/order-view.ts'
import type { Store } from '../../db/sqlite/store.ts'
import type { OlderOrders } from '../older-orders.ts'

/** A page of orders, newest first, of those that are here and those that have left together. */
export interface OrderList {
  readonly orders: readonly OrderView[]
  /** Where the next page begins; null: this is the last one. */
  readonly next: OrderPosition | null
  /**
   * Orders from before this moment are missing, because the centre that has them cannot be reached.
   * Null: nothing is missing.
   */
  readonly missingBefore: string | null
}

/** Open orders never leave, so nobody asks the centre for them. */
const LEAVING: ReadonlySet<string> = new Set(['completed', 'cancelled'])

export async function listOrders(
  { store, older }: { readonly store: Store; readonly older?: OlderOrders | undefined },
  filter: OrderFilter,
  after: OrderPosition | null,
  limit: number,
): Promise<OrderList> {
  const here = findOrderIds(store.connection, filter, after, limit + 1)
  const leftUntil = older?.leftUntil() ?? null
  if (older === undefined || leftUntil === null || !mayHaveLeft(filter, leftUntil)) {
    return pageOf(store, here, limit, null)
  }
  // A page of orders that are all younger than any that has left is whole.
  const last = here[limit]
  if (last !== undefined && last.createdAt >= leftUntil) return pageOf(store, here, limit, null)
  const found = await older.find({ filter: forCentre(filter), after, limit })
  if (found === null) return pageOf(store, here, limit, leftUntil)
  const fromCentre = found.orders.filter(({ id }) => store.order(id) === null)
  // After a full page of the centre's may come more, which nobody knows yet: it ends there.
  const end = found.orders.length < limit ? undefined : found.orders.at(-1)
  const merged = [...here, ...fromCentre]
    .filter((order) => end === undefined || newestFirst(order, end) <= 0)
    .toSorted(newestFirst)
  const page = pageOf(store, merged, limit, null, fromCentre)
  return end === undefined ? page : { ...page, next: page.next ?? positionOf(end) }
}

/** Which orders a name was found in concerns this device alone: those are here. */
const forCentre = ({ q, ...filter }: OrderFilter): OrderFilter =>
  q === undefined ? filter : { ...filter, q: { ...q, orderIds: [] } }

const positionOf = ({ createdAt, id }: OrderPosition): OrderPosition => ({ createdAt, id })

const mayHaveLeft = ({ status, from }: OrderFilter, leftUntil: string): boolean =>
  (from === undefined || from < leftUntil) &&
  (status === undefined || status.some((one) => LEAVING.has(one)))

function pageOf(
  store: Store,
  found: readonly OrderPosition[],
  limit: number,
  missingBefore: string | null,
  fromCentre: readonly OrderView[] = [],
): OrderList {
  const page = found.slice(0, limit)
  const byId = new Map(fromCentre.map((order) => [order.id, order]))
  const views = new Map(
    store
      .orders(page.flatMap(({ id }) => (byId.has(id) ? [] : [id])))
      .map((view) => [view.id, view]),
  )
  const last = page.at(-1)
  return {
    orders: page.flatMap(({ id }) => byId.get(id) ?? views.get(id) ?? []),
    next: last && found.length > limit ? last : null,
    missingBefore,
  }
}

function newestFirst(a: OrderPosition, b: OrderPosition): number {
  if (a.createdAt !== b.createdAt) return a.createdAt < b.createdAt ? 1 : -1
  return a.id < b.id ? 1 : -1
}
