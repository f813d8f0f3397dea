import { sql } from 'kysely'
import { fromPgText } from '../../domain/nul-free-text.ts'
import type { Database } from './database.ts'
import { withEveryStore } from './scope.ts'

/** How all stores stand, for whoever watches the centre: sums, and the few that are worst off. */
export interface LagAcrossStores {
  readonly stores: number
  /** Stores of which nothing was heard for longer than that many seconds. */
  readonly silentStores: readonly { readonly longerThanSeconds: number; readonly stores: number }[]
  /** Entries that somebody has shown here and that have not come. */
  readonly missingEntries: number
  readonly worst: readonly WorstStore[]
}

export interface WorstStore {
  readonly storeId: string
  readonly silentSeconds: number
  readonly missingEntries: number
}

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const SILENCES = [5 * MINUTE, HOUR, DAY, 7 * DAY]
/** A store that has been silent for a week is closed, or somebody knows: it takes no place among the worst. */
const FORGOTTEN_SECONDS = 7 * DAY

export function readLagAcrossStores(
  database: Pick<Database, 'sql'>,
  now: Date,
  mostStores: number,
): Promise<LagAcrossStores> {
  return withEveryStore(database, async (trx) => {
    const stands = sql`
      SELECT heard.store_id,
        extract(epoch FROM ${now}::timestamptz - heard.last_at)::float8 AS silent,
        coalesce(lacking.entries, 0)::bigint AS missing
      FROM (SELECT store_id, max(last_upload_at) AS last_at FROM uploads GROUP BY store_id) AS heard
      LEFT JOIN (
        SELECT store_id, sum(known_seq - head_seq) AS entries FROM origins
        WHERE known_seq > head_seq GROUP BY store_id
      ) AS lacking ON lacking.store_id = heard.store_id`
    const counts = await sql<{ stores: number; missing: number; silent: readonly number[] }>`
      WITH stands AS (${stands})
      SELECT count(*)::int AS stores, coalesce(sum(missing), 0)::float8 AS missing,
        ARRAY(
          SELECT (SELECT count(*)::int FROM stands WHERE silent > longer)
          FROM unnest(${SILENCES}::float8[]) WITH ORDINALITY AS bound (longer, nth) ORDER BY nth
        ) AS silent
      FROM stands`.execute(trx)
    const worst = await sql<{ store_id: string; silent: number; missing: number }>`
      SELECT store_id, silent, missing FROM (${stands}) AS stands
      WHERE silent < ${FORGOTTEN_SECONDS}
      ORDER BY missing > 0 DESC, silent DESC, store_id LIMIT ${mostStores}`.execute(trx)
    const [all] = counts.rows
    return {
      stores: all?.stores ?? 0,
      missingEntries: all?.missing ?? 0,
      silentStores: SILENCES.map((longerThanSeconds, nth) => ({
        longerThanSeconds,
        stores: all?.silent[nth] ?? 0,
      })),
      worst: worst.rows.map((row) => ({
        storeId: fromPgText(row.store_id),
        silentSeconds: Math.max(0, row.silent),
        missingEntries: row.missing,
      })),
    }
  })
}
