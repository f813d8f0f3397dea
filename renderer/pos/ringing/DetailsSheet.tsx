import { useState } from 'react'
import { actsWithApproval } from '../../../domain/approvals.ts'
import type { ServiceCharge } from '../../../domain/events.ts'
import type { ShownOrder } from '../../../domain/order-view.ts'
import { mayCommand } from '../../../domain/roles.ts'
import type { SignedIn } from '../../../protocol/screens.ts'
import { Button, Toggle } from '../../ui/Button.tsx'
import { formatPercent } from '../../ui/format.ts'
import { Sheet } from '../../ui/Sheet.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import { say } from '../../words/say.ts'
import { useActions } from '../actions-context.ts'
import { useCurrentOrder } from '../current-order.ts'
import { Stepper } from '../Stepper.tsx'
import { closeSheet, closeSheetAfter, useTill } from '../store.ts'
import styles from './DetailsSheet.module.css'

/** What is said of an order as a whole: a note, what its guest is called by, how many, the charge. */
export function DetailsSheet({ staff }: { readonly staff: SignedIn }) {
  const order = useCurrentOrder()
  const draft = useTill((till) => till.draft)
  const { setPlace } = useActions()
  const { notes, pager } = order ?? draft
  const [note, setNote] = useState(notes ?? '')
  const [called, setCalled] = useState(pager ?? '')
  const [guests, setGuests] = useState(order?.guests ?? null)
  const save = () => {
    const said = { notes: note.trim() || null, pager: called.trim() || null }
    void closeSheetAfter(setPlace(order === null ? said : { ...said, guests }))
  }
  return (
    <Sheet
      title={
        order === null
          ? say('lines.detailsOfNew')
          : say('lines.detailsOf', { number: order.number })
      }
      onClose={closeSheet}
      footer={
        <>
          <span className={styles['gap']} />
          <Button kind="accent" isLarge onPress={save}>
            {say('lines.saveDetails')}
          </Button>
        </>
      }
    >
      <div className={styles['details']}>
        <TextInput
          label={say('lines.pager')}
          value={called}
          onChange={setCalled}
          onEnter={save}
          maxLength={20}
          takesFocus
        />
        {order !== null && (
          <div className={styles['part']}>
            <p className={styles['label']}>
              {say('lines.guests')}
              {guests === null && ` · ${say('lines.guestsUnknown')}`}
            </p>
            <Stepper
              label={say('lines.guests')}
              value={guests ?? 0}
              min={0}
              max={999}
              onChange={(count) => setGuests(count === 0 ? null : count)}
            />
          </div>
        )}
        <div className={styles['wide']}>
          <TextInput
            label={say('lines.note')}
            value={note}
            onChange={setNote}
            onEnter={save}
            maxLength={200}
          />
        </div>
        {order !== null && mayCommand(staff.role, 'setServiceCharge') && (
          <Charge order={order} needsManager={actsWithApproval(staff.role)} />
        )}
      </div>
    </Sheet>
  )
}

const PERCENT = 10_000
const SHARES = [5, 10, 12.5, 15, 18, 20]

interface ChargeProps {
  readonly order: ShownOrder
  readonly needsManager: boolean
}

function Charge({ order, needsManager }: ChargeProps) {
  const { setServiceCharge } = useActions()
  const isBusy = useTill((till) => till.isBusy)
  const [charge, setCharge] = useState(order.serviceCharge)
  const [reason, setReason] = useState('')
  const choice = (value: ServiceCharge | null, text: string) => (
    <Toggle
      key={text}
      isSelected={JSON.stringify(value) === JSON.stringify(charge)}
      onChange={() => setCharge(value)}
    >
      {text}
    </Toggle>
  )
  const isSame = JSON.stringify(charge) === JSON.stringify(order.serviceCharge)
  return (
    <section
      className={`${styles['part']} ${styles['wide']}`}
      aria-label={say('lines.serviceCharge')}
    >
      <p className={styles['label']}>{say('lines.serviceCharge')}</p>
      <div className={styles['choices']}>
        {choice(null, say('lines.chargeByRule'))}
        {choice({ kind: 'none' }, say('lines.chargeNone'))}
        {SHARES.map((share) =>
          choice({ kind: 'percent', ratePpm: share * PERCENT }, formatPercent(share * PERCENT)),
        )}
      </div>
      {!isSame && (
        <div className={styles['choices']}>
          <div className={styles['why']}>
            <TextInput
              label={say('lines.chargeWhy')}
              value={reason}
              onChange={setReason}
              maxLength={200}
            />
          </div>
          <Button
            isDisabled={isBusy || (charge !== null && reason.trim() === '')}
            onPress={() => void closeSheetAfter(setServiceCharge(charge, reason.trim() || null))}
          >
            {needsManager ? say('lines.setChargeManager') : say('lines.setCharge')}
          </Button>
        </div>
      )}
    </section>
  )
}
