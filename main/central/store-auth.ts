import type { FastifyReply, FastifyRequest } from 'fastify'
import { sendProblem } from './problem.ts'
import { bearerToken, checkStoreToken, type TokenDeps } from './upstream-token.ts'

/** As long as an upload's. */
const MAX_ID_LENGTH = 120

/** Before the body is read: who shows no token does not make us read 16 MB. */
export async function requireToken(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (bearerToken(request.headers.authorization) !== null) return
  reply.header('www-authenticate', 'Bearer')
  const detail = 'Show the store\'s token as "Authorization: Bearer TOKEN".'
  await sendProblem(reply, { status: 401, code: 'missing_token', detail })
}

export const tokenOf = (request: FastifyRequest): string =>
  bearerToken(request.headers.authorization) ?? ''

/** The store that the query names and the token speaks for; null where the reply was sent. */
export async function authorisedStore(
  deps: TokenDeps,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<string | null> {
  const { store_id: storeId } = request.query as { readonly store_id?: unknown }
  if (typeof storeId !== 'string' || storeId.length === 0 || storeId.length > MAX_ID_LENGTH) {
    const detail = 'The query has to name one store_id.'
    sendProblem(reply, { status: 400, code: 'bad_request', detail })
    return null
  }
  const checked = await checkStoreToken(deps, storeId, tokenOf(request))
  if (checked.ok) return storeId
  sendProblem(reply, checked.error)
  return null
}
