import { sql } from 'kysely'
import type { Sql } from '../rows.ts'
import { ordersIn, type StoreRange } from './range.ts'
import { ORDER_SUMS, type OrderSums } from './sales.ts'

/** What the Z report of a day is put together from (main/api/report-day.ts). */

export type StatusSums = OrderSums & { readonly status: string; readonly channel: string }

/** One row for each pair of status and channel, cancelled orders too; none of orders that were merged. */
export async function sumsByStatus(db: Sql, range: StoreRange): Promise<readonly StatusSums[]> {
  const { rows } = await sql<StatusSums>`
    SELECT o.status, o.order_type AS channel, ${ORDER_SUMS}
    FROM orders AS o WHERE ${ordersIn(range)} AND o.merged_into IS NULL
    GROUP BY o.status, o.order_type
  `.execute(db)
  return rows
}

/** Lines that were made and served for nothing, on orders that were not cancelled. */
export async function sumComps(
  db: Sql,
  range: StoreRange,
): Promise<{ readonly count: number; readonly totalMinor: number }> {
  const { rows } = await sql<{ count: number; total: number }>`
    SELECT count(*) AS count, coalesce(sum(i.comp_minor), 0)::bigint AS total
    FROM orders AS o
    JOIN order_items AS i ON i.store_id = o.store_id AND i.order_id = o.id
      AND i.voided = 0 AND i.comp_reason IS NOT NULL
    WHERE ${ordersIn(range)} AND o.status <> 'cancelled'
  `.execute(db)
  return { count: rows[0]?.count ?? 0, totalMinor: rows[0]?.total ?? 0 }
}

/** Lines that were voided, on any order of the days. */
export async function countVoids(db: Sql, range: StoreRange): Promise<number> {
  const { rows } = await sql<{ voids: number }>`
    SELECT count(*) AS voids
    FROM orders AS o
    JOIN order_items AS i ON i.store_id = o.store_id AND i.order_id = o.id AND i.voided = 1
    WHERE ${ordersIn(range)}
  `.execute(db)
  return rows[0]?.voids ?? 0
}
