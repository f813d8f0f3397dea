import type { Compilable } from 'kysely'
import type { Connection } from '../../db/sqlite/connection.ts'
import {
  CHANNELS,
  STORE_RECORD_ID,
  type Catalog,
  type Channel,
  type StoreSettings,
} from '../../domain/catalog.ts'
import type { TaxSum } from '../../domain/money.ts'
import { ORDER_STATUSES, type OrderStatus } from '../../domain/order-status.ts'
import { sumTaxRates, type TaxedLine } from './report-taxes.ts'

/**
 * The Z report of a business day. Sales are all orders of the day that were not cancelled, open ones
 * among them, so that rule M1 holds for the day as for an order:
 * gross − discounts + service charge + tax added + vouchers sold + tips = total = paid + due.
 * Payments count for the day of their order, those on cancelled orders too: the money is there.
 */
export interface DayReport {
  readonly businessDay: string
  readonly currency: string
  readonly ordersByStatus: readonly ({ readonly status: OrderStatus } & Counted)[]
  readonly sales: Sales
  readonly taxes: readonly TaxSum[]
  readonly byChannel: readonly ({ readonly channel: Channel } & Counted)[]
  readonly payments: readonly MethodSum[]
  readonly refunds: Counted
  /** Items that were voided, on any order of the day. */
  readonly voids: { readonly count: number }
  /** Items that were made and served for nothing, with what they would have come to. */
  readonly comps: Counted
  readonly cancelled: Counted & { readonly paidMinor: number }
  readonly openOrders: { readonly count: number; readonly dueMinor: number }
}

interface Counted {
  readonly count: number
  readonly totalMinor: number
}

export interface Sales extends Counted {
  readonly grossMinor: number
  readonly discountsMinor: number
  readonly serviceChargeMinor: number
  readonly taxMinor: number
  readonly taxAddedMinor: number
  /** Gift vouchers: paid for with orders, and no revenue. */
  readonly vouchersMinor: number
  readonly tipsMinor: number
  readonly paidMinor: number
  readonly dueMinor: number
}

export interface MethodSum {
  readonly method: string
  readonly count: number
  readonly amountMinor: number
  readonly tipsMinor: number
  readonly refundedMinor: number
  /** Taken with tips, less refunds. */
  readonly netMinor: number
}

/** What the tables say of a day, on a device or at the centre. */
export interface DayRows {
  /** One row for each pair of status and channel; none of orders that went into others. */
  readonly orders: readonly OrderSums[]
  readonly taxes: readonly TaxSum[]
  readonly payments: readonly PaymentSums[]
  readonly voids: number
  readonly comps: Counted
}

