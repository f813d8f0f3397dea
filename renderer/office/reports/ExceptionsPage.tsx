import { useMemo } from 'react'
import {
  EXCEPTION_KINDS,
  exceptionsReport,
  type ExceptionKind,
  type ExceptionRow,
} from '../../../protocol/office/exceptions.ts'
import { EXCEPTIONS_PATH, pathOf } from '../../../protocol/office/paths.ts'
import { MAX_PAGE } from '../../../protocol/limits.ts'
import { allOf, useAnswer } from '../answers.ts'
import { sumOf } from '../today/overview.ts'
import { Choice } from '../parts/Choice.tsx'
import { DataTable, type Column } from '../parts/DataTable.tsx'
import { Page, Section } from '../parts/Page.tsx'
import { Tiles } from '../parts/Tiles.tsx'
import { changeQuery, hrefOf, useRoute } from '../route.ts'
import { useUser } from '../session.ts'
import { wordsOf } from '../stores.ts'
import { personOf } from '../names.ts'
import { ExportLinks, fileName } from './ExportLinks.tsx'
import { RangePicker } from './RangePicker.tsx'
import type { ReportProps } from './report-props.ts'
import styles from './Reports.module.css'
import { daysText } from './SalesPage.tsx'

const KIND_NAMES: Record<ExceptionKind, string> = {
  void: 'Void',
  discount: 'Discount',
  comp: 'Comp',
  refund: 'Refund',
  cancellation: 'Cancellation',
}
const KINDS_NAMES: Record<ExceptionKind, string> = {
  void: 'Voids',
  discount: 'Discounts',
  comp: 'Comps',
  refund: 'Refunds',
  cancellation: 'Cancellations',
}

/** What went against the ordinary course: who did it, when and why. */
export function ExceptionsPage({ store, range, preset, today }: ReportProps) {
  const { query } = useRoute()
  const kind = EXCEPTION_KINDS.find((one) => one === query['kind'])
  const call = {
    path: pathOf(EXCEPTIONS_PATH, { store_id: store.store_id }),
    query: { ...range, limit: String(MAX_PAGE) },
    schema: exceptionsReport,
  }
  const answer = useAnswer(allOf(call))
  const all = answer.value?.data ?? []
  const rows = kind === undefined ? all : all.filter((row) => row.kind === kind)
  const seesPeople = useUser().role !== 'viewer'
  const columns = useMemo(() => columnsOf(store, seesPeople), [store, seesPeople])
  return (
    <Page
      title="Voids, discounts, refunds"
      about={daysText(range)}
      from={answer}
      tools={
        <ExportLinks
          of={{ path: call.path, query: { ...range, kind } }}
          name={fileName(store.name, 'exceptions', range.from, range.to)}
        />
      }
      controls={
        <div className={styles['bar']}>
          <RangePicker range={range} preset={preset} today={today} />
          <Choice
            label="Kind"
            isLabelHidden
            value={kind ?? ''}
            options={[
              { value: '', label: 'All kinds' },
              ...EXCEPTION_KINDS.map((one) => ({ value: one, label: KINDS_NAMES[one] })),
            ]}
            onChange={(chosen) => changeQuery({ kind: chosen })}
          />
        </div>
      }
    >
      <Tiles
        label="By kind"
        tiles={EXCEPTION_KINDS.map((one) => {
          const ofKind = all.filter((row) => row.kind === one)
          return {
            name: KINDS_NAMES[one],
            value: ofKind.length,
            note:
              ofKind.length === 0 ? undefined : sumOf(ofKind, ({ amount }) => amount).join(' · '),
          }
        })}
      />
      <Section title="Who, when and why">
        <DataTable
          caption="Voids, discounts, comps, refunds and cancellations"
          columns={columns}
          rows={rows}
          keyOf={({ id }) => id}
          filterLabel="Find a name, a reason or an order"
          sortBy={{ id: 'at', desc: true }}
          none="Nothing of the kind in this range."
        />
        {answer.value?.isCut === true && (
          <p className={styles['soft']}>
            There is more than fits here; the CSV file has all of it.
          </p>
        )}
      </Section>
    </Page>
  )
}

/** Accountants get neither names nor orders (rule O5). */
const columnsOf = (
  store: ReportProps['store'],
  seesPeople: boolean,
): readonly Column<ExceptionRow>[] => {
  const words = wordsOf(store)
  return [
    {
      id: 'at',
      header: 'When',
      value: ({ at }) => at,
      show: ({ at }) => <time dateTime={at}>{words.moment(at)}</time>,
      total: (rows) => `${String(rows.length)} in all`,
    },
    { id: 'kind', header: 'What', value: ({ kind }) => KIND_NAMES[kind] },
    {
      id: 'order',
      header: 'Order',
      isHeading: true,
      value: (row) => row.order_number,
      show: (row) =>
        seesPeople ? (
          <a href={hrefOf({ storeId: store.store_id, path: ['orders', row.order_id] })}>
            {row.order_number}
          </a>
        ) : (
          row.order_number
        ),
    },
    ...(seesPeople ? PEOPLE_COLUMNS : []),
    {
      id: 'item',
      header: 'Item',
      isMinor: true,
      value: (row) =>
        row.item_name === null ? null : `${String(row.quantity ?? 1)} × ${row.item_name}`,
    },
    {
      id: 'amount',
      header: 'Amount',
      isNumber: true,
      value: ({ amount }) => amount.amount,
      show: ({ amount }) => words.money(amount),
      total: (rows) => sumOf(rows, ({ amount }) => amount).join(' · '),
    },
  ]
}

const PEOPLE_COLUMNS: readonly Column<ExceptionRow>[] = [
  { id: 'by', header: 'Who', value: ({ by }) => by.name ?? personOf(by.actor) },
  { id: 'reason', header: 'Why', value: ({ reason }) => reason ?? '–' },
]
