import type { Catalog } from '../../../domain/catalog.ts'
import { kitchenAtMs, pacingOf } from '../../../domain/pacing.ts'
import { useLive } from '../../ui/live-store.ts'
import { useTerminalNow } from '../../ui/use-now.ts'
import { OrderRow } from '../OrderRow.tsx'
import { openOrder } from '../store.ts'
import styles from './ComingUp.module.css'
import { dueText } from './DueMark.tsx'
import { comingUp } from './promises.ts'
import { say } from '../../words/say.ts'

/** Open orders by the time for which they are wanted; of those for later, when the kitchen gets them. */
export function ComingUp({ catalog }: { readonly catalog: Catalog }) {
  const ordersById = useLive((live) => live.ordersById)
  const nowMs = useTerminalNow()
  const orders = comingUp(ordersById.values())
  if (orders.length === 0) return <p className={styles['none']}>{say('front.noneComing')}</p>
  return (
    <ul className={styles['list']} aria-label={say('front.comingUpList')}>
      {orders.map((order) => {
        const atMs =
          order.status === 'confirmed' && order.tickets.length === 0
            ? kitchenAtMs(order, pacingOf(catalog))
            : null
        return (
          <li key={order.id}>
            <OrderRow order={order} catalog={catalog} onPress={() => openOrder(order.id)} />
            {atMs !== null && atMs > nowMs && (
              <p className={styles['kitchen']}>
                {say('front.atKitchen', { time: dueText(atMs, nowMs) })}
              </p>
            )}
          </li>
        )
      })}
    </ul>
  )
}
