import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/**
 * Up to which position the log is no longer read on from, but only as a whole, and how often that was
 * moved: see log-reader.ts. Both belong to the log that the handle names.
 */
export const prunedShapes: Migration = {
  async up(db: Kysely<unknown>) {
    await sql
      .raw(
        `ALTER TABLE stores
           ADD COLUMN log_pruned_to bigint NOT NULL DEFAULT 0,
           ADD COLUMN log_prunings integer NOT NULL DEFAULT 0`,
      )
      .execute(db)
  },
}
