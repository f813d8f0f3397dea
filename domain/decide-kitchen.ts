import type { OrderCommandOf } from './commands.ts'
import { notFrom, type DecideContext, type Decision } from './decision.ts'
import type { KitchenMark, OrderEvent } from './events.ts'
import { derivedId } from './ids.ts'
import { findLine, isPaid, linesOn, liveLines, mayPayLater } from './order-parts.ts'
import { STATUS_MOVES, type OrderStatus, type StatusMove } from './order-status.ts'
import { kitchenAtMs, pacingOf } from './pacing.ts'
import { isLive, NO_STATION, type LineView, type OrderView } from './order-view.ts'
import { ok, refuse } from './result.ts'

/** What the kitchen gets, and what it says of it. */

export function sendToKitchen(
  commandId: string,
  order: OrderView,
  context: DecideContext,
  isEarly = false,
): Decision {
  if (liveLines(order).length === 0) return refuse({ code: 'empty_order' })
  if (order.status === 'pending' && !isPaid(order) && !mayPayLater(order, context)) {
    const { dueMinor } = order.totals
    return refuse({ code: 'payment_required', channel: order.channel, dueMinor })
  }
  return ok(confirmAndFire(commandId, order, context, isEarly))
}

/**
 * What makes a pending order confirmed, and puts every line that no station has yet on a ticket. One
 * for later is confirmed alone: it goes to the kitchen when its time has come (see pacing.ts).
 */
export function confirmAndFire(
  commandId: string,
  order: OrderView,
  { atMs, catalog }: Pick<DecideContext, 'atMs' | 'catalog'>,
  isEarly = false,
): OrderEvent[] {
  const events: OrderEvent[] = []
  const orderId = order.id
  if (order.status === 'pending') events.push({ type: 'order.confirmed', orderId })
  const kitchenAt = kitchenAtMs(order, pacingOf(catalog))
  if (!isEarly && kitchenAt !== null && kitchenAt > atMs) return events
  const unfired = liveLines(order).filter((line) => !line.fired)
  if (unfired.length === 0 && liveLines(order).length > 0) return events
  // A line is fired where it was sold: there its second firing is known for one (rule K1).
  const byHome = Map.groupBy(unfired, (line) => line.homeOrderId)
  for (const [position, [homeOrderId, lines]] of [...byHome].entries()) {
    events.push({
      type: 'order.fired',
      orderId: homeOrderId,
      firingId: derivedId(commandId, position),
      lines: lines.map((line) => ({ lineId: line.id, stationId: line.stationId ?? NO_STATION })),
    })
  }
  const nothingToCook = liveLines(order).every((line) => line.stationId === null)
  const status = order.status === 'pending' ? 'confirmed' : order.status
  if (nothingToCook) events.push(...stepsTo('ready', order, status))
  return events
}

export function markSelected(
  order: OrderView,
  command: OrderCommandOf<'startPreparing' | 'markReady'>,
  mark: 'preparing' | 'ready',
): Decision {
  const cooked = liveLines(order).filter((line) => line.ticketId !== null)
  const { lineIds, stationId } = command
  for (const lineId of lineIds ?? []) {
    const line = findLine(order, lineId)
    if (!line.ok) return line
    if (line.value.ticketId === null) {
      return refuse({ code: 'line_not_fired', lineId, name: line.value.name })
    }
  }
  const selected = cooked.filter(
    (line) =>
      (lineIds === undefined || lineIds.includes(line.id)) &&
      (stationId === undefined || line.stationId === stationId),
  )
  const wholeOrder = lineIds === undefined && stationId === undefined
  const toMark = selected.filter((line) => markRank(line.kitchenStatus) < markRank(mark))
  if (wholeOrder && toMark.length === 0 && STATUS_MOVES[order.status][moveTo(mark)] === null) {
    return notFrom(order.status, command)
  }
  const events = marks(order, toMark, mark)
  if (wholeOrder && !events.some((event) => event.type === `order.${mark}`)) {
    events.push(...stepsTo(mark, order, order.status))
  }
  return ok(events)
}

