import type { OrderCommandOf } from './commands.ts'
import { marks, partMarked, partsOf, type LinePart } from './decide-kitchen.ts'
import type { Decision } from './decision.ts'
import type { OrderEvent } from './events.ts'
import { isPaid, linesOn, liveLines } from './order-parts.ts'
import type { OrderView, TicketView } from './order-view.ts'
import { refuse, ok, type Result } from './result.ts'
import type { Rejection } from './rejections.ts'

/** What becomes of a ticket: it is read, bumped, called back, rushed and handed out. */

export function bumpTicket(order: OrderView, command: OrderCommandOf<'bumpTicket'>): Decision {
  const ticket = order.tickets.find((t) => t.id === command.ticketId)
  if (!ticket) return refuse({ code: 'ticket_not_found', ticketId: command.ticketId })
  const seen = changesSeen(order.id, ticket)
  if (ticket.bumped) return ok(seen)
  const isOpen = order.status !== 'cancelled' && order.status !== 'completed'
  const toMark = partsOn(order, ticket.id)
    .filter(({ line }) => isOpen || line.movedTo !== null)
    .filter(({ mark }) => mark !== 'ready')
  return ok([
    ...marks(order, toMark, 'ready'),
    { type: 'order.ticket_bumped', orderId: order.id, ticketId: ticket.id },
    ...seen,
  ])
}

/** Whoever bumps a ticket has read it. */
const changesSeen = (
  orderId: string,
  { id: ticketId, changes = [] }: TicketView,
  named?: readonly string[],
): OrderEvent[] => {
  const changeIds = changes
    .map(({ id }) => id)
    .filter((id) => named === undefined || named.includes(id))
    .slice(0, MAX_CHANGES)
  return changeIds.length === 0
    ? []
    : [{ type: 'order.changes_seen', orderId, ticketId, changeIds }]
}

/** As many as one event holds. */
const MAX_CHANGES = 500

export function recallTicket(order: OrderView, command: OrderCommandOf<'recallTicket'>): Decision {
  const ticket = order.tickets.find((t) => t.id === command.ticketId)
  if (!ticket) return refuse({ code: 'ticket_not_found', ticketId: command.ticketId })
  if (!ticket.bumped) return ok([])
  const { id: orderId } = order
  const cameBack: OrderEvent[] =
    ticket.handedAt === null
      ? []
      : [{ type: 'order.tickets_handed', orderId, ticketIds: [ticket.id], handed: false }]
  return ok([
    { type: 'order.ticket_recalled', orderId, ticketId: ticket.id },
    ...cameBack,
    ...partsOn(order, ticket.id).map((part) => partMarked(part, 'preparing')),
  ])
}

/** What a ticket has to make, also for those who sit at another table by now. */
const partsOn = (order: OrderView, ticketId: string): LinePart[] =>
  linesOn(order, ticketId)
    .flatMap(partsOf)
    .filter((part) => part.ticketId === ticketId)

export function seeTickets(order: OrderView, command: OrderCommandOf<'seeTickets'>): Decision {
  const { deviceId } = command
  const orderId = order.id
  const events: OrderEvent[] = []
  for (const ticketId of new Set(command.ticketIds)) {
    const ticket = order.tickets.find((t) => t.id === ticketId)
    if (!ticket) return refuse({ code: 'ticket_not_found', ticketId })
    if (ticket.seenBy.some((seen) => seen.deviceId === deviceId)) continue
    events.push({ type: 'order.ticket_seen', orderId, ticketId, deviceId })
    // Who shows it first shows it as it is: to its cook nothing has changed.
    if (ticket.seenBy.length === 0) events.push(...changesSeen(orderId, ticket))
  }
  return ok(events)
}

export function seeChanges(order: OrderView, command: OrderCommandOf<'seeChanges'>): Decision {
  const ticket = order.tickets.find((t) => t.id === command.ticketId)
  if (!ticket) return refuse({ code: 'ticket_not_found', ticketId: command.ticketId })
  return ok(changesSeen(order.id, ticket, command.changeIds))
}

export function rushTickets(order: OrderView, command: OrderCommandOf<'rushTickets'>): Decision {
  const { rush } = command
  const chosen = chooseTickets(order, command.ticketIds, (ticket) =>
    rush ? ticket.handedAt === null : ticket.rushedAt !== null,
  )
  if (!chosen.ok) return chosen
  const ticketIds = chosen.value
    .filter((ticket) => (ticket.rushedAt !== null) !== rush)
    .map(({ id }) => id)
  if (ticketIds.length === 0) return ok([])
  return ok([{ type: 'order.tickets_rushed', orderId: order.id, ticketIds, rush }])
}

/**
 * What is handed out has left the kitchen. When that was the last of an order that is made and paid
 * for, the order is complete by it; a delivery is complete at the door, and no sooner.
 */
export function handTickets(order: OrderView, command: OrderCommandOf<'handTickets'>): Decision {
  const { handed } = command
  const orderId = order.id
  const chosen = chooseTickets(order, command.ticketIds, (ticket) =>
    handed ? ticket.bumped && ticket.handedAt === null : ticket.handedAt !== null,
  )
  if (!chosen.ok) return chosen
  const notMade = chosen.value.find((ticket) => handed && !ticket.bumped)
  if (notMade) return refuse({ code: 'ticket_not_made', ticketId: notMade.id })
  const ticketIds = chosen.value
    .filter((ticket) => (ticket.handedAt !== null) !== handed)
    .map(({ id }) => id)
  if (ticketIds.length === 0) return ok([])
  const isLast =
    handed &&
    order.tickets.every(
      ({ id, handedAt }) =>
        handedAt !== null || ticketIds.includes(id) || partsOn(order, id).length === 0,
    ) &&
    liveLines(order).every((line) => line.fired)
  const isDone = isLast && order.status === 'ready' && isPaid(order) && order.channel !== 'delivery'
  return ok([
    { type: 'order.tickets_handed', orderId, ticketIds, handed },
    ...(isDone ? [{ type: 'order.completed' as const, orderId }] : []),
  ])
}

function chooseTickets(
  order: OrderView,
  ticketIds: readonly string[] | undefined,
  isMeant: (ticket: TicketView) => boolean,
): Result<readonly TicketView[], Rejection> {
  if (ticketIds === undefined) return ok(order.tickets.filter(isMeant))
  const chosen: TicketView[] = []
  for (const ticketId of new Set(ticketIds)) {
    const ticket = order.tickets.find(({ id }) => id === ticketId)
    if (!ticket) return refuse({ code: 'ticket_not_found', ticketId })
    chosen.push(ticket)
  }
  return ok(chosen)
}
