import type { ShownOrder } from '../../domain/order-view.ts'
import { Button } from '../ui/Button.tsx'
import { formatMoney } from '../ui/format.ts'
import { useLive } from '../ui/live-store.ts'
import { Sheet } from '../ui/Sheet.tsx'
import { STATUS_NAMES } from '../ui/words.ts'
import { say } from '../words/say.ts'
import { useActions } from './actions-context.ts'
import type { CashPlan } from './cash.ts'
import styles from './PaidSheet.module.css'
import { closeSheet, startNewOrder, useTill } from './store.ts'

interface PaidSheetProps {
  readonly plan: CashPlan
  readonly order: ShownOrder
  readonly onPayRest: () => void
}

/** The change, as large as it goes: it is counted into a hand while somebody else talks. */
export function PaidSheet({ plan, order, onPayRest }: PaidSheetProps) {
  const money = (minor: number) => formatMoney(minor, order.currency)
  const { printReceipt } = useActions()
  const isBusy = useTill((till) => till.isBusy)
  const hasPrinter = useHasPrinter()
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
        {hasPrinter && (
          <Button
            isLarge
            className={styles['next']}
            isDisabled={isBusy}
            onPress={() => void printReceipt(order)}
          >
            {say('pay.printReceipt')}
          </Button>
        )}
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

/** Whether receipts of this till come out of a printer. */
const useHasPrinter = (): boolean =>
  useLive(({ catalog, device }) =>
    [...(catalog?.printer.values() ?? [])].some(({ receiptsOf }) =>
      receiptsOf.includes(device?.deviceId ?? ''),
    ),
  )
