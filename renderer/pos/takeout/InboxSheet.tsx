import { useState } from 'react'
import type { Catalog } from '../../../domain/catalog.ts'
import { isLive, type ShownOrder } from '../../../domain/order-view.ts'
import { Button } from '../../ui/Button.tsx'
import { formatAge, formatMoney, formatTime } from '../../ui/format.ts'
import { useLive } from '../../ui/live-store.ts'
import { Sheet } from '../../ui/Sheet.tsx'
import { useTerminalNow } from '../../ui/use-now.ts'
import { placeOf } from '../../ui/words.ts'
import { useActions } from '../actions-context.ts'
import { ReasonForm } from '../ReasonForm.tsx'
import { closeSheet, useTill } from '../store.ts'
import { dueText } from './DueMark.tsx'
import styles from './Inbox.module.css'
import { inboxOf, itemsIn, proposalFor } from './promises.ts'
import { say } from '../../words/say.ts'

/** Orders that came from outside: each gets a time, or a no with its reason. */
export function InboxSheet({ catalog }: { readonly catalog: Catalog }) {
  const ordersById = useLive((live) => live.ordersById)
  const orders = inboxOf(ordersById.values())
  return (
    <Sheet title={say('front.inboxTitle')} about={say('front.inboxAbout')} onClose={closeSheet}>
      {orders.length === 0 && <p className={styles['soft']}>{say('front.inboxEmpty')}</p>}
      <ul className={styles['list']} aria-label={say('front.inboxTitle')}>
        {orders.map((order) => (
          <li key={order.id} className={styles['one']}>
            <Incoming order={order} catalog={catalog} orders={[...ordersById.values()]} />
          </li>
        ))}
      </ul>
    </Sheet>
  )
}

interface IncomingProps {
  readonly order: ShownOrder
  readonly catalog: Catalog
  readonly orders: readonly ShownOrder[]
}

/** So many times are offered on buttons. */
const TIMES = 4

function Incoming({ order, catalog, orders }: IncomingProps) {
  const nowMs = useTerminalNow()
  const isBusy = useTill((till) => till.isBusy)
  const { acceptOrder, refuseOrder } = useActions()
  const [reason, setReason] = useState<string | null>(null)
  const asked = { id: order.id, channel: order.channel, items: itemsIn(order) }
  const { soonestMs, slots } = proposalFor(asked, orders, catalog, nowMs)
  const wantedMs = order.scheduledFor === null ? null : Date.parse(order.scheduledFor)
  const times = [
    ...(wantedMs !== null && wantedMs > nowMs ? [wantedMs] : []),
    soonestMs,
    ...slots.filter(({ isFull }) => !isFull).map(({ ms }) => ms),
  ].slice(0, TIMES)
  return (
    <>
      <header className={styles['head']}>
        <strong className={styles['number']}>{order.number}</strong>
        <span>{placeOf(order)}</span>
        <span className={styles['soft']}>
          {say('front.cameAgo', { age: formatAge(nowMs - Date.parse(order.createdAt)) })}
        </span>
        {wantedMs !== null && (
          <span className={styles['wanted']}>
            {say('front.wanted', { time: dueText(wantedMs, nowMs) })}
          </span>
        )}
        <span className={styles['money']}>
          {order.totals.dueMinor <= 0
            ? say('front.paid')
            : say('front.toPay', { amount: formatMoney(order.totals.dueMinor, order.currency) })}
        </span>
      </header>
      <p>
        {order.lines
          .filter(isLive)
          .map(({ quantity, name }) => `${quantity} × ${name}`)
          .join(', ')}
      </p>
      {order.notes !== null && <p className={styles['soft']}>{order.notes}</p>}
      {order.customer?.address !== undefined && (
        <p className={styles['soft']}>{order.customer.address}</p>
      )}
      {reason === null ? (
        <div className={styles['buttons']}>
          {[...new Set(times)].map((ms, place) => (
            <Button
              key={ms}
              kind={place === 0 ? 'accent' : 'plain'}
              isDisabled={isBusy}
              onPress={() => void acceptOrder(order, ms)}
            >
              {place === 0 ? say('front.accept', { time: dueText(ms, nowMs) }) : formatTime(ms)}
            </Button>
          ))}
          <Button kind="danger" isDisabled={isBusy} onPress={() => setReason('')}>
            {say('front.refuse')}
          </Button>
        </div>
      ) : (
        <>
          <ReasonForm
            kind="cancel"
            reason={reason}
            onReason={setReason}
            action={say('front.refuseNow')}
            onAct={() => void refuseOrder(order, reason.trim())}
          />
          <Button kind="quiet" onPress={() => setReason(null)}>
            {say('common.back')}
          </Button>
        </>
      )}
    </>
  )
}
