import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import { CURRENT_RECORDS } from './0008-valid-from.ts'

/**
 * What the back office's questions look up, and the views of the schema `report`, in which an
 * accountant reads with SQL. Who may read them, and as whom they read, is seen to after every
 * migration (report-roles.ts).
 */

/** Each found by a plan that read a store's whole table without it (decision 0066). */
const indexes = [
  'CREATE INDEX orders_by_creation ON orders (store_id, created_at, id)',
  'CREATE INDEX order_items_voided ON order_items (store_id, order_id) WHERE voided = 1',
  'CREATE INDEX order_payments_refunded ON order_payments (store_id, order_id) WHERE refunded_minor > 0',
  'CREATE INDEX order_conflicts_open ON order_conflicts (store_id) WHERE settled = 0',
]

/** Whose rows a reader sees. It lies in this schema, so that no policy of the stores' tables is on it. */
const grants = `
CREATE SCHEMA report;
CREATE TABLE report.grants (
  role_name text COLLATE "C" NOT NULL,
  store_id text COLLATE "C" NOT NULL,
  PRIMARY KEY (role_name, store_id)
);
`

/** As many decimals as the currency has. */
const decimal = `
CREATE FUNCTION report.decimal(minor bigint, currency text) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $function$
  SELECT CASE
    WHEN currency = ANY ('{AFN,ALL,BIF,CLP,COP,DJF,GNF,HUF,IDR,IQD,IRR,ISK,JPY,KMF,KPW,KRW,LAK,LBP,MGA,MMK,PKR,PYG,RWF,SLL,SOS,SYP,UGX,VND,VUV,XAF,XOF,XPF,YER}')
      THEN minor::numeric
    WHEN currency = ANY ('{BHD,JOD,KWD,LYD,OMR,TND}') THEN round(minor::numeric / 1000, 3)
    ELSE round(minor::numeric / 100, 2)
  END
$function$;
`

const GRANTED = `store_id IN (
    SELECT g.store_id FROM report.grants AS g WHERE g.role_name = current_user
  )`

/** A sum as it is stored, and beside it as people write it. */
const money = (name: string, minor: string, currency = 'o.currency'): string =>
  `${minor} AS ${name}_minor,\n  report.decimal(${minor}, ${currency}) AS ${name}`

const settings = `
  SELECT store_id,
    CASE WHEN pg_input_is_valid(value, 'jsonb') THEN value::jsonb END AS value
  FROM (${CURRENT_RECORDS}) AS current WHERE kind = 'store' AND id = 'store'`

const stores = `
CREATE VIEW report.stores WITH (security_barrier = true) AS
SELECT
  s.store_id,
  coalesce(settings.value ->> 'name', s.enrolled_as, s.store_id) AS name,
  settings.value ->> 'currency' AS currency,
  settings.value ->> 'timeZone' AS time_zone
FROM stores AS s
LEFT JOIN (${settings}) AS settings ON settings.store_id = s.store_id
WHERE s.${GRANTED};
`

const orders = `
CREATE VIEW report.orders WITH (security_barrier = true) AS
SELECT
  o.store_id,
  o.id AS order_id,
  o.order_number,
  o.business_day,
  o.status,
  o.status <> 'cancelled' AS is_sale,
  o.order_type,
  o.created_at,
  o.currency,
  ${[
    money('gross', 'o.subtotal_minor'),
    money('discount', 'o.discount_minor'),
    money('net', '(o.subtotal_minor - o.discount_minor)'),
    money('service_charge', 'o.service_charge_minor'),
    money('tax', 'o.tax_minor'),
    money('tax_added', 'o.tax_added_minor'),
    money('tips', 'o.tip_minor'),
    money('total', 'o.total_minor'),
    money('paid', 'o.paid_minor'),
    money('due', 'o.due_minor'),
  ].join(',\n  ')}
FROM orders AS o
WHERE o.${GRANTED};
`

const days = `
CREATE VIEW report.days WITH (security_barrier = true) AS
SELECT
  o.store_id,
  o.business_day,
  o.currency,
  count(*) AS orders,
  ${[
    ['gross', 'subtotal_minor'],
    ['discount', 'discount_minor'],
    ['service_charge', 'service_charge_minor'],
    ['tax', 'tax_minor'],
    ['tax_added', 'tax_added_minor'],
    ['tips', 'tip_minor'],
    ['total', 'total_minor'],
    ['paid', 'paid_minor'],
    ['due', 'due_minor'],
  ]
    .map(([name = '', column]) => money(name, `sum(o.${column})::bigint`))
    .join(',\n  ')}
FROM orders AS o
WHERE o.status <> 'cancelled' AND o.${GRANTED}
GROUP BY o.store_id, o.business_day, o.currency;
`

/**
 * A discount is spread over the lines by value, in whole minor units: floors first, then one more for
 * the largest remainders, the earlier line first.
 */
const shares = `
  SELECT live.*,
    floor_share + (row_number() OVER (
      PARTITION BY store_id, business_day, order_id ORDER BY remainder DESC, position
    ) <= order_discount_minor - sum(floor_share) OVER (
      PARTITION BY store_id, business_day, order_id
    ))::int AS discount_share_minor
  FROM (
    SELECT live.*,
      div(order_discount_minor::numeric * gross_minor, weight)::bigint AS floor_share,
      mod(order_discount_minor::numeric * gross_minor, weight) AS remainder
    FROM (
      SELECT
        o.store_id, o.business_day, o.id AS order_id, o.order_number, o.status, o.currency,
        o.discount_minor AS order_discount_minor, o.tax_minor AS order_tax_minor,
        i.id AS line_id, i.position, i.menu_item_id, i.name AS item_name, i.quantity,
        i.unit_price_minor, i.line_total_minor AS gross_minor,
        i.tax_rate_id, i.tax_rate_ppm, i.tax_included,
        greatest(sum(i.line_total_minor) OVER (
          PARTITION BY o.store_id, o.business_day, o.id
        ), 1) AS weight
      FROM orders AS o
      JOIN order_items AS i ON i.store_id = o.store_id AND i.order_id = o.id
      WHERE i.voided = 0 AND o.${GRANTED}
    ) AS live
  ) AS live`

