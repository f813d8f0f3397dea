import { z } from 'zod'
import { writeAudit } from '../../../db/postgres/office/audit.ts'
import {
  exportOrders,
  exportPayments,
  type ExportKey,
  type OrderRow,
  type PaymentRow,
} from '../../../db/postgres/office/exports.ts'
import type { OfficeSession } from '../../../db/postgres/office/sessions.ts'
import type { Channel } from '../../../domain/catalog.ts'
import { fromPgText } from '../../../domain/nul-free-text.ts'
import type { OrderStatus } from '../../../domain/order-status.ts'
import { ok } from '../../../domain/result.ts'
import {
  exportQuery,
  type ExportedOrder,
  type ExportedPayment,
} from '../../../protocol/office/exports.ts'
import { ORDERS_EXPORT_PATH, PAYMENTS_EXPORT_PATH } from '../../../protocol/office/paths.ts'
import { OFFICE_ROLES } from '../../../protocol/office/session.ts'
import { storeParams } from '../../../protocol/office/values.ts'
import { moneyOf } from '../../../protocol/rest/values.ts'
import { decodeCursor, encodeCursor } from '../../api/paging.ts'
import { orderMoneyOf } from '../../reports/order-money.ts'
import { rangeToRest, type NameOfActor } from '../../reports/report-context.ts'
import { csvFile, type Columns } from './answer.ts'
import { ORDER_MONEY_COLUMNS } from './order-money-columns.ts'
import { namesFor, withReport, type CentralReport, type ReportDeps } from './report-context.ts'
import { officeRoute, type OfficeRoute } from './route.ts'
import { fileName } from './sales-routes.ts'

const cursorKey = z.tuple([z.string(), z.string(), z.string()])
const CSV_PAGE_ROWS = 2_000

type Query = z.output<typeof exportQuery>

/** What is exported: the rows of a page, where each stands, and what is shown of it. */
interface Exported<R, T> {
  readonly name: string
  readonly path: string
  readonly read: (
    context: CentralReport,
    after: ExportKey | null,
    limit: number,
  ) => Promise<readonly R[]>
  readonly keyOf: (row: R) => ExportKey
  readonly toRest: (row: R, nameOf: NameOfActor) => T
  readonly columns: Columns<T>
}

/** Orders and payments, row by row, for an accountant's program or a spreadsheet. */
export const exportRoutes = (deps: ReportDeps): OfficeRoute[] => [
  exportRoute(deps, orders),
  exportRoute(deps, payments),
]

function exportRoute<R, T>(deps: ReportDeps, exported: Exported<R, T>): OfficeRoute {
  return officeRoute({
    method: 'GET',
    path: exported.path,
    roles: OFFICE_ROLES,
    params: storeParams,
    query: exportQuery,
    handle: async ({ params, query, session }) => {
      const cursor = decodeCursor(query.cursor, cursorKey)
      if (!cursor.ok) return cursor
      const readPage = (after: ExportKey | null, limit: number) =>
        withReport(deps, params.store_id, query, (context) =>
          exportPage(context, exported, session, after, limit),
        )
      const isFile = query.format === 'csv'
      const first = await readPage(cursor.value, isFile ? CSV_PAGE_ROWS : query.limit)
      const { name, next, ...body } = first
      if (!isFile) {
        return ok({ body: { ...body, next_cursor: next === null ? null : encodeCursor(next) } })
      }
      await noteExport(deps, session, params.store_id, exported.name, query)
      const all = async function* () {
        yield* first.data
        for (let from = next; from !== null;) {
          const more = await readPage(from, CSV_PAGE_ROWS)
          yield* more.data
          from = more.next
        }
      }
      return ok(csvFile(name, exported.columns, all()))
    },
  })
}

