import { randomUUID, timingSafeEqual } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest, FastifyServerOptions } from 'fastify'
import { hashOfToken } from '../../db/postgres/credentials.ts'
import { METRICS_CONTENT_TYPE } from '../prometheus.ts'
import type { Logger } from '../logger.ts'
import type { Observation } from './observation.ts'
import { sendProblem } from './problem.ts'
import { bearerToken } from './upstream-token.ts'

/**
 * For those who run the centre, and for what they run it with:
 *
 *     /healthz   200 as long as the process lives, and what does not work. Do not restart it for less
 *     /readyz    200 while it is to be sent requests; 503 from the first moment of its stop on
 *     /metrics   see observation.ts
 *
 * and a line in the log for each request that changed something, failed or was slow.
 */
export interface OperationDeps {
  /** Resolves when the database answers. */
  readonly ping: () => Promise<void>
  readonly isStopping: () => boolean
  readonly observation: Observation
  readonly metricsToken: string | null
  readonly isBehindTls: boolean
  readonly logger: Logger
}

const PING_TIMEOUT_MS = 2_000
const SLOW_MS = 2_000
const REQUEST_ID = 'x-request-id'

/** The proxy's id of a request, if it gives one that is fit for a log, else a new one. */
export const requestIds: Pick<FastifyServerOptions, 'genReqId' | 'requestIdHeader'> = {
  requestIdHeader: false,
  genReqId: (request) => {
    const given = request.headers[REQUEST_ID]
    return typeof given === 'string' && /^[\w.:-]{8,64}$/.test(given) ? given : randomUUID()
  },
}

export function addOperationRoutes(app: FastifyInstance, deps: OperationDeps): void {
  addRequestLog(app, deps)

  app.get('/healthz', async () => {
    const isReachable = await answers(deps.ping)
    return {
      status: isReachable ? 'ok' : 'degraded',
      database: { reachable: isReachable },
      degraded: isReachable ? [] : ['database'],
    }
  })

  app.get('/readyz', async (_request, reply) => {
    const reason = await whyNotReady(deps)
    if (reason === null) return { status: 'ready' }
    return sendProblem(reply.header('retry-after', '1'), {
      status: 503,
      code: 'not_ready',
      detail: reason,
    })
  })

  app.get('/metrics', async (request, reply) => {
    if (!mayReadMetrics(deps, request)) return notFound(reply)
    return reply.type(METRICS_CONTENT_TYPE).send(await deps.observation.metrics.page())
  })
}

async function whyNotReady({ isStopping, ping }: OperationDeps): Promise<string | null> {
  if (isStopping()) return 'This centre is stopping.'
  return (await answers(ping)) ? null : 'The database does not answer.'
}

async function answers(ping: () => Promise<void>): Promise<boolean> {
  const timeout = new AbortController()
  const late = sleep(PING_TIMEOUT_MS, false, { signal: timeout.signal }).catch(() => false)
  const answered = ping().then(
    () => true,
    () => false,
  )
  const isReachable = await Promise.race([answered, late])
  timeout.abort()
  return isReachable
}

/** Open on this computer alone. Who may not read them does not learn that they are there. */
function mayReadMetrics(
  { metricsToken, isBehindTls }: OperationDeps,
  request: FastifyRequest,
): boolean {
  if (metricsToken === null) return !isBehindTls
  const shown = hashOfToken(bearerToken(request.headers.authorization) ?? '')
  return timingSafeEqual(Buffer.from(shown), Buffer.from(hashOfToken(metricsToken)))
}

const notFound = (reply: FastifyReply): FastifyReply =>
  sendProblem(reply, { status: 404, code: 'not_found', detail: 'There is nothing here.' })

/** The route as the program has it: ids, searches and whatever else an address holds stay out. */
function addRequestLog(app: FastifyInstance, { observation, logger }: OperationDeps): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header(REQUEST_ID, request.id)
  })
  app.addHook('onResponse', async (request, reply) => {
    const { method, problemCode: problem } = request
    const route = request.routeOptions.url ?? 'none'
    const tookMs = Math.round(reply.elapsedTime)
    const { statusCode: status } = reply
    observation.onAnswer({ method, route, status, problem, tookMs })
    const line = { request_id: request.id, method, route, status, took_ms: tookMs }
    if (status >= 500) logger.error('answered', line)
    else if (isSlow(method, route, tookMs)) logger.warn('answered', line)
    else if (status >= 400 || (method !== 'GET' && method !== 'HEAD')) logger.info('answered', line)
  })
}

/** A call that waits for news is as long as it is quiet. */
const isSlow = (method: string, route: string, tookMs: number): boolean =>
  tookMs > SLOW_MS && !(method === 'GET' && /\/(shape|events)$/.test(route))
