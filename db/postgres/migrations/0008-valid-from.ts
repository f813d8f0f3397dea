import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/**
 * What counts now: the rule of the domain's record-versions.ts, in SQL. 1577836800000 is the clock's
 * year 2020, 4096 its ticks in a millisecond.
 */
export const CURRENT_RECORDS = `
  SELECT store_id, kind, id, value FROM (
    SELECT DISTINCT ON (store_id, kind, id) store_id, kind, id, value
    FROM (
      SELECT *,
        CASE valid_from WHEN '' THEN 0
          ELSE extract(epoch FROM valid_from::timestamptz) * 1000 END AS date_ms,
        div(clock, 4096) + 1577836800000 AS written_ms
      FROM records
    ) AS version
    WHERE withdrawn = 0 AND date_ms <= extract(epoch FROM clock_timestamp()) * 1000
    ORDER BY store_id, kind, id,
      greatest(date_ms, written_ms) DESC, clock DESC, origin DESC, event_index DESC
  ) AS counting
  WHERE value IS NOT NULL`

/**
 * A record has a version for each date from which one is valid. What is there was valid at once.
 * `current_records` is for those who read with SQL.
 */
export const validFrom: Migration = {
  async up(db: Kysely<unknown>) {
    const statements = [
      `ALTER TABLE records
         ADD COLUMN valid_from text COLLATE "C" NOT NULL DEFAULT '',
         ADD COLUMN withdrawn bigint NOT NULL DEFAULT 0,
         DROP CONSTRAINT records_pkey,
         ADD PRIMARY KEY (store_id, kind, id, valid_from)`,
      `CREATE VIEW current_records WITH (security_invoker = true) AS ${CURRENT_RECORDS}`,
    ]
    for (const statement of statements) await sql.raw(statement).execute(db)
  },
}
