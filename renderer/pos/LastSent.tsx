import { Button as AriaButton } from 'react-aria-components'
import type { Catalog } from '../../domain/catalog.ts'
import type { ShownOrder } from '../../domain/order-view.ts'
import { formatAge } from '../ui/format.ts'
import { useLive } from '../ui/live-store.ts'
import { useTerminalNow } from '../ui/use-now.ts'
import { useActions } from './actions-context.ts'
import { placeOf, STATUS_NAMES } from '../ui/words.ts'
import { say } from '../words/say.ts'
import styles from './LastSent.module.css'
import { seenText, unseenSinceMs } from './open-orders.ts'
import { openOrder, useTill } from './store.ts'

/** After sending, the eye stays here: has the kitchen seen it? One tap opens the order again. */
export function LastSent({ catalog }: { readonly catalog: Catalog }) {
  const { afterTaps } = useActions()
  const orderIds = useTill((till) => till.lastSentIds)
  const ordersById = useLive((live) => live.ordersById)
  const orders = orderIds.flatMap((id) => ordersById.get(id) ?? [])
  if (orders.length === 0) return null
  return (
    <section aria-label={say('order.lastSent')}>
      <h2 className={styles['title']}>{say('order.lastSentHere')}</h2>
      <ul>
        {orders.map((order) => (
          <li key={order.id}>
            <AriaButton
              className={styles['order'] ?? ''}
              onPress={() => afterTaps(() => openOrder(order.id))}
            >
              <span className={styles['number']}>{order.number}</span>
              <span className={styles['place']}>{placeOf(order)}</span>
              <span className={styles['status']}>{STATUS_NAMES[order.status]}</span>
              <Seen order={order} catalog={catalog} />
            </AriaButton>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Seen({ order, catalog }: { readonly order: ShownOrder; readonly catalog: Catalog }) {
  const nowMs = useTerminalNow()
  const sinceMs = unseenSinceMs(order)
  const last = order.tickets.at(-1)
  if (last === undefined)
    return <span className={styles['seen']}>{say('order.nothingForKitchen')}</span>
  return (
    <span className={styles['seen']} data-seen={sinceMs === null}>
      {sinceMs === null
        ? `✓ ${seenText(last, catalog)}`
        : say('order.notSeenFor', { age: formatAge(nowMs - sinceMs) })}
    </span>
  )
}
