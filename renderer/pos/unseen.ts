import { isMadeOn } from '../../domain/also-at.ts'
import { isLive, type ShownOrder, type TicketView } from '../../domain/order-view.ts'
import { say } from '../words/say.ts'
import { isOpen, isSeen } from './open-orders.ts'

export interface UnseenTicket {
  readonly order: ShownOrder
  readonly ticket: TicketView
}

/**
 * Tickets that this till fired and no kitchen screen has acknowledged for as long as is allowed, the
 * oldest first (rule K2). What another till fired alarms there. A ticket of which nothing is to be
 * made any more alarms nobody.
 */
export function unseenTickets(
  orders: Iterable<ShownOrder>,
  ownOrigins: ReadonlySet<string>,
  nowMs: number,
  allowedMs: number,
): UnseenTicket[] {
  return [...orders]
    .filter(isOpen)
    .flatMap((order) => order.tickets.map((ticket) => ({ order, ticket })))
    .filter(({ ticket }) => ownOrigins.has(ticket.firedFrom) && !isSeen(ticket))
    .filter(({ ticket }) => nowMs - Date.parse(ticket.firedAt) >= allowedMs)
    .filter(({ order, ticket }) => isToMake(order, ticket))
    .toSorted((a, b) => Date.parse(a.ticket.firedAt) - Date.parse(b.ticket.firedAt))
}

/** A line that was moved to another order is made from this ticket all the same. */
const isToMake = (order: ShownOrder, { id, lineIds }: TicketView): boolean =>
  order.lines.some(
    (line) =>
      lineIds.includes(line.id) &&
      (isLive(line) || line.movedTo !== null) &&
      (line.also === undefined || isMadeOn(line, id)),
  )

const NAMED = 3

/** `A-017, A-018 and 2 more`: each order once. */
export function numbersText(unseen: readonly UnseenTicket[]): string {
  const numbers = [...new Set(unseen.map(({ order }) => order.number))]
  const more = numbers.length - NAMED
  const named = numbers.slice(0, NAMED)
  if (more > 0) return say('till.numbersMore', { numbers: named.join(', '), n: more })
  const last = named.at(-1) ?? ''
  if (named.length < 2) return last
  return say('till.numbersLast', { numbers: named.slice(0, -1).join(', '), last })
}
