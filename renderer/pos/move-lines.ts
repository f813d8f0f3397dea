import { isLive, type LineView, type ShownOrder } from '../../domain/order-view.ts'
import { PERMITTED } from '../../domain/order-status.ts'
import { isOpen, sortOpenOrders } from './open-orders.ts'

/** Moving items to another guest's order: what may go, and where to. Pure. */

export const movableLines = (order: ShownOrder): LineView[] =>
  PERMITTED[order.status].moveLines ? order.lines.filter(isLive) : []

/** Orders that take items, those of the same channel first: guests change tables, seldom the door. */
export function moveTargets(order: ShownOrder, orders: Iterable<ShownOrder>): ShownOrder[] {
  const others = sortOpenOrders(orders).filter(
    (other) => other.id !== order.id && isOpen(other) && PERMITTED[other.status].addLines,
  )
  const isNear = (other: ShownOrder) => other.channel === order.channel
  return [...others.filter(isNear), ...others.filter((other) => !isNear(other))]
}

/** The lines that are chosen and can still be moved: another till may have been quicker. */
export const stillMovable = (order: ShownOrder, chosen: ReadonlySet<string>): LineView[] =>
  movableLines(order).filter((line) => chosen.has(line.id))
