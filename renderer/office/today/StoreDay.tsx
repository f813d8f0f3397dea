import {
  EXCEPTIONS_PATH,
  OVERVIEW_PATH,
  pathOf,
  PREPARATION_PATH,
  SALES_PATH,
} from '../../../protocol/office/paths.ts'
import { exceptionsReport } from '../../../protocol/office/exceptions.ts'
import { overviewPage, type StoreLine } from '../../../protocol/office/overview.ts'
import { preparationReport } from '../../../protocol/office/preparation.ts'
import { salesReport, type SalesBy } from '../../../protocol/office/sales.ts'
import type { LineSalesRow, OrderSalesRow } from '../reports/sales-rows.ts'
import { MAX_PAGE } from '../../../protocol/limits.ts'
import { useNow } from '../../ui/use-now.ts'
import { CHANNEL_NAMES } from '../../ui/words.ts'
import { allOf, questionOf, useAnswer } from '../answers.ts'
import { addDays, isDay } from '../days.ts'
import {
  formatAgo,
  formatBusinessDay,
  formatChange,
  formatShare,
  formatShortMoney,
  formatSpan,
} from '../format.ts'
import { Chart } from '../parts/Chart.tsx'
import { DataTable, type Column } from '../parts/DataTable.tsx'
import { Field } from '../parts/Field.tsx'
import { Page, Section } from '../parts/Page.tsx'
import { PrintButton } from '../parts/PrintButton.tsx'
import { Tiles } from '../parts/Tiles.tsx'
import { changeQuery, hrefOf, useRoute } from '../route.ts'
import { useUser } from '../session.ts'
import { businessDayAt, wordsOf } from '../stores.ts'
import { attentionOf } from './attention.ts'
import { hoursOf, type HourPoint } from './hours.ts'
import styles from './Today.module.css'

const EVERY_MS = 60_000
const TOP_ITEMS = 8
const WEEK = 7

/** One store's day: how it runs, what sells, and what wants to be looked at. */
export function StoreDay({ store }: { readonly store: StoreLine }) {
  const { query } = useRoute()
  const nowMs = useNow()
  const today = businessDayAt(store, nowMs)
  const day = isDay(query['day']) ? query['day'] : today
  const words = wordsOf(store)
  const params = { store_id: store.store_id }
  const range = { from: day, to: day }
  const sales = (by: SalesBy, from = day) =>
    questionOf({
      path: pathOf(SALES_PATH, params),
      query: { from, to: from, by },
      schema: salesReport,
    })

  const overview = useAnswer(
    allOf({
      path: OVERVIEW_PATH,
      query: { q: store.name, day: day === today ? undefined : day, limit: String(MAX_PAGE) },
      schema: overviewPage,
    }),
    EVERY_MS,
  )
  const hours = useAnswer(sales('hour'), EVERY_MS)
  const before = useAnswer(sales('hour', addDays(day, -WEEK)), EVERY_MS)
  const channels = useAnswer(sales('channel'), EVERY_MS)
  const items = useAnswer(sales('item'), EVERY_MS)
  const preparation = useAnswer(
    questionOf({ path: pathOf(PREPARATION_PATH, params), query: range, schema: preparationReport }),
    EVERY_MS,
  )
  const exceptions = useAnswer(
    questionOf({ path: pathOf(EXCEPTIONS_PATH, params), query: range, schema: exceptionsReport }),
    EVERY_MS,
  )

  const line = overview.value?.data.find((one) => one.store_id === store.store_id) ?? null
  const totals = hours.value?.totals ?? null
  const points = hoursOf(hours.value, before.value, store.day_starts_at)
  const channelRows = channels.value?.by === 'channel' ? channels.value.rows : []
  const itemRows =
    items.value?.by === 'item'
      ? items.value.rows.toSorted((a, b) => b.net.amount - a.net.amount).slice(0, TOP_ITEMS)
      : []
  const attention = attentionOf(
    line,
    preparation.value,
    exceptions.value,
    store.store_id,
    useUser().role !== 'viewer',
  )
  const change = line && formatChange(line.sales.total.amount, line.week_before.total.amount)
  const all = preparation.value?.all

  return (
    <Page
      title={store.name}
      about={formatBusinessDay(day)}
      from={hours}
      tools={
        <>
          <Field
            label="Business day"
            isLabelHidden
            type="date"
            value={day}
            max={today}
            onChange={(text) => changeQuery({ day: text === today ? undefined : text })}
          />
          <PrintButton />
        </>
      }
    >
      <Tiles
        label="The day in numbers"
        tiles={[
          {
            name: 'Sales',
            value: totals === null ? '–' : words.money(totals.total),
            note: change === null ? 'Nothing last week to compare' : `${change} on last week`,
            tone:
              change?.startsWith('+') === true
                ? 'good'
                : change?.startsWith('−') === true
                  ? 'bad'
                  : undefined,
          },
          {
            name: 'Orders',
            value: totals?.orders ?? '–',
            note:
              totals === null || totals.orders === 0
                ? undefined
                : `${words.minor(Math.round(totals.total.amount / totals.orders))} each`,
          },
          {
            name: day === today ? 'Open now' : 'Still open',
            value: line?.open_orders.count ?? '–',
            note: line === null ? undefined : `${words.money(line.open_orders.due)} still due`,
          },
          {
            name: 'Preparation',
            value: all?.p50_seconds == null ? '–' : formatSpan(all.p50_seconds),
            note:
              all?.p90_seconds == null
                ? 'Nothing measured'
                : `9 of 10 within ${formatSpan(all.p90_seconds)}`,
          },
          {
            name: 'Last contact',
            value:
              line?.last_contact_at == null
                ? 'never'
                : formatAgo(nowMs - Date.parse(line.last_contact_at)),
            note:
              line === null
                ? undefined
                : `${String(line.devices.count)} devices, ${String(line.devices.behind)} behind`,
            tone: line !== null && line.devices.behind > 0 ? 'warn' : undefined,
          },
        ]}
      />
      <div className={styles['columns']}>
        <div className={styles['stack']}>
          <Section title="Sales by hour">
            <Chart
              points={points}
              name={day === today ? 'Today' : 'This day'}
              beforeName="Same weekday last week"
              format={words.minor}
              formatAxis={(minor) => formatShortMoney(minor, store.currency)}
            />
            <DataTable
              caption="Sales by hour, beside the same weekday last week"
              columns={hourColumns(words.minor)}
              rows={points}
              keyOf={({ key }) => key}
              none="Nothing was sold yet."
            />
          </Section>
        </div>
        <div className={styles['stack']}>
          <Section title="Needs attention">
            {attention.length === 0 ? (
              <p className={styles['calm']}>Nothing at present.</p>
            ) : (
              <ul className={styles['attention']}>
                {attention.map(({ text, href, tone, link }) => (
                  <li key={text} data-tone={tone}>
                    {text} <a href={href}>{link}</a>
                  </li>
                ))}
              </ul>
            )}
          </Section>
          <Section title="Channels">
            <DataTable
              caption="Sales by channel"
              columns={channelColumns(words.money, totals?.total.amount ?? 0)}
              rows={channelRows}
              keyOf={({ key }) => key}
              none="Nothing was sold yet."
            />
          </Section>
          <Section
            title="Top items"
            tools={
              <a
                href={hrefOf({
                  storeId: store.store_id,
                  path: ['reports', 'sales'],
                  query: { by: 'item', ...range },
                })}
              >
                All items
              </a>
            }
          >
            <DataTable
              caption={`The ${String(TOP_ITEMS)} items that brought most`}
              columns={itemColumns(words.money)}
              rows={itemRows}
              keyOf={({ key }) => key}
              none="Nothing was sold yet."
            />
          </Section>
        </div>
      </div>
    </Page>
  )
}

