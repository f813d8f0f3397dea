import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

const projections = `
CREATE TABLE orders (
  id TEXT PRIMARY KEY,
  order_number TEXT NOT NULL,
  business_day TEXT NOT NULL,
  status TEXT NOT NULL,
  order_type TEXT NOT NULL,
  table_number TEXT,
  customer_id TEXT,
  customer_name TEXT,
  customer_phone TEXT,
  customer_email TEXT,
  customer_address TEXT,
  location_id TEXT,
  scheduled_for TEXT,
  notes TEXT,
  currency TEXT NOT NULL,
  subtotal_minor INTEGER NOT NULL,
  discount_minor INTEGER NOT NULL,
  discount_reason TEXT,
  service_charge_minor INTEGER NOT NULL,
  tax_minor INTEGER NOT NULL,
  tax_added_minor INTEGER NOT NULL,
  tip_minor INTEGER NOT NULL,
  total_minor INTEGER NOT NULL,
  paid_minor INTEGER NOT NULL,
  due_minor INTEGER NOT NULL,
  version INTEGER NOT NULL,
  origin TEXT NOT NULL,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX orders_open ON orders (created_at) WHERE status NOT IN ('completed', 'cancelled');
CREATE INDEX orders_by_creation ON orders (created_at, id);
CREATE INDEX orders_by_day ON orders (business_day, order_number);

CREATE TABLE order_items (
  order_id TEXT NOT NULL,
  id TEXT NOT NULL,
  position INTEGER NOT NULL,
  menu_item_id TEXT NOT NULL,
  name TEXT NOT NULL,
  kitchen_name TEXT NOT NULL,
  quantity INTEGER NOT NULL,
  unit_price_minor INTEGER NOT NULL,
  line_total_minor INTEGER NOT NULL,
  special_instructions TEXT,
  station_id TEXT,
  ticket_id TEXT,
  kitchen_status TEXT NOT NULL,
  tax_rate_id TEXT NOT NULL,
  tax_rate_ppm INTEGER NOT NULL,
  tax_included INTEGER NOT NULL,
  voided INTEGER NOT NULL,
  void_reason TEXT,
  added_at TEXT NOT NULL,
  PRIMARY KEY (order_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE order_modifiers (
  order_id TEXT NOT NULL,
  order_item_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  modifier_id TEXT NOT NULL,
  name TEXT NOT NULL,
  price_minor INTEGER NOT NULL,
  PRIMARY KEY (order_id, order_item_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE order_status_history (
  order_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  status TEXT NOT NULL,
  reason TEXT,
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  origin TEXT NOT NULL,
  clock INTEGER NOT NULL,
  PRIMARY KEY (order_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE order_payments (
  order_id TEXT NOT NULL,
  id TEXT NOT NULL,
  method TEXT NOT NULL,
  amount_minor INTEGER NOT NULL,
  tip_minor INTEGER NOT NULL,
  tendered_minor INTEGER NOT NULL,
  change_minor INTEGER NOT NULL,
  refunded_minor INTEGER NOT NULL,
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  PRIMARY KEY (order_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE order_tickets (
  order_id TEXT NOT NULL,
  id TEXT NOT NULL,
  station_id TEXT NOT NULL,
  firing_number INTEGER NOT NULL,
  fired_at TEXT NOT NULL,
  fired_by TEXT NOT NULL,
  fired_from TEXT NOT NULL,
  bumped INTEGER NOT NULL,
  bumped_at TEXT,
  seen_by TEXT NOT NULL,
  PRIMARY KEY (order_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE order_conflicts (
  order_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  settled INTEGER NOT NULL,
  amount_minor INTEGER NOT NULL,
  facts TEXT NOT NULL,
  sides TEXT NOT NULL,
  resolution TEXT,
  note TEXT,
  settled_by TEXT,
  settled_at TEXT,
  PRIMARY KEY (order_id, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX order_conflicts_open ON order_conflicts (order_id) WHERE settled = 0;

CREATE TABLE records (
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  value TEXT,
  clock INTEGER NOT NULL,
  origin TEXT NOT NULL,
  event_index INTEGER NOT NULL,
  PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;
`

const log = `
CREATE TABLE origins (
  num INTEGER PRIMARY KEY,
  origin TEXT NOT NULL UNIQUE
) STRICT;

-- id = origins.num * 2^40 + seq: one integer keys the log, and an origin lies in one piece.
CREATE TABLE entries (
  id INTEGER PRIMARY KEY,
  origin TEXT NOT NULL,
  seq INTEGER NOT NULL,
  clock INTEGER NOT NULL,
  command_id TEXT NOT NULL,
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  body TEXT NOT NULL,
  hash BLOB NOT NULL
) STRICT;
CREATE INDEX entries_by_command ON entries (command_id);

CREATE TABLE order_entries (
  order_id TEXT NOT NULL,
  entry_id INTEGER NOT NULL,
  PRIMARY KEY (order_id, entry_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE unreadable (
  entry_id INTEGER NOT NULL,
  event_index INTEGER NOT NULL,
  PRIMARY KEY (entry_id, event_index)
) STRICT, WITHOUT ROWID;

CREATE TABLE quarantine (
  origin TEXT NOT NULL,
  seq INTEGER NOT NULL,
  clock INTEGER NOT NULL,
  command_id TEXT NOT NULL,
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  body TEXT NOT NULL,
  hash BLOB NOT NULL,
  PRIMARY KEY (origin, seq, hash)
) STRICT;

CREATE VIEW order_events AS
SELECT
  e.origin,
  e.seq,
  j.key AS event_index,
  json_extract(j.value, '$.type') AS type,
  json_extract(j.value, '$.orderId') AS order_id,
  e.clock,
  e.command_id,
  e.at,
  e.actor,
  j.value AS payload
FROM entries AS e, json_each(CASE WHEN json_valid(e.body) THEN e.body ELSE '[]' END) AS j
WHERE j.type = 'object';
`

const local = `
CREATE TABLE local (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE tokens (
  hash TEXT PRIMARY KEY,
  role TEXT NOT NULL,
  label TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;
`

export const firstSchema: Migration = {
  async up(db: Kysely<unknown>) {
    const statements = [log, projections, local]
      .join('\n')
      .replaceAll(/^--.*$/gm, '')
      .split(';')
      .map((statement) => statement.trim())
      .filter((statement) => statement !== '')
    for (const statement of statements) await sql.raw(statement).execute(db)
  },
}
