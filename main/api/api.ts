import { createServer as createHttpsServer } from 'node:https'
import fastify, { type FastifyInstance, type FastifyServerFactory } from 'fastify'
import { z } from 'zod'
import { ROLES } from '../../domain/catalog.ts'
import { ok, type Result } from '../../domain/result.ts'
import { createJobTable } from '../../db/sqlite/jobs.ts'
import { createDeviceBox } from '../jobs/device-box.ts'
import { startJobs } from '../jobs/worker.ts'
import { createWebhookTable } from '../../db/sqlite/webhooks.ts'
import { startSender } from '../webhooks/sender.ts'
import { createDrawer } from '../drawer/drawer.ts'
import { createVoucherCodes } from '../vouchers/code.ts'
import { createVouchers } from '../vouchers/vouchers.ts'
import { MAX_REST_BODY_BYTES } from '../../protocol/limits.ts'
import { noQuery } from '../../protocol/rest/values.ts'
import { admit, bearerOf } from './authenticate.ts'
import type { ApiDeps } from './deps.ts'
import { createDeviceStore } from './device-store.ts'
import { serveDocs } from './docs-page.ts'
import { createDeviceFeed, EVENTS_OPERATION } from './events/feed.ts'
import { serveEvents } from './events/serve-events.ts'
import { answerFailures, answerUnknownPaths, problemOfError, sendProblem } from './failures.ts'
import { takeJsonBodies } from './json-body.ts'
import { lazy } from './lazy.ts'
import { MAX_PARAM_LENGTH, REQUEST_TIMEOUT_MS } from './limits.ts'
import { noSchemas } from './no-schemas.ts'
import { openApiDocument } from './openapi.ts'
import type { Problem } from './problems.ts'
import { createRateLimit } from './rate-limit.ts'
import type { RestStore } from './rest-store.ts'
import { route, type Caller, type Operation, type Route } from './route.ts'
import { alertRoutes } from './routes/alerts.ts'
import { approvalRoutes, tillRulesRoutes } from './routes/approvals.ts'
import { settingsRoutes } from './routes/settings.ts'
import { shiftRoutes } from './routes/shifts.ts'
import { auditRoutes } from './routes/audit.ts'
import { deviceRoutes } from './routes/devices.ts'
import { changeRoutes } from './routes/changes.ts'
import { conflictRoutes } from './routes/conflicts.ts'
import { customerRoutes } from './routes/customers.ts'
import { drawerRoutes } from './routes/drawer.ts'
import { inventoryRoutes } from './routes/inventory.ts'
import { courseRoutes } from './routes/courses.ts'
import { itemRoutes } from './routes/items.ts'
import { jobRoutes } from './routes/jobs.ts'
import { kitchenRoutes } from './routes/kitchen.ts'
import { kitchenTicketRoutes } from './routes/kitchen-tickets.ts'
import { menuRecordRoutes } from './routes/menu-records.ts'
import { menuRoutes } from './routes/menu.ts'
import { notificationRoutes } from './routes/notifications.ts'
import { orderRoutes } from './routes/orders.ts'
import { pictureRoutes } from './routes/pictures.ts'
import { paymentRoutes } from './routes/payments.ts'
import { tokenRoutes } from './routes/tokens.ts'
import { recordRoutes } from './routes/records.ts'
import { reportRoutes } from './routes/reports.ts'
import { printerRoutes } from './routes/printers.ts'
import { voucherRoutes } from './routes/vouchers.ts'
import { healthRoute, metricsRoute, storeRoutes } from './routes/store.ts'
import { webhookRoutes } from './routes/webhooks.ts'
import { serveRoutes, type DoorDeps } from './serve-routes.ts'

export type { ApiDeps } from './deps.ts'

/**
 * The REST API of a device, not listening yet. Whoever listens adds what else is served: an unknown
 * path and an error anywhere in it become problems here. Closing it ends the listeners of its feed.
 */
