import { useState } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import type { Catalog, RecordValue } from '../../domain/catalog.ts'
import type { ShownOrder } from '../../domain/order-view.ts'
import { Button } from '../ui/Button.tsx'
import { formatAge, formatMoney } from '../ui/format.ts'
import { useLive } from '../ui/live-store.ts'
import { Sheet } from '../ui/Sheet.tsx'
import { useTerminalNow } from '../ui/use-now.ts'
import { STATUS_NAMES } from '../ui/words.ts'
import { say } from '../words/say.ts'
import { useActions } from './actions-context.ts'
import { useCurrentOrder } from './actions.ts'
import { openOrdersByTable } from './open-orders.ts'
import { closeSheet, openOrder, useTill } from './store.ts'
import styles from './TablesSheet.module.css'

type DiningTable = RecordValue<'dining_table'>

/** A free table takes the order in hand; an occupied one opens what is on it. */
export function TablesSheet({ catalog }: { readonly catalog: Catalog }) {
  const { setPlace } = useActions()
  const orders = useLive((live) => live.ordersById)
  const current = useCurrentOrder()
  const draft = useTill((till) => till.draft)
  const [shared, setShared] = useState<string | null>(null)
  const byTable = openOrdersByTable(orders.values())
  const tables = [...catalog.dining_table.values()].toSorted((a, b) => a.position - b.position)
  const rooms = Map.groupBy(tables, (table) => table.room)
  const own = (current ?? draft).table

  const seat = async (table: string) => {
    if (await setPlace({ channel: 'dine_in', table })) closeSheet()
  }
  const press = (table: string) => {
    const there = byTable.get(table) ?? []
    const first = there[0]
    if (first === undefined) return void seat(table)
    if (there.length === 1) return first.id === current?.id ? closeSheet() : openOrder(first.id)
    setShared(table)
  }

  return (
    <Sheet
      title={say('orders.tables')}
      about={say('orders.tablesAbout')}
      onClose={closeSheet}
      footer={
        shared === null ? undefined : (
          <SharedTable
            table={shared}
            orders={byTable.get(shared) ?? []}
            onSeat={shared === own ? null : () => void seat(shared)}
          />
        )
      }
    >
      {[...rooms].map(([room, inRoom]) => (
        <section key={room} className={styles['room']} aria-label={room}>
          <h3 className={styles['title']}>{room}</h3>
          <div className={styles['tables']}>
            {inRoom.map((table) => (
              <TableButton
                key={table.number}
                table={table}
                orders={byTable.get(table.number) ?? []}
                isOwn={table.number === own}
                onPress={() => press(table.number)}
              />
            ))}
          </div>
        </section>
      ))}
    </Sheet>
  )
}

interface TableButtonProps {
  readonly table: DiningTable
  readonly orders: readonly ShownOrder[]
  readonly isOwn: boolean
  readonly onPress: () => void
}

function TableButton({ table, orders, isOwn, onPress }: TableButtonProps) {
  const nowMs = useTerminalNow()
  const first = orders[0]
  return (
    <AriaButton
      className={styles['table'] ?? ''}
      data-state={first === undefined ? 'free' : first.status === 'ready' ? 'ready' : 'occupied'}
      data-own={isOwn}
      aria-label={say(first === undefined ? 'orders.tableFree' : 'orders.tableOccupied', {
        table: table.number,
      })}
      onPress={onPress}
    >
      <span className={styles['number']}>
        {table.number}
        {first !== undefined && (
          <span className={styles['money']}>
            {formatMoney(
              orders.reduce((sum, order) => sum + order.totals.dueMinor, 0),
              first.currency,
            )}
          </span>
        )}
      </span>
      {first === undefined ? (
        <span className={styles['detail']}>{say('orders.seats', { count: table.seats })}</span>
      ) : (
        <>
          <span className={styles['detail']}>
            {orders.length > 1 ? say('common.orders', { count: orders.length }) : first.number} ·{' '}
            {formatAge(nowMs - Date.parse(first.createdAt))}
          </span>
          <span className={styles['detail']}>{STATUS_NAMES[first.status]}</span>
        </>
      )}
    </AriaButton>
  )
}

interface SharedTableProps {
  readonly table: string
  readonly orders: readonly ShownOrder[]
  /** Null: the order in hand sits there already. */
  readonly onSeat: (() => void) | null
}

/** A table with more than one order: which one? */
function SharedTable({ table, orders, onSeat }: SharedTableProps) {
  return (
    <div
      className={styles['shared']}
      role="group"
      aria-label={say('orders.ordersAtTable', { table })}
    >
      <strong>{say('trade.table', { table })}</strong>
      {orders.map((order) => (
        <Button key={order.id} onPress={() => openOrder(order.id)}>
          {order.number} · {formatMoney(order.totals.dueMinor, order.currency)}
        </Button>
      ))}
      {onSeat !== null && (
        <Button kind="accent" onPress={onSeat}>
          {say('orders.seatHere')}
        </Button>
      )}
    </div>
  )
}
