import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/**
 * Where an entry stands in its store's log: 1, 2, 3 … in the order in which they were committed, so
 * that whoever reads on from a position misses nothing. The handle names this log to those who read
 * it: another handle is another log, to be read from its beginning.
 */
export const positions: Migration = {
  async up(db: Kysely<unknown>) {
    const statements = [
      'ALTER TABLE entries ADD COLUMN pos bigint',
      `UPDATE entries SET pos = numbered.pos
       FROM (
         SELECT store_id, origin, seq,
           row_number() OVER (PARTITION BY store_id ORDER BY received_at, origin, seq) AS pos
         FROM entries
       ) AS numbered
       WHERE entries.store_id = numbered.store_id
         AND entries.origin = numbered.origin
         AND entries.seq = numbered.seq`,
      'ALTER TABLE entries ALTER COLUMN pos SET NOT NULL',
      'CREATE UNIQUE INDEX entries_by_position ON entries (store_id, pos)',
      `ALTER TABLE stores ADD COLUMN log_handle text NOT NULL DEFAULT gen_random_uuid()::text`,
    ]
    for (const statement of statements) await sql.raw(statement).execute(db)
  },
}
