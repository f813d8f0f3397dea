import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { Tokens } from '../../db/sqlite/tokens.ts'
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
  if (!roles.includes(found.role)) {
    return refuse(
      problemOf('forbidden', `The role ${found.role} may not do this; ${roles.join(', ')} may.`, {
        members: { role: found.role, roles },
      }),
    )
  }
  // An actor is one line of the log: see EntryContent.
  const label = found.label.replaceAll(/\s+/g, ' ').slice(0, MAX_ACTOR_LABEL)
  const tokenHash = createHash('sha256').update(token).digest('hex')
  return ok({ role: found.role, actor: `token:${label}`, tokenHash })
}

export function bearerOf({ headers }: Pick<FastifyRequest, 'headers'>): string | undefined {
  const match = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')
  return match?.[1]
}
