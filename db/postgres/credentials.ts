import { createHash, randomBytes, randomInt } from 'node:crypto'
import { sql } from 'kysely'
import { toPgText } from '../../domain/nul-free-text.ts'
import type { Database } from './database.ts'
import type { Sql } from './rows.ts'
import { withStores } from './scope.ts'

/**
 * Who may speak for a store at the centre. A store is taken in by a code; from then on each of its
 * devices has a credential of its own. What shows is a hash: whoever reads this database can speak
 * for nobody.
 */
export interface Credentials {
  /** Eight digits with which one store may be taken in, once. */
  readonly newEnrollCode: (storeName: string, now: Date) => Promise<EnrollCode>
  /**
   * False: the code is not known, or used, or too old, or the store is somebody's already. Who speaks
   * for it may do it again: the answer of the first time may have been lost.
   */
  readonly enroll: (code: string, storeId: string, deviceId: string, now: Date) => Promise<boolean>
  readonly isEnrolled: (storeId: string) => Promise<boolean>
  /** A new credential; the ones the device had before end. */
  readonly issue: (storeId: string, deviceId: string) => Promise<string>
  readonly holderOf: (storeId: string, token: string) => Promise<CredentialHolder | null>
  readonly membership: (storeId: string, deviceId: string) => Promise<Membership>
  /** Something to sign, once, within a minute. */
  readonly newChallenge: (now: Date) => Promise<string>
  readonly takeChallenge: (challenge: string, now: Date) => Promise<boolean>
}

export interface EnrollCode {
  readonly code: string
  readonly expiresAt: Date
}

export interface CredentialHolder {
  readonly deviceId: string
  readonly isRemoved: boolean
}

/** What the store's own roster says, as far as it is here. */
export type Membership = 'member' | 'removed' | 'unknown'

const CODE_TTL_MS = 15 * 60_000
const CHALLENGE_TTL_MS = 60_000

export const hashOfToken = (token: string): string =>
  createHash('sha256').update(token).digest('hex')

export function createCredentials(database: Pick<Database, 'sql'>): Credentials {
  // Codes and challenges belong to no store.
  const { sql: db } = database
  return {
    async newEnrollCode(storeName, now) {
      const code = String(randomInt(100_000_000)).padStart(8, '0')
      const expiresAt = new Date(now.getTime() + CODE_TTL_MS)
      await db.deleteFrom('enroll_codes').where('expires_at', '<', now).execute()
      await db
        .insertInto('enroll_codes')
        .values({
          code_hash: hashOfToken(code),
          store_name: toPgText(storeName),
          expires_at: expiresAt,
        })
        .execute()
      return { code, expiresAt }
    },
    enroll: (code, storeId, deviceId, now) =>
      withStores(database, [storeId], (trx) =>
        enroll(trx, hashOfToken(code), toPgText(storeId), toPgText(deviceId), now),
      ),
    isEnrolled: (storeId) =>
      withStores(database, [storeId], (trx) => isEnrolled(trx, toPgText(storeId)), 'snapshot'),
    async issue(storeId, deviceId) {
      const token = randomBytes(32).toString('base64url')
      const held = { store_id: toPgText(storeId), device_id: toPgText(deviceId) }
      await withStores(database, [storeId], async (trx) => {
        await trx
          .deleteFrom('credentials')
          .where('store_id', '=', held.store_id)
          .where('device_id', '=', held.device_id)
          .execute()
        await trx
          .insertInto('credentials')
          .values({ token_hash: hashOfToken(token), ...held })
          .execute()
      })
      return token
    },
    holderOf: (storeId, token) =>
      withStores(
        database,
        [storeId],
        (trx) => holderOf(trx, toPgText(storeId), hashOfToken(token)),
        'snapshot',
      ),
    membership: (storeId, deviceId) =>
      withStores(
        database,
        [storeId],
        (trx) => membershipOf(trx, toPgText(storeId), toPgText(deviceId)),
        'snapshot',
      ),
    async newChallenge(now) {
      const challenge = randomBytes(24).toString('base64url')
      const expires_at = new Date(now.getTime() + CHALLENGE_TTL_MS)
      await db.deleteFrom('challenges').where('expires_at', '<', now).execute()
      await db.insertInto('challenges').values({ challenge, expires_at }).execute()
      return challenge
    },
    async takeChallenge(challenge, now) {
      const taken = await db
        .deleteFrom('challenges')
        .where('challenge', '=', challenge)
        .where('expires_at', '>=', now)
        .executeTakeFirst()
      return taken.numDeletedRows === 1n
    },
  }
}

/** The code is spent in the transaction that takes the store in, so it takes in no second one. */
async function enroll(
  trx: Sql,
  codeHash: string,
  storeId: string,
  deviceId: string,
  now: Date,
): Promise<boolean> {
  const code = await trx
    .deleteFrom('enroll_codes')
    .where('code_hash', '=', codeHash)
    .where('expires_at', '>=', now)
    .returning('store_name')
    .executeTakeFirst()
  if (code === undefined) return false
  const taken = await trx
    .insertInto('stores')
    .values({ store_id: storeId, token_hash: '', enrolled_as: code.store_name })
    .onConflict((row) =>
      row
        .column('store_id')
        .doUpdateSet({ enrolled_as: code.store_name, token_hash: '' })
        .where('stores.enrolled_as', 'is', null),
    )
    .executeTakeFirst()
  return taken.numInsertedOrUpdatedRows === 1n || (await speaksFor(trx, storeId, deviceId))
}

async function speaksFor(trx: Sql, storeId: string, deviceId: string): Promise<boolean> {
  const held = await trx
    .selectFrom('credentials')
    .select('device_id')
    .where('store_id', '=', storeId)
    .where('device_id', '=', deviceId)
    .executeTakeFirst()
  return held !== undefined && (await membershipOf(trx, storeId, deviceId)) !== 'removed'
}

async function isEnrolled(trx: Sql, storeId: string): Promise<boolean> {
  const row = await trx
    .selectFrom('stores')
    .select('enrolled_as')
    .where('store_id', '=', storeId)
    .executeTakeFirst()
  return row !== undefined && row.enrolled_as !== null
}

async function holderOf(
  trx: Sql,
  storeId: string,
  tokenHash: string,
): Promise<CredentialHolder | null> {
  const row = await trx
    .selectFrom('credentials')
    .select('device_id')
    .where('token_hash', '=', tokenHash)
    .where('store_id', '=', storeId)
    .executeTakeFirst()
  if (row === undefined) return null
  const membership = await membershipOf(trx, storeId, row.device_id)
  return { deviceId: row.device_id, isRemoved: membership === 'removed' }
}

async function membershipOf(db: Sql, storeId: string, deviceId: string): Promise<Membership> {
  const { rows } = await sql<{ kind: string }>`
    SELECT kind FROM records
    WHERE store_id = ${storeId} AND id = ${deviceId} AND kind IN ('device', 'revocation')
      AND value IS NOT NULL
  `.execute(db)
  const kinds = new Set(rows.map((row) => row.kind))
  if (kinds.has('revocation')) return 'removed'
  return kinds.has('device') ? 'member' : 'unknown'
}