const lines = `
CREATE VIEW report.lines WITH (security_barrier = true) AS
SELECT
  o.store_id,
  o.order_id,
  o.line_id,
  o.order_number,
  o.business_day,
  o.status AS order_status,
  o.status <> 'cancelled' AS is_sale,
  o.menu_item_id,
  o.item_name,
  o.quantity,
  o.currency,
  ${[
    money('unit_price', 'o.unit_price_minor'),
    money('gross', 'o.gross_minor'),
    money('discount', 'o.discount_share_minor'),
    money('net', '(o.gross_minor - o.discount_share_minor)'),
  ].join(',\n  ')},
  o.tax_rate_id,
  round(o.tax_rate_ppm::numeric / 10000, 4) AS tax_percent,
  o.tax_included = 1 AS tax_included
FROM (${shares}) AS o;
`

const payments = `
CREATE VIEW report.payments WITH (security_barrier = true) AS
SELECT
  o.store_id,
  p.order_id,
  p.id AS payment_id,
  o.order_number,
  o.business_day,
  o.status AS order_status,
  p.method,
  p.at AS paid_at,
  o.currency,
  ${[
    money('amount', 'p.amount_minor'),
    money('tip', 'p.tip_minor'),
    money('refunded', 'p.refunded_minor'),
    money('net', '(p.amount_minor + p.tip_minor - p.refunded_minor)'),
  ].join(',\n  ')}
FROM orders AS o
JOIN order_payments AS p ON p.store_id = o.store_id AND p.order_id = o.id
WHERE o.${GRANTED};
`

const refunds = `
CREATE VIEW report.refunds WITH (security_barrier = true) AS
SELECT
  o.store_id,
  o.business_day,
  p.method,
  o.currency,
  count(*) AS payments,
  ${money('refunded', 'sum(p.refunded_minor)::bigint')}
FROM orders AS o
JOIN order_payments AS p ON p.store_id = o.store_id AND p.order_id = o.id
WHERE p.refunded_minor > 0 AND o.${GRANTED}
GROUP BY o.store_id, o.business_day, p.method, o.currency;
`

/**
 * An order's tax is one sum in the tables; it is taken apart by the rules that made it, in whole
 * numbers, rounded half away from zero. How it was rounded is the way that comes to the order's own
 * sum, the store's present one first.
 */
const taxes = `
CREATE VIEW report.taxes WITH (security_barrier = true) AS
WITH net AS (
  SELECT store_id, business_day, order_id, order_number, currency, order_tax_minor,
    tax_rate_id, tax_rate_ppm, tax_included,
    gross_minor - discount_share_minor AS net_minor,
    1000000 + CASE tax_included WHEN 1 THEN tax_rate_ppm ELSE 0 END AS divisor
  FROM (${shares}) AS line
  WHERE status <> 'cancelled'
), rates AS (
  SELECT store_id, business_day, order_id, order_number, currency, order_tax_minor,
    tax_rate_id, tax_rate_ppm, tax_included,
    sum(net_minor)::bigint AS base_minor,
    sum((2 * net_minor * tax_rate_ppm + divisor) / (2 * divisor))::bigint AS by_line,
    (2 * sum(net_minor)::bigint * tax_rate_ppm + divisor) / (2 * divisor) AS by_order
  FROM net
  GROUP BY store_id, business_day, order_id, order_number, currency, order_tax_minor,
    tax_rate_id, tax_rate_ppm, tax_included, divisor
), ways AS (
  SELECT rates.*,
    sum(by_line) OVER (PARTITION BY store_id, business_day, order_id) AS of_lines,
    sum(by_order) OVER (PARTITION BY store_id, business_day, order_id) AS of_orders
  FROM rates
), taxed AS (
  SELECT ways.*,
    CASE WHEN
      CASE coalesce(settings.value ->> 'taxRounding', 'line')
        WHEN 'line' THEN of_lines = order_tax_minor OR of_orders <> order_tax_minor
        ELSE of_lines = order_tax_minor AND of_orders <> order_tax_minor
      END
    THEN by_line ELSE by_order END AS tax_minor
  FROM ways
  LEFT JOIN (${settings}) AS settings ON settings.store_id = ways.store_id
)
SELECT
  o.store_id,
  o.business_day,
  o.order_id,
  o.order_number,
  o.tax_rate_id,
  round(o.tax_rate_ppm::numeric / 10000, 4) AS tax_percent,
  o.tax_included = 1 AS tax_included,
  o.currency,
  ${[money('base', 'o.base_minor'), money('tax', 'o.tax_minor')].join(',\n  ')}
FROM taxed AS o;
`

export const reports: Migration = {
  async up(db: Kysely<unknown>) {
    for (const index of indexes) await sql.raw(index).execute(db)
    for (const statement of [grants, decimal, stores, orders, days, lines, payments]) {
      await sql.raw(statement).execute(db)
    }
    for (const statement of [refunds, taxes]) await sql.raw(statement).execute(db)
  },
}
