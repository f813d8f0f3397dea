import { pathOf, SALES_PATH } from '../../../protocol/office/paths.ts'
import {
  SALES_BY,
  salesReport,
  type SalesBy,
  type SalesReport,
} from '../../../protocol/office/sales.ts'
import type { Money } from '../../../protocol/rest/values.ts'
import { questionOf, useAnswer } from '../answers.ts'
import { formatBusinessDay, formatShortMoney } from '../format.ts'
import { Chart } from '../parts/Chart.tsx'
import { Choice } from '../parts/Choice.tsx'
import { DataTable } from '../parts/DataTable.tsx'
import { Page, Section } from '../parts/Page.tsx'
import { Tiles } from '../parts/Tiles.tsx'
import { changeQuery, useRoute } from '../route.ts'
import { wordsOf } from '../stores.ts'
import { ExportLinks, fileName } from './ExportLinks.tsx'
import { RangePicker } from './RangePicker.tsx'
import type { ReportProps } from './report-props.ts'
import styles from './Reports.module.css'
import { chartOf } from './sales-chart.ts'
import { lineColumns, orderColumns, paymentColumns } from './sales-columns.ts'

export const BY_NAMES: Record<SalesBy, string> = {
  hour: 'Hour',
  day: 'Day',
  item: 'Item',
  category: 'Category',
  channel: 'Channel',
  staff: 'Staff',
  payment_method: 'Payment method',
}

const isBy = (text: string | undefined): text is SalesBy => SALES_BY.some((one) => one === text)

/** Rows that one answer brings at most; a menu has fewer items, and a year fewer days. */
const MAX_ROWS = '5000'

export function SalesPage({ store, range, preset, today }: ReportProps) {
  const { query } = useRoute()
  const by = isBy(query['by']) ? query['by'] : 'day'
  const call = {
    path: pathOf(SALES_PATH, { store_id: store.store_id }),
    query: { ...range, by, limit: MAX_ROWS },
    schema: salesReport,
  }
  const answer = useAnswer(questionOf(call))
  const report = answer.value
  const words = wordsOf(store)
  const title = `Sales by ${BY_NAMES[by].toLowerCase()}`
  return (
    <Page
      title={title}
      about={daysText(range)}
      from={answer}
      tools={<ExportLinks of={call} name={fileName(store.name, title, range.from, range.to)} />}
      controls={
        <div className={styles['bar']}>
          <RangePicker range={range} preset={preset} today={today} />
          <Choice
            label="By"
            isLabelHidden
            value={by}
            options={SALES_BY.map((one) => ({
              value: one,
              label: `By ${BY_NAMES[one].toLowerCase()}`,
            }))}
            onChange={(chosen) => changeQuery({ by: chosen })}
          />
        </div>
      }
    >
      {report !== null && (
        <>
          <Tiles
            label="Totals of the range"
            tiles={[
              {
                name: 'Total',
                value: words.money(report.totals.total),
                note:
                  report.totals.orders === 1 ? '1 order' : `${String(report.totals.orders)} orders`,
              },
              { name: 'Net', value: words.money(report.totals.net), note: 'after discounts' },
              { name: 'Discounts', value: words.money(report.totals.discounts) },
              { name: 'Tax', value: words.money(report.totals.tax) },
              { name: 'Tips', value: words.money(report.totals.tips) },
              { name: 'Still due', value: words.money(report.totals.due) },
            ]}
          />
          <Section title={title}>
            <Chart
              {...chartOf(report, store.day_starts_at)}
              format={words.minor}
              formatAxis={(minor) => formatShortMoney(minor, store.currency)}
            />
            <SalesTable key={report.by} report={report} money={words.money} />
          </Section>
        </>
      )}
    </Page>
  )
}

export const daysText = ({ from, to }: ReportProps['range']): string =>
  from === to ? formatBusinessDay(from) : `${formatBusinessDay(from)} – ${formatBusinessDay(to)}`

interface SalesTableProps {
  readonly report: SalesReport
  readonly money: (amount: Money) => string
}

function SalesTable({ report, money }: SalesTableProps) {
  const shared = {
    caption: `Sales by ${BY_NAMES[report.by].toLowerCase()}, with totals`,
    keyOf: ({ key }: { readonly key: string }) => key,
    none: 'Nothing was sold in this range.',
  }
  switch (report.by) {
    case 'hour':
    case 'day':
    case 'channel':
    case 'staff':
      return (
        <DataTable
          {...shared}
          columns={orderColumns(report.by, report.currency, money)}
          rows={report.rows}
          {...(report.by === 'staff' && { filterLabel: 'Find a person' })}
        />
      )
    case 'item':
    case 'category':
      return (
        <DataTable
          {...shared}
          columns={lineColumns(report.by, report.currency, money)}
          rows={report.rows}
          sortBy={{ id: 'net', desc: true }}
          filterLabel={report.by === 'item' ? 'Find an item' : 'Find a category'}
        />
      )
    case 'payment_method':
      return (
        <DataTable
          {...shared}
          columns={paymentColumns(report.currency, money)}
          rows={report.rows}
        />
      )
  }
}