export interface OrderSums {
  readonly status: string
  readonly channel: string
  readonly count: number
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

export interface PaymentSums {
  readonly method: string
  readonly count: number
  readonly amount: number
  readonly tips: number
  readonly refunded: number
  readonly refund_count: number
}

export function readDayReport(connection: Connection, catalog: Catalog, day: string): DayReport {
  const store = storeOf(catalog)
  const { lines, ...rows } = connection.raw.transaction(() => readRows(connection, day))()
  const taxes = sumTaxRates(lines, store?.taxRounding ?? 'line')
  return dayReportOf({ ...rows, taxes }, day, store?.currency ?? 'USD')
}

/** The sums of a day, put together: the same on a device and at the centre. */
export function dayReportOf(rows: DayRows, day: string, currency: string): DayReport {
  const byStatus = ORDER_STATUSES.map((status) => ({
    status,
    orders: rows.orders.filter((row) => row.status === status),
  }))
  const sold = rows.orders.filter((row) => row.status !== 'cancelled')
  const cancelled = rows.orders.filter((row) => row.status === 'cancelled')
  const open = sold.filter((row) => row.status !== 'completed')
  return {
    businessDay: day,
    currency,
    ordersByStatus: byStatus.map(({ status, orders }) => ({ status, ...counted(orders) })),
    sales: {
      ...counted(sold),
      grossMinor: sum(sold, 'gross'),
      discountsMinor: sum(sold, 'discounts'),
      serviceChargeMinor: sum(sold, 'service_charge'),
      taxMinor: sum(sold, 'tax'),
      taxAddedMinor: sum(sold, 'tax_added'),
      vouchersMinor: sum(sold, 'vouchers'),
      tipsMinor: sum(sold, 'tips'),
      paidMinor: sum(sold, 'paid'),
      dueMinor: sum(sold, 'due'),
    },
    taxes: rows.taxes,
    byChannel: CHANNELS.map((channel) => ({
      channel,
      ...counted(sold.filter((row) => row.channel === channel)),
    })),
    payments: rows.payments.map((row) => ({
      method: row.method,
      count: row.count,
      amountMinor: row.amount,
      tipsMinor: row.tips,
      refundedMinor: row.refunded,
      netMinor: row.amount + row.tips - row.refunded,
    })),
    refunds: {
      count: rows.payments.reduce((count, row) => count + row.refund_count, 0),
      totalMinor: rows.payments.reduce((total, row) => total + row.refunded, 0),
    },
    voids: { count: rows.voids },
    comps: rows.comps,
    cancelled: { ...counted(cancelled), paidMinor: sum(cancelled, 'paid') },
    openOrders: { count: counted(open).count, dueMinor: sum(open, 'due') },
  }
}

const storeOf = (catalog: Catalog): StoreSettings | undefined => catalog.store.get(STORE_RECORD_ID)

type SumColumn = Exclude<keyof OrderSums, 'status' | 'channel'>

const sum = (rows: readonly OrderSums[], column: SumColumn): number =>
  rows.reduce((total, row) => total + row[column], 0)

const counted = (rows: readonly OrderSums[]): Counted => ({
  count: sum(rows, 'count'),
  totalMinor: sum(rows, 'total'),
})

/** All of one moment: the caller holds a transaction around it. */
const readRows = (connection: Connection, day: string) => ({
  orders: readOrderSums(connection, day),
  lines: readTaxedLines(connection, day),
  payments: readPayments(connection, day),
  voids: countVoids(connection, day),
  comps: sumComps(connection, day),
})

/** One row for each pair of status and channel. */
const readOrderSums = (connection: Connection, day: string): OrderSums[] =>
  all(
    connection,
    connection.sql
      .selectFrom('orders')
      .where('business_day', '=', day)
      .where('merged_into', 'is', null)
      .groupBy(['status', 'order_type'])
      .select(({ fn }) => [
        'status',
        'order_type as channel',
        fn.countAll<number>().as('count'),
        fn.sum<number>('subtotal_minor').as('gross'),
        fn.sum<number>('discount_minor').as('discounts'),
        fn.sum<number>('service_charge_minor').as('service_charge'),
        fn.sum<number>('tax_minor').as('tax'),
        fn.sum<number>('tax_added_minor').as('tax_added'),
        fn.sum<number>('vouchers_minor').as('vouchers'),
        fn.sum<number>('tip_minor').as('tips'),
        fn.sum<number>('total_minor').as('total'),
        fn.sum<number>('paid_minor').as('paid'),
        fn.sum<number>('due_minor').as('due'),
      ]),
  )

const readTaxedLines = (connection: Connection, day: string): TaxedLine[] =>
  all(
    connection,
    connection.sql
      .selectFrom('orders')
      .innerJoin('order_items', 'order_items.order_id', 'orders.id')
      .where('orders.business_day', '=', day)
      .where('orders.status', '!=', 'cancelled')
      .where('order_items.voided', '=', 0)
      .orderBy('orders.id')
      .orderBy('order_items.position')
      .select([
        'orders.id as orderId',
        'orders.discount_minor as discountMinor',
        'orders.tax_minor as orderTaxMinor',
        'order_items.line_total_minor as grossMinor',
        'order_items.tax_rate_id as taxRateId',
        'order_items.tax_rate_ppm as taxRatePpm',
        'order_items.tax_included as taxIncluded',
      ]),
  )

const readPayments = (connection: Connection, day: string): PaymentSums[] =>
  all(
    connection,
    connection.sql
      .selectFrom('orders')
      .innerJoin('order_payments', 'order_payments.order_id', 'orders.id')
      .where('orders.business_day', '=', day)
      .groupBy('order_payments.method')
      .orderBy('order_payments.method')
      .select(({ fn }) => [
        'order_payments.method',
        fn.countAll<number>().as('count'),
        fn.sum<number>('order_payments.amount_minor').as('amount'),
        fn.sum<number>('order_payments.tip_minor').as('tips'),
        fn.sum<number>('order_payments.refunded_minor').as('refunded'),
        fn
          .countAll<number>()
          .filterWhere('order_payments.refunded_minor', '>', 0)
          .as('refund_count'),
      ]),
  )

function countVoids(connection: Connection, day: string): number {
  const [row] = all(
    connection,
    connection.sql
      .selectFrom('orders')
      .innerJoin('order_items', 'order_items.order_id', 'orders.id')
      .where('orders.business_day', '=', day)
      .where('order_items.voided', '=', 1)
      .select(({ fn }) => fn.countAll<number>().as('count')),
  )
  return row?.count ?? 0
}

function sumComps(connection: Connection, day: string): Counted {
  const [row] = all(
    connection,
    connection.sql
      .selectFrom('orders')
      .innerJoin('order_items', 'order_items.order_id', 'orders.id')
      .where('orders.business_day', '=', day)
      .where('orders.status', '!=', 'cancelled')
      .where('order_items.voided', '=', 0)
      .where('order_items.comp_reason', 'is not', null)
      .select(({ fn }) => [
        fn.countAll<number>().as('count'),
        fn.sum<number | null>('order_items.comp_minor').as('total'),
      ]),
  )
  return { count: row?.count ?? 0, totalMinor: row?.total ?? 0 }
}

function all<Row>({ raw }: Connection, query: Compilable<Row>): Row[] {
  const compiled = query.compile()
  return raw.prepare<unknown[], Row>(compiled.sql).all(...compiled.parameters)
}
