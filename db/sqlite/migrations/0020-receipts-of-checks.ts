import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Each check of a split bill has a receipt of its own, which is a duplicate by itself. */
export const receiptsOfChecks: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`ALTER TABLE print_jobs ADD COLUMN part TEXT`.execute(db)
  },
}
