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
      home: await readHome(db, storeId),
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
    .set({ home, origin: newOrigin() })
    .where('store_id', '=', toPgText(storeId))
    .where('home', '!=', home)
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

/**
 * What is another one after a backup has been put back: the server, its timeline or the database; or
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
