import type { FastifyRequest } from 'fastify'
import type { OfficeSession, OfficeSessions } from '../../../db/postgres/office/sessions.ts'
import type { UserStores } from '../../../db/postgres/office/users.ts'
import { ok, refuse, type Result } from '../../../domain/result.ts'
import { STORE_HEADER } from '../../../protocol/office/paths.ts'
import { OFFICE_REFUSALS, type OfficeRole } from '../../../protocol/office/session.ts'
import type { Problem } from '../problem.ts'
import { sessionToken } from './cookie.ts'

/** Somebody of the back office who asks the API of orders and menus for one store. */
export interface OfficeCaller {
  readonly userId: string
  readonly email: string
  readonly role: OfficeRole
  readonly storeId: string
}

export interface CallerDeps {
  readonly sessions: Pick<OfficeSessions, 'find'>
  readonly storeExists: (storeId: string) => Promise<boolean>
  readonly now: () => Date
}

type Headers = Pick<FastifyRequest, 'headers'>

/**
 * Who asks, and for which store: the session's cookie together with the header that names the store.
 * No other site can send such a header, so none can make a signed-in browser change anything. Null:
 * the request shows no session, so whoever asks may be somebody else, with a token.
 */
export function createOfficeCaller({ sessions, storeExists, now }: CallerDeps) {
  return async (request: Headers): Promise<Result<OfficeCaller, Problem> | null> => {
    if (sessionToken(request) === null) return null
    const session = await sessionOf({ sessions, now }, request)
    if (!session.ok) return session
    const storeId = [request.headers[STORE_HEADER]].flat()[0]
    if (storeId === undefined || storeId === '') {
      const detail = `The header ${STORE_HEADER} has to name a store.`
      return refuse({ status: 400, code: 'store_header_missing', detail })
    }
    const { userId, email, role, stores } = session.value
    if (!maySee(stores, storeId) || !(await storeExists(storeId))) return refuse(STORE_NOT_FOUND)
    return ok({ userId, email, role, storeId })
  }
}

/** The session that a request shows, if it lives. */
export async function sessionOf(
  { sessions, now }: Pick<CallerDeps, 'sessions' | 'now'>,
  request: Headers,
): Promise<Result<OfficeSession, Problem>> {
  const token = sessionToken(request)
  const session = token === null ? null : await sessions.find(token, now())
  return session === null ? refuse(SIGNED_OUT) : ok(session)
}

export const maySee = (stores: UserStores, storeId: string): boolean =>
  stores === 'all' || stores.includes(storeId)

const SIGNED_OUT: Problem = {
  status: 401,
  code: OFFICE_REFUSALS.signedOut,
  detail: 'Nobody is signed in here, or not any more.',
}

/** The same for a store that is not there and for one that is somebody else's. */
export const STORE_NOT_FOUND: Problem = {
  status: 404,
  code: OFFICE_REFUSALS.storeNotFound,
  detail: 'There is no such store among those that you may see.',
}
