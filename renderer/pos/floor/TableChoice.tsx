import type { ShownOrder } from '../../../domain/order-view.ts'
import { Button } from '../../ui/Button.tsx'
import { formatMoney } from '../../ui/format.ts'
import { say } from '../../words/say.ts'
import { useActions } from '../actions-context.ts'
import { openOrder, startAtTable, useTill } from '../store.ts'
import styles from './TableChoice.module.css'

interface TableChoiceProps {
  readonly table: string
  readonly orders: readonly ShownOrder[]
  /** The order that looks for a table; null: none does. */
  readonly inHand: ShownOrder | null
  readonly onSeat: () => void
}

/** A table at which somebody sits: which order, one bill with them, or a bill of its own? */
export function TableChoice({ table, orders, inHand, onSeat }: TableChoiceProps) {
  const { mergeOrder } = useActions()
  const isBusy = useTill((till) => till.isBusy)
  const others = orders.filter(({ id }) => id !== inHand?.id)
  return (
    <div className={styles['choice']} role="group" aria-label={say('floor.ordersAt', { table })}>
      <strong>{say('trade.table', { table })}</strong>
      {others.map((order) => (
        <Button key={order.id} onPress={() => openOrder(order.id)}>
          {order.number} · {formatMoney(order.totals.dueMinor, order.currency)}
        </Button>
      ))}
      {inHand === null ? (
        <Button onPress={() => startAtTable(table)}>{say('floor.newOrder')}</Button>
      ) : (
        <>
          {others.map((order) => (
            <Button
              key={order.id}
              kind="accent"
              isDisabled={isBusy}
              onPress={() => void mergeOrder(inHand, order)}
            >
              {say('floor.mergeInto', { order: order.number })}
            </Button>
          ))}
          {inHand.table !== table && (
            <Button isDisabled={isBusy} onPress={onSeat}>
              {say('floor.sitBeside')}
            </Button>
          )}
        </>
      )}
    </div>
  )
}
