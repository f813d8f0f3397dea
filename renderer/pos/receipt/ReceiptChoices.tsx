import { PAPER_LANGUAGES, paperLanguages } from '../../../domain/languages.ts'
import type { ShownOrder } from '../../../domain/order-view.ts'
import { checksOf } from '../../../domain/split.ts'
import { Button, Toggle } from '../../ui/Button.tsx'
import { useLive } from '../../ui/live-store.ts'
import { LANGUAGE_NAMES } from '../../words/languages.ts'
import { say } from '../../words/say.ts'
import { useActions } from '../actions-context.ts'
import type { ReceiptChoice } from '../actions/wishes.ts'
import { checkName } from '../split/check-words.ts'
import { useTill } from '../store.ts'
import styles from './ReceiptChoices.module.css'

interface ReceiptChoicesProps {
  readonly order: ShownOrder
  readonly choice: ReceiptChoice
  readonly onChoose: (choice: ReceiptChoice) => void
}

/** Beside the paper: of which check it is, in whose language, and the kitchen's slips once more. */
export function ReceiptChoices({ order, choice, onChoose }: ReceiptChoicesProps) {
  return (
    <div className={styles['choices']}>
      <CheckChoice order={order} choice={choice} onChoose={onChoose} />
      <LanguageOfPaper choice={choice} onChoose={onChoose} />
      <SlipsAgain order={order} />
    </div>
  )
}

function CheckChoice({ order, choice, onChoose }: ReceiptChoicesProps) {
  const { split } = order
  const checks = checksOf(order)
  if (split === null || checks.length === 0) return null
  const { part: chosen, ...rest } = choice
  return (
    <section className={styles['group']} role="group" aria-label={say('order.whichReceipt')}>
      <h3 className={styles['label']}>{say('order.whichReceipt')}</h3>
      <Toggle isSelected={chosen === undefined} onChange={() => onChoose(rest)}>
        {say('order.wholeBill')}
      </Toggle>
      {checks.map((check) => (
        <Toggle
          key={check.part}
          isSelected={chosen === check.part}
          onChange={() => onChoose({ ...rest, part: check.part })}
        >
          {checkName(check, split)}
        </Toggle>
      ))}
    </section>
  )
}

function LanguageOfPaper({ choice, onChoose }: Omit<ReceiptChoicesProps, 'order'>) {
  const own = useLive((live) => live.catalog && paperLanguages(live.catalog).receipts)
  const chosen = choice.language ?? own
  return (
    <section className={styles['group']} role="group" aria-label={say('order.receiptLanguage')}>
      <h3 className={styles['label']}>{say('order.receiptLanguage')}</h3>
      <div className={styles['languages']}>
        {PAPER_LANGUAGES.map((language) => (
          <Toggle
            key={language}
            isSelected={language === chosen}
            onChange={() => onChoose({ ...choice, language })}
          >
            <bdi lang={language}>{LANGUAGE_NAMES[language]}</bdi>
          </Toggle>
        ))}
      </div>
    </section>
  )
}

/** Where some printer has the kitchen's slips. */
function SlipsAgain({ order }: Pick<ReceiptChoicesProps, 'order'>) {
  const { copySlips } = useActions()
  const isBusy = useTill((till) => till.isBusy)
  const isThere = useLive(
    ({ catalog }) =>
      catalog !== null &&
      [...catalog.printer.values()].some(({ slipsOf, fallbackFor }) =>
        order.tickets.some(
          ({ stationId }) => slipsOf.includes(stationId) || fallbackFor.includes(stationId),
        ),
      ),
  )
  if (!isThere) return null
  return (
    <section className={styles['group']}>
      <Button isDisabled={isBusy} onPress={() => void copySlips(order.id)}>
        {say('order.kitchenAgain')}
      </Button>
    </section>
  )
}
