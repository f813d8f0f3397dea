import type { Channel } from '../../domain/catalog.ts'
import type { ShownCustomer } from '../../domain/customer.ts'
import type { ShownOrder } from '../../domain/order-view.ts'
import { Button, Toggle } from '../ui/Button.tsx'
import { CHANNEL_NAMES } from '../ui/words.ts'
import { useActions } from './actions-context.ts'
import { say } from '../words/say.ts'
import { isOpen } from './open-orders.ts'
import styles from './OrderPlace.module.css'
import { useMode } from './ringing/mode.ts'
import { DueMark } from './takeout/DueMark.tsx'
import { openSheet, useTill } from './store.ts'

const CHANNELS = Object.keys(CHANNEL_NAMES) as Channel[]

interface PlaceProps {
  readonly order: ShownOrder | null
}

/** How the guest gets the food. */
export function OrderChannel({ order }: PlaceProps) {
  const { setPlace } = useActions()
  const draft = useTill((till) => till.draft)
  const isBusy = useTill((till) => till.isBusy)
  const { channel } = order ?? draft
  const isFinal = order !== null && !isOpen(order)
  const choose = (chosen: Channel) => {
    if (chosen === channel) return
    void setPlace(chosen === 'dine_in' ? { channel: chosen } : { channel: chosen, table: null })
  }
  return (
    <div className={styles['channels']} role="group" aria-label={say('order.type')}>
      {CHANNELS.map((id) => (
        <Toggle
          key={id}
          className={styles['channel']}
          isSelected={id === channel}
          isDisabled={isFinal || isBusy}
          onChange={() => choose(id)}
        >
          {CHANNEL_NAMES[id]}
        </Toggle>
      ))}
    </div>
  )
}

function customerText(customer: ShownCustomer | null): string {
  if (customer?.erased) return say('order.customerErased')
  if (customer?.locked) return say('order.customerLocked')
  return [customer?.name, customer?.phone].filter(Boolean).join(' · ')
}

/** Over a counter: what the guest is called by. */
function OrderPager({ order }: PlaceProps) {
  const draft = useTill((till) => till.draft)
  const { pager } = order ?? draft
  return (
    <Button
      className={styles['where']}
      isDisabled={order !== null && !isOpen(order)}
      onPress={() => openSheet({ kind: 'details' })}
    >
      <span>{pager ?? say('lines.pager')}</span>
    </Button>
  )
}

/** Where the food goes: the table, or the name to call. */
export function OrderPlace({ order }: PlaceProps) {
  const { afterTaps } = useActions()
  const draft = useTill((till) => till.draft)
  const isQuick = useMode((mode) => mode.isQuick)
  const { channel, table, customer } = order ?? draft
  if (isQuick && channel !== 'delivery') return <OrderPager order={order} />
  const isAtTable = channel === 'dine_in'
  const place = isAtTable ? table !== null && say('trade.table', { table }) : customerText(customer)
  return (
    <Button
      className={styles['where']}
      isDisabled={order !== null && !isOpen(order)}
      onPress={() =>
        afterTaps(() =>
          openSheet(isAtTable ? { kind: 'tables', isSeating: true } : { kind: 'customer' }),
        )
      }
    >
      <span>{place || say(isAtTable ? 'order.chooseTable' : 'order.addCustomer')}</span>
      {order !== null && isOpen(order) && <DueMark order={order} />}
    </Button>
  )
}
