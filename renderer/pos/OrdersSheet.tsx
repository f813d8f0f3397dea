import { useEffect, useState } from 'react'
import type { Catalog } from '../../domain/catalog.ts'
import type { FoundOrders } from '../../protocol/screens.ts'
import { Toggle } from '../ui/Button.tsx'
import { formatDay } from '../ui/format.ts'
import { useLive } from '../ui/live-store.ts'
import { Sheet } from '../ui/Sheet.tsx'
import { TextInput } from '../ui/TextInput.tsx'
import { say } from '../words/say.ts'
import { useActions } from './actions-context.ts'
import { inPlaces, sortOpenOrders } from './open-orders.ts'
import { OrderRow } from './OrderRow.tsx'
import styles from './OrdersSheet.module.css'
import { closeSheet, openOrder } from './store.ts'
import { ComingUp } from './takeout/ComingUp.tsx'

/** Every order that is open in the store, ready ones first; and those that are done. */
export function OrdersSheet({ catalog }: { readonly catalog: Catalog }) {
  const [shown, setShown] = useState<'open' | 'time' | 'closed'>('open')
  const isClosedShown = shown === 'closed'
  return (
    <Sheet
      title={say(TITLES[shown])}
      about={say(ORDERED[shown])}
      onClose={closeSheet}
      tools={
        <div className={styles['tabs']} role="group" aria-label={say('orders.which')}>
          <Toggle isSelected={shown === 'open'} onChange={() => setShown('open')}>
            {say('orders.tabOpen')}
          </Toggle>
          <Toggle isSelected={shown === 'time'} onChange={() => setShown('time')}>
            {say('front.comingUp')}
          </Toggle>
          <Toggle isSelected={isClosedShown} onChange={() => setShown('closed')}>
            {say('orders.tabClosed')}
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

const TITLES = {
  open: 'orders.open',
  time: 'front.comingUpList',
  closed: 'orders.closed',
} as const

const ORDERED = {
  open: 'orders.readyFirst',
  time: 'orders.dueFirst',
  closed: 'orders.newestFirst',
} as const

function OpenOrders({ catalog }: { readonly catalog: Catalog }) {
  const ordersById = useLive((live) => live.ordersById)
  const [places, setPlaces] = useState<readonly string[]>([])
  const orders = inPlaces(places, sortOpenOrders(ordersById.values()))
  if (orders.some(({ id }, place) => places[place] !== id)) setPlaces(orders.map(({ id }) => id))
  if (orders.length === 0) return <p className={styles['none']}>{say('orders.noneOpen')}</p>
  return (
    <ul className={styles['list']} aria-label={say('orders.open')}>
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
          label={say('orders.find')}
          value={query}
          onChange={setQuery}
          maxLength={60}
          type="search"
        />
      </div>
      {search.state === 'failed' && <p className={styles['none']}>{search.message}</p>}
      {search.state === 'found' && search.missingBefore !== null && (
        <p className={styles['missing']} role="status">
          {say('orders.missingBefore', { day: formatDay(Date.parse(search.missingBefore)) })}
        </p>
      )}
      {search.state === 'found' && search.orders.length === 0 && (
        <p className={styles['none']}>{say('orders.noMatch')}</p>
      )}
      {search.state === 'found' && (
        <ul className={styles['list']} aria-label={say('orders.closed')}>
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
