import { confirmsItself } from './auto-confirm.ts'
import type { OrderCommandOf } from './commands.ts'
import { confirmAndFire } from './decide-kitchen.ts'
import { voucherToPayWith } from './decide-vouchers.ts'
import type { DecideContext, Decision } from './decision.ts'
import type { OrderEvent } from './events.ts'
import { derivedId } from './ids.ts'
import { isAllMade, liveLines } from './order-parts.ts'
import { MAX_MINOR } from './money.ts'
import { pendingMinor, type OrderView, type PaymentView } from './order-view.ts'
import { isOpenIntent } from './payment-view.ts'
import type { RefundPurpose } from './payments.ts'
import { ok, refuse } from './result.ts'

/** Money that comes in, what follows from the last cent of it, and money that goes back. */

export function takePayment(
  commandId: string,
  order: OrderView,
  command: OrderCommandOf<'takePayment'>,
  context: DecideContext,
): Decision {
  const { amountMinor, tipMinor, method, paidFor, reference } = command
  const { dueMinor } = order.totals
  if (liveLines(order).length === 0 && order.vouchers.every(({ withdrawn }) => withdrawn)) {
    return refuse({ code: 'empty_order' })
  }
  if (amountMinor > dueMinor) return refuse({ code: 'overpayment', dueMinor, amountMinor })
  const asked = pendingMinor(order)
  if (amountMinor > dueMinor - asked && command.despitePending !== true) {
    return refuse({ code: 'payment_pending', pendingMinor: asked, dueMinor })
  }
  const neededMinor = amountMinor + tipMinor
  if (neededMinor > MAX_MINOR) return refuse({ code: 'amount_too_large', maxMinor: MAX_MINOR })
  if (method === 'card') return intendPayment(commandId, command, context)
  const tenderedMinor = method === 'cash' ? (command.tenderedMinor ?? neededMinor) : neededMinor
  if (tenderedMinor < neededMinor) {
    return refuse({ code: 'insufficient_tender', neededMinor, tenderedMinor })
  }
  const voucher =
    command.voucherId === undefined
      ? null
      : voucherToPayWith(order, command.voucherId, neededMinor, context)
  if (voucher?.ok === false) return voucher
  const paid: OrderEvent = {
    type: 'order.payment_taken',
    orderId: order.id,
    paymentId: derivedId(commandId, 0),
    method,
    amountMinor,
    tipMinor,
    tenderedMinor,
    changeMinor: tenderedMinor - neededMinor,
    ...(paidFor !== undefined && { paidFor }),
    ...(reference !== undefined && { reference }),
    ...(voucher && { reference: `…${voucher.value.hint}`, voucherId: voucher.value.id }),
  }
  return ok([paid, ...whenPaid(commandId, order, amountMinor, context)])
}

/** Money that a terminal still has to take changes no sum. */
function intendPayment(
  commandId: string,
  { orderId, amountMinor, tipMinor, paidFor }: OrderCommandOf<'takePayment'>,
  { cardTerminal }: DecideContext,
): Decision {
  if (cardTerminal === undefined) return refuse({ code: 'no_card_terminal' })
  return ok([
    {
      type: 'order.payment_intended',
      orderId,
      intentId: derivedId(commandId, 0),
      amountMinor,
      tipMinor,
      ...cardTerminal,
      ...(paidFor !== undefined && { paidFor }),
    },
  ])
}

/**
 * The last cent of a pending order confirms it and sends it to the kitchen. The last cent of a ready
 * one, with the guest at the table or the counter, closes it; a delivery closes at the door.
 */
export function whenPaid(
  commandId: string,
  order: OrderView,
  amountMinor: number,
  context: DecideContext,
): OrderEvent[] {
  if (amountMinor < order.totals.dueMinor) return []
  const guestIsHere = order.channel === 'dine_in' || order.channel === 'takeout'
  const closed: OrderEvent = { type: 'order.completed', orderId: order.id }
  if (order.status === 'pending') {
    if (!confirmsItself(context.catalog, order.channel, context.autoConfirm)) return []
    const sent = confirmAndFire(commandId, order, context)
    // A bottle over the counter is in the guest's hand; who was told a time comes later.
    const isTaken = guestIsHere && order.promisedFor === null && order.scheduledFor === null
    return isTaken && sent.some(({ type }) => type === 'order.ready') ? [...sent, closed] : sent
  }
  return order.status === 'ready' && guestIsHere && isAllMade(order) ? [closed] : []
}

export function refundPayment(
  commandId: string,
  order: OrderView,
  command: OrderCommandOf<'refundPayment'>,
  { cardTerminal }: DecideContext,
): Decision {
  const { amountMinor, reason, orderId } = command
  const payment = order.payments.find(
    ({ id, intentId }) => id === command.paymentId || intentId === command.paymentId,
  )
  if (!payment) return refuse({ code: 'payment_not_found', paymentId: command.paymentId })
  const overpaidMinor = Math.max(0, -order.totals.dueMinor)
  const refundFor = command.refundFor ?? likelyPurpose(order, amountMinor)
  const left = refundableMinor(order, payment)
  const refundable = refundFor === 'overpaid' ? Math.min(left, overpaidMinor) : left
  if (amountMinor > refundable) {
    return refuse({ code: 'refund_too_large', refundableMinor: refundable })
  }
  const refund = {
    orderId,
    refundId: derivedId(commandId, 0),
    paymentId: payment.id,
    amountMinor,
    reason,
    refundFor,
  }
  if (payment.method !== 'card') return ok([{ type: 'order.payment_refunded', ...refund }])
  if (cardTerminal === undefined) return refuse({ code: 'no_card_terminal' })
  const { transactionId } = payment
  return ok([{ type: 'order.refund_intended', ...refund, transactionId, ...cardTerminal }])
}

/** On an order that is not paid in full, the money is on its way back to be paid otherwise. */
function likelyPurpose({ totals: { dueMinor } }: OrderView, amountMinor: number): RefundPurpose {
  if (amountMinor <= -dueMinor) return 'overpaid'
  return dueMinor > 0 ? 'other_payment' : 'returned'
}

/** What is left of a payment, less what terminals are giving back of it. */
export function refundableMinor(order: Pick<OrderView, 'intents'>, payment: PaymentView): number {
  const asked = order.intents
    .filter((intent) => intent.kind === 'refund' && intent.paymentId === payment.id)
    .filter(isOpenIntent)
    .reduce((sum, intent) => sum + intent.amountMinor, 0)
  return payment.amountMinor + payment.tipMinor - payment.refundedMinor - asked
}