const hourColumns = (minor: (value: number) => string): readonly Column<HourPoint>[] => [
  {
    id: 'hour',
    header: 'Hour',
    isHeading: true,
    isSortable: false,
    value: ({ label }) => label,
    total: () => 'Total',
  },
  {
    id: 'orders',
    header: 'Orders',
    isNumber: true,
    isSortable: false,
    value: ({ orders }) => orders,
    total: (rows) => rows.reduce((sum, { orders }) => sum + orders, 0),
  },
  {
    id: 'value',
    header: 'Sales',
    isNumber: true,
    isSortable: false,
    value: ({ value }) => value,
    show: ({ value }) => minor(value),
    total: (rows) => minor(rows.reduce((sum, { value }) => sum + value, 0)),
  },
  {
    id: 'before',
    header: 'Last week',
    isNumber: true,
    isSortable: false,
    value: ({ before }) => before,
    show: ({ before }) => minor(before),
    total: (rows) => minor(rows.reduce((sum, { before }) => sum + before, 0)),
  },
]

type Words = ReturnType<typeof wordsOf>['money']

const channelColumns = (money: Words, whole: number): readonly Column<OrderSalesRow>[] => [
  {
    id: 'name',
    header: 'Channel',
    isHeading: true,
    isSortable: false,
    value: ({ key, name }) => CHANNEL_NAMES[key as keyof typeof CHANNEL_NAMES] ?? name,
  },
  {
    id: 'orders',
    header: 'Orders',
    isNumber: true,
    isSortable: false,
    value: ({ orders }) => orders,
  },
  {
    id: 'total',
    header: 'Sales',
    isNumber: true,
    isSortable: false,
    value: ({ total }) => total.amount,
    show: ({ total }) => money(total),
  },
  {
    id: 'share',
    header: 'Share',
    isNumber: true,
    isSortable: false,
    value: ({ total }) => total.amount,
    show: ({ total }) => formatShare(total.amount, whole),
  },
]

const itemColumns = (money: Words): readonly Column<LineSalesRow>[] => [
  { id: 'name', header: 'Item', isHeading: true, isSortable: false, value: ({ name }) => name },
  {
    id: 'quantity',
    header: 'Sold',
    isNumber: true,
    isSortable: false,
    value: ({ quantity }) => quantity,
  },
  {
    id: 'net',
    header: 'Net',
    isNumber: true,
    isSortable: false,
    value: ({ net }) => net.amount,
    show: ({ net }) => money(net),
  },
]
