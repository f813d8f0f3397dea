import { useState } from 'react'
import { pendingMinor, type ShownOrder } from '../../domain/order-view.ts'
import { Button, Toggle } from '../ui/Button.tsx'
import { formatMoney } from '../ui/format.ts'
import { Keypad, type Key } from '../ui/Keypad.tsx'
import { TextInput } from '../ui/TextInput.tsx'
import { digitsToMinor, typeKey } from './cash.ts'
import styles from './PaySheet.module.css'
import { useTill } from './store.ts'

export interface OtherPlan {
  readonly kind: OtherKind
  readonly amountMinor: number
  /** A gift voucher's code, or what stands on paper or at the marketplace. */
  readonly reference: string
}

type OtherKind = 'gift_voucher' | 'paper_voucher' | 'marketplace'

const KINDS: readonly { readonly kind: OtherKind; readonly name: string; readonly asks: string }[] =
  [
    { kind: 'gift_voucher', name: 'Gift voucher', asks: 'Code on the voucher' },
    { kind: 'paper_voucher', name: 'Other voucher', asks: 'Number on the voucher' },
    { kind: 'marketplace', name: 'Paid online', asks: 'Order number there' },
  ]
const MAX_REFERENCE = 60

interface OtherFormProps {
  readonly order: ShownOrder
  /** What somebody pays of it; null: all that is due. */
  readonly shareMinor: number | null
  readonly onPay: (plan: OtherPlan) => void
}

/** What is neither cash nor card: vouchers, and money that a marketplace has taken already. */
export function OtherForm({ order, shareMinor, onPay }: OtherFormProps) {
  const isBusy = useTill((till) => till.isBusy)
  const [kind, setKind] = useState<OtherKind>('gift_voucher')
  const [reference, setReference] = useState('')
  const [digits, setDigits] = useState(shareMinor === null ? '' : String(shareMinor))
  const money = (minor: number) => formatMoney(minor, order.currency)
  const dueMinor = Math.max(0, order.totals.dueMinor - pendingMinor(order))
  const amountMinor = digits === '' ? dueMinor : Math.min(digitsToMinor(digits), dueMinor)
  const isReady = !isBusy && amountMinor > 0 && reference.trim() !== ''
  return (
    <div className={styles['cash']}>
      <section className={styles['left']} aria-label="What it is paid with">
        <p className={styles['due']}>
          <span>Amount due</span>
          <strong>{money(dueMinor)}</strong>
        </p>
        <div role="group" aria-label="Paid with" className={styles['kinds']}>
          {KINDS.map((one) => (
            <Toggle
              key={one.kind}
              isSelected={one.kind === kind}
              onChange={() => {
                setKind(one.kind)
                setReference('')
              }}
            >
              {one.name}
            </Toggle>
          ))}
        </div>
        <TextInput
          label={KINDS.find((one) => one.kind === kind)?.asks ?? ''}
          value={reference}
          onChange={setReference}
          maxLength={MAX_REFERENCE}
        />
        <p className={styles['outcome']} role="status">
          {amountMinor < dueMinor && `${money(dueMinor - amountMinor)} stays due.`}
        </p>
      </section>
      <section className={styles['right']} aria-label="Keypad entry">
        <p className={styles['part']}>
          <span>{digits === '' ? 'Pays all' : 'Pays part'}</span>
          <strong>{money(amountMinor)}</strong>
        </p>
        <Keypad
          label="Amount"
          hasDoubleZero
          isDisabled={isBusy}
          onKey={(key: Key) => setDigits(typeKey(digits, key))}
        />
        <Button
          kind="money"
          isLarge
          isDisabled={!isReady}
          onPress={() => onPay({ kind, amountMinor, reference: reference.trim() })}
        >
          Take {money(amountMinor)}
        </Button>
      </section>
    </div>
  )
}
