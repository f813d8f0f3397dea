import { useDeferredValue, useState } from 'react'
import { CHANNELS } from '../../../domain/catalog.ts'
import { ORDER_STATUSES } from '../../../domain/order-status.ts'
import type { StoreLine } from '../../../protocol/office/overview.ts'
import { orderPage, type RestOrder } from '../../../protocol/rest/order.ts'
import { Button } from '../../ui/Button.tsx'
import { countOf } from '../../ui/format.ts'
import { useNow } from '../../ui/use-now.ts'
import { CHANNEL_NAMES, STATUS_NAMES } from '../../ui/words.ts'
import { firstPagesOf, useAnswer } from '../answers.ts'
import { addDays, readRange } from '../days.ts'
import { Choice } from '../parts/Choice.tsx'
import { DataTable, type Column } from '../parts/DataTable.tsx'
import { Field } from '../parts/Field.tsx'
import { Page, Section } from '../parts/Page.tsx'
import { useNames, type Names } from '../names.ts'
import { RangePicker } from '../reports/RangePicker.tsx'
import { daysText } from '../reports/SalesPage.tsx'
import reports from '../reports/Reports.module.css'
import { changeQuery, hrefOf, useRoute } from '../route.ts'
import { businessDayAt, wordsOf } from '../stores.ts'
import { momentOf } from '../zone.ts'
import styles from './Orders.module.css'

const OPEN = 'open'
const OPEN_STATUSES = ['pending', 'confirmed', 'preparing', 'ready']

/** A store's orders, newest first. */
export function OrdersPage({ store }: { readonly store: StoreLine }) {
  const { query } = useRoute()
  const today = businessDayAt(store, useNow())
  const { range, preset } = readRange(query, today)
  // What guests are searched by never stands in an address.
  const [typed, setTyped] = useState({ q: '', table: '' })
  const { q, table } = useDeferredValue(typed)
  const [pages, setPages] = useState(1)
  const status = query['status'] ?? ''
  const channel = CHANNELS.find((one) => one === query['channel']) ?? ''
  const answer = useAnswer(
    firstPagesOf(
      {
        path: '/api/v1/orders',
        storeId: store.store_id,
        query: {
          status: status === OPEN ? OPEN_STATUSES.join(',') : status,
          order_type: channel,
          table_number: table.trim(),
          q: q.trim(),
          from: dayStart(range.from, store),
          to: dayStart(addDays(range.to, 1), store),
        },
        schema: orderPage,
      },
      pages,
    ),
  )
  const names = useNames(store.store_id)
  return (
    <Page
      title="Orders"
      about={daysText(range)}
      from={answer}
      controls={
        <>
          {' '}
          <div className={reports['bar']}>
            <RangePicker range={range} preset={preset} today={today} />
          </div>
          <div className={styles['filters']} role="search" aria-label="Orders">
            <Field
              label="Number, name or phone"
              type="search"
              value={typed.q}
              maxLength={60}
              onChange={(text) => setTyped({ ...typed, q: text })}
            />
            <Field
              label="Table"
              value={typed.table}
              maxLength={20}
              onChange={(text) => setTyped({ ...typed, table: text })}
            />
            <Choice
              label="Status"
              value={status}
              options={[
                { value: '', label: 'Any' },
                { value: OPEN, label: 'Open' },
                ...ORDER_STATUSES.map((one) => ({ value: one, label: STATUS_NAMES[one] })),
              ]}
              onChange={(chosen) => changeQuery({ status: chosen })}
            />
            <Choice
              label="Channel"
              value={channel}
              options={[
                { value: '', label: 'Any' },
                ...CHANNELS.map((one) => ({ value: one, label: CHANNEL_NAMES[one] })),
              ]}
              onChange={(chosen) => changeQuery({ channel: chosen })}
            />
          </div>
        </>
      }
    >
      <Section title="Orders">
        <DataTable
          caption="Orders, newest first"
          columns={columnsOf(store, names)}
          rows={answer.value?.data ?? []}
          keyOf={({ id }) => id}
          none="No order fits. Widen the days or leave out a filter."
          toneOf={(order) => (order.status === 'cancelled' ? 'off' : undefined)}
        />
        {answer.value?.isCut === true && (
          <div className={styles['more']}>
            <Button onPress={() => setPages(pages + 1)}>Show more</Button>
            <span>{answer.value.data.length} shown; sums and sorting are of these.</span>
          </div>
        )}
      </Section>
    </Page>
  )
}

function dayStart(day: string, store: StoreLine): string | undefined {
  const ms = momentOf(`${day}T${store.day_starts_at}`, store.time_zone)
  return ms === null ? undefined : new Date(ms).toISOString()
}

const columnsOf = (store: StoreLine, names: Names): readonly Column<RestOrder>[] => {
  const words = wordsOf(store)
  const sum = (orders: readonly RestOrder[], read: (order: RestOrder) => number) =>
    words.minor(orders.reduce((total, order) => total + read(order), 0))
  return [
    {
      id: 'number',
      header: 'Order',
      isHeading: true,
      value: (order) => order.order_number,
      show: (order) => (
        <a href={hrefOf({ storeId: store.store_id, path: ['orders', order.id] })}>
          {order.order_number}
        </a>
      ),
      total: (orders) => countOf(orders.length, 'order', 'orders'),
    },
    {
      id: 'at',
      header: 'Begun',
      value: (order) => order.created_at,
      show: (order) => <time dateTime={order.created_at}>{words.moment(order.created_at)}</time>,
    },
    {
      id: 'status',
      header: 'Status',
      value: ({ status }) => STATUS_NAMES[status],
      show: ({ status }) => (
        <span className={styles['status']} data-status={status}>
          {STATUS_NAMES[status]}
        </span>
      ),
    },
    {
      id: 'place',
      header: 'Where',
      value: (order) =>
        order.table_number === null
          ? CHANNEL_NAMES[order.order_type]
          : `Table ${order.table_number}`,
    },
    {
      id: 'by',
      header: 'Begun by',
      isMinor: true,
      value: (order) => names.person(order.created_by),
    },
    {
      id: 'items',
      header: 'Items',
      isNumber: true,
      value: ({ items }) => items.reduce((count, { quantity }) => count + quantity, 0),
    },
    {
      id: 'total',
      header: 'Total',
      isNumber: true,
      value: ({ total }) => total.amount,
      show: ({ total }) => words.money(total),
      total: (orders) =>
        sum(
          orders.filter(({ status }) => status !== 'cancelled'),
          ({ total }) => total.amount,
        ),
    },
    {
      id: 'due',
      header: 'Due',
      isNumber: true,
      value: ({ due }) => due.amount,
      show: ({ due }) => (due.amount === 0 ? '–' : words.money(due)),
      total: (orders) => sum(orders, ({ due }) => due.amount),
    },
  ]
}
