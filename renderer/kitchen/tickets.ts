import type { RecordValue } from '../../domain/catalog.ts'
import type { KitchenMark } from '../../domain/events.ts'
import type { LineView, OrderView, TicketView } from '../../domain/order-view.ts'

/** What the kitchen screen makes of the orders: pure. */

export interface KitchenTicket {
  readonly order: OrderView
  readonly ticket: TicketView
  readonly lines: readonly LineView[]
}

function ticketsOf(order: OrderView): KitchenTicket[] {
  const linesById = new Map(order.lines.map((line) => [line.id, line]))
  return order.tickets.map((ticket) => ({
    order,
    ticket,
    lines: ticket.lineIds.flatMap((id) => linesById.get(id) ?? []),
  }))
}

const isAtStation = (stationId: string | null) => (entry: KitchenTicket) =>
  stationId === null || entry.ticket.stationId === stationId

/** What is to be made, the oldest first; two fired in the same moment stand in a fixed order. */
export function openTickets(
  orders: Iterable<OrderView>,
  stationId: string | null,
): KitchenTicket[] {
  return [...orders]
    .flatMap(ticketsOf)
    .filter((entry) => !entry.ticket.bumped)
    .filter(isAtStation(stationId))
    .toSorted((a, b) => compare(a.ticket.firedAt, b.ticket.firedAt) || compareIds(a, b))
}

/** What was bumped and may come back, the last one first. */
export function recallableTickets(
  orders: Iterable<OrderView>,
  stationId: string | null,
  limit: number,
): KitchenTicket[] {
  return [...orders]
    .filter((order) => order.status !== 'cancelled' && order.status !== 'completed')
    .flatMap(ticketsOf)
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
