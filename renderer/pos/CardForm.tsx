import { useState } from 'react'
import { applyRate } from '../../domain/money.ts'
import { pendingMinor, type ShownOrder } from '../../domain/order-view.ts'
import { Button, Toggle } from '../ui/Button.tsx'
import { formatMoney, formatPercent } from '../ui/format.ts'
import { Keypad, type Key } from '../ui/Keypad.tsx'
import { say } from '../words/say.ts'
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
      <section className={styles['left']} aria-label={say('pay.cardAmounts')}>
        <p className={styles['due']}>
          <span>{say('pay.due')}</span>
          <strong>{money(dueMinor)}</strong>
        </p>
        <div role="group" aria-label={say('pay.tip')} className={styles['quick']}>
          {TIPS_PERCENT.map((percent) => (
            <Toggle
              key={percent}
              isSelected={percent === tipPercent}
              onChange={() => setTipPercent(percent)}
            >
              {percent === 0
                ? say('pay.noTip')
                : say('pay.percentTip', { percent: formatPercent(percent * PPM_PER_PERCENT) })}
            </Toggle>
          ))}
        </div>
        <p className={styles['outcome']} role="status">
          {tipMinor > 0 &&
            `${say('pay.andTip', { amount: money(amountMinor), tip: money(tipMinor) })} `}
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
          isDisabled={isBusy || amountMinor <= 0}
          onPress={() => onPay({ amountMinor, tipMinor })}
        >
          {say('pay.askCard', { amount: money(amountMinor + tipMinor) })}
        </Button>
      </section>
    </div>
  )
}
