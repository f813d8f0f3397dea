import { sql, type RawBuilder } from 'kysely'
import { unnest, type Sql } from '../rows.ts'
import { isSold, localHour, ordersIn, zonePeriods, type StoreRange } from './range.ts'

/** Sales in sums, as the day's report of a device takes them (main/api/report-day.ts). */
export interface OrderSums {
  readonly orders: number
  readonly gross: number
  readonly discounts: number
  readonly service_charge: number
  readonly tax: number
  readonly tax_added: number
  readonly vouchers: number
  readonly tips: number
  readonly total: number
  readonly paid: number
  readonly due: number
}

export type KeyedOrderSums = OrderSums & { readonly key: string }

export const ORDER_SUMS = sql`
  count(*) AS orders,
  coalesce(sum(o.subtotal_minor), 0)::bigint AS gross,
  coalesce(sum(o.discount_minor), 0)::bigint AS discounts,
  coalesce(sum(o.service_charge_minor), 0)::bigint AS service_charge,
  coalesce(sum(o.tax_minor), 0)::bigint AS tax,
  coalesce(sum(o.tax_added_minor), 0)::bigint AS tax_added,
  coalesce(sum(o.vouchers_minor), 0)::bigint AS vouchers,
  coalesce(sum(o.tip_minor), 0)::bigint AS tips,
  coalesce(sum(o.total_minor), 0)::bigint AS total,
  coalesce(sum(o.paid_minor), 0)::bigint AS paid,
  coalesce(sum(o.due_minor), 0)::bigint AS due`

export async function salesTotals(db: Sql, range: StoreRange): Promise<OrderSums> {
  const { rows } = await sql<OrderSums>`
    SELECT ${ORDER_SUMS} FROM orders AS o WHERE ${ordersIn(range)} AND ${isSold}
  `.execute(db)
  const [sums] = rows
  if (sums === undefined) throw new Error('a sum without groups has one row')
  return sums
}

export const SALES_COLUMNS = {
  day: 'o.business_day',
  channel: 'o.order_type',
  staff: 'o.created_by',
} as const

export async function salesBy(
  db: Sql,
  range: StoreRange,
  by: keyof typeof SALES_COLUMNS,
): Promise<readonly KeyedOrderSums[]> {
  const key = sql.ref(SALES_COLUMNS[by])
  const { rows } = await sql<KeyedOrderSums>`
    SELECT ${key} AS key, ${ORDER_SUMS} FROM orders AS o
    WHERE ${ordersIn(range)} AND ${isSold}
    GROUP BY ${key} ORDER BY ${key}
  `.execute(db)
  return rows
}

/** By the hour of the store's clocks in which an order was begun; the key is `00` to `23`. */
export async function salesByHour(
  db: Sql,
  range: StoreRange,
  timeZone: string,
): Promise<readonly KeyedOrderSums[]> {
  const { rows } = await sql<KeyedOrderSums>`
    SELECT lpad((${localHour('o.created_at')})::text, 2, '0') AS key, ${ORDER_SUMS}
    FROM orders AS o
    JOIN ${zonePeriods(range, timeZone)}
      ON o.created_at >= input.from_at AND o.created_at < input.to_at
    WHERE ${ordersIn(range)} AND ${isSold}
    GROUP BY 1 ORDER BY 1
  `.execute(db)
  return rows
}

/**
 * Lines that were not voided, of orders that were not cancelled, with each line's share of its order's
 * discount: by value, in whole minor units, one more for the largest remainders, the earlier line
 * first. It is `allocate` of domain/money.ts; numeric holds the product, which bigint does not.
 */
export const soldLines = (range: StoreRange): RawBuilder<unknown> => sql`
  SELECT line.*, 0::bigint AS discount_share FROM (${liveLines(range, sql`o.discount_minor = 0`)}) AS line
  UNION ALL
  SELECT
    store_id, order_id, business_day, order_tax_minor, order_discount_minor, id, position,
    menu_item_id, name, quantity, gross_minor, tax_rate_id, tax_rate_ppm, tax_included,
    floor_share + (row_number() OVER (PARTITION BY order_id ORDER BY remainder DESC, position)
      <= order_discount_minor - sum(floor_share) OVER (PARTITION BY order_id))::int AS discount_share
  FROM (
    SELECT line.*,
      div(order_discount_minor::numeric * gross_minor, weight)::bigint AS floor_share,
      mod(order_discount_minor::numeric * gross_minor, weight) AS remainder
    FROM (
      SELECT line.*, greatest(sum(gross_minor) OVER (PARTITION BY order_id), 1) AS weight
      FROM (${liveLines(range, sql`o.discount_minor <> 0`)}) AS line
    ) AS line
  ) AS line`

