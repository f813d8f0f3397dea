import { preparedKitchenName } from './preparations.ts'
import { isMadeOn } from './also-at.ts'
import type { LineView, OrderView, TicketView } from './order-view.ts'

/** "All day": how much of each thing the kitchen still has to make, over all that is open. */
export interface AllDayCount {
  readonly itemId: string
  readonly name: string
  readonly quantity: number
  readonly modifiers: readonly { readonly name: string; readonly quantity: number }[]
}

/** What is counted: a line on an open ticket of a station. */
export interface ToMake {
  readonly ticket: Pick<TicketView, 'id' | 'stationId'>
  readonly line: LineView
}

/** What one ticket still has to make. What another station makes, or was voided, is not among it. */
export function toMakeOn(
  order: Pick<OrderView, 'status'>,
  ticket: TicketView,
  lines: readonly LineView[],
): ToMake[] {
  if (ticket.bumped) return []
  return lines
    .filter((line) => !line.voided && isMadeOn(line, ticket.id))
    .filter((line) => isWanted(order, line) && markOn(line, ticket.id) !== 'ready')
    .map((line) => ({ ticket, line }))
}

/** Of an order that is over only what was moved to another one is still waited for. */
const isWanted = ({ status }: Pick<OrderView, 'status'>, line: LineView): boolean =>
  line.movedTo !== null || (status !== 'cancelled' && status !== 'completed')

/** How far the station of a ticket is with a line on it. */
export const markOn = (line: LineView, ticketId: string): LineView['kitchenStatus'] =>
  line.also?.find((part) => part.ticketId === ticketId)?.mark ?? line.ownMark ?? line.kitchenStatus

/** The most wanted first; of as many, by name. */
export function countAllDay(toMake: Iterable<ToMake>): AllDayCount[] {
  const byItem = new Map<
    string,
    { name: string; quantity: number; modifiers: Map<string, number> }
  >()
  for (const { line } of toMake) {
    const count = byItem.get(line.itemId) ?? {
      name: line.kitchenName,
      quantity: 0,
      modifiers: new Map<string, number>(),
    }
    byItem.set(line.itemId, count)
    count.quantity += line.quantity
    for (const modifier of line.modifiers) {
      const name = preparedKitchenName(modifier)
      count.modifiers.set(name, (count.modifiers.get(name) ?? 0) + line.quantity)
    }
  }
  return [...byItem]
    .map(([itemId, { name, quantity, modifiers }]) => ({
      itemId,
      name,
      quantity,
      modifiers: [...modifiers]
        .map(([modifier, times]) => ({ name: modifier, quantity: times }))
        .toSorted(mostFirst),
    }))
    .toSorted(mostFirst)
}

interface Counted {
  readonly name: string
  readonly quantity: number
}

const mostFirst = (a: Counted, b: Counted): number =>
  b.quantity - a.quantity || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)
