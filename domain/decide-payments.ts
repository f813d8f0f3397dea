import type { OrderCommandOf } from './commands.ts'
import { confirmAndFire } from './decide-kitchen.ts'
import type { DecideContext, Decision } from './decision.ts'
import type { OrderEvent } from './events.ts'
import { derivedId } from './ids.ts'
import { isAllMade, liveLines } from './order-parts.ts'
import type { OrderView } from './order-view.ts'
import { ok, refuse } from './result.ts'

/** Money that comes in, what follows from the last cent of it, and money that goes back. */

export function takePayment(
  commandId: string,
  order: OrderView,
  command: OrderCommandOf<'takePayment'>,
  context: DecideContext,
): Decision {
  const { amountMinor, tipMinor, method } = command
  const { dueMinor } = order.totals
  if (liveLines(order).length === 0) return refuse({ code: 'empty_order' })
  if (amountMinor > dueMinor) return refuse({ code: 'overpayment', dueMinor, amountMinor })
  const neededMinor = amountMinor + tipMinor
  const tenderedMinor = command.tenderedMinor ?? neededMinor
  if (tenderedMinor < neededMinor) {
    return refuse({ code: 'insufficient_tender', neededMinor, tenderedMinor })
  }
  const paid: OrderEvent = {
    type: 'order.payment_taken',
    orderId: order.id,
    paymentId: derivedId(commandId, 0),
    method,
    amountMinor,
    tipMinor,
    tenderedMinor,
    changeMinor: tenderedMinor - neededMinor,
  }
  if (amountMinor < dueMinor) return ok([paid])
  return ok([paid, ...whenPaid(commandId, order, context)])
}

/**
 * The last cent of a pending order confirms it and sends it to the kitchen. The last cent of a ready
 * one, with the guest at the table or the counter, closes it; a delivery closes at the door.
 */
function whenPaid(commandId: string, order: OrderView, context: DecideContext): OrderEvent[] {
  if (order.status === 'pending') return context.autoConfirm ? confirmAndFire(commandId, order) : []
  const guestIsHere = order.channel === 'dine_in' || order.channel === 'takeout'
  return order.status === 'ready' && guestIsHere && isAllMade(order)
    ? [{ type: 'order.completed', orderId: order.id }]
    : []
}

export function refundPayment(
  commandId: string,
  order: OrderView,
  command: OrderCommandOf<'refundPayment'>,
): Decision {
  const payment = order.payments.find((p) => p.id === command.paymentId)
  if (!payment) return refuse({ code: 'payment_not_found', paymentId: command.paymentId })
  const refundableMinor = payment.amountMinor + payment.tipMinor - payment.refundedMinor
  if (command.amountMinor > refundableMinor) {
    return refuse({ code: 'refund_too_large', refundableMinor })
  }
  const { type: _, ...refund } = command
  return ok([{ type: 'order.payment_refunded', ...refund, refundId: derivedId(commandId, 0) }])
}
