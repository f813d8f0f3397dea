import type { ShownOrder, PaymentView } from '../../domain/order-view.ts'

/**
 * What of a payment the till offers to give back: on an order that is paid too much, only the
 * difference (two tills took the money apart); else all that is left of the payment.
 */
export function refundableMinor(payment: PaymentView, order: Pick<ShownOrder, 'totals'>): number {
  const left = payment.amountMinor + payment.tipMinor - payment.refundedMinor
  const { dueMinor } = order.totals
  return dueMinor < 0 ? Math.min(left, -dueMinor) : left
}
