import { readRecords } from '../../../db/postgres/office/names.ts'
import {
  paymentsByMethod,
  salesBy,
  salesByCategory,
  salesByHour,
  salesByItem,
  salesTotals,
  type KeyedOrderSums,
  type LineSums,
  type OrderSums,
  type PaymentSums,
} from '../../../db/postgres/office/sales.ts'
import { taxesByDay } from '../../../db/postgres/office/taxes.ts'
import type { OfficeSession } from '../../../db/postgres/office/sessions.ts'
import { fromPgText } from '../../../domain/nul-free-text.ts'
import { ok } from '../../../domain/result.ts'
import { SALES_PATH, TAXES_PATH } from '../../../protocol/office/paths.ts'
import { salesQuery, type SalesReport, type TaxReport } from '../../../protocol/office/sales.ts'
import { OFFICE_ROLES } from '../../../protocol/office/session.ts'
import { rangeQuery, storeParams } from '../../../protocol/office/values.ts'
import { csvFile, tableAnswer, type Columns } from './answer.ts'
import { ORDER_MONEY_COLUMNS, orderMoneyOf } from './order-money.ts'
import {
  actorNames,
  byHourOfDay,
  rangeToRest,
  withReport,
  type ReportContext,
  type ReportDeps,
} from './report-context.ts'
import { officeRoute, type OfficeOutcome, type OfficeRoute } from './route.ts'
import type { z } from 'zod'

type SalesQuery = z.output<typeof salesQuery>
type OrderReport = Extract<SalesReport, { by: 'hour' | 'day' | 'channel' | 'staff' }>
type LineReport = Extract<SalesReport, { by: 'item' | 'category' }>
type PaymentReport = Extract<SalesReport, { by: 'payment_method' }>
type OrderRow = OrderReport['rows'][number]
type LineRow = LineReport['rows'][number]
type PaymentRow = PaymentReport['rows'][number]

/** What was sold, in every way in which somebody asks. */
export function salesRoutes(deps: ReportDeps): OfficeRoute[] {
  return [
    officeRoute({
      method: 'GET',
      path: SALES_PATH,
      roles: OFFICE_ROLES,
      params: storeParams,
      query: salesQuery,
      handle: ({ params, query, session }) =>
        withReport(deps, params.store_id, query, (context) => salesReport(context, query, session)),
    }),
    officeRoute({
      method: 'GET',
      path: TAXES_PATH,
      roles: OFFICE_ROLES,
      params: storeParams,
      query: rangeQuery,
      handle: ({ params, query }) =>
        withReport(deps, params.store_id, query, async (context) => {
          const rows = await taxRows(context)
          if (query.format === 'json') return ok({ body: { ...rangeToRest(context), rows } })
          return ok(csvFile(fileName('taxes', context), TAX_COLUMNS, rows))
        }),
    }),
  ]
}

export const fileName = (what: string, { store, range }: ReportContext): string =>
  `${what}-${store.name}-${range.from}-${range.to}`

async function salesReport(
  context: ReportContext,
  query: SalesQuery,
  session: OfficeSession,
): Promise<OfficeOutcome> {
  const totals = { ...orderSums(context, await salesTotals(context.trx, context.range)) }
  const name = fileName(`sales-by-${query.by}`, context)
  const head = { ...rangeToRest(context), totals }
  switch (query.by) {
    case 'hour':
    case 'day':
    case 'channel':
    case 'staff': {
      const { by } = query
      const rows = await orderRows(context, by, session)
      return tableAnswer<OrderRow>(query, name, ORDER_COLUMNS, rows, (page) => ({
        ...head,
        by,
        ...page,
      }))
    }
    case 'item':
    case 'category': {
      const { by } = query
      const rows = await lineRows(context, by)
      return tableAnswer<LineRow>(query, name, LINE_COLUMNS, rows, (page) => ({
        ...head,
        by,
        ...page,
      }))
    }
    case 'payment_method': {
      const { by } = query
      const sums = await paymentsByMethod(context.trx, context.range)
      const rows = sums.map((row) => paymentRow(context, row))
      return tableAnswer<PaymentRow>(query, name, PAYMENT_COLUMNS, rows, (page) => ({
        ...head,
        by,
        ...page,
      }))
    }
  }
}

