import type { ReactNode } from 'react'
import type { ShownOrder } from '../../domain/order-view.ts'
import type { IntentView } from '../../domain/payment-view.ts'
import { Button } from '../ui/Button.tsx'
import { formatMoney } from '../ui/format.ts'
import { Sheet } from '../ui/Sheet.tsx'
import { say } from '../words/say.ts'
import { useActions } from './actions-context.ts'
import { PrintReceiptButton } from './receipt/PrintReceiptButton.tsx'
import styles from './PaidSheet.module.css'
import { closeSheet, startNewOrder, useTill } from './store.ts'

interface CardOutcomeProps {
  readonly order: ShownOrder
  readonly intent: IntentView
  /** The check that it is for. */
  readonly part: number | null
  readonly onPayRest: () => void
  readonly onRetry: () => void
}

/** What the terminal is doing, and what came of it. */
export function CardOutcome({ order, intent, part, onPayRest, onRetry }: CardOutcomeProps) {
  const { cancelCard } = useActions()
  const isBusy = useTill((till) => till.isBusy)
  const money = (minor: number) => formatMoney(minor, order.currency)
  const askedMinor = intent.amountMinor + intent.tipMinor
  const { dueMinor } = order.totals
  const { number } = order
  switch (intent.state) {
    case 'pending':
      return (
        <Said title={say('pay.titleCard', { number })} label={say('pay.present')}>
          <p className={styles['change']}>{money(askedMinor)}</p>
          <Button
            kind="danger"
            isLarge
            className={styles['next']}
            isDisabled={isBusy || intent.cancelAsked}
            onPress={() => void cancelCard(intent.id)}
          >
            {say(intent.cancelAsked ? 'pay.cancelling' : 'pay.cancel')}
          </Button>
        </Said>
      )
    case 'failed':
      return (
        <Said
          title={say('pay.titleNotPaid', { number })}
          label={say(`pay.why_${intent.why ?? 'declined'}`)}
        >
          {intent.detail !== null && <p className={styles['left']}>{intent.detail}</p>}
          <p className={styles['change']}>{money(askedMinor)}</p>
          <Button kind="money" isLarge className={styles['next']} onPress={onRetry}>
            {say('pay.tryAgain')}
          </Button>
        </Said>
      )
    case 'unclear':
      return (
        <Said title={say('pay.titleUnclear', { number })} label={say('pay.terminalSilent')}>
          <p className={styles['change']}>{money(askedMinor)}</p>
          <p className={styles['left']}>{say('pay.lookForSlip')}</p>
        </Said>
      )
    case 'done': {
      const payment = order.payments.find(({ intentId }) => intentId === intent.id)
      const gotMinor = (payment?.amountMinor ?? 0) + (payment?.tipMinor ?? 0)
      const isPaid = dueMinor <= 0
      return (
        <Said
          title={say(isPaid ? 'pay.paid' : 'pay.partlyPaid', { number })}
          label={cardText(payment?.card?.brand ?? null, payment?.card?.lastFour ?? null)}
        >
          <p className={styles['change']}>{money(gotMinor)}</p>
          {gotMinor < askedMinor && (
            <p className={styles['left']}>
              {say('pay.approvedForLess', { amount: money(askedMinor) })}
            </p>
          )}
          {payment?.card?.offline === true && (
            <p className={styles['left']}>{say('pay.takenOffline')}</p>
          )}
          {!isPaid && (
            <p className={styles['left']}>{say('pay.stillDue', { amount: money(dueMinor) })}</p>
          )}
          <PrintReceiptButton order={order} part={part} className={styles['next']} />
          {isPaid ? (
            <Button
              kind="accent"
              isLarge
              className={styles['next']}
              onPress={() => startNewOrder()}
            >
              {say('pay.nextOrder')}
            </Button>
          ) : (
            <Button kind="money" isLarge className={styles['next']} onPress={onPayRest}>
              {say('pay.payRest')}
            </Button>
          )}
        </Said>
      )
    }
  }
}

const cardText = (brand: string | null, lastFour: string | null): string =>
  `${say('pay.cardApproved')}${brand === null ? '' : ` · ${brand}`}${lastFour === null ? '' : ` ••${lastFour}`}`

interface SaidProps {
  readonly title: string
  readonly label: string
  readonly children: ReactNode
}

function Said({ title, label, children }: SaidProps) {
  return (
    <Sheet title={title} onClose={closeSheet}>
      <div className={styles['paid']} role="status">
        <p className={styles['label']}>{label}</p>
        {children}
      </div>
    </Sheet>
  )
}
