import type { ShownOrder } from '../../domain/order-view.ts'
import { Button } from '../ui/Button.tsx'
import { formatMoney } from '../ui/format.ts'
import { useLive } from '../ui/live-store.ts'
import { Sheet } from '../ui/Sheet.tsx'
import { STATUS_NAMES } from '../ui/words.ts'
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
      title={isPaid ? `${order.number} paid` : `${order.number} partly paid`}
      about={`${money(plan.tenderedMinor)} received · ${STATUS_NAMES[order.status].toLowerCase()}`}
      onClose={closeSheet}
    >
      <div className={styles['paid']} role="status">
        <p className={styles['label']}>Change</p>
        <p className={styles['change']}>{money(plan.changeMinor)}</p>
        {!isPaid && <p className={styles['left']}>{money(order.totals.dueMinor)} still due</p>}
        {hasPrinter && (
          <Button
            isLarge
            className={styles['next']}
            isDisabled={isBusy}
            onPress={() => void printReceipt(order)}
          >
            Print receipt
          </Button>
        )}
        {isPaid ? (
          <Button kind="accent" isLarge className={styles['next']} onPress={() => startNewOrder()}>
            Next order
          </Button>
        ) : (
          <Button kind="money" isLarge className={styles['next']} onPress={onPayRest}>
            Pay the rest
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
