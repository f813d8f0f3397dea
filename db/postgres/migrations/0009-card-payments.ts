import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export const cardPayments: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`ALTER TABLE order_payments
      ADD COLUMN forgiven_minor bigint NOT NULL DEFAULT 0,
      ADD COLUMN paid_for text COLLATE "C",
      ADD COLUMN reference text COLLATE "C",
      ADD COLUMN intent_id text COLLATE "C",
      ADD COLUMN transaction_id text COLLATE "C",
      ADD COLUMN card_brand text COLLATE "C",
      ADD COLUMN card_last_four text COLLATE "C",
      ADD COLUMN card_token text COLLATE "C",
      ADD COLUMN authorisation_code text COLLATE "C",
      ADD COLUMN offline bigint NOT NULL DEFAULT 0,
      ADD COLUMN settled_because text COLLATE "C"`.execute(db)
    await sql`CREATE TABLE order_payment_intents (
      store_id text COLLATE "C" NOT NULL,
      order_id text COLLATE "C" NOT NULL,
      id text COLLATE "C" NOT NULL,
      kind text COLLATE "C" NOT NULL,
      state text COLLATE "C" NOT NULL,
      amount_minor bigint NOT NULL,
      tip_minor bigint NOT NULL,
      payment_id text COLLATE "C",
      provider text COLLATE "C" NOT NULL,
      terminal_id text COLLATE "C" NOT NULL,
      device_id text COLLATE "C" NOT NULL,
      cancel_asked bigint NOT NULL,
      why text COLLATE "C",
      detail text COLLATE "C",
      at text COLLATE "C" NOT NULL,
      actor text COLLATE "C" NOT NULL,
      PRIMARY KEY (store_id, order_id, id)
    )`.execute(db)
  },
}
