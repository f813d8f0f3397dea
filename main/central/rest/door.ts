import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { Sql } from '../../../db/postgres/rows.ts'
import { withStores } from '../../../db/postgres/scope.ts'
import { findStoreToken, storeOfToken } from '../../../db/postgres/store-tokens.ts'
import { actsWithApproval, mayApprove } from '../../../domain/approvals.ts'
import type { Role } from '../../../domain/catalog.ts'
import { ok, refuse, type Result } from '../../../domain/result.ts'
import { bearerOf, callerOf, mayCall } from '../../api/authenticate.ts'
import { isProblemCode, problemOf, type Problem } from '../../api/problems.ts'
import type { Caller, Operation } from '../../api/route.ts'
import type { DoorDeps } from '../../api/serve-routes.ts'
import { createCentreStore, type CentreStoreDeps } from '../member/centre-store.ts'
import type { Problem as CentreProblem } from '../problem.ts'
import type { AdmitToFeed } from './feed.ts'

/** Somebody of the back office who asks for one store. */
export interface OfficeCaller {
  readonly userId: string
  readonly role: string
  readonly storeId: string
}

/** Null: the request shows no session, so whoever asks may be somebody else, with a token. */
export type FindOfficeCaller = (
  request: Pick<FastifyRequest, 'headers'>,
) => Promise<Result<OfficeCaller, CentreProblem> | null>

export interface DoorOptions extends CentreStoreDeps {
  readonly officeCaller: FindOfficeCaller
}

/** Roles of the back office that may ask what a device would be asked. */
const OFFICE_ROLES: Readonly<Record<string, Role>> = { admin: 'admin', manager: 'manager' }

/**
 * The centre's door to the API: a token of one store, or a session of the back office that names one.
 * Which store it is comes before all else; nothing of a request can change it afterwards.
 */
export function createCentreDoor(deps: DoorOptions): {
  readonly admit: DoorDeps['admit']
  readonly admitToFeed: AdmitToFeed
} {
  async function find(request: Asking): Promise<Result<Found, Problem>> {
    const token = bearerOf(request)
    if (token !== undefined) return byToken(token)
    const session = await deps.officeCaller(request)
    if (session === null) return refuse(unauthorized('Send a token: "Authorization: Bearer …".'))
    return session.ok ? byOffice(session.value) : refuse(officeProblem(session.error))
  }

  async function byToken(token: string): Promise<Result<Found, Problem>> {
    const storeId = storeOfToken(token)
    if (storeId === null) return refuse(UNKNOWN_TOKEN)
    const find = (trx: Sql) => findStoreToken(trx, storeId, token)
    const holder = await withStores(deps.database, [storeId], find, 'snapshot')
    if (holder === null) return refuse(UNKNOWN_TOKEN)
    return ok({ storeId, caller: callerOf(holder, token) })
  }

  /** Nobody types a PIN here: a manager of the same store shows a token of his own beside the cashier's. */
  async function approverOf(
    { approval }: Operation,
    { role }: Caller,
    storeId: string,
    { headers }: Asking,
  ): Promise<string | null> {
    const token = headers['approval']
    if (approval === undefined || !actsWithApproval(role) || typeof token !== 'string') return null
    const found = storeOfToken(token) === storeId ? await byToken(token) : null
    if (found?.ok !== true || !mayApprove(found.value.caller.role)) return null
    return found.value.caller.actor.slice(0, MAX_APPROVER)
  }

  async function pass(operation: Operation, request: Asking): Promise<Result<Found, Problem>> {
    const found = await find(request)
    if (!found.ok) return found
    const allowed = mayCall(operation, found.value.caller)
    return allowed.ok ? found : allowed
  }

  return {
    admit: async (operation, request) => {
      const passed = await pass(operation, request)
      if (!passed.ok) return passed
      const { storeId, caller } = passed.value
      const approver = await approverOf(operation, caller, storeId, request)
      const store = createCentreStore(deps, storeId)
      return ok({ caller, store, ...(approver !== null && { approver }) })
    },
    admitToFeed: async (operation, request) => {
      const passed = await pass(operation, request)
      if (!passed.ok) return passed
      const { storeId } = passed.value
      return ok({ ...passed.value, fresh: () => createCentreStore(deps, storeId) })
    },
  }
}

/** As an event has room for. */
const MAX_APPROVER = 120

type Asking = Pick<FastifyRequest, 'headers'>

interface Found {
  readonly storeId: string
  readonly caller: Caller
}

function byOffice({ userId, role: officeRole, storeId }: OfficeCaller): Result<Found, Problem> {
  const role = OFFICE_ROLES[officeRole]
  if (role === undefined) {
    const detail = `The role ${officeRole} of the back office reads reports and exports alone.`
    return refuse(problemOf('forbidden', detail))
  }
  const actor = `office:${userId}`
  const tokenHash = createHash('sha256').update(actor).digest('hex')
  return ok({ storeId, caller: { role, actor, tokenHash } })
}

const unauthorized = (detail: string): Problem =>
  problemOf('unauthorized', detail, { headers: { 'www-authenticate': 'Bearer' } })

const UNKNOWN_TOKEN = unauthorized('The centre does not know the token.')

const officeProblem = ({ code, detail }: CentreProblem): Problem =>
  problemOf(isProblemCode(code) ? code : 'unauthorized', detail)
