import type { Catalog } from './catalog.ts'
import type { OrderEvent } from './events.ts'
import type { OrderState } from './evolve.ts'
import { originsOf } from './late-entries.ts'
import type { OrderView } from './order-view.ts'
import { isOnRoster } from './roster.ts'

/**
 * Orders that nobody takes up. After a time a pending order is flagged on every screen, and then
 * cancelled by rule, by one device. That device may be apart from the others while one of them takes
 * the order up, so a cancellation by rule is the weakest fact that there is: it counts for nothing in
 * an order that was ever confirmed, sent, paid for or cancelled by a person, whichever was known
 * first (rule F1). And whoever writes it, it is one command: two devices that do make one fact.
 */
export const timeoutCommandId = (orderId: string): string => `timeout.${orderId}`

export const TIMED_OUT = 'timed out'

/**
 * When the order is flagged, by the clock on the wall; null: never. Whoever touches it begins the
 * time anew, and an order for later begins to wait when it is wanted. Where money is on the order, or
 * a card is being asked for, a person decides.
 */
export function timesOutAtMs(
  order: Pick<OrderView, 'status' | 'updatedAt' | 'scheduledFor' | 'payments' | 'intents'>,
  timeoutMs: number,
): number | null {
  const { status, updatedAt, scheduledFor, payments, intents } = order
  if (status !== 'pending' || payments.length > 0 || intents.length > 0) return null
  const wantedMs = scheduledFor === null ? 0 : Date.parse(scheduledFor)
  const beginsMs = Math.max(Date.parse(updatedAt), Number.isNaN(wantedMs) ? 0 : wantedMs)
  return Number.isNaN(beginsMs) ? null : beginsMs + timeoutMs
}

/**
 * The device that cancels it: the one that took it. Of a device that is no more, and of the centre,
 * which stands in no restaurant, it is the first till by its id. A till that is on the roster and
 * dark keeps its orders, flagged on all the others, until somebody cancels them.
 */
export function lookedAfterBy(
  catalog: Catalog,
  { origin }: Pick<OrderView, 'origin'>,
): string | null {
  const members = [...catalog.device].filter(
    ([id, { role }]) => role !== 'central' && isOnRoster(catalog, id),
  )
  const maker = members.find(([, device]) => originsOf(device).includes(origin))
  if (maker !== undefined) return maker[0]
  const tills = members.filter(([, { role }]) => role === 'terminal').map(([id]) => id)
  return tills.toSorted()[0] ?? null
}

/** Nothing where the order has been taken up: then there is nothing left to decide. */
export const timedOut = (state: OrderState): OrderEvent[] =>
  isTakenUp(state)
    ? []
    : [{ type: 'order.cancelled', orderId: state.orderId, reason: TIMED_OUT, ifPending: true }]

/** The state as it is read: without cancellations by rule that count for nothing. */
export function withoutMootTimeouts(state: OrderState): OrderState {
  const statuses = Object.entries(state.statuses)
  if (!statuses.some(([, { value }]) => value.ifPending) || !isTakenUp(state)) return state
  const counting = statuses.filter(([, { value }]) => value.ifPending !== true)
  return { ...state, statuses: Object.fromEntries(counting) }
}

function isTakenUp({ statuses, firings, payments, intents, merged }: OrderState): boolean {
  if (merged !== undefined) return true
  for (const id in statuses) if (statuses[id]?.value.ifPending !== true) return true
  return isAny(firings) || isAny(payments) || isAny(intents)
}

function isAny(set: Readonly<Record<string, unknown>>): boolean {
  for (const _ in set) return true
  return false
}
