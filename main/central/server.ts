import { setTimeout as sleep } from 'node:timers/promises'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { LogGrowth } from '../../db/postgres/log-growth.ts'
import type { LogReader } from '../../db/postgres/log-reader.ts'
import { MAX_REST_BODY_BYTES } from '../../protocol/limits.ts'
import { MAX_PARAM_LENGTH } from '../api/limits.ts'
import { isLoopback } from '../../sync/address.ts'
import { messageOf } from '../logger.ts'
import { problemOf, sendProblem } from './problem.ts'
import { addElectricProxy } from './electric-proxy.ts'
import { addEnrolmentRoutes, type EnrolmentDeps } from './enrolment-routes.ts'
import { serveRest, type RestDeps } from './rest/serve-rest.ts'
import { addShapeRoute } from './shape-routes.ts'
import { authorisedStore } from './store-auth.ts'
import { addUpstreamRoutes, type UpstreamDeps } from './upstream-routes.ts'

export interface ServerDeps extends UpstreamDeps, EnrolmentDeps {
  /** The API of orders, menu and kitchen, as on a device. */
  readonly rest: RestDeps
  readonly log: LogReader
  readonly growth: LogGrowth
  /** Null: the centre answers for the shape itself. */
  readonly electric: { readonly url: string; readonly secret: string | null } | null
}

/** The centre's HTTP side. */
export interface CentralServer {
  readonly api: string
  /** Takes no new requests and lets running ones finish, for a bounded time. */
  readonly close: () => Promise<void>
}

const STOP_TIMEOUT_MS = 15_000
const HEALTH_TIMEOUT_MS = 2_000

export async function startCentralServer(
  deps: ServerDeps,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<CentralServer> {
  // The token of a store that is not enrolled is trusted the first time it is seen, and all tokens
  // travel in the clear. Neither is for a network: nobody but this computer, or what ends TLS on it,
  // reaches the centre.
  if (!isLoopback(host)) {
    throw new Error(
      `The centre listens on this computer alone (127.0.0.1), behind whatever ends TLS; ${host} is refused.`,
    )
  }
  const app = fastify({
    bodyLimit: MAX_REST_BODY_BYTES,
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH },
  })
  app.setErrorHandler((error, _request, reply) => {
    const problem = problemOf(error)
    if (problem.status >= 500) {
      deps.logger.error('request failed', { code: problem.code, reason: messageOf(error) })
    }
    if (problem.status === 503) reply.header('retry-after', '1')
    return sendProblem(reply, problem)
  })
  addUpstreamRoutes(app, deps)
  addEnrolmentRoutes(app, deps)
  const stopping = new AbortController()
  addShape(app, deps, stopping.signal)
  addHealthRoute(app, deps)
  serveRest(app, deps.rest)
  const close = closingWithinLimit(app)
  return {
    api: await app.listen({ host, port }),
    close: () => {
      stopping.abort()
      return close()
    },
  }
}

function addShape(app: FastifyInstance, deps: ServerDeps, stopping: AbortSignal): void {
  const { log, growth, electric } = deps
  const authorised = (request: FastifyRequest, reply: FastifyReply) =>
    authorisedStore(deps, request, reply)
  if (electric === null) return addShapeRoute(app, { log, growth, authorised, stopping })
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

/** 200 as long as the process lives; what does not work is named. */
function addHealthRoute(app: FastifyInstance, { store }: UpstreamDeps): void {
  app.get('/healthz', async () => {
    const timeout = new AbortController()
    const late = sleep(HEALTH_TIMEOUT_MS, false, { signal: timeout.signal }).catch(() => false)
    const answered = store.ping().then(
      () => true,
      () => false,
    )
    const isReachable = await Promise.race([answered, late])
    timeout.abort()
    return {
      status: isReachable ? 'ok' : 'degraded',
      database: { reachable: isReachable },
      degraded: isReachable ? [] : ['database'],
    }
  })
}
