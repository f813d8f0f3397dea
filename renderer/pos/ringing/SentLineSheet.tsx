import { useState } from 'react'
import type { Catalog } from '../../../domain/catalog.ts'
import { actsWithApproval } from '../../../domain/approvals.ts'
import type { LineView } from '../../../domain/order-view.ts'
import type { SignedIn } from '../../../protocol/screens.ts'
import { Button, Toggle } from '../../ui/Button.tsx'
import { Sheet } from '../../ui/Sheet.tsx'
import { say } from '../../words/say.ts'
import { useActions } from '../actions-context.ts'
import { LinePlace } from '../courses/LinePlace.tsx'
import { ReasonForm } from '../ReasonForm.tsx'
import { closeSheet, closeSheetAfter, useTill } from '../store.ts'
import { requestOf } from './repeat.ts'
import styles from './SentLineSheet.module.css'

interface SentLineSheetProps {
  readonly catalog: Catalog
  readonly line: LineView
  readonly staff: SignedIn
}

/** What the kitchen has: another one, none of it after all, or all of it for nothing. */
export function SentLineSheet({ catalog, line, staff }: SentLineSheetProps) {
  const { addLine, voidLine, compLine } = useActions()
  const isBusy = useTill((till) => till.isBusy)
  const [task, setTask] = useState<'void' | 'comp'>('void')
  const [reason, setReason] = useState('')
  const needsManager = actsWithApproval(staff.role)
  const choose = (next: 'void' | 'comp') => {
    setTask(next)
    setReason('')
  }
  return (
    <Sheet
      title={`${line.quantity} × ${line.name}`}
      about={say('item.wasSent')}
      onClose={closeSheet}
      tools={
        line.combo === null && (
          <Button
            onPress={() => {
              addLine(requestOf(catalog, line, 1))
              closeSheet()
            }}
          >
            {say('lines.another')}
          </Button>
        )
      }
    >
      <LinePlace catalog={catalog} line={line} />
      {line.comp !== null && (
        <p className={styles['comped']}>
          {say('lines.comped', { reason: line.comp.reason })}
          <Button isDisabled={isBusy} onPress={() => void closeSheetAfter(compLine(line.id, null))}>
            {say('lines.chargeAgain')}
          </Button>
        </p>
      )}
      <div className={styles['tasks']} role="group" aria-label={say('lines.sentLine')}>
        <Toggle isSelected={task === 'void'} onChange={() => choose('void')}>
          {say('lines.voidIt')}
        </Toggle>
        <Toggle
          isSelected={task === 'comp'}
          isDisabled={line.comp !== null}
          onChange={() => choose('comp')}
        >
          {say('lines.compIt')}
        </Toggle>
      </div>
      {task === 'void' ? (
        <ReasonForm
          kind="void"
          reason={reason}
          onReason={setReason}
          action={say('item.void')}
          onAct={() => void closeSheetAfter(voidLine(line.id, reason.trim()))}
        />
      ) : (
        <ReasonForm
          kind="comp"
          reason={reason}
          onReason={setReason}
          action={needsManager ? say('lines.compItemManager') : say('lines.compItem')}
          onAct={() => void closeSheetAfter(compLine(line.id, reason.trim()))}
        />
      )}
    </Sheet>
  )
}
