import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** What a payment is known by beside its amount. Of those from before, nothing more is known. */
const columns = [
  'forgiven_minor INTEGER NOT NULL DEFAULT 0',
  'paid_for TEXT',
  'reference TEXT',
  'intent_id TEXT',
  'transaction_id TEXT',
  'card_brand TEXT',
  'card_last_four TEXT',
  'card_token TEXT',
  'authorisation_code TEXT',
  'offline INTEGER NOT NULL DEFAULT 0',
  'settled_because TEXT',
]

/** What terminals are asked for. A device finds at its start what it asked and has no answer to. */
const intents = `
CREATE TABLE order_payment_intents (
  order_id TEXT NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  amount_minor INTEGER NOT NULL,
  tip_minor INTEGER NOT NULL,
  payment_id TEXT,
  provider TEXT NOT NULL,
  terminal_id TEXT NOT NULL,
  device_id TEXT NOT NULL,
  cancel_asked INTEGER NOT NULL,
  why TEXT,
  detail TEXT,
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  PRIMARY KEY (order_id, id)
) STRICT, WITHOUT ROWID
`

export const cardPayments: Migration = {
  async up(db: Kysely<unknown>) {
    for (const column of columns) {
      await sql.raw(`ALTER TABLE order_payments ADD COLUMN ${column}`).execute(db)
    }
    await sql.raw(intents).execute(db)
    await sql`CREATE INDEX open_payment_intents ON order_payment_intents (device_id, at)
      WHERE state IN ('pending', 'unclear')`.execute(db)
  },
}
