import type { SalesReport } from '../../../protocol/office/sales.ts'
import type { OrderSalesRow } from '../reports/sales-rows.ts'

export interface HourPoint {
  readonly key: string
  readonly label: string
  readonly value: number
  readonly orders: number
  readonly before: number
}

const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'))

/**
 * The hours of one day beside those of another, without a hole between the first sale and the last.
 * `dayStartsAt` (`05:00`) says which hour is the first of a business day.
 */
export function hoursOf(
  now: SalesReport | null,
  before: SalesReport | null,
  dayStartsAt: string,
): HourPoint[] {
  const nowByHour = rowsByHour(now)
  const beforeByHour = rowsByHour(before)
  const start = HOURS.indexOf(dayStartsAt.slice(0, 2))
  const day = [...HOURS.slice(start), ...HOURS.slice(0, start)]
  const isSold = (hour: string) => nowByHour.has(hour) || beforeByHour.has(hour)
  const first = day.findIndex(isSold)
  if (first < 0) return []
  return day.slice(first, day.findLastIndex(isSold) + 1).map((hour) => {
    const row = nowByHour.get(hour)
    return {
      key: hour,
      label: `${hour}:00`,
      value: row?.total.amount ?? 0,
      orders: row?.orders ?? 0,
      before: beforeByHour.get(hour)?.total.amount ?? 0,
    }
  })
}

const rowsByHour = (report: SalesReport | null): ReadonlyMap<string, OrderSalesRow> =>
  new Map(report?.by === 'hour' ? report.rows.map((row) => [row.key, row]) : [])
