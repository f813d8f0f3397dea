import { timingSafeEqual } from 'node:crypto'
import { hashOfToken, type Credentials } from '../../db/postgres/credentials.ts'
import type { PostgresStore } from '../../db/postgres/store.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { Problem } from './problem.ts'

export interface TokenDeps {
  readonly store: Pick<PostgresStore, 'trustedTokenHash'>
  readonly credentials: Pick<Credentials, 'holderOf' | 'isEnrolled'>
  /** Strangers can reach the centre: no token is trusted because it is the first. */
  readonly isBehindTls: boolean
}

/**
 * Who may speak for a store: its devices, each with its own credential, until one is removed. For a
 * store that never enrolled, the first token that names it is trusted and every other one is
 * refused. That is enough only where the centre is on loopback alone (see server.ts): whoever can
 * reach it is on this computer already. Behind TLS a store that never enrolled has no token.
 */
export async function checkStoreToken(
  { store, credentials, isBehindTls }: TokenDeps,
  storeId: string,
  token: string,
): Promise<Result<null, Problem>> {
  const holder = await credentials.holderOf(storeId, token)
  if (holder?.isRemoved === true) return REMOVED
  if (holder !== null) return ok(null)
  if (isBehindTls || (await credentials.isEnrolled(storeId))) return WRONG_TOKEN
  const shown = hashOfToken(token)
  const trusted = await store.trustedTokenHash(storeId, shown)
  if (shown.length !== trusted.length) return WRONG_TOKEN
  return timingSafeEqual(Buffer.from(shown), Buffer.from(trusted)) ? ok(null) : WRONG_TOKEN
}

const WRONG_TOKEN = refuse({
  status: 401,
  code: 'wrong_store_token',
  detail: 'Another token speaks for this store.',
})

const REMOVED = refuse({
  status: 403,
  code: 'device_removed',
  detail: 'This device was removed from its store.',
})

/** The token of `Authorization: Bearer TOKEN`, or null. */
export const bearerToken = (authorization: string | undefined): string | null =>
  /^Bearer ([\w~+/.=-]{1,500})$/i.exec(authorization ?? '')?.[1] ?? null