async function exportPage<R, T>(
  context: CentralReport,
  { name, read, keyOf, toRest }: Exported<R, T>,
  session: OfficeSession,
  after: ExportKey | null,
  limit: number,
) {
  const found = await read(context, after, limit + 1)
  const nameOf = await namesFor(context, session)
  const page = found.slice(0, limit)
  const last = page.at(-1)
  return {
    ...rangeToRest(context),
    name: fileName(name, context),
    data: page.map((row) => toRest(row, nameOf)),
    next: last !== undefined && found.length > limit ? keyOf(last) : null,
  }
}

/** Who took a file away is written down. */
const noteExport = (
  { database, now }: ReportDeps,
  { userId }: OfficeSession,
  subject: string,
  name: string,
  { from, to }: Query,
): Promise<void> =>
  writeAudit(database.sql, {
    at: now(),
    userId,
    action: 'exported',
    subject,
    changed: [name, from ?? 'today', to ?? 'today'],
  })

const orders: Exported<OrderRow, ExportedOrder> = {
  name: 'orders',
  path: ORDERS_EXPORT_PATH,
  read: ({ trx, range }, after, limit) => exportOrders(trx, range, { after, limit }),
  keyOf: (row) => [row.business_day, fromPgText(row.order_number), fromPgText(row.id)],
  toRest: (row, nameOf) => {
    const price = (minor: number) => moneyOf(minor, row.currency)
    const actor = fromPgText(row.created_by)
    return {
      order_id: fromPgText(row.id),
      order_number: fromPgText(row.order_number),
      business_day: row.business_day,
      status: row.status as OrderStatus,
      order_type: row.order_type as Channel,
      table_number: row.table_number === null ? null : fromPgText(row.table_number),
      created_at: row.created_at,
      created_by: { actor, name: nameOf(actor) },
      closed_at: row.closed_at,
      items: row.items,
      ...orderMoneyOf(row, price),
    }
  },
  columns: [
    ['business_day', (row) => row.business_day],
    ['order_number', (row) => row.order_number],
    ['status', (row) => row.status],
    ['order_type', (row) => row.order_type],
    ['table_number', (row) => row.table_number],
    ['created_at', (row) => row.created_at],
    ['created_by', (row) => row.created_by.actor],
    ['created_by_name', (row) => row.created_by.name],
    ['closed_at', (row) => row.closed_at],
    ['items', (row) => row.items],
    ...ORDER_MONEY_COLUMNS,
    ['order_id', (row) => row.order_id],
  ],
}

const payments: Exported<PaymentRow, ExportedPayment> = {
  name: 'payments',
  path: PAYMENTS_EXPORT_PATH,
  read: ({ trx, range }, after, limit) => exportPayments(trx, range, { after, limit }),
  keyOf: (row) => [row.business_day, fromPgText(row.order_id), fromPgText(row.id)],
  toRest: (row, nameOf) => {
    const price = (minor: number) => moneyOf(minor, row.currency)
    const actor = fromPgText(row.actor)
    return {
      payment_id: fromPgText(row.id),
      order_id: fromPgText(row.order_id),
      order_number: fromPgText(row.order_number),
      order_status: row.status as OrderStatus,
      business_day: row.business_day,
      at: row.at,
      by: { actor, name: nameOf(actor) },
      method: fromPgText(row.method),
      amount: price(row.amount),
      tips: price(row.tips),
      refunded: price(row.refunded),
      net: price(row.amount + row.tips - row.refunded),
    }
  },
  columns: [
    ['business_day', (row) => row.business_day],
    ['at', (row) => row.at],
    ['order_number', (row) => row.order_number],
    ['order_status', (row) => row.order_status],
    ['method', (row) => row.method],
    ['amount', (row) => row.amount],
    ['tips', (row) => row.tips],
    ['refunded', (row) => row.refunded],
    ['net', (row) => row.net],
    ['currency', (row) => row.net.currency],
    ['actor', (row) => row.by.actor],
    ['actor_name', (row) => row.by.name],
    ['order_id', (row) => row.order_id],
    ['payment_id', (row) => row.payment_id],
  ],
}
