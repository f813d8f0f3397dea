import { sql } from 'kysely'
import type { Sql } from '../rows.ts'
import type { StoreRange } from './range.ts'
import { soldLines } from './sales.ts'

/** Tax of one rate on one business day. */
export interface TaxSums {
  readonly business_day: string
  readonly tax_rate_id: string
  readonly rate_ppm: number
  readonly included: number
  readonly base: number
  readonly tax: number
}

/**
 * The tables hold each order's tax as one sum, so it is taken apart by the rules that made it, in whole
 * numbers (`taxOn` of domain/money.ts, rounded half away from zero; nothing here is below it). How an
 * order was rounded is not in the tables: it is the way that comes to the order's own sum, the store's
 * present one first. main/api/report-taxes.ts does the same on a device.
 */
export async function taxesByDay(
  db: Sql,
  range: StoreRange,
  rounding: 'line' | 'order',
): Promise<readonly TaxSums[]> {
  const isByLine =
    rounding === 'line'
      ? sql`(of_lines = order_tax_minor OR of_orders <> order_tax_minor)`
      : sql`(of_lines = order_tax_minor AND of_orders <> order_tax_minor)`
  const { rows } = await sql<TaxSums>`
    WITH net AS (
      SELECT order_id, business_day, order_tax_minor, tax_rate_id, tax_rate_ppm, tax_included,
        gross_minor - discount_share AS net_minor,
        1000000 + CASE tax_included WHEN 1 THEN tax_rate_ppm ELSE 0 END AS divisor
      FROM (${soldLines(range)}) AS line
    ), rates AS (
      SELECT order_id, business_day, order_tax_minor, tax_rate_id, tax_rate_ppm, tax_included,
        sum(net_minor)::bigint AS base,
        sum((2 * net_minor * tax_rate_ppm + divisor) / (2 * divisor))::bigint AS by_line,
        (2 * sum(net_minor)::bigint * tax_rate_ppm + divisor) / (2 * divisor) AS by_order
      FROM net
      GROUP BY order_id, business_day, order_tax_minor, tax_rate_id, tax_rate_ppm, tax_included,
        divisor
    ), orders_taxed AS (
      SELECT *,
        sum(by_line) OVER (PARTITION BY order_id) AS of_lines,
        sum(by_order) OVER (PARTITION BY order_id) AS of_orders
      FROM rates
    )
    SELECT business_day, tax_rate_id, tax_rate_ppm AS rate_ppm, tax_included AS included,
      sum(base)::bigint AS base,
      sum(CASE WHEN ${isByLine} THEN by_line ELSE by_order END)::bigint AS tax
    FROM orders_taxed
    GROUP BY 1, 2, 3, 4
    ORDER BY 1, 2, 3, 4
  `.execute(db)
  return rows
}