export function createApi(deps: ApiDeps): FastifyInstance {
  const app = fastify({
    schemaController: noSchemas,
    bodyLimit: MAX_REST_BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    ...(deps.https && { serverFactory: tlsServerFactory(deps.https) }),
    // A browser keeps connections in store on which it has asked nothing: closing waits for none.
    forceCloseConnections: true,
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH },
    frameworkErrors: (error, _request, reply) => void sendProblem(reply, problemOfError(error)),
  })
  const store = createDeviceStore(deps)
  const jobs = createJobTable(deps.store.connection)
  const box = createDeviceBox(deps.privateKey)
  const worker = startJobs({ ...deps, jobs, box, store, routes: JOB_ROUTES })
  const hooks = createWebhookTable(deps.store.connection)
  const privateHosts = deps.webhookPrivateHosts ?? []
  const sender = startSender({
    ...deps,
    customers: deps.guests.customers,
    hooks,
    box,
    privateHosts,
    random: Math.random,
    ...(deps.postWebhook && { post: deps.postWebhook }),
  })
  const drawer = createDrawer(deps.store)
  const routes = apiRoutes(
    [
      healthRoute(deps.health),
      ...voucherRoutes(createVouchers(deps.store, createVoucherCodes(deps.privateKey))),
      metricsRoute(deps.metrics),
      ...drawerRoutes(drawer),
      ...printerRoutes(deps.printing, drawer),
      ...jobRoutes({ jobs, box, routes: [...JOB_ROUTES.values()], onAdded: worker.wake }),
      ...webhookRoutes({
        hooks,
        box,
        privateHosts,
        deviceId: deps.store.deviceId,
        frontier: deps.store.frontier,
        onChanged: sender.wake,
      }),
      ...approvalRoutes(deps.signIn, deps.approvals),
      ...tokenRoutes(deps.tokens, deps.store),
    ],
    [EVENTS_OPERATION],
  )
  const operations: readonly Operation[] = [...routes, EVENTS_OPERATION]
  takeJsonBodies(app)
  answerFailures(app, deps.logger)
  answerUnknownPaths(app, operations)
  const limit =
    deps.requestsPerMinute === undefined
      ? null
      : createRateLimit(deps.requestsPerMinute, () => performance.now())
  serveRoutes(app, routes, {
    ...deps,
    admit: (operation, request) => {
      const caller = admit(deps.tokens, operation, bearerOf(request))
      if (!caller.ok || operation.roles === null) return withStore(caller, store)
      const mayAsk = limit?.take(caller.value.tokenHash) ?? ok(null)
      return mayAsk.ok ? withStore(caller, store) : mayAsk
    },
  })
  serveEvents(app, createDeviceFeed(deps))
  app.addHook('onClose', async () => {
    await worker.stop()
    await sender.stop()
  })
  serveDocs(app, operations)
  return app
}

const withStore = (
  caller: Result<Caller, Problem>,
  store: RestStore,
): ReturnType<DoorDeps['admit']> => (caller.ok ? ok({ caller: caller.value, store }) : caller)

/** What may be asked in a job: whatever changes an order. */
const JOB_ROUTES: ReadonlyMap<string, Route> = new Map(
  [
    ...orderRoutes,
    ...itemRoutes,
    ...courseRoutes,
    ...paymentRoutes,
    ...kitchenRoutes,
    ...kitchenTicketRoutes,
  ]
    .filter(({ method }) => method !== 'GET')
    .map((one) => [one.operationId, one]),
)

const tlsServerFactory =
  (certificate: NonNullable<ApiDeps['https']>): FastifyServerFactory =>
  (handler) =>
    createHttpsServer({ ...certificate, requestTimeout: REQUEST_TIMEOUT_MS }, handler)

/**
 * The table of endpoints, the document of all of them among them. `more`: what this process adds;
 * `beside`: what it serves in other ways.
 */
export function apiRoutes(more: readonly Route[], beside: readonly Operation[]): readonly Route[] {
  const routes: Route[] = [
    ...orderRoutes,
    ...itemRoutes,
    ...courseRoutes,
    ...paymentRoutes,
    ...kitchenRoutes,
    ...kitchenTicketRoutes,
    ...customerRoutes,
    ...notificationRoutes,
    ...alertRoutes,
    ...conflictRoutes,
    ...menuRoutes(),
    ...changeRoutes,
    ...recordRoutes,
    ...menuRecordRoutes,
    ...pictureRoutes,
    ...inventoryRoutes,
    ...storeRoutes,
    ...reportRoutes,
    ...shiftRoutes,
    ...deviceRoutes,
    ...tillRulesRoutes,
    ...settingsRoutes,
    ...auditRoutes,
    ...more,
  ]
  const document: Route = route({
    method: 'GET',
    path: '/api/v1/openapi.json',
    operationId: 'getDocument',
    summary: 'This document.',
    roles: ROLES,
    query: noQuery,
    answer: { status: 200, schema: z.record(z.string(), z.unknown()) },
    handle: () => ok({ body: rendered() }),
  })
  // It takes a third of a second, which a till that starts has better uses for.
  const rendered = lazy(() => openApiDocument([...routes, document, ...beside]))
  return [...routes, document]
}
