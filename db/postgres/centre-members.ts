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
    })
    .onConflict((row) => row.column('store_id').doNothing())
    .execute()
}
