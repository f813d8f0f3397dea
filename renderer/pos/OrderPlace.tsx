import type { Channel } from '../../domain/catalog.ts'
import type { OrderView } from '../../domain/order-view.ts'
import { Button, Toggle } from '../ui/Button.tsx'
import { CHANNEL_NAMES } from '../ui/words.ts'
import { useActions } from './actions-context.ts'
import { isOpen } from './open-orders.ts'
import styles from './OrderPlace.module.css'
import { openSheet, useTill } from './store.ts'

const CHANNELS = Object.entries(CHANNEL_NAMES) as [Channel, string][]

/** How the guest gets the food, and where: the table, or the name to call. */
export function OrderPlace({ order }: { readonly order: OrderView | null }) {
  const { setPlace } = useActions()
  const draft = useTill((till) => till.draft)
  const isBusy = useTill((till) => till.isBusy)
  const { channel, table, customer } = order ?? draft
  const isFinal = order !== null && !isOpen(order)
  const choose = (chosen: Channel) => {
    if (chosen === channel) return
    void setPlace(chosen === 'dine_in' ? { channel: chosen } : { channel: chosen, table: null })
  }
  return (
    <div className={styles['place']}>
      <div className={styles['channels']} role="group" aria-label="Order type">
        {CHANNELS.map(([id, name]) => (
          <Toggle
            key={id}
            className={styles['channel']}
            isSelected={id === channel}
            isDisabled={isFinal || isBusy}
            onChange={() => choose(id)}
          >
            {name}
          </Toggle>
        ))}
      </div>
      {channel === 'dine_in' ? (
        <Button
          className={styles['where']}
          isDisabled={isFinal}
          onPress={() => openSheet({ kind: 'tables' })}
        >
          {table === null ? 'Choose table' : `Table ${table}`}
        </Button>
      ) : (
        <Button
          className={styles['where']}
          isDisabled={isFinal}
          onPress={() => openSheet({ kind: 'customer' })}
        >
          {[customer?.name, customer?.phone].filter(Boolean).join(' · ') || 'Add customer'}
        </Button>
      )}
    </div>
  )
}
