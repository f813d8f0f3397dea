import { useState } from 'react'
import { checksOf, payableMinor, type Check } from '../../domain/split.ts'
import type { ShownOrder } from '../../domain/order-view.ts'
import type { IntentView } from '../../domain/payment-view.ts'
import type { PaidFor } from '../../domain/payments.ts'
import { Toggle } from '../ui/Button.tsx'
import { useLive } from '../ui/live-store.ts'
import { Sheet } from '../ui/Sheet.tsx'
import { placeOf } from '../ui/words.ts'
import { say } from '../words/say.ts'
import { useActions } from './actions-context.ts'
import { useCurrentOrder } from './current-order.ts'
import { CardForm, type CardPlan } from './CardForm.tsx'
import { CardOutcome } from './CardOutcome.tsx'
import type { CashPlan } from './cash.ts'
import { CashForm } from './CashForm.tsx'
import { OtherForm, type OtherPlan } from './OtherForm.tsx'
import { PaidSheet } from './PaidSheet.tsx'
import styles from './PaySheet.module.css'
import { SellVoucherForm } from './SellVoucherForm.tsx'
import { checkName } from './split/check-words.ts'
import { SplitForm } from './split/SplitForm.tsx'
import { isQuickNow } from './ringing/mode.ts'
import { closeSheet, goOnAfter } from './store.ts'

type Method = 'cash' | 'card' | 'other' | 'split' | 'sell'

/** Takes money: in cash, by card, or of one guest after the other. */
export function PaySheet() {
  const order = useCurrentOrder()
  const { payCash, payCard, payOther, sellVoucher } = useActions()
  const takesCards = useLive((live) => live.status?.takesCards ?? false)
  const [method, setMethod] = useState<Method>(order?.split ? 'split' : 'cash')
  const [part, setPart] = useState<number | null>(null)
  const [taken, setTaken] = useState<{ plan: CashPlan; order: ShownOrder } | null>(null)
  const [askedId, setAskedId] = useState<string | null>(null)
  if (order === null) return null

  const goOn = () => {
    setTaken(null)
    setAskedId(null)
    const next = nextPart(order, part)
    setPart(next)
    setMethod(next === null && order.split !== null ? 'split' : 'cash')
  }
  if (taken !== null) return <PaidSheet {...taken} part={part} onPayRest={goOn} />
  const asked = askedIntent(order, askedId)
  if (asked !== null) {
    const retry = () => setAskedId(NONE)
    return <CardOutcome order={order} intent={asked} part={part} onPayRest={goOn} onRetry={retry} />
  }
  const share = shareOf(order, part)
  const byCash = async (plan: CashPlan) => {
    const paid = await payCash(plan, share?.paidFor ?? null)
    if (paid === null) return
    if (isQuickNow() && paid.totals.dueMinor <= 0) goOnAfter(paid, plan.changeMinor)
    else setTaken({ plan, order: paid })
  }
  const byCard = async (plan: CardPlan) => {
    const paid = await payCard(plan, share?.paidFor ?? null)
    const intent = paid?.intents.findLast(({ kind }) => kind === 'payment')
    if (intent !== undefined) setAskedId(intent.id)
  }
  const byOther = async (plan: OtherPlan) => {
    const paid = await payOther(plan, share?.paidFor ?? null)
    const { amountMinor } = plan
    if (paid === null) return
    const leftMinor = Math.max(0, paid.totals.dueMinor)
    const taking = {
      amountMinor,
      tipMinor: 0,
      tenderedMinor: amountMinor,
      changeMinor: 0,
      leftMinor,
    }
    setTaken({ plan: taking, order: paid })
  }
  const payCheck = (check: Check) => {
    setPart(check.part)
    setMethod('cash')
  }
  const key = `${share?.amountMinor ?? 'all'} ${order.totals.dueMinor}`
  const about = share === null ? placeOf(order) : `${placeOf(order)} · ${share.about}`
  return (
    <Sheet
      title={say('pay.title', { number: order.number })}
      about={about}
      onClose={closeSheet}
      tools={
        <div className={styles['ways']}>
          <Toggle isSelected={method === 'cash'} onChange={() => setMethod('cash')}>
            {say('pay.cash')}
          </Toggle>
          {takesCards && (
            <Toggle isSelected={method === 'card'} onChange={() => setMethod('card')}>
              {say('pay.card')}
            </Toggle>
          )}
          <Toggle isSelected={method === 'other'} onChange={() => setMethod('other')}>
            {say('pay.voucherOther')}
          </Toggle>
          <Toggle isSelected={method === 'split'} onChange={() => setMethod('split')}>
            {say('pay.split')}
          </Toggle>
          <Toggle isSelected={method === 'sell'} onChange={() => setMethod('sell')}>
            {say('pay.sellVoucher')}
          </Toggle>
        </div>
      }
    >
      {method === 'cash' && (
        <CashForm
          key={key}
          order={order}
          shareMinor={share?.amountMinor ?? null}
          onPay={(plan) => void byCash(plan)}
        />
      )}
      {method === 'card' && (
        <CardForm
          key={key}
          order={order}
          shareMinor={share?.amountMinor ?? null}
          onPay={(plan) => void byCard(plan)}
        />
      )}
      {method === 'other' && (
        <OtherForm
          key={key}
          order={order}
          shareMinor={share?.amountMinor ?? null}
          onPay={(plan) => void byOther(plan)}
        />
      )}
      {method === 'sell' && <SellVoucherForm order={order} onSell={sellVoucher} />}
      {method === 'split' && <SplitForm order={order} onPay={payCheck} />}
    </Sheet>
  )
}

/** Somebody wants to pay otherwise: what was asked for before is no longer looked at. */
const NONE = ''

/** What was asked for here, or what is being asked for now, wherever. */
function askedIntent(order: ShownOrder, askedId: string | null): IntentView | null {
  const payments = order.intents.filter(({ kind }) => kind === 'payment')
  const pending = payments.findLast(({ state }) => state === 'pending')
  return payments.find(({ id }) => id === askedId) ?? pending ?? null
}

interface Share {
  readonly amountMinor: number
  readonly paidFor: PaidFor
  readonly about: string
}

/** What somebody pays of a bill that is split; null: all of it, or what he types. */
function shareOf(order: ShownOrder, part: number | null): Share | null {
  const check = checksOf(order).find((one) => one.part === part)
  if (check === undefined || order.split === null) return null
  return {
    amountMinor: payableMinor(order, check),
    paidFor: check.paidFor,
    about: checkName(check, order.split),
  }
}

/**
 * A check of which something is left comes again; after one of several equal parts or sums the next
 * one does, and of the others whoever stands there.
 */
function nextPart(order: ShownOrder, part: number | null): number | null {
  if (part === null || order.split === null) return null
  const unpaid = checksOf(order).filter((check) => check.dueMinor > 0)
  if (unpaid.some((check) => check.part === part)) return part
  const inTurn = order.split.kind === 'equal' || order.split.kind === 'amounts'
  return inTurn ? (unpaid[0]?.part ?? null) : null
}
