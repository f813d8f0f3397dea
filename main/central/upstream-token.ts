import { createHash, timingSafeEqual } from 'node:crypto'
import type { PostgresStore } from '../../db/postgres/store.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { Problem } from './problem.ts'

/**
 * Who may speak for a store. Until stores enrol at a centre, the first token that names a store is
 * trusted and every other one is refused. That is enough only because the centre listens on loopback
 * alone (see server.ts): whoever can reach it is on this computer already.
 */
export async function checkStoreToken(
  store: Pick<PostgresStore, 'trustedTokenHash'>,
  storeId: string,
  token: string,
): Promise<Result<null, Problem>> {
  const shown = createHash('sha256').update(token).digest('hex')
  const trusted = await store.trustedTokenHash(storeId, shown)
  if (timingSafeEqual(Buffer.from(shown), Buffer.from(trusted))) return ok(null)
  return refuse({
    status: 401,
    code: 'wrong_store_token',
    detail: 'Another token speaks for this store.',
  })
}

/** The token of `Authorization: Bearer TOKEN`, or null. */
export const bearerToken = (authorization: string | undefined): string | null =>
  /^Bearer ([\w~+/.=-]{1,500})$/i.exec(authorization ?? '')?.[1] ?? null
