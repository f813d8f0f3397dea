import {
  DAY_PATH,
  ORDERS_EXPORT_PATH,
  pathOf,
  PAYMENTS_EXPORT_PATH,
  TAXES_PATH,
} from '../../../protocol/office/paths.ts'
import { taxReport, type TaxReport } from '../../../protocol/office/sales.ts'
import { questionOf, useAnswer } from '../answers.ts'
import { formatPpm, formatShortDay } from '../format.ts'
import { DataTable, type Column } from '../parts/DataTable.tsx'
import { Page, Section } from '../parts/Page.tsx'
import { sumOf } from '../today/overview.ts'
import { wordsOf } from '../stores.ts'
import { ExportLinks, fileName } from './ExportLinks.tsx'
import { RangePicker } from './RangePicker.tsx'
import type { ReportProps } from './report-props.ts'
import styles from './Reports.module.css'
import { daysText } from './SalesPage.tsx'

type TaxRow = TaxReport['rows'][number]

/** What an accountant asks for: tax by day and rate, and every order and payment as a file. */
export function TaxesPage({ store, range, preset, today }: ReportProps) {
  const params = { store_id: store.store_id }
  const call = { path: pathOf(TAXES_PATH, params), query: { ...range }, schema: taxReport }
  const answer = useAnswer(questionOf(call))
  const name = (what: string) => fileName(store.name, what, range.from, range.to)
  const file = (path: string) => ({ path: pathOf(path, params), query: { ...range } })
  return (
    <Page
      title="Taxes and exports"
      about={daysText(range)}
      from={answer}
      tools={<ExportLinks of={call} name={name('taxes')} />}
      controls={
        <div className={styles['bar']}>
          <RangePicker range={range} preset={preset} today={today} />
        </div>
      }
    >
      <Section title="Files" about="Nothing of a guest is in them">
        <dl className={styles['files']}>
          <dt>Orders</dt>
          <dd>
            <ExportLinks of={file(ORDERS_EXPORT_PATH)} name={name('orders')} isPrintable={false} />
          </dd>
          <dd className={styles['soft']}>Each order with its sums</dd>
          <dt>Payments</dt>
          <dd>
            <ExportLinks
              of={file(PAYMENTS_EXPORT_PATH)}
              name={name('payments')}
              isPrintable={false}
            />
          </dd>
          <dd className={styles['soft']}>Each payment with what was refunded of it</dd>
          <dt>Z report</dt>
          <dd>
            <ExportLinks
              of={{ path: pathOf(DAY_PATH, params), query: { day: range.to } }}
              name={fileName(store.name, 'day', range.to)}
              isPrintable={false}
            />
          </dd>
          <dd className={styles['soft']}>The last day of the range, as a till gives it</dd>
        </dl>
      </Section>
      <Section title="Tax by day and rate">
        <DataTable
          caption="Tax by business day and rate"
          columns={columnsOf(wordsOf(store).money)}
          rows={answer.value?.rows ?? []}
          keyOf={(row) =>
            `${row.business_day} ${row.tax_rate_id} ${String(row.rate_ppm)} ${String(row.included)}`
          }
          filterLabel="Find a tax"
          none="No tax in this range."
        />
      </Section>
    </Page>
  )
}

type Write = (amount: TaxRow['tax']) => string

const columnsOf = (write: Write): readonly Column<TaxRow>[] => [
  {
    id: 'day',
    header: 'Day',
    isHeading: true,
    value: (row) => row.business_day,
    show: (row) => formatShortDay(row.business_day),
    total: () => 'Total',
  },
  { id: 'name', header: 'Tax', value: ({ name }) => name },
  {
    id: 'rate',
    header: 'Rate',
    isNumber: true,
    value: (row) => row.rate_ppm,
    show: (row) => formatPpm(row.rate_ppm),
  },
  {
    id: 'included',
    header: 'Prices',
    value: ({ included }) => (included ? 'contain it' : 'without it'),
  },
  {
    id: 'base',
    header: 'Base',
    isNumber: true,
    value: ({ base }) => base.amount,
    show: ({ base }) => write(base),
    total: (rows) => sumOf(rows, ({ base }) => base).join(' · '),
  },
  {
    id: 'tax',
    header: 'Tax',
    isNumber: true,
    value: ({ tax }) => tax.amount,
    show: ({ tax }) => write(tax),
    total: (rows) => sumOf(rows, ({ tax }) => tax).join(' · '),
  },
]
