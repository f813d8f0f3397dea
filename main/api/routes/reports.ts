import { z } from 'zod'
import { businessDayIn } from '../../../domain/business-day.ts'
import { ok, refuse, type Result } from '../../../domain/result.ts'
import { exceptionsReport } from '../../../protocol/office/exceptions.ts'
import { preparationReport } from '../../../protocol/office/preparation.ts'
import { salesReport, taxReport, type SalesReport } from '../../../protocol/office/sales.ts'
import { dayQuery, dayReport } from '../../../protocol/rest/report.ts'
import {
  exceptionsReportQuery,
  reportQuery,
  salesReportQuery,
} from '../../../protocol/rest/reports.ts'
import { reportToRest } from '../../report-format.ts'
import { exceptionToRest } from '../../reports/exceptions.ts'
import { readPreparation } from '../../reports/preparation.ts'
import { actorNames, rangeToRest, type ReportContext } from '../../reports/report-context.ts'
import { pageOfRows } from '../../reports/row-page.ts'
import { lineRows, orderRows, orderSums, paymentRows, taxRows } from '../../reports/sales.ts'
import { olderUnreachable } from '../order-calls.ts'
import { decodeCursor, encodeCursor } from '../paging.ts'
import type { Problem } from '../problems.ts'
import type { OlderMissing } from '../rest-store.ts'
import { route, type Route } from '../route.ts'

const READERS = ['manager', 'admin', 'service'] as const
const REPORTS = '/api/v1/reports'

/** What was sold and how, as the back office reports it: see main/reports. */
export const reportRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: `${REPORTS}/day`,
    operationId: 'getDayReport',
    summary:
      'The Z report of a business day, as far as this device knows. Orders that have left it are asked for at the centre.',
    roles: READERS,
    query: dayQuery,
    answer: { status: 200, schema: dayReport },
    handle: async ({ store, query, at }) => {
      const day = query.day ?? businessDayIn(await store.catalog(), Date.parse(at))
      const report = await store.dayReport(day)
      if (!report.ok) return refuse(olderUnreachable(report.error))
      return ok({ body: reportToRest(report.value) })
    },
  }),
  route({
    method: 'GET',
    path: `${REPORTS}/sales`,
    operationId: 'getSalesReport',
    summary: 'Sales by hour, day, item, category, channel, member of the staff or way of payment.',
    roles: READERS,
    query: salesReportQuery,
    answer: { status: 200, schema: salesReport },
    handle: async ({ store, query }) =>
      answered(await store.report(query, (context) => readSales(context, query))),
  }),
  route({
    method: 'GET',
    path: `${REPORTS}/taxes`,
    operationId: 'getTaxReport',
    summary: 'Tax by business day and rate.',
    roles: READERS,
    query: reportQuery,
    answer: { status: 200, schema: taxReport },
    handle: async ({ store, query }) =>
      answered(
        await store.report(query, async (context) =>
          ok({ ...rangeToRest(context), rows: await taxRows(context) }),
        ),
      ),
  }),
  route({
    method: 'GET',
    path: `${REPORTS}/preparation`,
    operationId: 'getPreparationReport',
    summary: 'How long the kitchen takes: by station, and by hour.',
    roles: READERS,
    query: reportQuery,
    answer: { status: 200, schema: preparationReport },
    handle: async ({ store, query }) =>
      answered(await store.report(query, async (context) => ok(await readPreparation(context)))),
  }),
  route({
    method: 'GET',
    path: `${REPORTS}/exceptions`,
    operationId: 'getExceptionsReport',
    summary: 'Voids, discounts, comps, refunds and cancellations: who, when and why.',
    roles: READERS,
    query: exceptionsReportQuery,
    answer: { status: 200, schema: exceptionsReport },
    handle: async ({ store, query }) =>
      answered(await store.report(query, (context) => readExceptions(context, query))),
  }),
]

/** Refused for what has left this device, or for what was asked. */
function answered<T>(report: Result<Result<T, Problem>, OlderMissing>) {
  if (!report.ok) return refuse(olderUnreachable(report.error))
  return report.value.ok ? ok({ body: report.value.value }) : report.value
}

async function readSales(
  context: ReportContext,
  query: z.output<typeof salesReportQuery>,
): Promise<Result<SalesReport, Problem>> {
  const totals = orderSums(context, await context.source.totals())
  const head = { ...rangeToRest(context), totals }
  const { by } = query
  const paged = <T extends { readonly key: string }>(
    rows: readonly T[],
    answer: (page: { rows: T[]; next_cursor: string | null }) => SalesReport,
  ): Result<SalesReport, Problem> => {
    const page = pageOfRows(rows, query)
    return page.ok ? ok(answer({ ...page.value, rows: [...page.value.rows] })) : page
  }
  switch (by) {
    case 'hour':
    case 'day':
    case 'channel':
    case 'staff': {
      const rows = await orderRows(context, by, () => actorNames(context))
      return paged(rows, (page) => ({ ...head, by, ...page }))
    }
    case 'item':
    case 'category':
      return paged(await lineRows(context, by), (page) => ({ ...head, by, ...page }))
    case 'payment_method':
      return paged(await paymentRows(context), (page) => ({ ...head, by, ...page }))
  }
}

const orderKey = z.tuple([z.string(), z.string()])

async function readExceptions(
  context: ReportContext,
  { kind, actor, limit, cursor }: z.output<typeof exceptionsReportQuery>,
): Promise<Result<z.output<typeof exceptionsReport>, Problem>> {
  const asked = decodeCursor(cursor, orderKey)
  if (!asked.ok) return asked
  const after = asked.value && { createdAt: asked.value[0], id: asked.value[1] }
  const { exceptions, next } = await context.source.exceptions({ kind, after, limit })
  const nameOf = await actorNames(context)
  return ok({
    ...rangeToRest(context),
    data: exceptions
      .filter((one) => actor === undefined || one.actor === actor)
      .map((one) => exceptionToRest(one, nameOf, true)),
    next_cursor: next === null ? null : encodeCursor([next.createdAt, next.id]),
  })
}
