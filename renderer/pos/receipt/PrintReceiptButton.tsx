import type { ShownOrder } from '../../../domain/order-view.ts'
import { checksOf } from '../../../domain/split.ts'
import { Button } from '../../ui/Button.tsx'
import { useLive } from '../../ui/live-store.ts'
import { say } from '../../words/say.ts'
import { useActions } from '../actions-context.ts'
import { checkName } from '../split/check-words.ts'
import { useTill } from '../store.ts'

interface PrintReceiptButtonProps {
  readonly order: ShownOrder
  /** The check that was just paid; null: it was the bill, or a part of it by amount. */
  readonly part: number | null
  readonly className: string | undefined
}

/** What the guest who has just paid is given. Not there where no printer prints receipts. */
export function PrintReceiptButton({ order, part, className }: PrintReceiptButtonProps) {
  const { printReceipt } = useActions()
  const isBusy = useTill((till) => till.isBusy)
  const hasPrinter = useHasPrinter()
  if (!hasPrinter) return null
  const check = checksOf(order).find((one) => one.part === part)
  return (
    <Button
      isLarge
      className={className}
      isDisabled={isBusy}
      onPress={() => void printReceipt(order, check === undefined ? {} : { part: check.part })}
    >
      {check === undefined || order.split === null
        ? say('pay.printReceipt')
        : say('pay.printCheck', { check: checkName(check, order.split) })}
    </Button>
  )
}

/** Whether receipts of this till come out of a printer. */
const useHasPrinter = (): boolean =>
  useLive(({ catalog, device }) =>
    [...(catalog?.printer.values() ?? [])].some(({ receiptsOf }) =>
      receiptsOf.includes(device?.deviceId ?? ''),
    ),
  )
