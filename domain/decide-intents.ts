import type { OrderCommandOf } from './commands.ts'
import { whenPaid } from './decide-payments.ts'
import type { DecideContext, Decision } from './decision.ts'
import type { OrderEvent, OrderEventOf } from './events.ts'
import type { OrderView } from './order-view.ts'
import { isOpenIntent, type IntentView } from './payment-view.ts'
import { capturedPaymentId } from './payments.ts'
import type { Rejection } from './rejections.ts'
import { ok, refuse, type Result } from './result.ts'

/**
 * What becomes of what a terminal was asked for. What it has done counts whatever the order has come
 * to meanwhile: money facts are never refused.
 */

export function recordOutcome(
  commandId: string,
  order: OrderView,
  { intentId, outcome }: OrderCommandOf<'recordOutcome'>,
  context: DecideContext,
): Decision {
  const found = findIntent(order, intentId)
  if (!found.ok) return found
  const intent = found.value
  switch (outcome.kind) {
    case 'approved': {
      if (intent.kind === 'refund') {
        return ok(intent.state === 'done' ? [] : [refunded(order.id, intent)])
      }
      const { transactionId, approvedMinor, card } = outcome
      const paymentId = capturedPaymentId(intentId, transactionId)
      if (order.payments.some((payment) => payment.id === paymentId)) return ok([])
      const event = taken(order.id, intent, paymentId, approvedMinor)
      const counted = intent.state === 'done' ? 0 : event.amountMinor
      return ok([
        { ...event, transactionId, card },
        ...(counted > 0 ? whenPaid(commandId, order, counted, context) : []),
      ])
    }
    case 'failed': {
      if (!isOpenIntent(intent)) return ok([])
      const { why, detail } = outcome
      return ok([failed(order.id, intent, why, detail)])
    }
    case 'unclear':
      return intent.state === 'pending'
        ? ok([
            { type: 'order.payment_unclear', orderId: order.id, intentId, detail: outcome.detail },
          ])
        : ok([])
  }
}

/** Asks; whether the terminal has charged by then, it will say. */
export function cancelPayment(
  order: OrderView,
  { orderId, intentId }: OrderCommandOf<'cancelPayment'>,
): Decision {
  const found = findOpen(order, intentId)
  if (!found.ok) return found
  if (found.value.cancelAsked) return ok([])
  return ok([{ type: 'order.payment_cancel_asked', orderId, intentId }])
}

/** With the reason and the manager's name in the log. Should the terminal say otherwise, it counts. */
export function settlePayment(
  commandId: string,
  order: OrderView,
  { intentId, as, reason }: OrderCommandOf<'settlePayment'>,
  context: DecideContext,
): Decision {
  const found = findOpen(order, intentId)
  if (!found.ok) return found
  const intent = found.value
  if (as === 'not_taken') return ok([failed(order.id, intent, 'settled', reason)])
  if (intent.kind === 'refund')
    return ok([{ ...refunded(order.id, intent), settledBecause: reason }])
  const asked = intent.amountMinor + intent.tipMinor
  const event = taken(order.id, intent, capturedPaymentId(intentId, null), asked)
  return ok([
    { ...event, settledBecause: reason },
    ...whenPaid(commandId, order, intent.amountMinor, context),
  ])
}

/** Less than was asked for is less of the tip first; more is a tip that the guest gave there. */
function taken(
  orderId: string,
  { id: intentId, amountMinor: askedMinor, paidFor }: IntentView,
  paymentId: string,
  approvedMinor: number,
): OrderEventOf<'order.payment_taken'> {
  const amountMinor = Math.min(approvedMinor, askedMinor)
  return {
    type: 'order.payment_taken',
    orderId,
    paymentId,
    method: 'card',
    amountMinor,
    tipMinor: approvedMinor - amountMinor,
    tenderedMinor: approvedMinor,
    changeMinor: 0,
    intentId,
    ...(paidFor !== null && { paidFor }),
  }
}

const refunded = (orderId: string, intent: IntentView): OrderEventOf<'order.payment_refunded'> => ({
  type: 'order.payment_refunded',
  orderId,
  refundId: intent.id,
  paymentId: intent.paymentId ?? '',
  amountMinor: intent.amountMinor,
  reason: intent.reason ?? '',
  ...(intent.refundFor !== null && { refundFor: intent.refundFor }),
})

const failed = (
  orderId: string,
  { id, kind }: IntentView,
  why: OrderEventOf<'order.payment_failed'>['why'],
  detail: string | null,
): OrderEvent =>
  kind === 'payment'
    ? { type: 'order.payment_failed', orderId, intentId: id, why, detail }
    : { type: 'order.refund_failed', orderId, refundId: id, why, detail }

function findIntent(order: OrderView, intentId: string): Result<IntentView, Rejection> {
  const intent = order.intents.find(({ id }) => id === intentId)
  return intent ? ok(intent) : refuse({ code: 'intent_not_found', intentId })
}

function findOpen(order: OrderView, intentId: string): Result<IntentView, Rejection> {
  const found = findIntent(order, intentId)
  if (!found.ok || isOpenIntent(found.value)) return found
  return refuse({ code: 'intent_closed', intentId, state: found.value.state })
}
