import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/**
 * Keys of customers: see domain/customer-keys.ts. Rows are only appended and never removed, so that
 * SQLite moves none of them about in its pages: a key that is destroyed is overwritten where it lies.
 */
export const customerKeys: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`CREATE TABLE customer_keys (
      num INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL,
      customer_id TEXT NOT NULL,
      data_key TEXT NOT NULL,
      wrapped TEXT NOT NULL,
      phone_hash TEXT,
      email_hash TEXT,
      destroyed INTEGER NOT NULL
    ) STRICT`.execute(db)
    await sql`CREATE UNIQUE INDEX customer_keys_id ON customer_keys (id)`.execute(db)
    await sql`CREATE INDEX customer_keys_customer ON customer_keys (customer_id)`.execute(db)
    await sql`CREATE INDEX customer_keys_phone ON customer_keys (phone_hash)
      WHERE phone_hash IS NOT NULL`.execute(db)
    await sql`CREATE INDEX customer_keys_email ON customer_keys (email_hash)
      WHERE email_hash IS NOT NULL`.execute(db)
    await sql`CREATE INDEX orders_customer ON orders (customer_id, created_at)
      WHERE customer_id IS NOT NULL`.execute(db)
  },
}
