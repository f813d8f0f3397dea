import { ROLES } from '../../../domain/catalog.ts'
import { ok, refuse } from '../../../domain/result.ts'
import { tablePage } from '../../../protocol/rest/menu.ts'
import { dayQuery, dayReport } from '../../../protocol/rest/report.ts'
import { pageQuery } from '../../../protocol/rest/values.ts'
import { z } from 'zod'
import type { ApiDeps } from '../deps.ts'
import { pageOfAll } from '../paging.ts'
import { businessDayNow } from '../report-day.ts'
import { reportToRest } from '../../report-format.ts'
import { olderUnreachable } from '../order-calls.ts'
import { route, type Route } from '../route.ts'
import { readWholeDayReport } from '../whole-day-report.ts'

const health = z
  .looseObject({ ok: z.boolean(), degraded: z.array(z.string()) })
  .meta({ id: 'Health' })

/** What is known of the store beside its orders and its menu. */
export function storeRoutes(deps: ApiDeps): Route[] {
  const { store, nowMs } = deps
  return [
    route({
      method: 'GET',
      path: '/api/v1/tables',
      operationId: 'listTables',
      summary: 'The tables of the dining rooms.',
      roles: ROLES,
      query: pageQuery,
      answer: { status: 200, schema: tablePage },
      handle: ({ query }) => {
        const tables = [...store.catalog().dining_table].map(([id, table]) => ({ id, ...table }))
        const page = pageOfAll(tables, (table) => [table.position, table.id], query)
        return page.ok ? ok({ body: page.value }) : page
      },
    }),
    route({
      method: 'GET',
      path: '/api/v1/reports/day',
      operationId: 'getDayReport',
      summary:
        'The Z report of a business day, as far as this device knows. Orders that have left it are asked for at the centre.',
      roles: ['manager', 'admin', 'service'],
      query: dayQuery,
      answer: { status: 200, schema: dayReport },
      handle: async ({ query }) => {
        const day = query.day ?? businessDayNow(store.catalog(), nowMs())
        const { connection, orders: viewsOf } = store
        const from = { connection, catalog: store.catalog(), viewsOf, older: deps.older }
        const report = await readWholeDayReport(from, day)
        if (!report.ok) return refuse(olderUnreachable(report.error.missingBefore))
        return ok({ body: reportToRest(report.value) })
      },
    }),
    route({
      method: 'GET',
      path: '/healthz',
      operationId: 'getHealth',
      summary: 'Whether the device lives, and what does not work as it should.',
      roles: null,
      query: z.looseObject({}),
      answer: { status: 200, schema: health },
      handle: () => {
        const body = { ...deps.health(), degraded: [...deps.health().degraded] }
        return ok({ body, status: body.ok ? 200 : 503, headers: { 'cache-control': 'no-store' } })
      },
    }),
  ]
}
