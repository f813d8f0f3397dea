import type { SalesReport } from '../../../protocol/office/sales.ts'
import type { ChartPoint } from '../parts/Chart.tsx'
import { hoursOf } from '../today/hours.ts'
import { nameOf } from './sales-columns.ts'

/** More bars than this say nothing; the table has them all. */
const MAX_ROWS = 15

interface ChartOf {
  readonly points: readonly ChartPoint[]
  readonly name: string
  readonly layout: 'columns' | 'rows'
  readonly caption?: string
}

/** What a report's chart shows: time runs to the right, names stand below each other. */
export function chartOf(report: SalesReport, dayStartsAt: string): ChartOf {
  switch (report.by) {
    case 'hour':
      return {
        name: 'Total',
        layout: 'columns',
        points: hoursOf(report, null, dayStartsAt).map(({ key, label, value }) => ({
          key,
          label,
          value,
        })),
      }
    case 'day':
      return {
        name: 'Total',
        layout: 'columns',
        points: report.rows
          .map((row) => ({ key: row.key, label: nameOf('day', row), value: row.total.amount }))
          .toSorted((a, b) => (a.key < b.key ? -1 : 1)),
      }
    case 'channel':
    case 'staff':
      return rows(
        'Total',
        report.rows.map((row) => point(report.by, row, row.total.amount)),
      )
    case 'item':
    case 'category':
      return rows(
        'Net',
        report.rows.map((row) => point(report.by, row, row.net.amount)),
      )
    case 'payment_method':
      return rows(
        'Net',
        report.rows.map((row) => point(report.by, row, row.net.amount)),
      )
  }
}

const point = (
  by: SalesReport['by'],
  row: { readonly key: string; readonly name: string },
  value: number,
): ChartPoint => ({ key: row.key, label: nameOf(by, row), value })

function rows(name: string, points: readonly ChartPoint[]): ChartOf {
  const largest = points.toSorted((a, b) => b.value - a.value).slice(0, MAX_ROWS)
  const left = points.length - largest.length
  return {
    name,
    layout: 'rows',
    points: largest,
    ...(left > 0 && {
      caption: `The ${String(MAX_ROWS)} largest; ${String(left)} more in the table.`,
    }),
  }
}
