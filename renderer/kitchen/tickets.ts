import type { RecordValue } from '../../domain/catalog.ts'
import type { KitchenMark } from '../../domain/events.ts'
import type { LineView, ShownOrder, TicketView } from '../../domain/order-view.ts'

/** What the kitchen screen makes of the orders: pure. */

export interface KitchenTicket {
  /** Where it was fired. */
  readonly order: ShownOrder
  /** Who waits for it: another order, once all that is on it was moved there. */
  readonly guest: ShownOrder
  readonly ticket: TicketView
  readonly lines: readonly LineView[]
}

function ticketsOf(orders: Iterable<ShownOrder>): KitchenTicket[] {
  const ordersById = new Map([...orders].map((order) => [order.id, order]))
  return [...ordersById.values()].flatMap((order) => {
    const linesById = new Map(order.lines.map((line) => [line.id, line]))
    return order.tickets.map((ticket) => {
      const lines = ticket.lineIds.flatMap((id) => linesById.get(id) ?? [])
      const places = new Set(lines.filter((line) => !line.voided).map((line) => line.movedTo))
      const [only] = places
      const guest = places.size === 1 && only ? ordersById.get(only) : undefined
      return { order, guest: guest ?? order, ticket, lines }
    })
  })
}

const isAtStation = (stationId: string | null) => (entry: KitchenTicket) =>
  stationId === null || entry.ticket.stationId === stationId

/** What is to be made, the oldest first; two fired in the same moment stand in a fixed order. */
export function openTickets(
  orders: Iterable<ShownOrder>,
  stationId: string | null,
): KitchenTicket[] {
  return ticketsOf(orders)
    .filter((entry) => !entry.ticket.bumped)
    .filter(isAtStation(stationId))
    .toSorted((a, b) => compare(a.ticket.firedAt, b.ticket.firedAt) || compareIds(a, b))
}

/** What was bumped and may come back, the last one first. */
export function recallableTickets(
  orders: Iterable<ShownOrder>,
  stationId: string | null,
  limit: number,
): KitchenTicket[] {
  return ticketsOf(orders)
    .filter(({ order }) => order.status !== 'cancelled' && order.status !== 'completed')
    .filter((entry) => entry.ticket.bumped)
    .filter(isAtStation(stationId))
    .toSorted(
      (a, b) => compare(b.ticket.bumpedAt ?? '', a.ticket.bumpedAt ?? '') || compareIds(a, b),
    )
    .slice(0, limit)
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
const compareIds = (a: KitchenTicket, b: KitchenTicket): number => compare(a.ticket.id, b.ticket.id)

/** A tap on a line moves it one on; a tap on a ready one takes it back, for the slip of a finger. */
export const nextMark = (line: LineView): KitchenMark =>
  line.kitchenStatus === 'queued'
    ? 'preparing'
    : line.kitchenStatus === 'preparing'
      ? 'ready'
      : 'queued'

export type Urgency = 'fresh' | 'soon' | 'late'

type Thresholds = Pick<RecordValue<'station'>, 'warnAfterSeconds' | 'lateAfterSeconds'>

/** Used where a station is not in the catalog (any more). */
const DEFAULT_THRESHOLDS: Thresholds = { warnAfterSeconds: 600, lateAfterSeconds: 900 }

export function urgencyOf(ageMs: number, station: Thresholds | undefined): Urgency {
  const { warnAfterSeconds, lateAfterSeconds } = station ?? DEFAULT_THRESHOLDS
  if (ageMs >= lateAfterSeconds * 1000) return 'late'
  return ageMs >= warnAfterSeconds * 1000 ? 'soon' : 'fresh'
}

/** Tickets on the screen that this device has not acknowledged, by order: one command each. */
export function ticketsToSee(
  shown: readonly KitchenTicket[],
  deviceId: string,
): Map<string, string[]> {
  const unseen = shown.filter(
    ({ ticket }) => !ticket.seenBy.some((seen) => seen.deviceId === deviceId),
  )
  return new Map(
    [...Map.groupBy(unseen, ({ order }) => order.id)].map(([orderId, entries]) => [
      orderId,
      entries.map(({ ticket }) => ticket.id),
    ]),
  )
}
