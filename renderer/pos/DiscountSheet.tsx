import { useState } from 'react'
import { actsWithApproval, tillRules } from '../../domain/approvals.ts'
import type { Catalog } from '../../domain/catalog.ts'
import type { Discount } from '../../domain/events.ts'
import type { SignedIn } from '../../protocol/screens.ts'
import { Button, Toggle } from '../ui/Button.tsx'
import { formatMoney, formatPercent } from '../ui/format.ts'
import { Keypad } from '../ui/Keypad.tsx'
import { Sheet } from '../ui/Sheet.tsx'
import { say } from '../words/say.ts'
import { useActions } from './actions-context.ts'
import { digitsToMinor, typeKey } from './cash.ts'
import { useCurrentOrder } from './current-order.ts'
import { ALL_PPM, discountOf, isAbove, PERCENT } from './discount.ts'
import styles from './DiscountSheet.module.css'
import { ReasonForm } from './ReasonForm.tsx'
import { closeSheet, closeSheetAfter, useTill } from './store.ts'

interface DiscountSheetProps {
  readonly catalog: Catalog
  readonly staff: SignedIn
}

/** What is given most; a comp is all of it. */
const SHARES_PPM = [5, 10, 15, 20, 25, 50].map((percent) => percent * PERCENT)

/** Less for the whole order, or nothing at all, with a reason. */
export function DiscountSheet({ catalog, staff }: DiscountSheetProps) {
  const order = useCurrentOrder()
  const { setDiscount } = useActions()
  const isBusy = useTill((till) => till.isBusy)
  const [discount, setChosen] = useState<Discount | null>(null)
  const [typed, setTyped] = useState<{ readonly of: Discount['kind']; readonly digits: string }>()
  const [reason, setReason] = useState('')
  if (order === null) return null
  const limitPpm = tillRules(catalog).discountLimitPpm
  const { subtotalMinor } = order.totals
  const needsManager =
    actsWithApproval(staff.role) && discount !== null && isAbove(limitPpm, discount, subtotalMinor)
  const give = (given: Discount | null) =>
    closeSheetAfter(setDiscount(given, given === null ? null : reason.trim()))
  const choice = (ratePpm: number, text: string) => (
    <Toggle
      key={ratePpm}
      className={styles['share']}
      isSelected={
        typed === undefined && discount?.kind === 'percent' && discount.ratePpm === ratePpm
      }
      onChange={(isSelected) => {
        setTyped(undefined)
        setChosen(isSelected ? { kind: 'percent', ratePpm } : null)
      }}
    >
      {text}
    </Toggle>
  )
  const type = (of: Discount['kind'], digits: string) => {
    setTyped({ of, digits })
    setChosen(discountOf(of, digitsToMinor(digits), subtotalMinor))
  }
  const ownChoice = (of: Discount['kind'], text: string) => (
    <Toggle
      className={styles['share']}
      isSelected={typed?.of === of}
      onChange={(isSelected) => {
        if (isSelected) return type(of, '')
        setTyped(undefined)
        setChosen(null)
      }}
    >
      {text}
    </Toggle>
  )
  const share = discount === null ? '' : shareText(discount, order.currency)
  return (
    <Sheet
      title={say('discount.title', { number: order.number })}
      about={say('discount.about', {
        amount: formatMoney(subtotalMinor, order.currency),
      })}
      onClose={closeSheet}
      tools={
        order.discount !== null && (
          <Button isDisabled={isBusy} onPress={() => void give(null)}>
            {say('discount.back')}
          </Button>
        )
      }
    >
      <div role="group" aria-label={say('discount.discount')} className={styles['shares']}>
        {SHARES_PPM.map((rate) => choice(rate, formatPercent(rate)))}
        {choice(ALL_PPM, say('discount.compAll'))}
        {ownChoice('percent', say('discount.other'))}
        {ownChoice('amount', say('discount.amount'))}
      </div>
      <div className={styles['body']} data-typed={typed !== undefined}>
        {typed !== undefined && (
          <div className={styles['typed']}>
            <output className={styles['amount']}>
              {typed.of === 'percent'
                ? formatPercent(digitsToMinor(typed.digits) * PERCENT)
                : formatMoney(digitsToMinor(typed.digits), order.currency)}
            </output>
            <Keypad
              label={say(typed.of === 'percent' ? 'discount.other' : 'discount.amount')}
              hasDoubleZero={typed.of === 'amount'}
              onKey={(key) => type(typed.of, typeKey(typed.digits, key))}
            />
          </div>
        )}
        {discount === null ? (
          <p className={styles['hint']}>{say('discount.chooseFirst')}</p>
        ) : (
          <ReasonForm
            kind="discount"
            reason={reason}
            onReason={setReason}
            action={needsManager ? say('discount.withManager', { action: share }) : share}
            onAct={() => void give(discount)}
          />
        )}
      </div>
    </Sheet>
  )
}

function shareText(discount: Discount, currency: string): string {
  if (discount.kind === 'amount')
    return say('discount.amountOff', { amount: formatMoney(discount.amountMinor, currency) })
  return discount.ratePpm === ALL_PPM
    ? say('discount.comp')
    : say('discount.takeOff', { percent: formatPercent(discount.ratePpm) })
}
