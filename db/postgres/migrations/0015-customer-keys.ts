import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Keys of customers, outside the log: see domain/customer-keys.ts. */
export const customerKeys: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`CREATE TABLE customer_keys (
      store_id text COLLATE "C" NOT NULL,
      id text COLLATE "C" NOT NULL,
      customer_id text COLLATE "C" NOT NULL,
      data_key text COLLATE "C" NOT NULL,
      wrapped text COLLATE "C" NOT NULL,
      phone_hash text COLLATE "C",
      email_hash text COLLATE "C",
      PRIMARY KEY (store_id, id)
    )`.execute(db)
    await sql`CREATE INDEX customer_keys_customer ON customer_keys (store_id, customer_id)`.execute(
      db,
    )
    await sql`CREATE INDEX customer_keys_phone ON customer_keys (store_id, phone_hash)
      WHERE phone_hash IS NOT NULL`.execute(db)
    await sql`CREATE INDEX customer_keys_email ON customer_keys (store_id, email_hash)
      WHERE email_hash IS NOT NULL`.execute(db)
    await sql`CREATE INDEX journal_about ON journal (store_id, about, at, id)`.execute(db)
    await sql`CREATE INDEX orders_customer ON orders (store_id, customer_id, created_at)
      WHERE customer_id IS NOT NULL`.execute(db)
  },
}
