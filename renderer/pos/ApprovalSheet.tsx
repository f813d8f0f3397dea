import type { Catalog } from '../../domain/catalog.ts'
import { mayApprove } from '../../domain/approvals.ts'
import { Sheet } from '../ui/Sheet.tsx'
import { say } from '../words/say.ts'
import { useActions } from './actions-context.ts'
import { peopleOf } from './people.ts'
import { PinForm } from './PinForm.tsx'
import { problemOf } from './pin-problem.ts'
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
      title={say('approval.title')}
      about={`${say(`approval.${asked.command}`)}${asked.about === null ? '' : ` · ${asked.about}`}`}
      onClose={() => answerApproval(null)}
    >
      <PinForm
        question={say('approval.which')}
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
