import { createHash, createPublicKey, randomBytes, sign, verify } from 'node:crypto'
import type { Catalog } from '../../domain/catalog.ts'
import {
  keyHolders,
  nextGeneration,
  wrapIdOf,
  type DataKeyRecord,
  type KeyHolder,
} from '../../domain/data-keys.ts'
import type { RecordEvent } from '../../domain/events.ts'
import { deviceIdOf, type DeviceKeys } from '../../sync/device-keys.ts'
import { dataKeyOf, type DataKey } from './seal.ts'
import { wrapKey } from './wrap.ts'

/** Who a member is, without the certificate that it shows to its neighbours. */
export type MemberKeys = Pick<DeviceKeys, 'deviceId' | 'publicKey' | 'privateKey'>

/**
 * A new key for the store, as the records that tell its members of it. The maker signs it: entries
 * of the log are not signed, and a device that was removed must not slip in a key that it knows.
 */
export function newDataKey(
  catalog: Catalog,
  maker: MemberKeys,
): { readonly key: DataKey; readonly records: readonly RecordEvent[] } {
  const key = dataKeyOf(randomBytes(32))
  const claim = {
    generation: nextGeneration(catalog),
    madeBy: maker.deviceId,
    without: [...catalog.revocation.keys()].toSorted(),
  }
  const value = { ...claim, signature: signed(key.id, claim, maker.privateKey) }
  const own = { deviceId: maker.deviceId, publicKey: maker.publicKey }
  // The maker itself may not be in the roster that it holds yet.
  const others = keyHolders(catalog).filter(
    (holder) => holder.deviceId !== own.deviceId && isProven(holder),
  )
  return {
    key,
    records: [
      { type: 'record.set', kind: 'data_key', id: key.id, value },
      ...[own, ...others].map((holder) => wrapFor(key, holder)),
    ],
  }
}

/** The record that gives one device the key. */
export function wrapFor(key: DataKey, { deviceId, publicKey }: KeyHolder): RecordEvent {
  const wrapped = wrapKey(key.secret, publicKey, { keyId: key.id, deviceId })
  return {
    type: 'record.set',
    kind: 'key_wrap',
    id: wrapIdOf(key.id, deviceId),
    value: { wrapped },
  }
}

/** Whether the maker that a key names has made it. `publicKey`: what the roster knows of the maker. */
export function isGenuine(keyId: string, record: DataKeyRecord, publicKey: string): boolean {
  const { signature, ...claim } = record
  try {
    const spki = Buffer.from(publicKey, 'base64url')
    const key = createPublicKey({ key: spki, format: 'der', type: 'spki' })
    const bytes = Buffer.from(signature, 'base64url')
    return verify('sha256', claimBytes(keyId, claim), key, bytes)
  } catch {
    // Whoever wrote the record chose the bytes.
    return false
  }
}

/** A device's id is a hash of its key, so nobody can name another key for it. */
export const isProven = ({ deviceId, publicKey }: KeyHolder): boolean =>
  deviceIdOf(Buffer.from(publicKey, 'base64url')) === deviceId

type Claim = Omit<DataKeyRecord, 'signature'>

const signed = (keyId: string, claim: Claim, privateKey: string): string =>
  sign('sha256', claimBytes(keyId, claim), privateKey).toString('base64url')

const claimBytes = (keyId: string, { generation, madeBy, without }: Claim): Uint8Array =>
  createHash('sha256')
    .update(JSON.stringify(['aura data key 1', keyId, generation, madeBy, without]))
    .digest()
