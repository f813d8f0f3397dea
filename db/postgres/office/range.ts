import { sql } from 'kysely'
import { offsetPeriods } from '../../../domain/zone-offsets.ts'
import { unnest, type Sql } from '../rows.ts'

/** What a report is about. */
export interface StoreRange {
  /** As it is stored (see nul-free-text.ts). */
  readonly storeId: string
  /** Business days, both among them. */
  readonly from: string
  readonly to: string
}

/** The condition on the orders of a range, for a table that is called `o` there. */
export const ordersIn = ({ storeId, from, to }: StoreRange) =>
  sql`o.store_id = ${storeId} AND o.business_day >= ${from} AND o.business_day <= ${to}`

/** Those that count as sold: as in the day's report, all that were not cancelled or merged into others. */
export const isSold = sql`o.status <> 'cancelled' AND o.merged_into IS NULL`

/** A year of a busy store takes a few seconds; what takes longer holds a connection that others need. */
const REPORT_TIMEOUT_MS = 30_000
/** Sorted in memory until here, for each step of one question. The usual 4 MB go to disk with a month. */
const REPORT_MEMORY = '32MB'

/** For the rest of the transaction. */
export async function allowForReports(trx: Sql): Promise<void> {
  await sql`
    SELECT set_config('statement_timeout', ${String(REPORT_TIMEOUT_MS)}, true),
      set_config('work_mem', ${REPORT_MEMORY}, true)
  `.execute(trx)
}

const DAY_MS = 86_400_000
/** A business day begins up to a day after midnight, and a zone is up to 14 hours from UTC. */
const MARGIN_MS = 3 * DAY_MS

/** Periods of the store's clocks as a table `input (from_at, to_at, offset_minutes)`. */
export function zonePeriods({ from, to }: StoreRange, timeZone: string) {
  const periods = offsetPeriods(timeZone, Date.parse(from) - MARGIN_MS, Date.parse(to) + MARGIN_MS)
  const begins = periods.map(({ fromMs }) => new Date(fromMs).toISOString())
  return unnest([
    // Before the first and after the last one comes nothing else: a clock may be quite wrong.
    { name: 'from_at', type: 'text', values: ['', ...begins.slice(1)] },
    { name: 'to_at', type: 'text', values: [...begins.slice(1), '~'] },
    { name: 'offset_minutes', type: 'integer', values: periods.map((one) => one.offsetMinutes) },
  ])
}

/**
 * The hour of a moment by the store's clocks, where `input` is the period that the moment lies in.
 * Moments are what devices wrote: one that is none counts for midnight UTC.
 */
export const localHour = (column: string) => {
  const at = sql.ref(column)
  return sql`((
    CASE WHEN ${at} ~ '^.{10}T[0-9]{2}:[0-9]{2}'
      THEN substr(${at}, 12, 2)::int * 60 + substr(${at}, 15, 2)::int ELSE 0 END
    + input.offset_minutes + 2880) / 60) % 24`
}
