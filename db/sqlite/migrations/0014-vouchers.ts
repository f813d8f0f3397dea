import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** What an order comes to for gift vouchers. None was sold before. */
export const vouchers: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`ALTER TABLE orders ADD COLUMN vouchers_minor INTEGER NOT NULL DEFAULT 0`.execute(db)
  },
}
