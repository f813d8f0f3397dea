import type { Compilable } from 'kysely'
import type {
  OrderItemsTable,
  OrderPaymentsTable,
  OrdersTable,
  OrderTicketsTable,
} from '../schema.ts'
import type { Connection } from './connection.ts'
import { prepare } from './statements.ts'

/** What a device's reports are taken from: rows of one business day, in one look each. */

export type SoldOrder = Pick<
  OrdersTable,
  | 'id'
  | 'order_type'
  | 'created_by'
  | 'created_at'
  | 'subtotal_minor'
  | 'discount_minor'
  | 'service_charge_minor'
  | 'tax_minor'
  | 'tax_added_minor'
  | 'vouchers_minor'
  | 'tip_minor'
  | 'total_minor'
  | 'paid_minor'
  | 'due_minor'
>

/** Orders that were not cancelled, and did not go into others. */
export const readSoldOrders = (connection: Connection, day: string): SoldOrder[] =>
  rows(
    connection,
    connection.sql
      .selectFrom('orders')
      .where('business_day', '=', day)
      .where('status', '!=', 'cancelled')
      .where('merged_into', 'is', null)
      .select(['id', 'order_type', 'created_by', 'created_at', 'subtotal_minor', 'discount_minor'])
      .select([
        'service_charge_minor',
        'tax_minor',
        'tax_added_minor',
        'vouchers_minor',
        'tip_minor',
      ])
      .select(['total_minor', 'paid_minor', 'due_minor']),
  )

export type SoldLine = Pick<
  OrderItemsTable,
  | 'order_id'
  | 'menu_item_id'
  | 'name'
  | 'quantity'
  | 'line_total_minor'
  | 'tax_rate_id'
  | 'tax_rate_ppm'
  | 'tax_included'
> & { readonly order_discount_minor: number; readonly order_tax_minor: number }

/** Lines of them that were not voided, in the order of their orders. */
export const readSoldLines = (connection: Connection, day: string): SoldLine[] =>
  rows(
    connection,
    connection.sql
      .selectFrom('orders')
      .innerJoin('order_items', 'order_items.order_id', 'orders.id')
      .where('orders.business_day', '=', day)
      .where('orders.status', '!=', 'cancelled')
      .where('order_items.voided', '=', 0)
      .orderBy('orders.id')
      .orderBy('order_items.position')
      .select(['order_id', 'menu_item_id', 'name', 'quantity', 'line_total_minor', 'tax_rate_id'])
      .select(['tax_rate_ppm', 'tax_included'])
      .select(['orders.discount_minor as order_discount_minor'])
      .select(['orders.tax_minor as order_tax_minor']),
  )

export type TakenPayment = Pick<
  OrderPaymentsTable,
  'method' | 'amount_minor' | 'tip_minor' | 'refunded_minor'
>

/** Of all orders of the day, cancelled ones too. */
export const readTakenPayments = (connection: Connection, day: string): TakenPayment[] =>
  rows(
    connection,
    connection.sql
      .selectFrom('orders')
      .innerJoin('order_payments', 'order_payments.order_id', 'orders.id')
      .where('orders.business_day', '=', day)
      .select(['method', 'amount_minor', 'order_payments.tip_minor', 'refunded_minor']),
  )

export type MadeTicket = Pick<
  OrderTicketsTable,
  'station_id' | 'fired_at' | 'bumped' | 'bumped_at'
> & {
  /** When the order was first ready after this was sent; null: it was not. */
  readonly ready_at: string | null
}

export const readMadeTickets = (connection: Connection, day: string): MadeTicket[] =>
  rows(
    connection,
    connection.sql
      .selectFrom('orders')
      .innerJoin('order_tickets', 'order_tickets.order_id', 'orders.id')
      .where('orders.business_day', '=', day)
      .select(['station_id', 'fired_at', 'bumped', 'bumped_at'])
      .select((made) =>
        made
          .selectFrom('order_status_history')
          .whereRef('order_status_history.order_id', '=', 'orders.id')
          .where('order_status_history.status', '=', 'ready')
          .whereRef('order_status_history.at', '>=', 'order_tickets.fired_at')
          .select(({ fn }) => fn.min('order_status_history.at').as('at'))
          .as('ready_at'),
      ),
  )

/** Orders of which reports tell something out of the ordinary, the latest begun first. */
export function findUnusualOrders(
  connection: Connection,
  { from, to }: { readonly from: string; readonly to: string },
  kind: 'void' | 'discount' | 'comp' | 'refund' | 'cancellation' | undefined,
  after: { readonly createdAt: string; readonly id: string } | null,
  limit: number,
): Pick<OrdersTable, 'id' | 'created_at'>[] {
  return rows(
    connection,
    connection.sql
      .selectFrom('orders')
      .where('business_day', '>=', from)
      .where('business_day', '<=', to)
      .where(({ and, eb, exists, or, selectFrom }) => {
        const has = {
          void: exists(
            selectFrom('order_items')
              .select('order_items.id')
              .whereRef('order_items.order_id', '=', 'orders.id')
              .where('order_items.voided', '=', 1),
          ),
          refund: exists(
            selectFrom('order_payments')
              .select('order_payments.id')
              .whereRef('order_payments.order_id', '=', 'orders.id')
              .where('order_payments.refunded_minor', '>', 0),
          ),
          discount: eb('discount_minor', '>', 0),
          comp: or([
            and([
              eb('discount_minor', '>', 0),
              eb('discount_minor', '=', eb.ref('subtotal_minor')),
            ]),
            exists(
              selectFrom('order_items')
                .select('order_items.id')
                .whereRef('order_items.order_id', '=', 'orders.id')
                .where('order_items.voided', '=', 0)
                .where('order_items.comp_reason', 'is not', null),
            ),
          ]),
          cancellation: eb('status', '=', 'cancelled'),
        }
        return kind === undefined ? or(Object.values(has)) : has[kind]
      })
      .$if(after !== null, (all) =>
        all.where(({ eb, refTuple, tuple }) =>
          eb(refTuple('created_at', 'id'), '<', tuple(after?.createdAt ?? '', after?.id ?? '')),
        ),
      )
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit)
      .select(['id', 'created_at']),
  )
}

const rows = <Row>(connection: Connection, query: Compilable<Row>): Row[] =>
  prepare(connection, query).all(...(query.compile().parameters as (string | number)[]))
