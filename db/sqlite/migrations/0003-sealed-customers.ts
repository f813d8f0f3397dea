import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Customers lie sealed in the columns that they have; which key opens them stands beside them. */
export const sealedCustomers: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`ALTER TABLE orders ADD COLUMN customer_key TEXT`.execute(db)
    await sql`ALTER TABLE orders ADD COLUMN customer_phone_hash TEXT`.execute(db)
    await sql`CREATE INDEX orders_with_customer ON orders (created_at)
      WHERE customer_name IS NOT NULL OR customer_phone IS NOT NULL`.execute(db)
  },
}
