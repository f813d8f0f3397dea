import type { Resolution } from '../../../domain/conflict-kinds.ts'
import type { Conflict } from '../../../domain/conflicts.ts'
import type { LateEntries } from '../../../protocol/screens.ts'
import { formatMoney } from '../../ui/format.ts'
import { newId } from '../../ui/new-id.ts'
import { say } from '../../words/say.ts'
import type { PutBackOffer, RefundOffer } from '../settle.ts'
import { notify } from '../store.ts'
import { refusesWhileSilent, type Asking } from './asking.ts'

/** What waits for somebody's word: conflicts, late entries, alerts. */
export function createSettling({ client, onOrder }: Asking) {
  return {
    refundOn: async (orderId: string, { paymentId, amountMinor, reason }: RefundOffer) => {
      const refund = { type: 'refundPayment', paymentId, amountMinor, reason } as const
      const order = await onOrder(() => orderId, refund)
      if (order === null) return
      const amount = formatMoney(amountMinor, order.currency)
      const payment = order.payments.find(({ id }) => id === paymentId)
      const way = payment?.method === 'card' ? 'news.backToCard' : 'news.backInCash'
      notify({ tone: 'good', text: say(way, { number: order.number, amount }) })
    },

    putBack: async (orderId: string, { lineIds, toOrderId, toNumber }: PutBackOffer) => {
      const move = { type: 'moveLines' as const, toOrderId, lineIds: [...lineIds] }
      const order = await onOrder(() => orderId, move)
      if (order !== null)
        notify({ tone: 'good', text: say('news.putBack', { number: order.number, to: toNumber }) })
    },

    settle: async (orderId: string, { kind, facts }: Conflict, resolution: Resolution) => {
      const settle = { type: 'settleConflict', kind, resolution, note: null } as const
      const order = await onOrder(() => orderId, { ...settle, facts: [...facts] })
      if (order !== null)
        notify({ tone: 'good', text: say('news.settled', { number: order.number }) })
    },

    acceptLate: async ({ deviceName, origin, toSeq }: LateEntries) => {
      if (refusesWhileSilent()) return
      const call = { commandId: newId(), origin, upTo: toSeq }
      const answer = await client.call('acceptLateEntries', call)
      const text = say('news.lateAccepted', { device: deviceName })
      notify(answer.ok ? { tone: 'good', text } : { tone: 'bad', text: answer.message })
    },

    acknowledgeAlert: async (alertId: string) => {
      if (refusesWhileSilent()) return
      const answer = await client.call('acknowledgeAlert', { commandId: newId(), alertId })
      if (!answer.ok) notify({ tone: 'bad', text: answer.message })
    },
  }
}