async function orderRows(
  context: ReportContext,
  by: OrderReport['by'],
  session: OfficeSession,
): Promise<OrderRow[]> {
  const { trx, range, store } = context
  const toRow = (name: (key: string) => string) => (sums: KeyedOrderSums) => {
    const key = fromPgText(sums.key)
    return { key, name: name(key), ...orderSums(context, sums) }
  }
  if (by === 'hour') {
    const rows = await salesByHour(trx, range, store.timeZone)
    return byHourOfDay(rows, (row) => row.key, store).map(toRow((hour) => `${hour}:00`))
  }
  const rows = await salesBy(trx, range, by)
  if (by !== 'staff') return rows.map(toRow((key) => key))
  const nameOf = await actorNames(context, session)
  return rows.map(toRow((actor) => nameOf(actor) ?? actor))
}

async function lineRows(context: ReportContext, by: LineReport['by']): Promise<LineRow[]> {
  const { trx, range } = context
  const menu = await readRecords(trx, range.storeId, 'menu_item')
  if (by === 'item') {
    const rows = await salesByItem(trx, range)
    return rows.map((sums) => {
      const key = fromPgText(sums.key)
      const item = menu.get(key)
      const category_id = item?.categoryId ?? null
      return {
        key,
        name: item?.name ?? fromPgText(sums.name),
        category_id,
        ...lineSums(context, sums),
      }
    })
  }
  const categories = await readRecords(trx, range.storeId, 'category')
  const categoryOf = new Map([...menu].map(([id, item]) => [id, item.categoryId]))
  const rows = await salesByCategory(trx, range, categoryOf)
  return rows.map((sums) => {
    const key = fromPgText(sums.key)
    const name = key === '' ? 'No longer on the menu' : (categories.get(key)?.name ?? key)
    return { key, name, category_id: key === '' ? null : key, ...lineSums(context, sums) }
  })
}

const orderSums = ({ price }: ReportContext, sums: OrderSums) => ({
  orders: sums.orders,
  ...orderMoneyOf(sums, price),
})

const lineSums = ({ price }: ReportContext, sums: LineSums) => ({
  quantity: sums.quantity,
  orders: sums.orders,
  gross: price(sums.gross),
  discounts: price(sums.discounts),
  net: price(sums.gross - sums.discounts),
})

function paymentRow({ price }: ReportContext, sums: PaymentSums): PaymentRow {
  const key = fromPgText(sums.key)
  return {
    key,
    name: key,
    payments: sums.payments,
    amount: price(sums.amount),
    tips: price(sums.tips),
    refunded: price(sums.refunded),
    net: price(sums.amount + sums.tips - sums.refunded),
  }
}

async function taxRows(context: ReportContext): Promise<TaxReport['rows']> {
  const { trx, range, store, price } = context
  const rates = await readRecords(trx, range.storeId, 'tax_rate')
  const rows = await taxesByDay(trx, range, store.taxRounding)
  return rows.map((row) => {
    const tax_rate_id = fromPgText(row.tax_rate_id)
    return {
      business_day: row.business_day,
      tax_rate_id,
      name: rates.get(tax_rate_id)?.name ?? tax_rate_id,
      rate_ppm: row.rate_ppm,
      included: row.included === 1,
      base: price(row.base),
      tax: price(row.tax),
    }
  })
}

const ORDER_COLUMNS: Columns<OrderRow> = [
  ['key', (row) => row.key],
  ['name', (row) => row.name],
  ['orders', (row) => row.orders],
  ...ORDER_MONEY_COLUMNS,
]

const LINE_COLUMNS: Columns<LineRow> = [
  ['key', (row) => row.key],
  ['name', (row) => row.name],
  ['category_id', (row) => row.category_id],
  ['quantity', (row) => row.quantity],
  ['orders', (row) => row.orders],
  ['gross', (row) => row.gross],
  ['discounts', (row) => row.discounts],
  ['net', (row) => row.net],
  ['currency', (row) => row.net.currency],
]

const PAYMENT_COLUMNS: Columns<PaymentRow> = [
  ['key', (row) => row.key],
  ['name', (row) => row.name],
  ['payments', (row) => row.payments],
  ['amount', (row) => row.amount],
  ['tips', (row) => row.tips],
  ['refunded', (row) => row.refunded],
  ['net', (row) => row.net],
  ['currency', (row) => row.net.currency],
]

const TAX_COLUMNS: Columns<TaxReport['rows'][number]> = [
  ['business_day', (row) => row.business_day],
  ['tax_rate_id', (row) => row.tax_rate_id],
  ['name', (row) => row.name],
  ['rate_ppm', (row) => row.rate_ppm],
  ['included', (row) => (row.included ? 'yes' : 'no')],
  ['base', (row) => row.base],
  ['tax', (row) => row.tax],
  ['currency', (row) => row.tax.currency],
]
