import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { assert, ok, refuse, type Result } from '../../domain/result.ts'
import type { Approvals } from '../approvals.ts'
import { identifyKeyed, type CommandIdentity } from './command-identity.ts'
import { sendProblem } from './failures.ts'
import { problemOf, type Problem } from './problems.ts'
import { readInput } from './read-input.ts'
import type { MaybePromise, RestStore } from './rest-store.ts'
import type { Caller, Operation, Route } from './route.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Null before the door. */
    admitted: Admitted | null
  }
}

/** Who asks, and the store that is asked. */
export interface Admitted {
  readonly caller: Caller
  readonly store: RestStore
  /** A manager whose own token came with the request: at the centre, where no PIN is typed. */
  readonly approver?: string
}

export interface DoorDeps {
  /** Who a request stands for, and whether that role may do this. */
  readonly admit: (
    operation: Operation,
    request: FastifyRequest,
  ) => MaybePromise<Result<Admitted, Problem>>
  /** Absent: no PIN is typed here. */
  readonly approvals?: Pick<Approvals, 'take'>
  readonly nowMs: () => number
  readonly newId: () => string
}

/** Makes fastify routes of the table: door, schemas, handler, answer. */
export function serveRoutes(app: FastifyInstance, routes: readonly Route[], deps: DoorDeps): void {
  app.decorateRequest('admitted', null)
  for (const route of routes) {
    app.route({
      method: route.method,
      url: route.path.replaceAll(/\{(\w+)\}/g, ':$1'),
      // Before the body is read: who has no token cannot make this device read a megabyte.
      onRequest: async (request, reply) => {
        const admitted = await deps.admit(route, request)
        if (!admitted.ok) return sendProblem(reply, admitted.error)
        request.admitted = admitted.value
      },
      handler: async (request, reply) => {
        const { admitted } = request
        assert(admitted, 'nobody comes here who has not passed the door')
        const outcome = await serve(route, request, admitted)
        if (!outcome.ok) return sendProblem(reply, outcome.error)
        const { status = route.answer.status, headers = {}, body } = outcome.value
        reply.code(status).headers(headers)
        if (outcome.value.isRepeat) reply.header('idempotent-replayed', 'true')
        return send(reply, outcome.value.type ?? route.answer.type, body)
      },
    })
  }

  async function serve(
    route: Route,
    request: FastifyRequest,
    { caller, store, approver }: Admitted,
  ) {
    const params = readInput(route.params, request.params)
    if (!params.ok) return params
    const query = readInput(route.query, request.query)
    if (!query.ok) return query
    const body = readInput(route.body, request.body)
    if (!body.ok) return body
    const expectedVersion = expectedVersionOf(request)
    if (!expectedVersion.ok) return expectedVersion
    const key = headerOf(request, 'idempotency-key')
    const identity: Result<CommandIdentity, Problem> =
      key === undefined || route.method === 'GET'
        ? ok({ commandId: deps.newId(), newOrderId: deps.newId(), isRepeat: false })
        : await identifyKeyed(store, {
            key,
            tokenHash: caller.tokenHash,
            method: route.method,
            path: request.url.split('?', 1)[0] ?? '',
            query: query.value,
            body: body.value,
          })
    if (!identity.ok) return identity
    const { commandId, newOrderId, isRepeat } = identity.value
    const approvalId = headerOf(request, 'approval')
    const at = new Date(deps.nowMs()).toISOString()
    const outcome = await route.handle({
      store,
      caller,
      params: params.value,
      query: query.value,
      body: body.value,
      given: request.body,
      at,
      commandId,
      isRepeat,
      newOrderId,
      takeApproval: (command, orderId) => {
        if (approver !== undefined) {
          return { approval: { by: approver, at }, putBack: () => undefined }
        }
        return approvalId === undefined
          ? null
          : (deps.approvals?.take(approvalId, { command, orderId, asker: caller.actor }) ?? null)
      },
      expectedVersion: expectedVersion.value,
    })
    return outcome.ok ? ok({ ...outcome.value, isRepeat }) : outcome
  }
}

function send(reply: FastifyReply, type: string | undefined, body: unknown): FastifyReply {
  if (type !== undefined) return reply.type(type).send(body)
  return reply.type('application/json').serializer(JSON.stringify).send(body)
}

function expectedVersionOf(request: FastifyRequest): Result<number | undefined, Problem> {
  const header = headerOf(request, 'if-match')
  if (header === undefined || header === '*') return ok(undefined)
  const version = /^(?:"(\d{1,9})"|(\d{1,9}))$/.exec(header)
  if (!version) {
    return refuse(
      problemOf('invalid_header', 'If-Match takes the version of the order: "7", or *.'),
    )
  }
  return ok(Number(version[1] ?? version[2]))
}

function headerOf(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name]
  return Array.isArray(value) ? value[0] : value
}
