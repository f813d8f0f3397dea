import type { Catalog } from '../../domain/catalog.ts'
import { mayApprove, type Approvable } from '../../domain/approvals.ts'
import { Sheet } from '../ui/Sheet.tsx'
import { useActions } from './actions-context.ts'
import { peopleOf } from './people.ts'
import { PinForm } from './PinForm.tsx'
import { problemOf } from './SignIn.tsx'
import { answerApproval, type AskedApproval } from './store.ts'

interface ApprovalSheetProps {
  readonly catalog: Catalog
  readonly asked: AskedApproval
}

/**
 * A manager comes to the till of somebody who stays signed in, and types a PIN for the one thing that
 * was just asked for (rule A3).
 */
export function ApprovalSheet({ catalog, asked }: ApprovalSheetProps) {
  const { approve } = useActions()
  return (
    <Sheet
      title="A manager has to approve this"
      about={`${DEEDS[asked.command]}${asked.about === null ? '' : ` · ${asked.about}`}`}
      onClose={() => answerApproval(null)}
    >
      <PinForm
        question="Which manager?"
        people={peopleOf(catalog, mayApprove)}
        onPin={async ({ staffId }, pin) => {
          const answer = await approve(asked, staffId, pin)
          if (answer.ok) answerApproval(answer.value.approvalId)
          return problemOf(answer)
        }}
      />
    </Sheet>
  )
}

const DEEDS: Readonly<Record<Approvable, string>> = {
  createOrder: 'An open item above the limit',
  addLines: 'An open item above the limit',
  changeLine: 'An open item above the limit',
  compLine: 'An item for nothing',
  setServiceCharge: 'Another service charge',
  voidLine: 'Void an item that the kitchen has',
  cancelOrder: 'Cancel an order that the kitchen has',
  setDiscount: 'Discount above the limit',
  refundPayment: 'Refund',
  openDrawer: 'Open the drawer without a sale',
}
