import { useState } from 'react'
import { actsWithApproval, tillRules } from '../../domain/approvals.ts'
import type { Catalog } from '../../domain/catalog.ts'
import type { SignedIn } from '../../protocol/screens.ts'
import { Button, Toggle } from '../ui/Button.tsx'
import { formatMoney, formatPercent } from '../ui/format.ts'
import { Sheet } from '../ui/Sheet.tsx'
import { say } from '../words/say.ts'
import { useActions } from './actions-context.ts'
import { useCurrentOrder } from './current-order.ts'
import styles from './DiscountSheet.module.css'
import { ReasonForm } from './ReasonForm.tsx'
import { closeSheet, closeSheetAfter, useTill } from './store.ts'

interface DiscountSheetProps {
  readonly catalog: Catalog
  readonly staff: SignedIn
}

const PERCENT = 10_000
const ALL_PPM = 100 * PERCENT
/** What is given most; a comp is all of it. */
const SHARES_PPM = [5, 10, 15, 20, 25, 50].map((percent) => percent * PERCENT)

/** Less for the whole order, or nothing at all, with a reason. */
export function DiscountSheet({ catalog, staff }: DiscountSheetProps) {
  const order = useCurrentOrder()
  const { setDiscount } = useActions()
  const isBusy = useTill((till) => till.isBusy)
  const [ratePpm, setRatePpm] = useState<number | null>(null)
  const [reason, setReason] = useState('')
  if (order === null) return null
  const limitPpm = tillRules(catalog).discountLimitPpm
  const needsManager = actsWithApproval(staff.role) && ratePpm !== null && ratePpm > limitPpm
  const share =
    ratePpm === ALL_PPM
      ? say('discount.comp')
      : say('discount.takeOff', { percent: formatPercent(ratePpm ?? 0) })
  const give = (rate: number | null) =>
    closeSheetAfter(setDiscount(rate, rate === null ? null : reason.trim()))
  const choice = (rate: number, text: string) => (
    <Toggle
      key={rate}
      className={styles['share']}
      isSelected={rate === ratePpm}
      onChange={(isSelected) => setRatePpm(isSelected ? rate : null)}
    >
      {text}
    </Toggle>
  )
  return (
    <Sheet
      title={say('discount.title', { number: order.number })}
      about={say('discount.about', {
        amount: formatMoney(order.totals.subtotalMinor, order.currency),
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
      </div>
      {ratePpm === null ? (
        <p className={styles['hint']}>{say('discount.chooseFirst')}</p>
      ) : (
        <ReasonForm
          kind="discount"
          reason={reason}
          onReason={setReason}
          action={needsManager ? say('discount.withManager', { action: share }) : share}
          onAct={() => void give(ratePpm)}
        />
      )}
    </Sheet>
  )
}
