import type { ShownOrder } from '../../domain/order-view.ts'
import { Button } from '../ui/Button.tsx'
import { formatMoney } from '../ui/format.ts'
import { Sheet } from '../ui/Sheet.tsx'
import { STATUS_NAMES } from '../ui/words.ts'
import { say } from '../words/say.ts'
import type { CashPlan } from './cash.ts'
import { PrintReceiptButton } from './receipt/PrintReceiptButton.tsx'
import styles from './PaidSheet.module.css'
import { closeSheet, startNewOrder } from './store.ts'

interface PaidSheetProps {
  readonly plan: CashPlan
  readonly order: ShownOrder
  /** The check that it was for. */
  readonly part: number | null
  readonly onPayRest: () => void
}

/** The change, as large as it goes: it is counted into a hand while somebody else talks. */
export function PaidSheet({ plan, order, part, onPayRest }: PaidSheetProps) {
  const money = (minor: number) => formatMoney(minor, order.currency)
  const isPaid = order.totals.dueMinor <= 0
  return (
    <Sheet
      title={say(isPaid ? 'pay.paid' : 'pay.partlyPaid', { number: order.number })}
      about={say('pay.receivedStatus', {
        amount: money(plan.tenderedMinor),
        status: STATUS_NAMES[order.status],
      })}
      onClose={closeSheet}
    >
      <div className={styles['paid']} role="status">
        <p className={styles['label']}>{say('pay.change')}</p>
        <p className={styles['change']}>{money(plan.changeMinor)}</p>
        {!isPaid && (
          <p className={styles['left']}>
            {say('pay.stillDue', { amount: money(order.totals.dueMinor) })}
          </p>
        )}
        <PrintReceiptButton order={order} part={part} className={styles['next']} />
        {isPaid ? (
          <Button kind="accent" isLarge className={styles['next']} onPress={() => startNewOrder()}>
            {say('pay.nextOrder')}
          </Button>
        ) : (
          <Button kind="money" isLarge className={styles['next']} onPress={onPayRest}>
            {say('pay.payRest')}
          </Button>
        )}
      </div>
    </Sheet>
  )
}
