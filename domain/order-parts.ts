import { STORE_RECORD_ID } from './catalog.ts'
import type { DecideContext } from './decision.ts'
import { isLive, type LineView, type OrderView } from './order-view.ts'
import type { Rejection } from './rejections.ts'
import { ok, refuse, type Result } from './result.ts'

/** What the rules ask of an order, over and over. */

export const liveLines = (order: OrderView): LineView[] => order.lines.filter(isLive)

/** What a ticket asks for, also for those who sit at another table by now. */
export const linesOn = (order: OrderView, ticketId: string): LineView[] =>
  order.lines.filter((line) => isOnTicket(line, ticketId) && !line.voided)

export const isOnTicket = (line: LineView, ticketId: string): boolean =>
  line.ticketId === ticketId || line.also?.some((part) => part.ticketId === ticketId) === true

export const isPaid = (order: OrderView): boolean => order.totals.dueMinor <= 0

export const isAllMade = (order: OrderView): boolean =>
  liveLines(order).every((l) => l.kitchenStatus === 'ready' || l.kitchenStatus === 'none')

export const sumOf = (lines: readonly LineView[]): number =>
  lines.reduce((sum, line) => sum + line.totalMinor, 0)

export function mayPayLater(order: OrderView, context: DecideContext): boolean {
  const store = context.catalog.store.get(STORE_RECORD_ID)
  return store?.payLaterChannels.includes(order.channel) ?? false
}

export function findLine(order: OrderView, lineId: string): Result<LineView, Rejection> {
  const line = order.lines.find((l) => l.id === lineId)
  if (!line) return refuse({ code: 'line_not_found', lineId })
  if (line.voided) return refuse({ code: 'line_voided', lineId, name: line.name })
  if (line.movedTo !== null) {
    const { name, movedTo: toOrderId } = line
    return refuse({ code: 'line_moved', lineId, name, toOrderId })
  }
  return ok(line)
}
