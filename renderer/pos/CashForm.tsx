import { useEffect, useEffectEvent, useState } from 'react'
import type { ShownOrder } from '../../domain/order-view.ts'
import { Button, Toggle } from '../ui/Button.tsx'
import { decimalsOf, formatMoney } from '../ui/format.ts'
import { Keypad, keyOf, type Key } from '../ui/Keypad.tsx'
import { say } from '../words/say.ts'
import {
  digitsToMinor,
  planCash,
  quickCashAmounts,
  typeKey,
  type CashPlan,
  type CashTip,
} from './cash.ts'
import styles from './PaySheet.module.css'
import { useTill } from './store.ts'

type Field = 'received' | 'tip' | 'amount'

interface CashFormProps {
  readonly order: ShownOrder
  /** What somebody pays of it; null: all that is due. */
  readonly shareMinor: number | null
  readonly onPay: (plan: CashPlan) => void
}

/** The keypad fills what was received, or, for a part of the bill, the amount to take. */
export function CashForm({ order, shareMinor, onPay }: CashFormProps) {
  const isBusy = useTill((till) => till.isBusy)
  const [field, setField] = useState<Field>('received')
  const [received, setReceived] = useState('')
  const [amount, setAmount] = useState(shareMinor === null ? '' : String(shareMinor))
  const [tip, setTip] = useState('')
  const [isRestTip, setRestTip] = useState(false)
  const { currency } = order
  const { dueMinor } = order.totals
  const money = (minor: number) => formatMoney(minor, currency)
  const wantedMinor = amount === '' ? null : digitsToMinor(amount)
  const toTakeMinor = Math.min(wantedMinor ?? dueMinor, dueMinor)
  const receivedMinor = received === '' ? null : digitsToMinor(received)
  const asked: CashTip = isRestTip ? 'rest' : digitsToMinor(tip)
  const plan = planCash(dueMinor, wantedMinor, receivedMinor, asked)
  const exact = planCash(dueMinor, wantedMinor, null, asked)
  const tipMinor = isRestTip ? (received === '' ? 0 : (plan?.tipMinor ?? 0)) : digitsToMinor(tip)

  const type = (key: Key) => {
    if (field === 'received') return setReceived(typeKey(received, key))
    if (field === 'amount') return setAmount(typeKey(amount, key))
    setRestTip(false)
    setTip(typeKey(tip, key))
  }
  useKeyStrokes(type, () => {
    if (plan !== null && received !== '' && !isBusy) onPay(plan)
  })
  const payNow = (tenderedMinor: number) => {
    const quick = planCash(dueMinor, wantedMinor, tenderedMinor, asked)
    if (quick !== null) onPay(quick)
  }

  return (
    <div className={styles['cash']}>
      <section className={styles['left']} aria-label={say('pay.cashAmounts')}>
        <p className={styles['due']}>
          <span>{say('pay.due')}</span>
          <strong>{money(dueMinor)}</strong>
        </p>
        <Button
          kind="money"
          isLarge
          isDisabled={isBusy || exact === null}
          onPress={() => exact !== null && onPay(exact)}
        >
          {say('pay.exact', { amount: money(exact?.tenderedMinor ?? toTakeMinor) })}
        </Button>
        <div className={styles['quick']}>
          {quickCashAmounts(exact?.tenderedMinor ?? toTakeMinor, decimalsOf(currency)).map(
            (minor) => (
              <Button key={minor} isLarge isDisabled={isBusy} onPress={() => payNow(minor)}>
                {money(minor)}
              </Button>
            ),
          )}
        </div>
        <Toggle isSelected={isRestTip} onChange={setRestTip}>
          {say('pay.restIsTip')}
        </Toggle>
        <p className={styles['outcome']} role="status">
          {received !== '' && plan !== null && outcomeText(plan, money)}
        </p>
      </section>
      <section className={styles['right']} aria-label={say('pay.keypadEntry')}>
        <div role="group" aria-label={say('pay.keypadFills')} className={styles['fields']}>
          <Toggle
            className={styles['field']}
            isSelected={field === 'received'}
            onChange={() => setField('received')}
          >
            <span>{say('pay.received')}</span>
            <strong>{received === '' ? '—' : money(digitsToMinor(received))}</strong>
          </Toggle>
          <Toggle
            className={styles['field']}
            isSelected={field === 'tip'}
            onChange={() => setField('tip')}
          >
            <span>{say('pay.tip')}</span>
            <strong>{tipMinor === 0 ? '—' : money(tipMinor)}</strong>
          </Toggle>
          <Toggle
            className={styles['field']}
            isSelected={field === 'amount'}
            onChange={() => setField('amount')}
          >
            <span>{say(amount === '' ? 'pay.paysAll' : 'pay.paysPart')}</span>
            <strong>{money(toTakeMinor)}</strong>
          </Toggle>
        </div>
        <Keypad label={say('common.amount')} hasDoubleZero isDisabled={isBusy} onKey={type} />
        <Button
          kind="money"
          isLarge
          isDisabled={isBusy || plan === null || received === ''}
          onPress={() => plan !== null && onPay(plan)}
        >
          {say('pay.takeCash')}
        </Button>
      </section>
    </div>
  )
}

function outcomeText(plan: CashPlan, money: (minor: number) => string): string {
  const amount = money(plan.amountMinor)
  const change = plan.changeMinor > 0 ? money(plan.changeMinor) : null
  if (plan.leftMinor > 0) {
    const left = money(plan.leftMinor)
    return change === null
      ? say('pay.partOnly', { amount, left })
      : say('pay.partChange', { amount, change, left })
  }
  return change === null ? say('pay.noChange') : say('pay.changeOf', { amount: change })
}

function useKeyStrokes(onKey: (key: Key) => void, onEnter: () => void) {
  const onStroke = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.target instanceof HTMLInputElement) return
    const key = keyOf(event.key)
    if (key !== null) onKey(key)
    else if (event.key === 'Enter' && !(event.target instanceof HTMLButtonElement)) onEnter()
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onStroke(event)
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
}
