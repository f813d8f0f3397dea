import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { CodeTries } from '../../db/postgres/code-tries.ts'
import type { LogGrowth } from '../../db/postgres/log-growth.ts'
import type { LogReader } from '../../db/postgres/log-reader.ts'
import { MAX_REST_BODY_BYTES } from '../../protocol/limits.ts'
import { problemOfError, sendProblem as sendApiProblem } from '../api/failures.ts'
import { MAX_PARAM_LENGTH } from '../api/limits.ts'
import { noSchemas } from '../api/no-schemas.ts'
import { isLoopback } from '../../sync/address.ts'
import { messageOf } from '../logger.ts'
import { RENDERER_DIST } from '../terminal/static-pages.ts'
import { problemOf, sendProblem } from './problem.ts'
import { addElectricProxy } from './electric-proxy.ts'
import { addEnrolmentRoutes, type EnrolmentDeps } from './enrolment-routes.ts'
import { addOfficePages } from './office-pages.ts'
import { serveRest, type RestDeps } from './rest/serve-rest.ts'
import type { Office } from './office/office.ts'
import type { Observation } from './observation.ts'
import { addOperationRoutes, requestIds } from './operation-routes.ts'
import { notWithoutTls } from './settings.ts'
import { addShapeRoute } from './shape-routes.ts'
import { authorisedStore } from './store-auth.ts'
import { addUpstreamRoutes, type UpstreamDeps } from './upstream-routes.ts'

export interface ServerDeps extends UpstreamDeps, EnrolmentDeps {
  /** The API of orders, menu and kitchen, as on a device. */
  readonly rest: RestDeps
  readonly log: LogReader
  readonly codeTries: CodeTries
  readonly growth: LogGrowth
  readonly office: Pick<Office, 'addTo'>
  readonly observation: Observation
  readonly metricsToken: string | null
  readonly isStopping: () => boolean
  /** Null: the centre answers for the shape itself. */
  readonly electric: { readonly url: string; readonly secret: string | null } | null
}

/** The centre's HTTP side. */
export interface CentralServer {
  readonly api: string
  /** Every one that is served, as `METHOD /path/:param`: what somebody has to be kept out of. */
  readonly endpoints: readonly string[]
  /** Takes no new requests and lets running ones finish, for a bounded time. */
  readonly close: () => Promise<void>
}

const STOP_TIMEOUT_MS = 15_000

export async function startCentralServer(
  deps: ServerDeps,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<CentralServer> {
  if (!deps.isBehindTls && !isLoopback(host)) throw new Error(notWithoutTls(host))
  const app = fastify({
    ...requestIds,
    schemaController: noSchemas,
    bodyLimit: MAX_REST_BODY_BYTES,
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH },
    // One proxy in front, which says who called it.
    trustProxy: deps.isBehindTls ? (_address: string, hop: number) => hop === 0 : false,
    // An address that cannot be read leads to no route, whose problems it would have.
    frameworkErrors: (error, _request, reply) => void sendApiProblem(reply, problemOfError(error)),
  })
  app.setErrorHandler((error, request, reply) => {
    const problem = problemOf(error)
    if (problem.status >= 500) {
      deps.logger.error('request failed', {
        request_id: request.id,
        code: problem.code,
        reason: messageOf(error),
      })
    }
    if (problem.status === 503) reply.header('retry-after', '1')
    return sendProblem(reply, problem)
  })
  const endpoints: string[] = []
  app.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) if (one !== 'HEAD') endpoints.push(`${one} ${url}`)
  })
  addOperationRoutes(app, { ...deps, ping: deps.store.ping })
  addUpstreamRoutes(app, deps)
  addEnrolmentRoutes(app, deps)
  deps.office.addTo(app)
  const stopping = new AbortController()
  addShape(app, deps, stopping.signal)
  await addOfficePages(app, RENDERER_DIST)
  serveRest(app, deps.rest)
  const close = closingWithinLimit(app)
  return {
    api: await app.listen({ host, port }),
    endpoints,
    close: () => {
      stopping.abort()
      return close()
    },
  }
}

function addShape(app: FastifyInstance, deps: ServerDeps, stopping: AbortSignal): void {
  const { log, growth, electric, observation } = deps
  const authorised = (request: FastifyRequest, reply: FastifyReply) =>
    authorisedStore(deps, request, reply)
  if (electric === null)
    return addShapeRoute(app, { log, growth, onReader: observation.onReader, authorised, stopping })
  const { url: electricUrl, secret: electricSecret } = electric
  addElectricProxy(app, { electricUrl, electricSecret, authorised, stopping })
}

/**
 * Running requests finish, and then their connections close instead of waiting for another one; those
 * on which nobody has asked anything yet close as well, which the server would wait for.
 */
function closingWithinLimit(app: FastifyInstance): () => Promise<void> {
  let isClosing = false
  let running = 0
  const closeIfDone = (): void => {
    if (isClosing && running === 0) app.server.closeAllConnections()
  }
  app.addHook('onRequest', async (_request, reply) => {
    running += 1
    reply.raw.once('close', () => {
      running -= 1
      closeIfDone()
    })
  })
  app.addHook('onSend', async (_request, reply) => {
    if (isClosing) reply.header('connection', 'close')
  })
  return async () => {
    isClosing = true
    const timeout = setTimeout(() => app.server.closeAllConnections(), STOP_TIMEOUT_MS)
    const closed = app.close()
    closeIfDone()
    await closed
    clearTimeout(timeout)
  }
}
