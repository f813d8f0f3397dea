import type { OfficeSession } from '../../../db/postgres/office/sessions.ts'
import { ok } from '../../../domain/result.ts'
import { SALES_PATH, TAXES_PATH } from '../../../protocol/office/paths.ts'
import { salesQuery, type TaxReport } from '../../../protocol/office/sales.ts'
import { OFFICE_ROLES } from '../../../protocol/office/session.ts'
import { rangeQuery, storeParams } from '../../../protocol/office/values.ts'
import { rangeToRest, type ReportContext } from '../../reports/report-context.ts'
import {
  lineRows,
  orderRows,
  orderSums,
  paymentRows,
  taxRows,
  type LineRow,
  type OrderRow,
  type PaymentRow,
} from '../../reports/sales.ts'
import { csvFile, tableAnswer, type Columns } from './answer.ts'
import { ORDER_MONEY_COLUMNS } from './order-money-columns.ts'
import { namesFor, withReport, type ReportDeps } from './report-context.ts'
import { officeRoute, type OfficeOutcome, type OfficeRoute } from './route.ts'
import type { z } from 'zod'

type SalesQuery = z.output<typeof salesQuery>
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
  const totals = { ...orderSums(context, await context.source.totals()) }
  const name = fileName(`sales-by-${query.by}`, context)
  const head = { ...rangeToRest(context), totals }
  switch (query.by) {
    case 'hour':
    case 'day':
    case 'channel':
    case 'staff': {
      const { by } = query
      const rows = await orderRows(context, by, () => namesFor(context, session))
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
      const rows = await paymentRows(context)
      return tableAnswer<PaymentRow>(query, name, PAYMENT_COLUMNS, rows, (page) => ({
        ...head,
        by,
        ...page,
      }))
    }
  }
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
