import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/**
 * The log and the projections of every store. Text is compared as bytes (COLLATE "C"), as SQLite
 * does it, so that both name the same row first.
 */

const log = `
CREATE TABLE stores (
  store_id text COLLATE "C" PRIMARY KEY,
  token_hash text NOT NULL,
  first_seen_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE origins (
  store_id text COLLATE "C" NOT NULL,
  origin text COLLATE "C" NOT NULL,
  head_seq bigint NOT NULL,
  head_hash bytea NOT NULL,
  known_seq bigint NOT NULL,
  PRIMARY KEY (store_id, origin)
);

CREATE TABLE entries (
  store_id text COLLATE "C" NOT NULL,
  origin text COLLATE "C" NOT NULL,
  seq bigint NOT NULL,
  clock bigint NOT NULL,
  command_id text COLLATE "C" NOT NULL,
  at text COLLATE "C" NOT NULL,
  actor text COLLATE "C" NOT NULL,
  body text COLLATE "C" NOT NULL,
  hash bytea NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (store_id, origin, seq)
);
CREATE INDEX entries_by_command ON entries (store_id, command_id);

CREATE TABLE order_entries (
  store_id text COLLATE "C" NOT NULL,
  order_id text COLLATE "C" NOT NULL,
  origin text COLLATE "C" NOT NULL,
  seq bigint NOT NULL,
  PRIMARY KEY (store_id, order_id, origin, seq)
);

CREATE TABLE unreadable (
  store_id text COLLATE "C" NOT NULL,
  origin text COLLATE "C" NOT NULL,
  seq bigint NOT NULL,
  event_index integer NOT NULL,
  PRIMARY KEY (store_id, origin, seq, event_index)
);

CREATE TABLE quarantine (
  store_id text COLLATE "C" NOT NULL,
  origin text COLLATE "C" NOT NULL,
  seq bigint NOT NULL,
  clock bigint NOT NULL,
  command_id text COLLATE "C" NOT NULL,
  at text COLLATE "C" NOT NULL,
  actor text COLLATE "C" NOT NULL,
  body text COLLATE "C" NOT NULL,
  hash bytea NOT NULL,
  PRIMARY KEY (store_id, origin, seq, hash)
);

CREATE TABLE uploads (
  store_id text COLLATE "C" NOT NULL,
  device_id text COLLATE "C" NOT NULL,
  last_upload_at timestamptz NOT NULL,
  PRIMARY KEY (store_id, device_id)
);
`

