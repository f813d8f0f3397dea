import { useState } from 'react'
import { pendingMinor, type ShownOrder } from '../../domain/order-view.ts'
import { Button, Toggle } from '../ui/Button.tsx'
import { formatMoney } from '../ui/format.ts'
import { Keypad, type Key } from '../ui/Keypad.tsx'
import { TextInput } from '../ui/TextInput.tsx'
import { say } from '../words/say.ts'
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

const KINDS: readonly OtherKind[] = ['gift_voucher', 'paper_voucher', 'marketplace']
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
      <section className={styles['left']} aria-label={say('pay.paidWithWhat')}>
        <p className={styles['due']}>
          <span>{say('pay.due')}</span>
          <strong>{money(dueMinor)}</strong>
        </p>
        <div role="group" aria-label={say('pay.paidWith')} className={styles['kinds']}>
          {KINDS.map((one) => (
            <Toggle
              key={one}
              isSelected={one === kind}
              onChange={() => {
                setKind(one)
                setReference('')
              }}
            >
              {say(`pay.${one}`)}
            </Toggle>
          ))}
        </div>
        <TextInput
          label={say(`pay.asks_${kind}`)}
          value={reference}
          onChange={setReference}
          maxLength={MAX_REFERENCE}
        />
        <p className={styles['outcome']} role="status">
          {amountMinor < dueMinor && say('pay.staysDue', { amount: money(dueMinor - amountMinor) })}
        </p>
      </section>
      <section className={styles['right']} aria-label={say('pay.keypadEntry')}>
        <p className={styles['part']}>
          <span>{say(digits === '' ? 'pay.paysAll' : 'pay.paysPart')}</span>
          <strong>{money(amountMinor)}</strong>
        </p>
        <Keypad
          label={say('common.amount')}
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
          {say('pay.take', { amount: money(amountMinor) })}
        </Button>
      </section>
    </div>
  )
}