const liveLines = (range: StoreRange, condition: RawBuilder<unknown>) => sql`
  SELECT
    o.store_id, o.id AS order_id, o.business_day, o.tax_minor AS order_tax_minor,
    o.discount_minor AS order_discount_minor,
    i.id, i.position, i.menu_item_id, i.name, i.quantity, i.line_total_minor AS gross_minor,
    i.tax_rate_id, i.tax_rate_ppm, i.tax_included
  FROM orders AS o
  JOIN order_items AS i ON i.store_id = o.store_id AND i.order_id = o.id
  WHERE ${ordersIn(range)} AND ${isSold} AND i.voided = 0 AND ${condition}`

export interface LineSums {
  readonly key: string
  /** As it was called when it was last sold under a name. */
  readonly name: string
  readonly quantity: number
  readonly orders: number
  readonly gross: number
  readonly discounts: number
}

/**
 * Sums of lines under a key, what sold best first. The lines of one order under one key are put together
 * first: so orders are counted without sorting all lines.
 */
async function lineSums(
  db: Sql,
  range: StoreRange,
  key: RawBuilder<unknown>,
  join: RawBuilder<unknown>,
): Promise<readonly LineSums[]> {
  const { rows } = await sql<LineSums>`
    SELECT key, max(name) AS name,
      sum(quantity)::bigint AS quantity,
      count(*) AS orders,
      sum(gross)::bigint AS gross,
      sum(discounts)::bigint AS discounts
    FROM (
      SELECT ${key} AS key, line.order_id, max(line.name) AS name,
        sum(line.quantity)::bigint AS quantity,
        sum(line.gross_minor)::bigint AS gross,
        sum(line.discount_share)::bigint AS discounts
      FROM (${soldLines(range)}) AS line ${join}
      GROUP BY 1, 2
    ) AS of_orders
    GROUP BY key ORDER BY gross DESC, key
  `.execute(db)
  return rows
}

export const salesByItem = (db: Sql, range: StoreRange): Promise<readonly LineSums[]> =>
  lineSums(db, range, sql`line.menu_item_id`, sql``)

/** `categoryOf`: the menu's items and their categories now. What has left the menu has the key ''. */
export function salesByCategory(
  db: Sql,
  range: StoreRange,
  categoryOf: ReadonlyMap<string, string>,
): Promise<readonly LineSums[]> {
  const menu = unnest([
    { name: 'item_id', type: 'text', values: [...categoryOf.keys()] },
    { name: 'category_id', type: 'text', values: [...categoryOf.values()] },
  ])
  const join = sql`LEFT JOIN ${menu} ON input.item_id = line.menu_item_id`
  return lineSums(db, range, sql`coalesce(input.category_id, '')`, join)
}

export interface PaymentSums {
  readonly key: string
  readonly payments: number
  readonly amount: number
  readonly tips: number
  readonly refunded: number
  readonly refunds: number
}

/** Payments count for the day of their order, those on cancelled orders too: the money is there. */
export async function paymentsByMethod(
  db: Sql,
  range: StoreRange,
): Promise<readonly PaymentSums[]> {
  const { rows } = await sql<PaymentSums>`
    SELECT p.method AS key, count(*) AS payments,
      sum(p.amount_minor)::bigint AS amount,
      sum(p.tip_minor)::bigint AS tips,
      sum(p.refunded_minor)::bigint AS refunded,
      count(*) FILTER (WHERE p.refunded_minor > 0) AS refunds
    FROM orders AS o
    JOIN order_payments AS p ON p.store_id = o.store_id AND p.order_id = o.id
    WHERE ${ordersIn(range)}
    GROUP BY 1 ORDER BY 1
  `.execute(db)
  return rows
}
