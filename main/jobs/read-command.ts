import { z } from 'zod'
import { ok, type Result } from '../../domain/result.ts'
import { createOrderIn } from '../../protocol/rest/order-requests.ts'
import { MAX_JOB_COMMANDS } from '../api/limits.ts'
import { validationProblem } from '../api/read-input.ts'
import type { Problem } from '../api/problems.ts'
import type { Route } from '../api/route.ts'

/** A command as it is handed in: an operation of the document, with what its request would carry. */
const commandIn = ({ operationId, params, body }: Route) =>
  z.strictObject({
    operation: z.literal(operationId),
    ...(params && { params }),
    ...(body && { body }),
    if_match: z
      .int()
      .min(0)
      .optional()
      .meta({ description: 'The version that the caller has seen of the order.' }),
  })

/** Every command is checked before any is taken: what is misspelt is told at once. */
export function bulkIn(routes: readonly Route[]) {
  const [first, ...rest] = routes.map(commandIn)
  if (first === undefined) throw new Error('a job needs something that can be asked')
  return z
    .union([
      z.strictObject({
        commands: z
          .array(z.discriminatedUnion('operation', [first, ...rest]))
          .min(1)
          .max(MAX_JOB_COMMANDS),
      }),
      z.strictObject({ orders: z.array(createOrderIn).min(1).max(MAX_JOB_COMMANDS) }),
    ])
    .meta({
      description: `Up to ${MAX_JOB_COMMANDS} commands, worked off in this order; or orders alone, each as \`createOrder\`.`,
    })
}

export interface GivenCommand {
  readonly operation: string
  readonly params?: unknown
  readonly body?: unknown
  readonly if_match?: number
}

/** What was handed in as it came: reading it anew gives the same. */
export function givenCommands(given: unknown): readonly GivenCommand[] {
  const bulk = given as
    | { readonly commands: readonly GivenCommand[] }
    | { readonly orders: readonly unknown[] }
  return 'commands' in bulk
    ? bulk.commands
    : bulk.orders.map((body) => ({ operation: 'createOrder', body }))
}

export interface ReadCommand {
  readonly params: unknown
  readonly query: unknown
  readonly body: unknown
  readonly expectedVersion: number | undefined
}

/** Read again when its turn comes, by the schemas of its route as they are then. */
export function readCommand(route: Route, given: unknown): Result<ReadCommand, Problem> {
  const parsed = commandIn(route).safeParse(given)
  if (!parsed.success) return { ok: false, error: validationProblem(parsed.error) }
  const { params, body, if_match: expectedVersion } = parsed.data as GivenCommand
  return ok({ params, query: route.query.parse({}), body, expectedVersion })
}
