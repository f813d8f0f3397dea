import { useEffect, useState } from 'react'
import type { ShownOrder } from '../../domain/order-view.ts'
import type { ReceiptPreview } from '../../protocol/screens.ts'
import { Button } from '../ui/Button.tsx'
import { Sheet } from '../ui/Sheet.tsx'
import { placeOf } from '../ui/words.ts'
import { say } from '../words/say.ts'
import { useActions } from './actions-context.ts'
import type { ReceiptChoice } from './actions/wishes.ts'
import { useCurrentOrder } from './current-order.ts'
import { PaperView } from './PaperView.tsx'
import { printPaper } from './receipt/print-paper.ts'
import { ReceiptChoices } from './receipt/ReceiptChoices.tsx'
import styles from './ReceiptSheet.module.css'
import { closeSheet, closeSheetAfter, useTill } from './store.ts'

/** The receipt as it will come out, or the bill while it is not paid; and printing it. */
export function ReceiptSheet() {
  const order = useCurrentOrder()
  return order === null ? null : <ReceiptOf order={order} />
}

function ReceiptOf({ order }: { readonly order: ShownOrder }) {
  const { printReceipt } = useActions()
  const [choice, setChoice] = useState<ReceiptChoice>({})
  const isBusy = useTill((till) => till.isBusy)
  const shown = usePreview(order, choice)
  const isDuplicate = shown?.isDuplicate === true
  return (
    <Sheet
      title={say('order.receiptOf', { number: order.number })}
      about={isDuplicate ? say('order.printedBefore', { place: placeOf(order) }) : placeOf(order)}
      onClose={closeSheet}
      footer={
        <div className={styles['buttons']}>
          <Button
            isLarge
            isDisabled={shown === null}
            onPress={() => shown !== null && printPaper(shown.columns, shown.lines)}
          >
            {say('front.saveAsPdf')}
          </Button>
          <Button
            kind="accent"
            isLarge
            isDisabled={isBusy || shown === null}
            onPress={() => void closeSheetAfter(printReceipt(order, choice))}
          >
            {say(isDuplicate ? 'order.reprint' : 'pay.printReceipt')}
          </Button>
        </div>
      }
    >
      <div className={styles['body']}>
        <ReceiptChoices order={order} choice={choice} onChoose={setChoice} />
        {shown !== null && (
          <div className={styles['preview']}>
            <PaperView label={say('order.receipt')} columns={shown.columns} lines={shown.lines} />
          </div>
        )}
      </div>
    </Sheet>
  )
}

/** Asked for again whenever the order has changed, or another receipt of it is wanted. */
function usePreview(
  { id, version }: ShownOrder,
  { part, language }: ReceiptChoice,
): ReceiptPreview | null {
  const { previewReceipt } = useActions()
  const [shown, setShown] = useState<ReceiptPreview | null>(null)
  useEffect(() => {
    let isCurrent = true
    void previewReceipt(id, {
      ...(part !== undefined && { part }),
      ...(language !== undefined && { language }),
    }).then((preview) => {
      if (isCurrent && preview !== null) setShown(preview)
    })
    return () => {
      isCurrent = false
    }
  }, [id, version, part, language, previewReceipt])
  return shown
}
