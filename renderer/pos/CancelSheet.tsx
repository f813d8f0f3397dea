import { useState } from 'react'
import { formatMoney } from '../ui/format.ts'
import { Sheet } from '../ui/Sheet.tsx'
import { useActions } from './actions-context.ts'
import { useCurrentOrder } from './actions.ts'
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
      title={`Cancel ${order.number}`}
      about={
        paidMinor > 0
          ? `${formatMoney(paidMinor, order.currency)} is paid; refund it after cancelling.`
          : 'The kitchen sees the cancellation on its ticket.'
      }
      onClose={closeSheet}
    >
      <ReasonForm
        kind="cancel"
        reason={reason}
        onReason={setReason}
        action="Cancel this order"
        onAct={() => void cancel(reason.trim())}
      />
    </Sheet>
  )
}