const projections = `
CREATE TABLE orders (
  store_id text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  order_number text COLLATE "C" NOT NULL,
  business_day text COLLATE "C" NOT NULL,
  status text COLLATE "C" NOT NULL,
  order_type text COLLATE "C" NOT NULL,
  table_number text COLLATE "C",
  customer_id text COLLATE "C",
  customer_name text COLLATE "C",
  customer_phone text COLLATE "C",
  customer_email text COLLATE "C",
  customer_address text COLLATE "C",
  location_id text COLLATE "C",
  scheduled_for text COLLATE "C",
  notes text COLLATE "C",
  currency text COLLATE "C" NOT NULL,
  subtotal_minor bigint NOT NULL,
  discount_minor bigint NOT NULL,
  discount_reason text COLLATE "C",
  service_charge_minor bigint NOT NULL,
  tax_minor bigint NOT NULL,
  tax_added_minor bigint NOT NULL,
  tip_minor bigint NOT NULL,
  total_minor bigint NOT NULL,
  paid_minor bigint NOT NULL,
  due_minor bigint NOT NULL,
  version bigint NOT NULL,
  origin text COLLATE "C" NOT NULL,
  created_at text COLLATE "C" NOT NULL,
  created_by text COLLATE "C" NOT NULL,
  updated_at text COLLATE "C" NOT NULL,
  PRIMARY KEY (store_id, id)
);
CREATE INDEX orders_by_day ON orders (store_id, business_day, order_number);
CREATE INDEX orders_by_status ON orders (store_id, status, created_at);

CREATE TABLE order_items (
  store_id text COLLATE "C" NOT NULL,
  order_id text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  position bigint NOT NULL,
  menu_item_id text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  kitchen_name text COLLATE "C" NOT NULL,
  quantity bigint NOT NULL,
  unit_price_minor bigint NOT NULL,
  line_total_minor bigint NOT NULL,
  special_instructions text COLLATE "C",
  station_id text COLLATE "C",
  ticket_id text COLLATE "C",
  kitchen_status text COLLATE "C" NOT NULL,
  tax_rate_id text COLLATE "C" NOT NULL,
  tax_rate_ppm bigint NOT NULL,
  tax_included bigint NOT NULL,
  voided bigint NOT NULL,
  void_reason text COLLATE "C",
  added_at text COLLATE "C" NOT NULL,
  PRIMARY KEY (store_id, order_id, id)
);

CREATE TABLE order_modifiers (
  store_id text COLLATE "C" NOT NULL,
  order_id text COLLATE "C" NOT NULL,
  order_item_id text COLLATE "C" NOT NULL,
  position bigint NOT NULL,
  modifier_id text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  price_minor bigint NOT NULL,
  PRIMARY KEY (store_id, order_id, order_item_id, position)
);

CREATE TABLE order_status_history (
  store_id text COLLATE "C" NOT NULL,
  order_id text COLLATE "C" NOT NULL,
  position bigint NOT NULL,
  status text COLLATE "C" NOT NULL,
  reason text COLLATE "C",
  at text COLLATE "C" NOT NULL,
  actor text COLLATE "C" NOT NULL,
  origin text COLLATE "C" NOT NULL,
  clock bigint NOT NULL,
  PRIMARY KEY (store_id, order_id, position)
);

CREATE TABLE order_payments (
  store_id text COLLATE "C" NOT NULL,
  order_id text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  method text COLLATE "C" NOT NULL,
  amount_minor bigint NOT NULL,
  tip_minor bigint NOT NULL,
  tendered_minor bigint NOT NULL,
  change_minor bigint NOT NULL,
  refunded_minor bigint NOT NULL,
  at text COLLATE "C" NOT NULL,
  actor text COLLATE "C" NOT NULL,
  PRIMARY KEY (store_id, order_id, id)
);

CREATE TABLE order_tickets (
  store_id text COLLATE "C" NOT NULL,
  order_id text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  station_id text COLLATE "C" NOT NULL,
  firing_number bigint NOT NULL,
  fired_at text COLLATE "C" NOT NULL,
  fired_by text COLLATE "C" NOT NULL,
  fired_from text COLLATE "C" NOT NULL,
  bumped bigint NOT NULL,
  bumped_at text COLLATE "C",
  seen_by text COLLATE "C" NOT NULL,
  PRIMARY KEY (store_id, order_id, id)
);

CREATE TABLE order_conflicts (
  store_id text COLLATE "C" NOT NULL,
  order_id text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL,
  settled bigint NOT NULL,
  amount_minor bigint NOT NULL,
  facts text COLLATE "C" NOT NULL,
  sides text COLLATE "C" NOT NULL,
  resolution text COLLATE "C",
  note text COLLATE "C",
  settled_by text COLLATE "C",
  settled_at text COLLATE "C",
  PRIMARY KEY (store_id, order_id, kind)
);

CREATE TABLE records (
  store_id text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  value text COLLATE "C",
  clock bigint NOT NULL,
  origin text COLLATE "C" NOT NULL,
  event_index bigint NOT NULL,
  PRIMARY KEY (store_id, kind, id)
);
`

/**
 * A body is stored as its origin wrote it, and jsonb refuses some of what JSON allows (NUL, half a
 * surrogate pair). Those characters are shown as U+FFFD; what is no JSON array has no events to show.
 */
const events = String.raw`
CREATE FUNCTION entry_events(body text) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE AS $function$
DECLARE
  parsed jsonb;
BEGIN
  BEGIN
    parsed := body::jsonb;
  EXCEPTION WHEN OTHERS THEN
    parsed := regexp_replace(body, '\\u(0000|[dD][89a-fA-F][0-9a-fA-F]{2})', '\\ufffd', 'g')::jsonb;
  END;
  RETURN CASE jsonb_typeof(parsed) WHEN 'array' THEN parsed ELSE '[]' END;
EXCEPTION WHEN OTHERS THEN
  RETURN '[]';
END
$function$;

CREATE VIEW order_events AS
SELECT
  e.store_id,
  e.origin,
  e.seq,
  (event.position - 1)::integer AS event_index,
  event.payload ->> 'type' AS type,
  event.payload ->> 'orderId' AS order_id,
  e.clock,
  e.command_id,
  e.at,
  e.actor,
  event.payload
FROM entries AS e
CROSS JOIN LATERAL jsonb_array_elements(entry_events(e.body))
  WITH ORDINALITY AS event (payload, position)
WHERE jsonb_typeof(event.payload) = 'object';
`

export const firstSchema: Migration = {
  async up(db: Kysely<unknown>) {
    await sql.raw(log).execute(db)
    await sql.raw(projections).execute(db)
    await sql.raw(events).execute(db)
  },
}
