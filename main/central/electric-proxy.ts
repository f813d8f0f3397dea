import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { ELECTRIC_PROTOCOL_QUERY_PARAMS } from '@electric-sql/client'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { toPgText } from '../../domain/nul-free-text.ts'
import { SHAPE_COLUMNS, SHAPE_PATH, SHAPE_TABLE } from '../../protocol/shape.ts'
import { sendProblem } from './problem.ts'
import { requireToken } from './store-auth.ts'

/**
 * The way down through a real Electric: the centre authorises the call, fixes table, columns and
 * rows itself and passes on nothing of the query but Electric's own protocol
 * (https://electric-sql.com/docs/guides/auth).
 */
export interface ElectricProxyDeps {
  /** Where Electric serves, without `/v1/shape`. */
  readonly electricUrl: string
  /** Electric's own secret; null where it runs without one. */
  readonly electricSecret: string | null
  readonly authorised: (request: FastifyRequest, reply: FastifyReply) => Promise<string | null>
  readonly stopping: AbortSignal
}

/** A subset of the shape is nothing that a device asks for. */
const PASSED_ON = ELECTRIC_PROTOCOL_QUERY_PARAMS.filter((name) => !name.startsWith('subset__'))
/** `fetch` has unpacked the body: these would describe the packed one. */
const NOT_PASSED_BACK = new Set(['content-encoding', 'content-length', 'transfer-encoding'])
const HOP_BY_HOP = new Set(['connection', 'keep-alive', 'set-cookie'])

export function addElectricProxy(app: FastifyInstance, deps: ElectricProxyDeps): void {
  app.get(SHAPE_PATH, { onRequest: requireToken }, async (request, reply) => {
    const storeId = await deps.authorised(request, reply)
    if (storeId === null) return reply
    const gone = new AbortController()
    reply.raw.on('close', () => gone.abort())
    try {
      const response = await fetch(shapeUrl(deps, storeId, request.query), {
        signal: AbortSignal.any([gone.signal, deps.stopping]),
        redirect: 'error',
      })
      for (const [name, value] of response.headers) {
        if (!NOT_PASSED_BACK.has(name) && !HOP_BY_HOP.has(name)) reply.header(name, value)
      }
      // What Electric answers to one store is for nobody else's cache.
      reply.header('cache-control', 'no-store').code(response.status)
      if (response.body === null) return reply.send()
      return reply.send(Readable.fromWeb(response.body as ReadableStream<Uint8Array>))
    } catch {
      const detail = 'Electric does not answer the centre.'
      return sendProblem(reply, { status: 502, code: 'electric_unavailable', detail })
    }
  })
}

function shapeUrl(deps: ElectricProxyDeps, storeId: string, query: unknown): URL {
  const url = new URL('v1/shape', `${deps.electricUrl.replace(/\/+$/, '')}/`)
  for (const name of PASSED_ON) {
    const value = (query as Record<string, unknown>)[name]
    if (typeof value === 'string') url.searchParams.set(name, value)
  }
  url.searchParams.set('table', SHAPE_TABLE)
  url.searchParams.set('columns', Object.keys(SHAPE_COLUMNS).join(','))
  url.searchParams.set('where', 'store_id = $1')
  url.searchParams.set('params[1]', toPgText(storeId))
  if (deps.electricSecret !== null) url.searchParams.set('secret', deps.electricSecret)
  return url
}
