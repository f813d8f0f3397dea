import { sql } from 'kysely'
import { unnest, type Sql } from '../rows.ts'
import { localHour, ordersIn, zonePeriods, type StoreRange } from './range.ts'

/** Times of tickets in whole seconds. One row for all, one a station and one an hour. */
export interface PreparationTimes {
  /** Null: of all stations. */
  readonly station_id: string | null
  /** `00` to `23`; null: of all hours. */
  readonly hour: string | null
  readonly tickets: number
  readonly unmeasured: number
  /** p50, p90 and p99; null where nothing was measured. */
  readonly percentiles: readonly number[] | null
  readonly longest: number | null
  /** Of those of a station that says when a ticket is late. */
  readonly late: number
}

/** Tickets `t` of orders `o`, and in `h` when the order was ready where no screen put them away. */
export const ticketsOfOrders = sql`
  JOIN order_tickets AS t ON t.store_id = o.store_id AND t.order_id = o.id
  LEFT JOIN LATERAL (
    SELECT min(h.at) AS at FROM order_status_history AS h
    WHERE t.bumped = 0 AND h.store_id = t.store_id AND h.order_id = t.order_id
      AND h.status = 'ready' AND h.at >= t.fired_at
  ) AS h ON true`

export const doneAt = sql`CASE WHEN t.bumped = 1 THEN t.bumped_at ELSE h.at END`

/** Whole seconds from `fired_at` to `done_at`; null where one of them is no moment. */
export const secondsBetween = sql`
  CASE WHEN pg_input_is_valid(fired_at, 'timestamptz')
    AND pg_input_is_valid(done_at, 'timestamptz')
  THEN floor(extract(epoch FROM done_at::timestamptz - fired_at::timestamptz))::int
  END`

/**
 * From being sent to being put away by the kitchen, or, where no screen puts tickets away, until the
 * order was ready. `lateAfter`: the stations and the seconds after which each calls a ticket late.
 */
export async function preparationTimes(
  db: Sql,
  range: StoreRange,
  timeZone: string,
  lateAfter: ReadonlyMap<string, number>,
): Promise<readonly PreparationTimes[]> {
  const stations = unnest([
    { name: 'station_id', type: 'text', values: [...lateAfter.keys()] },
    { name: 'late_after', type: 'integer', values: [...lateAfter.values()] },
  ])
  const { rows } = await sql<PreparationTimes>`
    WITH stations AS (SELECT * FROM ${stations}),
    -- Written out, or what is computed here would be computed again wherever it is named.
    tickets AS MATERIALIZED (
      SELECT t.station_id, t.fired_at, ${doneAt} AS done_at
      FROM orders AS o
      ${ticketsOfOrders}
      WHERE ${ordersIn(range)}
    ), timed AS MATERIALIZED (
      SELECT tickets.station_id,
        lpad((${localHour('tickets.fired_at')})::text, 2, '0') AS hour,
        ${secondsBetween} AS seconds
      FROM tickets
      JOIN ${zonePeriods(range, timeZone)}
        ON tickets.fired_at >= input.from_at AND tickets.fired_at < input.to_at
    ), placed AS MATERIALIZED (
      SELECT timed.station_id, hour,
        CASE WHEN seconds >= 0 THEN seconds END AS seconds,
        coalesce(seconds > stations.late_after, false) AS is_late
      FROM timed
      LEFT JOIN stations ON stations.station_id = timed.station_id
    )
    SELECT station_id, hour,
      count(seconds) AS tickets,
      count(*) - count(seconds) AS unmeasured,
      percentile_disc(ARRAY[0.5, 0.9, 0.99]) WITHIN GROUP (ORDER BY seconds) AS percentiles,
      max(seconds) AS longest,
      count(*) FILTER (WHERE is_late) AS late
    FROM placed
    GROUP BY GROUPING SETS ((), (station_id), (hour))
    ORDER BY station_id, hour
  `.execute(db)
  return rows
}
