import { useEffect, useEffectEvent, useState } from 'react'
import type { ShownOrder } from '../../domain/order-view.ts'
import { Button, Toggle } from '../ui/Button.tsx'
import { decimalsOf, formatMoney } from '../ui/format.ts'
import { Keypad, keyOf, type Key } from '../ui/Keypad.tsx'
import { Sheet } from '../ui/Sheet.tsx'
import { placeOf } from '../ui/words.ts'
import { useActions } from './actions-context.ts'
import { useCurrentOrder } from './actions.ts'
import { digitsToMinor, planCash, quickCashAmounts, typeKey, type CashPlan } from './cash.ts'
import styles from './PaySheet.module.css'
import { PaidSheet } from './PaidSheet.tsx'
import { closeSheet, useTill } from './store.ts'

type Field = 'received' | 'amount'

/** Cash. The keypad fills what was received, or, for a part of the bill, the amount to take. */
export function PaySheet() {
  const order = useCurrentOrder()
  const { payCash } = useActions()
  const [taken, setTaken] = useState<{ plan: CashPlan; order: ShownOrder } | null>(null)
  if (order === null) return null
  if (taken !== null) {
    return <PaidSheet {...taken} onPayRest={() => setTaken(null)} />
  }
  const pay = async (plan: CashPlan) => {
    const paid = await payCash(plan)
    if (paid !== null) setTaken({ plan, order: paid })
  }
  return <CashForm order={order} onPay={(plan) => void pay(plan)} />
}

interface CashFormProps {
  readonly order: ShownOrder
  readonly onPay: (plan: CashPlan) => void
}

function CashForm({ order, onPay }: CashFormProps) {
  const isBusy = useTill((till) => till.isBusy)
  const [field, setField] = useState<Field>('received')
  const [received, setReceived] = useState('')
  const [amount, setAmount] = useState('')
  const { currency } = order
  const { dueMinor } = order.totals
  const money = (minor: number) => formatMoney(minor, currency)
  const wantedMinor = amount === '' ? null : digitsToMinor(amount)
  const toTakeMinor = Math.min(wantedMinor ?? dueMinor, dueMinor)
  const receivedMinor = received === '' ? null : digitsToMinor(received)
  const plan = planCash(dueMinor, wantedMinor, receivedMinor)
  const exact = planCash(dueMinor, wantedMinor, null)

  const type = (key: Key) =>
    field === 'received' ? setReceived(typeKey(received, key)) : setAmount(typeKey(amount, key))
  useKeyStrokes(type, () => {
    if (plan !== null && received !== '' && !isBusy) onPay(plan)
  })
  const payNow = (tenderedMinor: number) => {
    const quick = planCash(dueMinor, wantedMinor, tenderedMinor)
    if (quick !== null) onPay(quick)
  }

  return (
    <Sheet title={`Pay ${order.number}`} about={placeOf(order)} onClose={closeSheet}>
      <div className={styles['cash']}>
        <section className={styles['left']} aria-label="Cash amounts">
          <p className={styles['due']}>
            <span>Amount due</span>
            <strong>{money(dueMinor)}</strong>
          </p>
          <Button
            kind="money"
            isLarge
            isDisabled={isBusy || exact === null}
            onPress={() => exact !== null && onPay(exact)}
          >
            Exact {money(toTakeMinor)}
          </Button>
          <div className={styles['quick']}>
            {quickCashAmounts(toTakeMinor, decimalsOf(currency)).map((minor) => (
              <Button key={minor} isLarge isDisabled={isBusy} onPress={() => payNow(minor)}>
                {money(minor)}
              </Button>
            ))}
          </div>
          <p className={styles['outcome']} role="status">
            {received !== '' && plan !== null && outcomeText(plan, money)}
          </p>
        </section>
        <section className={styles['right']} aria-label="Keypad entry">
          <div role="group" aria-label="Keypad fills" className={styles['fields']}>
            <Toggle
              className={styles['field']}
              isSelected={field === 'received'}
              onChange={() => setField('received')}
            >
              <span>Cash received</span>
              <strong>{received === '' ? '—' : money(digitsToMinor(received))}</strong>
            </Toggle>
            <Toggle
              className={styles['field']}
              isSelected={field === 'amount'}
              onChange={() => setField('amount')}
            >
              <span>{amount === '' ? 'Pays all' : 'Pays part'}</span>
              <strong>{money(toTakeMinor)}</strong>
            </Toggle>
          </div>
          <Keypad label="Amount" hasDoubleZero isDisabled={isBusy} onKey={type} />
          <Button
            kind="money"
            isLarge
            isDisabled={isBusy || plan === null || received === ''}
            onPress={() => plan !== null && onPay(plan)}
          >
            Take cash
          </Button>
        </section>
      </div>
    </Sheet>
  )
}

function outcomeText(plan: CashPlan, money: (minor: number) => string): string {
  if (plan.leftMinor > 0) {
    const change = plan.changeMinor > 0 ? ` Change ${money(plan.changeMinor)}.` : ''
    return `Part payment of ${money(plan.amountMinor)}.${change} ${money(plan.leftMinor)} stays due.`
  }
  return plan.changeMinor > 0 ? `Change ${money(plan.changeMinor)}` : 'No change'
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
