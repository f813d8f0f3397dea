import type { ShownOrder } from '../../../domain/order-view.ts'
import type { PaidFor } from '../../../domain/payments.ts'
import { voucherHint } from '../../../domain/voucher-code.ts'
import type { ShownVouchers } from '../../../protocol/screens.ts'
import { newId } from '../../ui/new-id.ts'
import { say } from '../../words/say.ts'
import type { CardPlan } from '../CardForm.tsx'
import type { CashPlan } from '../cash.ts'
import { currentOrder } from '../current-order.ts'
import { explainFailure } from '../explain.ts'
import type { OtherPlan } from '../OtherForm.tsx'
import { goOnAfter, notify, rememberSent, useTill } from '../store.ts'
import { newVoucherCode, voucherIdOf } from '../vouchers.ts'
import { currency, type Asking } from './asking.ts'
import { goToNext } from './leave-order.ts'
import type { VoucherWish } from './wishes.ts'

/** Money that is taken or given back, and gift vouchers. */
export function createPaying({ client, onCurrent, onOrder, leading }: Asking) {
  return {
    /** One tap over a counter: all that is due, and the next order is open. */
    payExactCash: (): Promise<void> =>
      leading(async (before) => {
        // Of what was tapped before as well, though the key may not say so yet.
        await before
        const amountMinor = currentOrder()?.totals.dueMinor ?? 0
        if (amountMinor <= 0) return
        const taking = { amountMinor, tipMinor: 0, tenderedMinor: amountMinor }
        const order = await onCurrent({ type: 'takePayment', method: 'cash', ...taking }, before)
        if (order === null) return
        if (order.tickets.length > 0) rememberSent(order.id)
        if (useTill.getState().orderId === order.id) goToNext(() => goOnAfter(order, 0))
      }),

    /** The order as it is once paid; null: it did not work, and a notice says why. */
    payCash: async (plan: CashPlan, paidFor: PaidFor | null): Promise<ShownOrder | null> => {
      const before = currentOrder()
      const order = await onCurrent({
        type: 'takePayment',
        method: 'cash',
        amountMinor: plan.amountMinor,
        tipMinor: plan.tipMinor,
        tenderedMinor: plan.tenderedMinor,
        ...(paidFor !== null && { paidFor }),
      })
      const wasSent = order !== null && order.tickets.length > (before?.tickets.length ?? 0)
      if (wasSent) rememberSent(order.id)
      return order
    },

    /** The order with what its terminal is asked for; null: it did not work. */
    payCard: (plan: CardPlan, paidFor: PaidFor | null): Promise<ShownOrder | null> =>
      onCurrent({
        type: 'takePayment',
        method: 'card',
        ...plan,
        tenderedMinor: null,
        ...(paidFor !== null && { paidFor }),
      }),

    payOther: async (
      { kind, amountMinor, reference }: OtherPlan,
      paidFor: PaidFor | null,
    ): Promise<ShownOrder | null> =>
      onCurrent({
        type: 'takePayment',
        method: kind === 'marketplace' ? 'external' : 'voucher',
        amountMinor,
        tipMinor: 0,
        tenderedMinor: null,
        ...(kind === 'gift_voucher' ? { voucherId: await voucherIdOf(reference) } : { reference }),
        ...(paidFor !== null && { paidFor }),
      }),

    cancelCard: (intentId: string) => onCurrent({ type: 'cancelPayment', intentId }),

    /** A manager's word for a card of which the terminal does not say what became. */
    settleCard: async (orderId: string, intentId: string, as: 'taken' | 'not_taken') => {
      const reason = say(as === 'taken' ? 'reason.slip' : 'reason.noSlip')
      const settle = { type: 'settlePayment', intentId, as, reason } as const
      const order = await onOrder(() => orderId, settle)
      if (order !== null)
        notify({ tone: 'good', text: say('news.settled', { number: order.number }) })
    },

    refund: (paymentId: string, amountMinor: number, reason: string) =>
      onCurrent({ type: 'refundPayment', paymentId, amountMinor, reason }),

    /** Answers with the code: nobody can look it up again. */
    sellVoucher: async (amountMinor: number): Promise<string | null> => {
      const code = newVoucherCode()
      const voucherId = await voucherIdOf(code)
      const hint = voucherHint(code)
      const order = await onCurrent({ type: 'sellVoucher', voucherId, hint, amountMinor })
      return order === null ? null : code
    },

    /** Null: it did not work, and a notice says why. */
    vouchers: async (wish: VoucherWish): Promise<ShownVouchers | null> => {
      const answer = await client.call('vouchers', { commandId: newId(), wish })
      const text = answer.ok ? '' : explainFailure(answer.error, answer.message, currency())
      notify(answer.ok ? null : { tone: 'bad', text })
      return answer.ok ? answer.value : null
    },
  }
}
