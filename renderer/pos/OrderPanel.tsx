import { useEffect, useRef } from 'react'
import type { Catalog } from '../../domain/catalog.ts'
import type { ShownOrder } from '../../domain/order-view.ts'
import type { SignedIn } from '../../protocol/screens.ts'
import { STATUS_NAMES } from '../ui/words.ts'
import { say } from '../words/say.ts'
import { useCurrentOrder } from './current-order.ts'
import { ServicePlace } from './courses/ServicePlace.tsx'
import { LastSent } from './LastSent.tsx'
import { LastPaid } from './ringing/LastPaid.tsx'
import { OrderFooter } from './OrderFooter.tsx'
import { OrderLines } from './OrderLines.tsx'
import { OrderChannel, OrderPlace } from './OrderPlace.tsx'
import { OrderTotals } from './OrderTotals.tsx'
import styles from './OrderPanel.module.css'
import { SavedMark } from './SavedMark.tsx'

interface OrderPanelProps {
  readonly catalog: Catalog
  readonly staff: SignedIn
}

/** The order in hand: always visible, whatever lies over the menu. */
export function OrderPanel({ catalog, staff }: OrderPanelProps) {
  const order = useCurrentOrder()
  const lines = useShowNewest(order)
  return (
    <aside className={styles['panel']} aria-label={say('order.title')}>
      <header className={styles['head']}>
        <div className={styles['id']}>
          <h1 className={styles['number']} data-empty={order === null}>
            {order?.number ?? say('order.new')}
          </h1>
          <div className={styles['state']}>
            <Status order={order} />
            {order !== null && <SavedMark order={order} />}
          </div>
        </div>
        <OrderPlace order={order} />
      </header>
      <OrderChannel order={order} />
      <ServicePlace order={order} catalog={catalog} />
      <div ref={lines} className={styles['lines']}>
        {order === null ? (
          <>
            <LastPaid />
            <LastSent catalog={catalog} />
          </>
        ) : (
          <OrderLines order={order} catalog={catalog} />
        )}
      </div>
      {order !== null && <OrderTotals order={order} />}
      <OrderFooter order={order} catalog={catalog} staff={staff} />
    </aside>
  )
}

/** A line that was just added is in sight; an order that is opened shows its beginning. */
function useShowNewest(order: ShownOrder | null) {
  const list = useRef<HTMLDivElement>(null)
  const shown = useRef({ orderId: '', count: 0 })
  const orderId = order?.id ?? ''
  const count = order?.lines.length ?? 0
  useEffect(() => {
    const isLonger = shown.current.orderId === orderId && count > shown.current.count
    shown.current = { orderId, count }
    if (isLonger) list.current?.scrollTo({ top: list.current.scrollHeight })
  }, [orderId, count])
  return list
}

function Status({ order }: { readonly order: ShownOrder | null }) {
  if (order === null) return <p className={styles['status']}>{say('order.tapItem')}</p>
  const reason = order.statusHistory.find((fact) => fact.status === 'cancelled')?.reason
  return (
    <p className={styles['status']} data-status={order.status}>
      {STATUS_NAMES[order.status]}
      {order.status === 'cancelled' && reason ? ` · ${reason}` : ''}
    </p>
  )
}
