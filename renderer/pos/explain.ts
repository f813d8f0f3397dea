import type { Failure } from '../ui/client.ts'
import { formatMoney } from '../ui/format.ts'
import { say } from '../words/say.ts'

/** A refusal that speaks of an amount: the device does not know how this screen writes money. */
export function explainFailure(error: Failure, message: string, currency: string): string {
  const money = (minor: number) => formatMoney(minor, currency)
  switch (error.code) {
    case 'payment_required':
      return say('refusal.payment_required', { amount: money(error.dueMinor) })
    case 'overpayment':
      return error.dueMinor > 0
        ? say('refusal.overpayment', { amount: money(error.dueMinor) })
        : say('refusal.paidAlready')
    case 'payment_pending':
      return say('refusal.payment_pending', { amount: money(error.pendingMinor) })
    case 'insufficient_tender':
      return say('refusal.insufficient_tender', {
        needed: money(error.neededMinor),
        tendered: money(error.tenderedMinor),
      })
    case 'voucher_balance':
      return say('refusal.voucher_balance', { amount: money(error.balanceMinor) })
    case 'refund_too_large':
      return say('refusal.refund_too_large', { amount: money(error.refundableMinor) })
    case 'amount_too_large':
      return say('refusal.amount_too_large', { amount: money(error.maxMinor) })
    default:
      return message
  }
}
