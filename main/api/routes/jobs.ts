import { z } from 'zod'
import type { Job, JobCommand, Jobs } from '../../../db/sqlite/jobs.ts'
import { ROLES } from '../../../domain/catalog.ts'
import type { ShownOrder } from '../../../domain/order-view.ts'
import { ok, refuse } from '../../../domain/result.ts'
import { job, jobHead, jobParams, type RestJobResult } from '../../../protocol/rest/job.ts'
import { noQuery, pageQuery } from '../../../protocol/rest/values.ts'
import type { DeviceBox } from '../../jobs/device-box.ts'
import { bulkIn, givenCommands } from '../../jobs/read-command.ts'
import { commandIdOf } from '../../jobs/worker.ts'
import { MAX_WAITING_JOBS } from '../limits.ts'
import { readerOf, shownToRest } from '../order-calls.ts'
import { decodeCursor, encodeCursor } from '../paging.ts'
import { problemOf } from '../problems.ts'
import { route, type Call, type Route } from '../route.ts'

const JOBS = '/api/v1/jobs'

export interface JobRoutesDeps {
  readonly jobs: Jobs
  readonly box: DeviceBox
  /** What may be asked in a job. */
  readonly routes: readonly Route[]
  readonly onAdded: () => void
}

const placeCursor = z.tuple([z.int()])

/** Many commands at once, and what became of them. Of a device: see docs/decisions/0104. */
export function jobRoutes({ jobs, box, routes, onAdded }: JobRoutesDeps): readonly Route[] {
  const byOperation = new Map(routes.map((one) => [one.operationId, one]))
  return [
    route({
      method: 'POST',
      path: '/api/v1/orders/bulk',
      operationId: 'bulkOrders',
      summary:
        'Many commands at once, taken as a job: durable before the answer, worked off in their order while everything else goes on, each for itself. `Location` leads to what becomes of them.',
      roles: ROLES,
      query: noQuery,
      body: bulkIn(routes),
      answer: { status: 202, schema: jobHead },
      handle: (call) => {
        const { caller, given, commandId, newOrderId, at } = call
        const commands = givenCommands(given)
        const barred = commands.findIndex(
          ({ operation }) => byOperation.get(operation)?.roles?.includes(caller.role) === false,
        )
        if (barred >= 0) {
          const detail = `The role ${caller.role} may not ask for commands.${barred} (${commands[barred]?.operation ?? ''}).`
          return refuse(problemOf('forbidden', detail))
        }
        // The same for each repeat under one key, whatever it carries.
        const id = `job.${newOrderId.replace(/^ord\./, '')}`
        const known = jobs.find(id)
        if (known !== null) {
          return known.commandId === commandId
            ? accepted(known)
            : refuse(problemOf('idempotency_key_reused', REUSED))
        }
        if (jobs.waiting() >= MAX_WAITING_JOBS) {
          const headers = { 'retry-after': '5' }
          return refuse(problemOf('too_many_jobs', FULL, { headers }))
        }
        jobs.add(
          { id, commandId, ...caller, createdAt: at },
          commands.map((command, place) => ({
            operation: command.operation,
            given: box.seal(JSON.stringify(command), commandIdOf(id, place)),
          })),
        )
        onAdded()
        const added = jobs.find(id)
        return added === null ? refuse(notFound(id)) : accepted(added)
      },
    }),
    route({
      method: 'GET',
      path: `${JOBS}/{id}`,
      operationId: 'getJob',
      summary:
        'How far a job is, and what each of its commands came to. For who handed it in, and managers.',
      roles: ROLES,
      params: jobParams,
      query: pageQuery,
      answer: { status: 200, schema: job },
      handle: async (call) => {
        const { params, query, caller } = call
        const after = decodeCursor(query.cursor, placeCursor)
        if (!after.ok) return after
        const found = jobs.find(params.id)
        const maySee =
          found?.tokenHash === caller.tokenHash ||
          caller.role === 'manager' ||
          caller.role === 'admin'
        if (found === null || !maySee) return refuse(notFound(params.id))
        const results = jobs.results(found, after.value?.[0] ?? -1, query.limit + 1)
        const page = results.slice(0, query.limit)
        const last = page.at(-1)
        return ok({
          body: {
            ...headOf(found),
            results: {
              data: await toRest(call, page),
              next_cursor: last && results.length > query.limit ? encodeCursor([last.place]) : null,
            },
          },
        })
      },
    }),
  ]
}

const accepted = (found: Job) =>
  ok({ body: headOf(found), headers: { location: `${JOBS}/${encodeURIComponent(found.id)}` } })

const headOf = ({ id, createdAt, finishedAt, total, done, failed }: Job) => ({
  id,
  state: finishedAt === null ? ('waiting' as const) : ('done' as const),
  created_at: createdAt,
  finished_at: finishedAt,
  total,
  done,
  failed,
})

/** Orders as they are now, and as the one who asks may see them. */
async function toRest(
  call: Call<unknown, unknown, unknown>,
  commands: readonly JobCommand[],
): Promise<RestJobResult[]> {
  const ids = new Set(commands.flatMap(({ orderId }) => orderId ?? []))
  const orders = await call.store.orders([...ids])
  const { show } = await readerOf(call)
  const shown = new Map(orders.map((order): [string, ShownOrder] => [order.id, show(order)]))
  return commands.map(({ place, operation, tries, status, orderId, problem }) => {
    const order = orderId === null ? undefined : shown.get(orderId)
    return {
      place,
      operation,
      state: status === null ? 'waiting' : status < 300 ? 'done' : 'failed',
      tries,
      status,
      order_id: orderId,
      order: order === undefined ? null : shownToRest(call, order),
      problem: problem === null ? null : (JSON.parse(problem) as RestJobResult['problem']),
    }
  })
}

const notFound = (id: string) => problemOf('job_not_found', `There is no job ${id}.`)
const REUSED = 'This Idempotency-Key was used for a job with other commands. Use a new one.'
const FULL = `${MAX_WAITING_JOBS} jobs wait already. Hand this one in again in a moment.`
