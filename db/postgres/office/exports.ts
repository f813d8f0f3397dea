import { sql } from 'kysely'
import { toPgText } from '../../../domain/nul-free-text.ts'
import type { Sql } from '../rows.ts'
import { ordersIn, type StoreRange } from './range.ts'
import type { OrderSums } from './sales.ts'

/** Rows for accountants, page by page, in the order in which they happened. */

/** The sort key of the last row that was given. */
export type ExportKey = readonly [string, string, string]

export interface Page {
  readonly after: ExportKey | null
  readonly limit: number
}

export interface OrderRow extends Omit<OrderSums, 'orders'> {
  readonly id: string
  readonly order_number: string
  readonly business_day: string
  readonly status: string
  readonly order_type: string
  readonly table_number: string | null
  readonly created_at: string
  readonly created_by: string
  readonly closed_at: string | null
  readonly items: number
  readonly currency: string
}

const comesAfter = (columns: readonly [string, string, string], { after }: Page) =>
  after === null
    ? sql`true`
    : sql`(${sql.join(columns.map((column) => sql.ref(column)))})
        > (${sql.join(after.map((part) => toPgText(part)))})`

export async function exportOrders(
  db: Sql,
  range: StoreRange,
  page: Page,
): Promise<readonly OrderRow[]> {
  const { rows } = await sql<OrderRow>`
    SELECT o.id, o.order_number, o.business_day, o.status, o.order_type, o.table_number,
      o.created_at, o.created_by, o.currency,
      o.subtotal_minor AS gross, o.discount_minor AS discounts,
      o.service_charge_minor AS service_charge, o.tax_minor AS tax, o.tax_added_minor AS tax_added,
      o.vouchers_minor AS vouchers, o.tip_minor AS tips, o.total_minor AS total, o.paid_minor AS paid, o.due_minor AS due,
      closed.at AS closed_at, coalesce(sold.items, 0)::bigint AS items
    FROM (
      SELECT * FROM orders AS o
      WHERE ${ordersIn(range)} AND ${comesAfter(['business_day', 'order_number', 'id'], page)}
      ORDER BY business_day, order_number, id
      LIMIT ${page.limit}
    ) AS o
    LEFT JOIN LATERAL (
      SELECT sum(i.quantity) AS items FROM order_items AS i
      WHERE i.store_id = o.store_id AND i.order_id = o.id AND i.voided = 0
    ) AS sold ON true
    LEFT JOIN LATERAL (
      SELECT min(h.at) AS at FROM order_status_history AS h
      WHERE h.store_id = o.store_id AND h.order_id = o.id AND h.status = o.status
        AND o.status IN ('completed', 'cancelled')
    ) AS closed ON true
    ORDER BY o.business_day, o.order_number, o.id
  `.execute(db)
  return rows
}

export interface PaymentRow {
  readonly id: string
  readonly order_id: string
  readonly order_number: string
  readonly status: string
  readonly business_day: string
  readonly at: string
  readonly actor: string
  readonly method: string
  readonly currency: string
  readonly amount: number
  readonly tips: number
  readonly refunded: number
}

export async function exportPayments(
  db: Sql,
  range: StoreRange,
  page: Page,
): Promise<readonly PaymentRow[]> {
  const { rows } = await sql<PaymentRow>`
    SELECT p.id, p.order_id, o.order_number, o.status, o.business_day, p.at, p.actor, p.method,
      o.currency, p.amount_minor AS amount, p.tip_minor AS tips, p.refunded_minor AS refunded
    FROM orders AS o
    JOIN order_payments AS p ON p.store_id = o.store_id AND p.order_id = o.id
    WHERE ${ordersIn(range)} AND ${comesAfter(['o.business_day', 'p.order_id', 'p.id'], page)}
    ORDER BY o.business_day, p.order_id, p.id
    LIMIT ${page.limit}
  `.execute(db)
  return rows
}
