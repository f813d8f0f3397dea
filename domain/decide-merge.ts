import type { OrderCommandOf } from './commands.ts'
import { moveLines } from './decide-lines.ts'
import type { DecideContext, Decision } from './decision.ts'
import type { OrderEvent } from './events.ts'
import { liveLines } from './order-parts.ts'
import type { OrderView } from './order-view.ts'
import { isOpenIntent } from './payment-view.ts'
import type { MergeObstacle } from './rejections.ts'
import { ok, refuse } from './result.ts'

/**
 * Two tables are pushed together: everything in the order goes to the other one, as it is, and this
 * one ends. Money does not move between orders, so an order with any on it is not merged: the other
 * one can be merged into it instead.
 */
export function mergeOrder(
  order: OrderView,
  { toOrderId }: OrderCommandOf<'mergeOrder'>,
  context: DecideContext,
): Decision {
  const obstacle = obstacleTo(order)
  if (obstacle !== null)
    return refuse({ code: 'cannot_merge', orderId: order.id, because: obstacle })
  const lineIds = liveLines(order).map(({ id }) => id)
  const moved = moveLines(
    order,
    { type: 'moveLines', orderId: order.id, toOrderId, lineIds },
    context,
  )
  if (!moved.ok) return moved
  // What waited goes on waiting.
  const held = order.heldCourses.map((course): OrderEvent => ({
    type: 'order.course_held',
    orderId: toOrderId,
    course,
  }))
  return ok([...moved.value, ...held, { type: 'order.merged', orderId: order.id, toOrderId }])
}

function obstacleTo({ payments, intents, vouchers, discount }: OrderView): MergeObstacle | null {
  if (payments.some((p) => p.amountMinor + p.tipMinor > p.refundedMinor)) return 'paid'
  if (intents.some(isOpenIntent)) return 'card_pending'
  if (vouchers.some(({ withdrawn }) => !withdrawn)) return 'voucher_sold'
  if (discount !== null && discount.discount !== null) return 'discounted'
  return null
}
