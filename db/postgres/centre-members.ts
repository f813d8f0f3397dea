import { sql } from 'kysely'
import { fromPgText, toPgText } from '../../domain/nul-free-text.ts'
import type { Sql } from './rows.ts'

/** Who the centre is in a store: a device of its roster, whose private key lies here sealed. */
export interface CentreMember {
  readonly deviceId: string
  /** SubjectPublicKeyInfo in base64url. */
  readonly publicKey: string
  readonly sealedPrivateKey: string
  /** The log that it writes. */
  readonly origin: string
}

/** Null: this store was not enrolled, or at a centre without a key of its own. */
export async function findCentreMember(db: Sql, storeId: string): Promise<CentreMember | null> {
  const row = await db
    .selectFrom('centre_members')
    .selectAll()
    .where('store_id', '=', toPgText(storeId))
    .executeTakeFirst()
  if (row === undefined) return null
  return {
    deviceId: row.device_id,
    publicKey: row.public_key,
    sealedPrivateKey: row.sealed_private_key,
    origin: fromPgText(row.origin),
  }
}

/** In a store the centre is one and the same for ever: who was there first stays. */
export async function keepCentreMember(
  db: Sql,
  storeId: string,
  member: CentreMember,
): Promise<void> {
  await db
    .insertInto('centre_members')
    .values({
      store_id: toPgText(storeId),
      device_id: member.deviceId,
      public_key: member.publicKey,
      sealed_private_key: member.sealedPrivateKey,
      origin: member.origin,
      home: sql<string>`${await readHome(db, storeId)} || ${THIS_TRANSACTION}`,
    })
    .onConflict((row) => row.column('store_id').doNothing())
    .execute()
}

/**
 * The same for who is about to write, and holds the store's lock. A database that was put back may
 * lack entries that the store's devices hold, so nothing is written to the log of before: the first
 * write in another home begins a fresh one (rule L6).
 */
export async function memberForWriting(
  db: Sql,
  storeId: string,
  newOrigin: () => string,
): Promise<CentreMember | null> {
  const home = await readHome(db, storeId)
  await db
    .updateTable('centre_members')
    .set({ home: sql<string>`${home} || ${THIS_TRANSACTION}`, origin: newOrigin() })
    .where('store_id', '=', toPgText(storeId))
    .where('home', '!=', sql<string>`${home} || '/' || centre_members.xmin::text`)
    .execute()
  return findCentreMember(db, storeId)
}

/**
 * Somebody gave back entries of the centre's own log, which it did not have: it is older than it
 * knew, and whoever gave them need not have all. Ids as they are stored.
 */
export async function noticeOwnEntries(
  db: Sql,
  storeId: string,
  origins: readonly string[],
): Promise<void> {
  await db
    .updateTable('centre_members')
    .set({ home: ELSEWHERE })
    .where('store_id', '=', storeId)
    .where(sql<boolean>`origin = ANY(${origins}::text[])`)
    .execute()
}

const ELSEWHERE = ''

/** The database was put back in a way that it cannot tell by itself: for `aura central put-back`. */
export async function noticePutBack(db: Sql, storeId: string): Promise<void> {
  await db
    .updateTable('centre_members')
    .set({ home: ELSEWHERE })
    .where('store_id', '=', toPgText(storeId))
    .execute()
}

/** As a row's own `xmin` has it, which is the transaction that wrote the row: a copied row has another. */
const THIS_TRANSACTION = sql`'/' || (pg_current_xact_id()::text::numeric % 4294967296)::text`

/**
 * With the transaction that wrote the row: what is another one after a backup has been put back: the server, its timeline or the database; or
 * the name of the store's log, which changes when a reader finds that it is not what was read.
 */
async function readHome(db: Sql, storeId: string): Promise<string> {
  const { rows } = await sql<{ handle: string | null; database: string; may_ask: boolean }>`
    SELECT (SELECT log_handle FROM stores WHERE store_id = ${toPgText(storeId)}) AS handle,
      (SELECT oid::text FROM pg_database WHERE datname = current_database()) AS database,
      has_function_privilege('pg_control_system()', 'execute')
        AND has_function_privilege('pg_control_checkpoint()', 'execute') AS may_ask
  `.execute(db)
  const [here] = rows
  const server = here?.may_ask === true ? await readServer(db) : ''
  return [server, here?.database, here?.handle].join('/')
}

async function readServer(db: Sql): Promise<string> {
  const { rows } = await sql<{ server: string }>`
    SELECT (SELECT system_identifier::text FROM pg_control_system()) || '.'
      || (SELECT timeline_id::text FROM pg_control_checkpoint()) AS server
  `.execute(db)
  return rows[0]?.server ?? ''
}
