import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** What orders come to for gift vouchers. None was sold before. */
export const vouchers: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`ALTER TABLE orders ADD COLUMN vouchers_minor bigint NOT NULL DEFAULT 0`.execute(db)
  },
}
