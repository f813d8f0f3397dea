import type { Catalog } from '../../domain/catalog.ts'
import { printerOfReader } from '../../domain/paper-tickets.ts'
import type { ShownOrder, TicketView } from '../../domain/order-view.ts'
import { say } from '../words/say.ts'

/** Reading the open orders for the till: pure. */

export const isOpen = (order: ShownOrder): boolean =>
  order.status !== 'completed' && order.status !== 'cancelled'

/** Ready ones first, then the oldest first. */
export function sortOpenOrders(orders: Iterable<ShownOrder>): ShownOrder[] {
  return [...orders].filter(isOpen).toSorted((a, b) => {
    const ready = Number(b.status === 'ready') - Number(a.status === 'ready')
    return ready !== 0 ? ready : compareText(a.createdAt, b.createdAt) || compareText(a.id, b.id)
  })
}

/**
 * The same while somebody looks at them: whoever is in the list keeps the place, and who is new comes
 * last, so that no row moves away under a finger. `places`: ids as they stood.
 */
export function inPlaces(
  places: readonly string[],
  sorted: readonly ShownOrder[],
): readonly ShownOrder[] {
  const known = new Set(places)
  const byId = new Map(sorted.map((order) => [order.id, order]))
  const stayed = places.flatMap((id) => byId.get(id) ?? [])
  return [...stayed, ...sorted.filter(({ id }) => !known.has(id))]
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

export function openOrdersByTable(orders: Iterable<ShownOrder>): Map<string, ShownOrder[]> {
  const byTable = new Map<string, ShownOrder[]>()
  for (const order of sortOpenOrders(orders)) {
    if (order.channel !== 'dine_in' || order.table === null) continue
    byTable.set(order.table, [...(byTable.get(order.table) ?? []), order])
  }
  return byTable
}

export type SeenState = 'none' | 'unseen' | 'seen'

/** Whether a kitchen screen has shown all that was sent. An unseen ticket is never glossed over. */
export function seenState(order: ShownOrder): SeenState {
  if (order.tickets.length === 0) return 'none'
  return order.tickets.every(isSeen) ? 'seen' : 'unseen'
}

export const isSeen = (ticket: TicketView): boolean => ticket.seenBy.length > 0 || ticket.bumped

/** "Seen by Kitchen" or "Not seen yet", per ticket. */
export function seenText(ticket: TicketView, catalog: Catalog): string {
  const screens = ticket.seenBy.flatMap(({ deviceId }) =>
    printerOfReader(deviceId) === null ? (catalog.device.get(deviceId)?.name ?? deviceId) : [],
  )
  if (screens.length > 0) return say('order.seenBy', { names: screens.join(', ') })
  const [first] = ticket.seenBy
  if (first !== undefined) return paperText(first.deviceId, catalog)
  return ticket.bumped ? say('order.done') : say('order.notSeen')
}

/** "Printed as fallback on Kitchen printer": the paper is there, and nobody says that it was read. */
function paperText(readerId: string, catalog: Catalog): string {
  const reader = printerOfReader(readerId)
  if (reader === null) return say('order.seenBy', { names: readerId })
  const name = catalog.printer.get(reader.printerId)?.name ?? reader.printerId
  return reader.kind === 'fallback'
    ? say('order.printedFallback', { name })
    : say('order.printedOn', { name })
}

/** When the oldest unseen ticket was sent; null: all have been seen. */
export function unseenSinceMs(order: ShownOrder): number | null {
  const sent = order.tickets.filter((t) => !isSeen(t)).map((t) => Date.parse(t.firedAt))
  return sent.length === 0 ? null : Math.min(...sent)
}
