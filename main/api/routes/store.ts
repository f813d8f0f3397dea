import { ROLES } from '../../../domain/catalog.ts'
import { ok } from '../../../domain/result.ts'
import { tablePage } from '../../../protocol/rest/menu.ts'
import { pageQuery } from '../../../protocol/rest/values.ts'
import { z } from 'zod'
import type { ApiDeps } from '../deps.ts'
import { METRICS_CONTENT_TYPE } from '../../prometheus.ts'
import { pageOfAll } from '../paging.ts'
import { route, type Route } from '../route.ts'

const healthSchema = z
  .looseObject({ ok: z.boolean(), degraded: z.array(z.string()) })
  .meta({ id: 'Health' })

/** What is known of the store beside its orders and its menu. */
export const storeRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/tables',
    operationId: 'listTables',
    summary: 'The tables of the dining rooms.',
    roles: ROLES,
    query: pageQuery,
    answer: { status: 200, schema: tablePage },
    handle: async ({ store, query }) => {
      const catalog = await store.catalog()
      const tables = [...catalog.dining_table].map(([id, table]) => ({
        id,
        ...table,
        room_name: catalog.room.get(table.room)?.name ?? table.room,
        place: catalog.table_place.get(id) ?? null,
      }))
      const page = pageOfAll(tables, (table) => [table.position, table.id], query)
      return page.ok ? ok({ body: page.value }) : page
    },
  }),
]

/** Of this one process; the centre has its own. What it counts is in main/observation. */
export function metricsRoute(page: ApiDeps['metrics']): Route {
  return route({
    method: 'GET',
    path: '/metrics',
    operationId: 'getMetrics',
    summary: 'What this device counts and measures, as Prometheus reads it.',
    roles: ['manager', 'admin', 'service'],
    query: z.looseObject({}),
    answer: { status: 200, schema: z.string(), type: METRICS_CONTENT_TYPE },
    handle: async () => ok({ body: await page() }),
  })
}

/** Of this one process; the centre has its own. */
export function healthRoute(health: ApiDeps['health']): Route {
  return route({
    method: 'GET',
    path: '/healthz',
    operationId: 'getHealth',
    summary: 'Whether the device lives, and what does not work as it should.',
    roles: null,
    query: z.looseObject({}),
    answer: { status: 200, schema: healthSchema },
    otherAnswers: [{ status: 503, schema: healthSchema, when: 'To be restarted.' }],
    handle: () => {
      const now = health()
      const body = { ...now, degraded: [...now.degraded] }
      return ok({ body, status: body.ok ? 200 : 503, headers: { 'cache-control': 'no-store' } })
    },
  })
}
