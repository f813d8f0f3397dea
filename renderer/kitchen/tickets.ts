import { markOn } from '../../domain/all-day.ts'

import type { RecordValue } from '../../domain/catalog.ts'
import type { AlsoAs, KitchenMark } from '../../domain/events.ts'
import type {
  LineKitchenStatus,
  LineView,
  ShownOrder,
  TicketView,
} from '../../domain/order-view.ts'
import { printerOfReader } from '../../domain/paper-tickets.ts'
import type { TicketChange } from '../../domain/ticket-changes.ts'

/** What the kitchen screen makes of the orders: pure. */

export interface KitchenTicket {
  /** Where it was fired. */
  readonly order: ShownOrder
  /** Who waits for it: another order, once all that is on it was moved there. */
  readonly guest: ShownOrder
  readonly ticket: TicketView
  readonly lines: readonly TicketLine[]
  /** All that the height of its card depends on. */
  readonly look: string
}

export interface TicketLine {
  readonly line: LineView
  /** What this ticket's station has to do with it: it makes it, a part of it, or is told of it. */
  readonly part: 'own' | AlsoAs
  readonly mark: LineKitchenStatus
  /** Absent: nothing that the cook does not know. */
  readonly change?: LineChange
}

/** All that changed in a line since the cook knew it. */
export interface LineChange {
  readonly ids: readonly string[]
  readonly kind: TicketChange['kind']
  readonly was: NonNullable<TicketChange['was']>
}

/** The stations whose tickets a screen shows; null: of all. */
export type Shown = ReadonlySet<string> | null

/**
 * Reads tickets out of orders, and gives the same objects again as long as nothing on them has changed:
 * ten orders a second leave the cards of sixty others alone.
 */
export function createTicketReader() {
  const held = new WeakMap<ShownOrder, readonly KitchenTicket[]>()
  return (ordersById: ReadonlyMap<string, ShownOrder>): KitchenTicket[] =>
    [...ordersById.values()].flatMap((order) => {
      if (order.tickets.length === 0) return []
      const before = held.get(order)
      if (before?.every(({ guest }) => ordersById.get(guest.id) === guest)) return before
      const tickets = ticketsOf(order, ordersById)
      held.set(order, tickets)
      return tickets
    })
}

function ticketsOf(
  order: ShownOrder,
  ordersById: ReadonlyMap<string, ShownOrder>,
): KitchenTicket[] {
  const linesById = new Map(order.lines.map((line) => [line.id, line]))
  return order.tickets.map((ticket) => {
    const lines = ticket.lineIds.flatMap((id) => linesById.get(id) ?? [])
    const places = new Set(lines.filter((line) => !line.voided).map((line) => line.movedTo))
    const [only] = places
    const guest = places.size === 1 && only ? ordersById.get(only) : undefined
    const ticketLines = lines.map((line) => ticketLine(line, ticket))
    const shown = { order, guest: guest ?? order, ticket, lines: ticketLines }
    return { ...shown, look: lookOf(shown) }
  })
}

function ticketLine(line: LineView, ticket: TicketView): TicketLine {
  const also = line.also?.find((part) => part.ticketId === ticket.id)
  const change = changeOf(line, ticket)
  return {
    line,
    part: also?.as ?? 'own',
    mark: markOn(line, ticket.id),
    ...(change !== null && { change }),
  }
}

function lookOf({ guest, ticket, lines }: Omit<KitchenTicket, 'look'>): string {
  const isPrinted = ticket.seenBy.some(({ deviceId }) => printerOfReader(deviceId) !== null)
  return JSON.stringify([
    [guest.number, guest.status, guest.table, guest.notes, guest.customer?.name],
    [guest.promisedFor, guest.scheduledFor],
    guest.lines.flatMap(({ held, course, kitchenName, quantity }) =>
      held ? [course, quantity, kitchenName] : [],
    ),
    [ticket.rushedAt === null, ticket.bumped, ticket.handedAt === null, isPrinted],
    lines.map(({ line, part, mark, change }) => [
      [line.id, line.quantity, line.kitchenName, line.instructions, line.voided, line.movedTo],
      [line.seat, line.course],
      line.modifiers,
      [part, mark, change?.kind, change?.was],
    ]),
  ])
}

/** Of a ticket that nobody has read yet everything is new, and nothing has changed. */
function changeOf(line: LineView, { changes = [], seenBy }: TicketView): LineChange | null {
  const own = changes.filter(({ lineId }) => lineId === line.id)
  const [first] = own
  if (first === undefined || seenBy.length === 0) return null
  return {
    ids: own.map(({ id }) => id),
    kind: own.some(({ kind }) => kind === 'voided') ? 'voided' : 'changed',
    was: first.was ?? {},
  }
}

const isOver = ({ status }: ShownOrder): boolean => status === 'cancelled' || status === 'completed'

/** Bumped, and changed after that: it has to be looked at again. What is only voided is made anyway. */
export const isReopened = ({ order, ticket, lines }: KitchenTicket): boolean =>
  ticket.bumped &&
  !isOver(order) &&
  lines.some(({ change, line }) => change?.kind === 'changed' && !line.voided)

const isOpen = (entry: KitchenTicket): boolean => !entry.ticket.bumped || isReopened(entry)

const isAt = (stations: Shown) => (entry: KitchenTicket) =>
  stations === null || stations.has(entry.ticket.stationId)

/** What is to be made: what is rushed first, then the oldest; two of one moment in a fixed order. */
export function openTickets(tickets: readonly KitchenTicket[], stations: Shown): KitchenTicket[] {
  return tickets.filter(isOpen).filter(isAt(stations)).toSorted(inTurn)
}

/** Those who wait longest for what is rushed come first among the rushed. */
export const inTurn = (a: KitchenTicket, b: KitchenTicket): number =>
  compare(a.ticket.rushedAt ?? '~', b.ticket.rushedAt ?? '~') ||
  compare(a.ticket.firedAt, b.ticket.firedAt) ||
  compareIds(a, b)

/** What was bumped and may come back, the last one first. */
export function recallableTickets(
  tickets: readonly KitchenTicket[],
  stations: Shown,
  limit: number,
): KitchenTicket[] {
  return tickets
    .filter(({ order, ticket }) => !isOver(order) && ticket.bumped)
    .filter(isAt(stations))
    .toSorted(
      (a, b) => compare(b.ticket.bumpedAt ?? '', a.ticket.bumpedAt ?? '') || compareIds(a, b),
    )
    .slice(0, limit)
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
const compareIds = (a: KitchenTicket, b: KitchenTicket): number => compare(a.ticket.id, b.ticket.id)

/** A tap on a line moves it one on; a tap on a ready one takes it back, for the slip of a finger. */
export const nextMark = ({ mark }: Pick<TicketLine, 'mark'>): KitchenMark =>
  mark === 'queued' ? 'preparing' : mark === 'preparing' ? 'ready' : 'queued'

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
