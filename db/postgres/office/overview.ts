import { sql } from 'kysely'
import { unnest, type Sql } from '../rows.ts'
import { doneAt, secondsBetween, ticketsOfOrders } from './preparation.ts'

/** How some stores are doing, a row each, with one question to the database. */
export interface OverviewWish {
  /** As it is stored. */
  readonly storeId: string
  readonly day: string
  readonly weekBefore: string
  /** Of the week before, only what was begun before this moment is compared; null: all of it. */
  readonly until: string | null
}

export interface OverviewRow {
  readonly store_id: string
  readonly orders: number
  readonly total: number
  readonly before_orders: number
  readonly before_total: number
  readonly whole_orders: number
  readonly whole_total: number
  readonly open_orders: number
  readonly open_due: number
  readonly open_conflicts: number
  /** From being sent to being done, of the day's tickets; null where none is. */
  readonly p50_seconds: number | null
  readonly p90_seconds: number | null
}

export async function readOverview(
  db: Sql,
  wishes: readonly OverviewWish[],
): Promise<readonly OverviewRow[]> {
  const asked = unnest([
    { name: 'store_id', type: 'text', values: wishes.map((wish) => wish.storeId) },
    { name: 'day', type: 'text', values: wishes.map((wish) => wish.day) },
    { name: 'week_before', type: 'text', values: wishes.map((wish) => wish.weekBefore) },
    { name: 'until', type: 'text', values: wishes.map((wish) => wish.until) },
  ])
  const { rows } = await sql<OverviewRow>`
    SELECT input.store_id, today.*, before.*, still.*, unsettled.*, prepared.*
    FROM ${asked}
    CROSS JOIN LATERAL (
      SELECT count(*) AS orders, coalesce(sum(o.total_minor), 0)::bigint AS total
      FROM orders AS o
      WHERE o.store_id = input.store_id AND o.business_day = input.day
        AND o.status <> 'cancelled' AND o.merged_into IS NULL
    ) AS today
    CROSS JOIN LATERAL (
      SELECT
        count(*) FILTER (WHERE o.is_comparable) AS before_orders,
        coalesce(sum(o.total_minor) FILTER (WHERE o.is_comparable), 0)::bigint AS before_total,
        count(*) AS whole_orders,
        coalesce(sum(o.total_minor), 0)::bigint AS whole_total
      FROM (
        SELECT total_minor, input.until IS NULL OR created_at < input.until AS is_comparable
        FROM orders
        WHERE store_id = input.store_id AND business_day = input.week_before
          AND status <> 'cancelled' AND merged_into IS NULL
      ) AS o
    ) AS before
    CROSS JOIN LATERAL (
      SELECT count(*) AS open_orders, coalesce(sum(o.due_minor), 0)::bigint AS open_due
      FROM orders AS o
      WHERE o.store_id = input.store_id
        AND o.status IN ('pending', 'confirmed', 'preparing', 'ready')
    ) AS still
    CROSS JOIN LATERAL (
      SELECT count(*) AS open_conflicts FROM order_conflicts AS c
      WHERE c.store_id = input.store_id AND c.settled = 0
    ) AS unsettled
    CROSS JOIN LATERAL (
      SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY seconds) AS p50_seconds,
        percentile_disc(0.9) WITHIN GROUP (ORDER BY seconds) AS p90_seconds
      FROM (
        SELECT ${secondsBetween} AS seconds
        FROM (
          SELECT t.fired_at, ${doneAt} AS done_at
          FROM orders AS o
          ${ticketsOfOrders}
          WHERE o.store_id = input.store_id AND o.business_day = input.day
        ) AS ticket
      ) AS timed
      WHERE seconds >= 0
    ) AS prepared
  `.execute(db)
  return rows
}
