import { randomBytes } from 'node:crypto'
import { ROLES, type Role } from '../../domain/catalog.ts'
import { fromPgText, toPgText } from '../../domain/nul-free-text.ts'
import { hashOfToken } from './credentials.ts'
import type { Sql } from './rows.ts'

/**
 * Bearer tokens of the REST API at the centre. Each is of one store and says so in its first part,
 * so that only this store's tokens are looked through; of the whole only a hash lies here.
 *
 *     aurac_<the store's id, base64url>_<192 random bits, hex>
 */
export interface TokenHolder {
  readonly role: Role
  readonly label: string
}

const TOKEN_BYTES = 24
const MAX_STORE_ID = 120

/** Null: nothing that this centre ever gave out. */
export function storeOfToken(token: string): string | null {
  const match = /^aurac_([\w-]{1,400})_[0-9a-f]{48}$/.exec(token)
  const storeId = Buffer.from(match?.[1] ?? '', 'base64url').toString()
  return storeId === '' || storeId.length > MAX_STORE_ID ? null : storeId
}

/** Draws a new token; it is shown once and cannot be read back. */
export async function createStoreToken(
  db: Sql,
  storeId: string,
  { role, label }: TokenHolder,
): Promise<string> {
  const secret = randomBytes(TOKEN_BYTES).toString('hex')
  const token = `aurac_${Buffer.from(storeId).toString('base64url')}_${secret}`
  await db
    .insertInto('store_tokens')
    .values({ store_id: toPgText(storeId), token_hash: hashOfToken(token), role, label })
    .execute()
  return token
}

export async function findStoreToken(
  db: Sql,
  storeId: string,
  token: string,
): Promise<TokenHolder | null> {
  const row = await db
    .selectFrom('store_tokens')
    .select(['role', 'label'])
    .where('store_id', '=', toPgText(storeId))
    .where('token_hash', '=', hashOfToken(token))
    .executeTakeFirst()
  const role = ROLES.find((known) => known === row?.role)
  return row && role ? { role, label: fromPgText(row.label) } : null
}

/** Ends the tokens of a store with this label; how many there were. */
export async function endStoreTokens(db: Sql, storeId: string, label: string): Promise<number> {
  const gone = await db
    .deleteFrom('store_tokens')
    .where('store_id', '=', toPgText(storeId))
    .where('label', '=', toPgText(label))
    .executeTakeFirst()
  return Number(gone.numDeletedRows)
}
