import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** What guests were told. Nobody was told anything before. */
export const promises: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`ALTER TABLE orders ADD COLUMN promised_for TEXT`.execute(db)
    await sql`CREATE INDEX orders_promised ON orders (promised_for)
      WHERE promised_for IS NOT NULL`.execute(db)
  },
}
