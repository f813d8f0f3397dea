import { useEffect, useState } from 'react'
import type { Catalog } from '../../domain/catalog.ts'
import type { FoundOrders } from '../../protocol/screens.ts'
import { Toggle } from '../ui/Button.tsx'
import { formatDay } from '../ui/format.ts'
import { useLive } from '../ui/live-store.ts'
import { Sheet } from '../ui/Sheet.tsx'
import { TextInput } from '../ui/TextInput.tsx'
import { useActions } from './actions-context.ts'
import { sortOpenOrders } from './open-orders.ts'
import { OrderRow } from './OrderRow.tsx'
import styles from './OrdersSheet.module.css'
import { closeSheet, openOrder } from './store.ts'
import { ComingUp } from './takeout/ComingUp.tsx'
import { say } from '../words/say.ts'

/** Every order that is open in the store, ready ones first; and those that are done. */
export function OrdersSheet({ catalog }: { readonly catalog: Catalog }) {
  const [shown, setShown] = useState<'open' | 'time' | 'closed'>('open')
  const isClosedShown = shown === 'closed'
  return (
    <Sheet
      title={isClosedShown ? 'Closed orders' : 'Open orders'}
      about={isClosedShown ? 'Newest first' : 'Ready ones first, then the oldest'}
      onClose={closeSheet}
      tools={
        <div className={styles['tabs']} role="group" aria-label="Which orders">
          <Toggle isSelected={shown === 'open'} onChange={() => setShown('open')}>
            Open
          </Toggle>
          <Toggle isSelected={shown === 'time'} onChange={() => setShown('time')}>
            {say('front.comingUp')}
          </Toggle>
          <Toggle isSelected={isClosedShown} onChange={() => setShown('closed')}>
            Closed
          </Toggle>
        </div>
      }
    >
      {shown === 'closed' && <ClosedOrders catalog={catalog} />}
      {shown === 'open' && <OpenOrders catalog={catalog} />}
      {shown === 'time' && <ComingUp catalog={catalog} />}
    </Sheet>
  )
}

function OpenOrders({ catalog }: { readonly catalog: Catalog }) {
  const ordersById = useLive((live) => live.ordersById)
  const orders = sortOpenOrders(ordersById.values())
  if (orders.length === 0) return <p className={styles['none']}>No open orders.</p>
  return (
    <ul className={styles['list']} aria-label="Open orders">
      {orders.map((order) => (
        <li key={order.id}>
          <OrderRow order={order} catalog={catalog} onPress={() => openOrder(order.id)} />
        </li>
      ))}
    </ul>
  )
}

type Search =
  | { readonly state: 'asking' }
  | { readonly state: 'failed'; readonly message: string }
  | ({ readonly state: 'found' } & FoundOrders)

/** Keys come faster than answers are worth having. */
const ASK_AFTER_MS = 200

function ClosedOrders({ catalog }: { readonly catalog: Catalog }) {
  const { findOrders } = useActions()
  const [query, setQuery] = useState('')
  const [search, setSearch] = useState<Search>({ state: 'asking' })
  useEffect(() => {
    let isCurrent = true
    const timer = setTimeout(() => {
      void findOrders(query.trim()).then((answer) => {
        if (!isCurrent) return
        setSearch(
          answer.ok
            ? { state: 'found', ...answer.value }
            : { state: 'failed', message: answer.message },
        )
      })
    }, ASK_AFTER_MS)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [query, findOrders])
  return (
    <>
      <div className={styles['search']}>
        <TextInput
          label="Order number, table, name or phone"
          value={query}
          onChange={setQuery}
          maxLength={60}
          type="search"
        />
      </div>
      {search.state === 'failed' && <p className={styles['none']}>{search.message}</p>}
      {search.state === 'found' && search.missingBefore !== null && (
        <p className={styles['missing']} role="status">
          Orders from before {formatDay(Date.parse(search.missingBefore))} may be missing: they are
          at the centre, which cannot be reached now.
        </p>
      )}
      {search.state === 'found' && search.orders.length === 0 && (
        <p className={styles['none']}>No closed order matches.</p>
      )}
      {search.state === 'found' && (
        <ul className={styles['list']} aria-label="Closed orders">
          {search.orders.map((order) => (
            <li key={order.id}>
              <OrderRow
                order={order}
                catalog={catalog}
                onPress={() => openOrder(order.id, order)}
              />
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
