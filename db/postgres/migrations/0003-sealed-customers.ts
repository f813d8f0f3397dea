import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** The centre holds customers as cipher text, and none of the keys. */
export const sealedCustomers: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`ALTER TABLE orders
      ADD COLUMN customer_key text COLLATE "C",
      ADD COLUMN customer_phone_hash text COLLATE "C"`.execute(db)
  },
}
