import { useState } from 'react'
import { formatMoney } from '../ui/format.ts'
import { Sheet } from '../ui/Sheet.tsx'
import { say } from '../words/say.ts'
import { useActions } from './actions-context.ts'
import { useCurrentOrder } from './current-order.ts'
import { ReasonForm } from './ReasonForm.tsx'
import { closeSheet } from './store.ts'

export function CancelSheet() {
  const order = useCurrentOrder()
  const { cancel } = useActions()
  const [reason, setReason] = useState('')
  if (order === null) return null
  const paidMinor = order.totals.paidMinor
  return (
    <Sheet
      title={say('order.cancelTitle', { number: order.number })}
      about={
        paidMinor > 0
          ? say('order.refundAfter', { amount: formatMoney(paidMinor, order.currency) })
          : say('order.kitchenSees')
      }
      onClose={closeSheet}
    >
      <ReasonForm
        kind="cancel"
        reason={reason}
        onReason={setReason}
        action={say('order.cancelThis')}
        onAct={() => void cancel(reason.trim())}
      />
    </Sheet>
  )
}
