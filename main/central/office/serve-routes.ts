import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { ok, refuse, type Result } from '../../../domain/result.ts'
import type { OfficeSession } from '../../../db/postgres/office/sessions.ts'
import { OFFICE_REFUSALS } from '../../../protocol/office/session.ts'
import { readInput } from '../../api/read-input.ts'
import { sendProblem } from '../problem.ts'
import { maySee, sessionOf, STORE_NOT_FOUND, type CallerDeps } from './caller.ts'
import type { OfficeOutcome, OfficeProblem, OfficeRoute } from './route.ts'

const MAX_BODY_BYTES = 100_000

/** Makes fastify routes of the table: session, role, store, schemas, handler, answer. */
export function serveOfficeRoutes(
  app: FastifyInstance,
  routes: readonly OfficeRoute[],
  deps: CallerDeps,
): void {
  // A scope of its own: what comes from stores speaks msgpack.
  void app.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, next) =>
      next(null, parseJson(String(body))),
    )
    scope.addHook('onSend', async (_request, reply) => {
      // What one person was shown is nobody else's, and no browser keeps it.
      reply.header('cache-control', 'no-store')
    })
    for (const route of routes) {
      scope.route({
        method: route.method,
        url: route.path.replaceAll(/\{(\w+)\}/g, ':$1'),
        bodyLimit: MAX_BODY_BYTES,
        handler: async (request, reply) => {
          const outcome = await serve(route, request, reply)
          return outcome.ok ? sendAnswer(reply, outcome.value) : refusal(reply, outcome.error)
        },
      })
    }
    done()
  })

  async function serve(
    route: OfficeRoute,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<OfficeOutcome> {
    const admitted = await admit(route, request)
    if (!admitted.ok) return admitted
    const params = readInput(route.params, request.params)
    if (!params.ok) return params
    const isSeen = await mayAskAbout(admitted.value, params.value)
    if (!isSeen) return refuse(STORE_NOT_FOUND)
    const query = readInput(route.query, request.query)
    if (!query.ok) return query
    const body = readInput(route.body, request.body)
    if (!body.ok) return body
    return route.handle({
      params: params.value,
      query: query.value,
      body: body.value,
      session: admitted.value,
      request,
      reply,
    })
  }

  async function admit(
    route: OfficeRoute,
    request: FastifyRequest,
  ): Promise<Result<OfficeSession, OfficeProblem>> {
    if (route.roles === null) return ok(NOBODY)
    const session = await sessionOf(deps, request)
    if (!session.ok) return session
    return route.roles.includes(session.value.role) ? session : refuse(FORBIDDEN)
  }

  async function mayAskAbout({ stores }: OfficeSession, params: unknown): Promise<boolean> {
    const { store_id: storeId } = (params ?? {}) as { readonly store_id?: string }
    if (storeId === undefined) return true
    return maySee(stores, storeId) && (await deps.storeExists(storeId))
  }
}

/** Stands in where nobody has to be signed in; such a route reads no session. */
const NOBODY: OfficeSession = {
  sessionId: '',
  userId: '',
  email: '',
  name: '',
  role: 'viewer',
  stores: [],
  expiresAt: new Date(0),
  idleExpiresAt: new Date(0),
}

export const FORBIDDEN: OfficeProblem = {
  status: 403,
  code: OFFICE_REFUSALS.forbidden,
  detail: 'Your role may not do this.',
}

function sendAnswer(reply: FastifyReply, answer: Extract<OfficeOutcome, { ok: true }>['value']) {
  const { status = 200, headers = {}, body, file } = answer
  reply.code(status).headers(headers)
  if (file === undefined) return body === undefined ? reply.code(204).send() : reply.send(body)
  return reply
    .type(file.type)
    .header('content-disposition', `attachment; filename="${file.name}"`)
    .send(Readable.from(file.text))
}

function refusal(reply: FastifyReply, problem: OfficeProblem): FastifyReply {
  const { status, code, detail, errors, retryAfterSeconds } = problem
  if (retryAfterSeconds !== undefined) reply.header('retry-after', String(retryAfterSeconds))
  return sendProblem(reply, { status, code, detail }, errors && { errors })
}

/** What is no JSON fits no schema. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
