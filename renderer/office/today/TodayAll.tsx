import { useMemo } from 'react'
import { overviewPage, type OverviewLine } from '../../../protocol/office/overview.ts'
import { OVERVIEW_PATH } from '../../../protocol/office/paths.ts'
import { MAX_PAGE } from '../../../protocol/limits.ts'
import { useNow } from '../../ui/use-now.ts'
import { allOf, useAnswer } from '../answers.ts'
import { formatAgo, formatChange, formatShortDay, formatSpan } from '../format.ts'
import { DataTable, type Column } from '../parts/DataTable.tsx'
import { Page, Section } from '../parts/Page.tsx'
import { hrefOf } from '../route.ts'
import { wordsOf } from '../stores.ts'
import { needsAttention, sumOf } from './overview.ts'
import styles from './Today.module.css'

const OVERVIEW = allOf({
  path: OVERVIEW_PATH,
  query: { limit: String(MAX_PAGE) },
  schema: overviewPage,
})

/** Every store that one may see, one line each: which of them wants to be looked at? */
export function TodayAll() {
  const answer = useAnswer(OVERVIEW)
  const nowMs = useNow()
  const minute = Math.floor(nowMs / 60_000)
  const columns = useMemo(() => columnsAt(minute * 60_000), [minute])
  const lines = answer.value?.data ?? []
  const days = [...new Set(lines.map(({ day }) => day))]
  return (
    <Page
      title="Today"
      about={days.length === 1 && days[0] !== undefined ? formatShortDay(days[0]) : 'All stores'}
      from={answer}
    >
      <Section
        title="Stores"
        about="Compared with the same weekday last week, until this time of day. Ready in: half of the tickets were done within, and nine in ten"
      >
        <DataTable
          caption="Stores today, with devices that are behind"
          columns={columns}
          rows={lines}
          keyOf={({ store_id }) => store_id}
          filterLabel="Find a store"
          toneOf={(line) => (needsAttention(line) ? 'warn' : undefined)}
          none="No store has joined this centre yet. An administrator can add one."
        />
        {answer.value?.isCut === true && (
          <p className={styles['note']}>There are more stores than can be listed here at once.</p>
        )}
      </Section>
    </Page>
  )
}

const columnsAt = (nowMs: number): readonly Column<OverviewLine>[] => [
  {
    id: 'name',
    header: 'Store',
    isHeading: true,
    value: ({ name }) => name,
    show: ({ name, store_id }) => (
      <a className={styles['store']} href={hrefOf({ storeId: store_id })}>
        {name}
      </a>
    ),
    total: (lines) => (lines.length === 1 ? 'Total' : `Total of ${String(lines.length)} stores`),
  },
  {
    id: 'sales',
    header: 'Sales',
    isNumber: true,
    value: ({ sales }) => sales.total.amount,
    show: (line) => wordsOf(line).money(line.sales.total),
    total: (lines) => <Sums of={sumOf(lines, ({ sales }) => sales.total)} />,
  },
  {
    id: 'change',
    header: 'On last week',
    isNumber: true,
    value: ({ sales, week_before: before }) =>
      before.total.amount === 0 ? null : sales.total.amount / before.total.amount,
    show: ({ sales, week_before: before }) => (
      <Change now={sales.total.amount} before={before.total.amount} />
    ),
    total: (lines) => (
      <Change
        now={lines.reduce((sum, { sales }) => sum + sales.total.amount, 0)}
        before={lines.reduce((sum, line) => sum + line.week_before.total.amount, 0)}
      />
    ),
  },
  {
    id: 'orders',
    header: 'Orders',
    isNumber: true,
    value: ({ sales }) => sales.orders,
    total: (lines) => lines.reduce((sum, { sales }) => sum + sales.orders, 0),
  },
  {
    id: 'open',
    header: 'Open',
    isNumber: true,
    value: (line) => line.open_orders.count,
    total: (lines) => lines.reduce((sum, line) => sum + line.open_orders.count, 0),
  },
  {
    id: 'due',
    header: 'Still due',
    isNumber: true,
    isMinor: true,
    value: (line) => line.open_orders.due.amount,
    show: (line) => wordsOf(line).money(line.open_orders.due),
    total: (lines) => <Sums of={sumOf(lines, (line) => line.open_orders.due)} />,
  },
  {
    id: 'prepared',
    header: 'Ready in',
    isNumber: true,
    value: ({ preparation }) => preparation.p50_seconds,
    show: ({ preparation: { p50_seconds: half, p90_seconds: most } }) =>
      half === null || most === null ? (
        <span className={styles['none']}>–</span>
      ) : (
        <>
          {formatSpan(half)} <span className={styles['none']}>(90 %: {formatSpan(most)})</span>
        </>
      ),
  },
  {
    id: 'conflicts',
    header: 'To settle',
    isNumber: true,
    value: (line) => line.open_conflicts,
    show: (line) => <Alert count={line.open_conflicts} />,
    total: (lines) => lines.reduce((sum, line) => sum + line.open_conflicts, 0),
  },
  {
    id: 'behind',
    header: 'Behind',
    isNumber: true,
    value: ({ devices }) => devices.behind,
    show: ({ devices }) => (
      <>
        <Alert count={devices.behind} /> of {devices.count}
      </>
    ),
  },
  {
    id: 'contact',
    header: 'Last contact',
    isMinor: true,
    value: (line) => line.last_contact_at,
    show: (line) =>
      line.last_contact_at === null ? 'never' : formatAgo(nowMs - Date.parse(line.last_contact_at)),
  },
]

/** One below the other: each currency has its own. */
const Sums = ({ of }: { readonly of: readonly string[] }) =>
  of.map((text) => (
    <span key={text} className={styles['sum']}>
      {text}
    </span>
  ))

function Change({ now, before }: { readonly now: number; readonly before: number }) {
  const text = formatChange(now, before)
  if (text === null) return <span className={styles['none']}>–</span>
  return (
    <span className={styles['change']} data-up={now >= before}>
      {text}
    </span>
  )
}

function Alert({ count }: { readonly count: number }) {
  return count === 0 ? (
    <span className={styles['none']}>0</span>
  ) : (
    <strong className={styles['alert']}>{count}</strong>
  )
}
