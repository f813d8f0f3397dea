import { z } from 'zod'
import type { OrderKey } from '../../../db/report-exceptions.ts'
import type { OfficeSession } from '../../../db/postgres/office/sessions.ts'
import { ok } from '../../../domain/result.ts'
import {
  exceptionsQuery,
  type ExceptionRow,
  type ExceptionsReport,
} from '../../../protocol/office/exceptions.ts'
import { EXCEPTIONS_PATH } from '../../../protocol/office/paths.ts'
import { OFFICE_ROLES } from '../../../protocol/office/session.ts'
import { storeParams } from '../../../protocol/office/values.ts'
import { decodeCursor, encodeCursor } from '../../api/paging.ts'
import { exceptionToRest } from '../../reports/exceptions.ts'
import { rangeToRest, type ReportContext } from '../../reports/report-context.ts'
import { csvFile, type Columns } from './answer.ts'
import { namesFor, seesPeople, withReport, type ReportDeps } from './report-context.ts'
import { officeRoute, type OfficeRoute } from './route.ts'
import { fileName } from './sales-routes.ts'

const cursorKey = z.tuple([z.string(), z.string()])
const CSV_PAGE_ORDERS = 200

type Query = z.output<typeof exceptionsQuery>

/** Voids, comps, discounts, refunds and cancellations: who, when, why. */
export const exceptionsRoute = (deps: ReportDeps): OfficeRoute =>
  officeRoute({
    method: 'GET',
    path: EXCEPTIONS_PATH,
    roles: OFFICE_ROLES,
    params: storeParams,
    query: exceptionsQuery,
    handle: async ({ params, query, session }) => {
      const cursor = decodeCursor(query.cursor, cursorKey)
      if (!cursor.ok) return cursor
      const readPage = (after: OrderKey | null, limit: number) =>
        withReport(deps, params.store_id, query, (context) =>
          exceptionsPage(context, query, session, after, limit),
        )
      const after = cursor.value && { createdAt: cursor.value[0], id: cursor.value[1] }
      const { name, next, ...page } = await readPage(
        after,
        query.format === 'csv' ? CSV_PAGE_ORDERS : query.limit,
      )
      if (query.format === 'json') {
        const next_cursor = next === null ? null : encodeCursor([next.createdAt, next.id])
        const body: ExceptionsReport = { ...page, next_cursor }
        return ok({ body })
      }
      const all = async function* () {
        yield* page.data
        for (let from = next; from !== null;) {
          const more = await readPage(from, CSV_PAGE_ORDERS)
          yield* more.data
          from = more.next
        }
      }
      return ok(csvFile(name, COLUMNS, all()))
    },
  })

async function exceptionsPage(
  context: ReportContext,
  { kind, actor }: Query,
  session: OfficeSession,
  after: OrderKey | null,
  limit: number,
) {
  const found = await context.source.exceptions({ kind, after, limit })
  const nameOf = await namesFor(context, session)
  return {
    ...rangeToRest(context),
    name: fileName('exceptions', context),
    next: found.next,
    data: found.exceptions
      .filter((one) => actor === undefined || one.actor === actor)
      .map((one) => exceptionToRest(one, nameOf, seesPeople(session))),
  }
}

const COLUMNS: Columns<ExceptionRow> = [
  ['business_day', (row) => row.business_day],
  ['at', (row) => row.at],
  ['kind', (row) => row.kind],
  ['actor', (row) => row.by.actor],
  ['name', (row) => row.by.name],
  ['reason', (row) => row.reason],
  ['order_number', (row) => row.order_number],
  ['order_status', (row) => row.order_status],
  ['item_name', (row) => row.item_name],
  ['quantity', (row) => row.quantity],
  ['amount', (row) => row.amount],
  ['currency', (row) => row.amount.currency],
  ['order_id', (row) => row.order_id],
]
