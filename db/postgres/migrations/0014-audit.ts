import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** The audit reads a store's log by time, newest first. */
export const auditOrder: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`CREATE INDEX entries_by_clock ON entries (store_id, clock, origin, seq)`.execute(db)
  },
}
