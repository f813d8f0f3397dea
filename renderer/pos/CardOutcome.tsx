import type { ReactNode } from 'react'
import type { ShownOrder } from '../../domain/order-view.ts'
import type { IntentView } from '../../domain/payment-view.ts'
import type { Failure } from '../../domain/payments.ts'
import { Button } from '../ui/Button.tsx'
import { formatMoney } from '../ui/format.ts'
import { Sheet } from '../ui/Sheet.tsx'
import { useActions } from './actions-context.ts'
import styles from './PaidSheet.module.css'
import { closeSheet, startNewOrder, useTill } from './store.ts'

interface CardOutcomeProps {
  readonly order: ShownOrder
  readonly intent: IntentView
  readonly onPayRest: () => void
  readonly onRetry: () => void
}

const WHY: Record<Failure, string> = {
  declined: 'The card was declined',
  timeout: 'No card was presented',
  cancelled: 'Cancelled',
  unreachable: 'The terminal cannot be reached',
  interrupted: 'The terminal was never asked',
  settled: 'Settled as not taken',
}

/** What the terminal is doing, and what came of it. */
export function CardOutcome({ order, intent, onPayRest, onRetry }: CardOutcomeProps) {
  const { cancelCard } = useActions()
  const isBusy = useTill((till) => till.isBusy)
  const money = (minor: number) => formatMoney(minor, order.currency)
  const askedMinor = intent.amountMinor + intent.tipMinor
  const { dueMinor } = order.totals
  switch (intent.state) {
    case 'pending':
      return (
        <Said title={`${order.number}: card`} label="Present the card at the terminal">
          <p className={styles['change']}>{money(askedMinor)}</p>
          <Button
            kind="danger"
            isLarge
            className={styles['next']}
            isDisabled={isBusy || intent.cancelAsked}
            onPress={() => void cancelCard(intent.id)}
          >
            {intent.cancelAsked ? 'Cancelling …' : 'Cancel'}
          </Button>
        </Said>
      )
    case 'failed':
      return (
        <Said title={`${order.number}: not paid`} label={WHY[intent.why ?? 'declined']}>
          {intent.detail !== null && <p className={styles['left']}>{intent.detail}</p>}
          <p className={styles['change']}>{money(askedMinor)}</p>
          <Button kind="money" isLarge className={styles['next']} onPress={onRetry}>
            Try again or pay otherwise
          </Button>
        </Said>
      )
    case 'unclear':
      return (
        <Said title={`${order.number}: not clear`} label="The terminal does not say">
          <p className={styles['change']}>{money(askedMinor)}</p>
          <p className={styles['left']}>
            Look at the terminal for a slip. A manager settles it under “To settle”.
          </p>
        </Said>
      )
    case 'done': {
      const payment = order.payments.find(({ intentId }) => intentId === intent.id)
      const gotMinor = (payment?.amountMinor ?? 0) + (payment?.tipMinor ?? 0)
      const isPaid = dueMinor <= 0
      return (
        <Said
          title={isPaid ? `${order.number} paid` : `${order.number} partly paid`}
          label={cardText(payment?.card?.brand ?? null, payment?.card?.lastFour ?? null)}
        >
          <p className={styles['change']}>{money(gotMinor)}</p>
          {gotMinor < askedMinor && (
            <p className={styles['left']}>Approved for less than {money(askedMinor)}</p>
          )}
          {payment?.card?.offline === true && (
            <p className={styles['left']}>Taken offline: the bank has not been asked yet</p>
          )}
          {!isPaid && <p className={styles['left']}>{money(dueMinor)} still due</p>}
          {isPaid ? (
            <Button
              kind="accent"
              isLarge
              className={styles['next']}
              onPress={() => startNewOrder()}
            >
              Next order
            </Button>
          ) : (
            <Button kind="money" isLarge className={styles['next']} onPress={onPayRest}>
              Pay the rest
            </Button>
          )}
        </Said>
      )
    }
  }
}

const cardText = (brand: string | null, lastFour: string | null): string =>
  `Card approved${brand === null ? '' : ` · ${brand}`}${lastFour === null ? '' : ` ••${lastFour}`}`

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
