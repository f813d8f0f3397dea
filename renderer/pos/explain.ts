import type { Failure } from '../ui/client.ts'
import { formatMoney } from '../ui/format.ts'

/**
 * A refusal in the words of the till. The terminal's own sentence serves, but for amounts: it does
 * not know how this screen writes money.
 */
export function explainFailure(error: Failure, message: string, currency: string): string {
  const money = (minor: number) => formatMoney(minor, currency)
  switch (error.code) {
    case 'payment_required':
      return `This order is paid before it is sent. ${money(error.dueMinor)} is still due.`
    case 'overpayment':
      return error.dueMinor > 0
        ? `Only ${money(error.dueMinor)} is due now. Nothing was taken.`
        : 'This order is paid already. Nothing was taken.'
    case 'payment_pending':
      return `A card is being asked for ${money(error.pendingMinor)}. Wait for it, or cancel it. Nothing was taken.`
    case 'insufficient_tender':
      return `${money(error.neededMinor)} is needed and ${money(error.tenderedMinor)} was received.`
    case 'voucher_balance':
      return `As far as this till knows the voucher is worth ${money(error.balanceMinor)}. Nothing was taken.`
    case 'refund_too_large':
      return `At most ${money(error.refundableMinor)} of this payment can be refunded.`
    case 'amount_too_large':
      return `An order cannot come to more than ${money(error.maxMinor)}.`
    default:
      return message
  }
}