const moveTo = (mark: 'preparing' | 'ready'): StatusMove => (mark === 'ready' ? 'ready' : 'prepare')

export function markLines(order: OrderView, command: OrderCommandOf<'markLines'>): Decision {
  const lines: LineView[] = []
  for (const lineId of command.lineIds) {
    const line = findLine(order, lineId)
    if (!line.ok) return line
    if (line.value.ticketId === null) {
      return refuse({ code: 'line_not_fired', lineId, name: line.value.name })
    }
    lines.push(line.value)
  }
  return ok(marks(order, lines, command.mark))
}

export function bumpTicket(order: OrderView, command: OrderCommandOf<'bumpTicket'>): Decision {
  const ticket = order.tickets.find((t) => t.id === command.ticketId)
  if (!ticket) return refuse({ code: 'ticket_not_found', ticketId: command.ticketId })
  if (ticket.bumped) return ok([])
  const isOpen = order.status !== 'cancelled' && order.status !== 'completed'
  const toMark = linesOn(order, ticket.id)
    .filter((line) => isOpen || line.movedTo !== null)
    .filter((line) => line.kitchenStatus !== 'ready')
  return ok([
    ...marks(order, toMark, 'ready'),
    { type: 'order.ticket_bumped', orderId: order.id, ticketId: ticket.id },
  ])
}

export function recallTicket(order: OrderView, command: OrderCommandOf<'recallTicket'>): Decision {
  const ticket = order.tickets.find((t) => t.id === command.ticketId)
  if (!ticket) return refuse({ code: 'ticket_not_found', ticketId: command.ticketId })
  if (!ticket.bumped) return ok([])
  return ok([
    { type: 'order.ticket_recalled', orderId: order.id, ticketId: ticket.id },
    ...linesOn(order, ticket.id).map((line) => lineMarked(line, 'preparing')),
  ])
}

export function seeTickets(order: OrderView, command: OrderCommandOf<'seeTickets'>): Decision {
  const { deviceId } = command
  const events: OrderEvent[] = []
  for (const ticketId of new Set(command.ticketIds)) {
    const ticket = order.tickets.find((t) => t.id === ticketId)
    if (!ticket) return refuse({ code: 'ticket_not_found', ticketId })
    if (ticket.seenBy.some((seen) => seen.deviceId === deviceId)) continue
    events.push({ type: 'order.ticket_seen', orderId: order.id, ticketId, deviceId })
  }
  return ok(events)
}

/** Marks lines and declares what the order reaches by it. */
function marks(order: OrderView, lines: readonly LineView[], mark: KitchenMark): OrderEvent[] {
  const changed = lines.filter((line) => line.kitchenStatus !== mark)
  const events = changed.map((line) => lineMarked(line, mark))
  if (mark === 'queued' || !changed.some(isLive)) return events
  const markedIds = new Set(changed.map((line) => line.id))
  const cooked = liveLines(order).filter((line) => line.ticketId !== null)
  const allReady =
    mark === 'ready' &&
    cooked.every((line) => line.kitchenStatus === 'ready' || markedIds.has(line.id))
  return [...events, ...stepsTo(allReady ? 'ready' : 'preparing', order, order.status)]
}

const lineMarked = (line: LineView, mark: KitchenMark): OrderEvent => ({
  type: 'order.line_marked',
  orderId: line.homeOrderId,
  lineId: line.id,
  mark,
})

const markRank = (mark: LineView['kitchenStatus']): number =>
  mark === 'ready' ? 2 : mark === 'preparing' ? 1 : 0

/** The facts between a status and one further on, none left out: rule S1 knows no short cut. */
function stepsTo(target: 'preparing' | 'ready', order: OrderView, from: OrderStatus): OrderEvent[] {
  const orderId = order.id
  const events: OrderEvent[] = []
  if (from === 'confirmed') events.push({ type: 'order.preparing', orderId })
  if (target === 'ready' && (from === 'confirmed' || from === 'preparing')) {
    events.push({ type: 'order.ready', orderId })
  }
  return events
}
