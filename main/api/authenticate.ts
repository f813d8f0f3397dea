import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { Tokens } from '../../db/sqlite/tokens.ts'
import type { Role } from '../../domain/catalog.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import { problemOf, type Problem } from './problems.ts'
import type { Caller, Operation } from './route.ts'

const MAX_ACTOR_LABEL = 140

/** Stands in where an operation asks for no token; such an operation writes nothing. */
const NOBODY: Caller = { role: 'service', actor: 'nobody', tokenHash: '' }

/** Who a token stands for, and whether that role may do this. */
export function admit(
  tokens: Tokens,
  operation: Operation,
  token: string | undefined,
): Result<Caller, Problem> {
  const { roles } = operation
  if (roles === null) return ok(NOBODY)
  const found = token === undefined ? null : tokens.find(token)
  if (token === undefined || found === null) {
    const detail =
      token === undefined
        ? 'Send a token: "Authorization: Bearer …".'
        : 'This device does not know the token.'
    return refuse(problemOf('unauthorized', detail, { headers: { 'www-authenticate': 'Bearer' } }))
  }
  return mayCall(operation, callerOf(found, token))
}

/** The caller, if its role may do this. */
export function mayCall({ roles }: Operation, caller: Caller): Result<Caller, Problem> {
  const { role } = caller
  if (roles === null || roles.includes(role)) return ok(caller)
  return refuse(
    problemOf('forbidden', `The role ${role} may not do this; ${roles.join(', ')} may.`, {
      members: { role, roles },
    }),
  )
}

/** An actor is one line of the log: see EntryContent. */
export const callerOf = (
  { role, label }: { readonly role: Role; readonly label: string },
  token: string,
): Caller => ({
  role,
  actor: `token:${label.replaceAll(/\s+/g, ' ').slice(0, MAX_ACTOR_LABEL)}`,
  tokenHash: createHash('sha256').update(token).digest('hex'),
})

export function bearerOf({ headers }: Pick<FastifyRequest, 'headers'>): string | undefined {
  const match = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')
  return match?.[1]
}
