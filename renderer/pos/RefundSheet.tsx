import { useState } from 'react'
import type { SignedIn } from '../../protocol/screens.ts'
import { Toggle } from '../ui/Button.tsx'
import { formatMoney, formatTime } from '../ui/format.ts'
import { Sheet } from '../ui/Sheet.tsx'
import { say } from '../words/say.ts'
import { useActions } from './actions-context.ts'
import { useCurrentOrder } from './current-order.ts'
import { mayRefund } from './order-steps.ts'
import { ReasonForm } from './ReasonForm.tsx'
import { refundableMinor } from './refund.ts'
import { closeSheet, closeSheetAfter } from './store.ts'
import styles from './RefundSheet.module.css'

/** Gives money back: what was paid too much, or else the rest of one payment. */
export function RefundSheet({ staff }: { readonly staff: SignedIn }) {
  const order = useCurrentOrder()
  const { refund } = useActions()
  const [reason, setReason] = useState('')
  const [chosenId, setChosenId] = useState<string | null>(null)
  if (order === null || !mayRefund(order, staff.role)) return null
  const payments = order.payments.filter((p) => refundableMinor(p, order) > 0)
  const payment = payments.find((p) => p.id === chosenId) ?? payments.at(-1)
  if (payment === undefined) return null
  const amountMinor = refundableMinor(payment, order)
  const amount = formatMoney(amountMinor, order.currency)
  return (
    <Sheet
      title={say('order.refundTitle', { number: order.number })}
      about={
        payment.method === 'card'
          ? say('order.refundToCard', { amount })
          : say('order.refundInCash', { amount })
      }
      onClose={closeSheet}
    >
      <div role="group" aria-label={say('order.payment')} className={styles['payments']}>
        {payments.map((p) => (
          <Toggle key={p.id} isSelected={p === payment} onChange={() => setChosenId(p.id)}>
            {formatTime(Date.parse(p.at))} · {say(`pay.${p.method}`)} ·{' '}
            {formatMoney(p.amountMinor + p.tipMinor, order.currency)}
          </Toggle>
        ))}
      </div>
      <ReasonForm
        kind="refund"
        reason={reason}
        onReason={setReason}
        action={say('order.refundAmount', { amount })}
        onAct={() => void closeSheetAfter(refund(payment.id, amountMinor, reason.trim()))}
      />
    </Sheet>
  )
}
