import { useState } from 'react'
import { applyRate } from '../../domain/money.ts'
import { pendingMinor, type ShownOrder } from '../../domain/order-view.ts'
import { Button, Toggle } from '../ui/Button.tsx'
import { formatMoney } from '../ui/format.ts'
import { Keypad, type Key } from '../ui/Keypad.tsx'
import { digitsToMinor, typeKey } from './cash.ts'
import styles from './PaySheet.module.css'
import { useTill } from './store.ts'

export interface CardPlan {
  readonly amountMinor: number
  readonly tipMinor: number
}

interface CardFormProps {
  readonly order: ShownOrder
  /** What somebody pays of it; null: all that is due. */
  readonly shareMinor: number | null
  readonly onPay: (plan: CardPlan) => void
}

const TIPS_PERCENT = [0, 10, 15, 20]
const PPM_PER_PERCENT = 10_000

/** What the terminal is to be asked for: all or a part, and a tip. */
export function CardForm({ order, shareMinor, onPay }: CardFormProps) {
  const isBusy = useTill((till) => till.isBusy)
  const [digits, setDigits] = useState(shareMinor === null ? '' : String(shareMinor))
  const [tipPercent, setTipPercent] = useState(0)
  const money = (minor: number) => formatMoney(minor, order.currency)
  const dueMinor = Math.max(0, order.totals.dueMinor - pendingMinor(order))
  const amountMinor = digits === '' ? dueMinor : Math.min(digitsToMinor(digits), dueMinor)
  const tipMinor = applyRate(amountMinor, tipPercent * PPM_PER_PERCENT)
  return (
    <div className={styles['cash']}>
      <section className={styles['left']} aria-label="Card amounts">
        <p className={styles['due']}>
          <span>Amount due</span>
          <strong>{money(dueMinor)}</strong>
        </p>
        <div role="group" aria-label="Tip" className={styles['quick']}>
          {TIPS_PERCENT.map((percent) => (
            <Toggle
              key={percent}
              isSelected={percent === tipPercent}
              onChange={() => setTipPercent(percent)}
            >
              {percent === 0 ? 'No tip' : `${percent} % tip`}
            </Toggle>
          ))}
        </div>
        <p className={styles['outcome']} role="status">
          {tipMinor > 0 && `${money(amountMinor)} and ${money(tipMinor)} tip. `}
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
          isDisabled={isBusy || amountMinor <= 0}
          onPress={() => onPay({ amountMinor, tipMinor })}
        >
          Ask for card {money(amountMinor + tipMinor)}
        </Button>
      </section>
    </div>
  )
}
