import type { Catalog, RecordValue } from './catalog.ts'
import { isOnRoster, isRevoked } from './roster.ts'

/**
 * The keys with which a store's personal data is sealed. Each is a record that says who made it, and
 * for each device that may have it one more with the key wrapped for that device alone. A key is
 * never taken back: what was sealed with it stays readable for members. Which one seals next is read
 * from the roster, so nobody has to be asked:
 *
 *     the highest generation, made by a member, and wrapped for no device that was removed
 */
export type DataKeyRecord = RecordValue<'data_key'>

export const wrapIdOf = (keyId: string, deviceId: string): string => `${keyId}/${deviceId}`

/**
 * Keys that may seal on a device, the one that counts first. Those that it made itself count before
 * the roster that names it has arrived.
 */
export function sealingKeys(catalog: Catalog, selfId: string): string[] {
  return [...catalog.data_key]
    .filter(([, { madeBy }]) => madeBy === selfId || isOnRoster(catalog, madeBy))
    .filter(([keyId]) => !isKnownToRemoved(catalog, keyId))
    .toSorted(([idA, a], [idB, b]) => b.generation - a.generation || (idA < idB ? -1 : 1))
    .map(([keyId]) => keyId)
}

const isKnownToRemoved = (catalog: Catalog, keyId: string): boolean =>
  [...catalog.revocation.keys()].some((deviceId) => catalog.key_wrap.has(wrapIdOf(keyId, deviceId)))

export const nextGeneration = (catalog: Catalog): number =>
  1 + Math.max(0, ...[...catalog.data_key.values()].map(({ generation }) => generation))

/** A device, and what the roster says its public key is: to be checked against its id. */
export interface KeyHolder {
  readonly deviceId: string
  readonly publicKey: string
}

/**
 * Members that a key can be wrapped for. A centre that is to read nothing of guests stands in the
 * roster without a public key.
 */
export const keyHolders = (catalog: Catalog): KeyHolder[] =>
  [...catalog.device].flatMap(([deviceId, { publicKey }]) =>
    publicKey === undefined || isRevoked(catalog, deviceId) ? [] : [{ deviceId, publicKey }],
  )

/**
 * Members that lack a key. Devices that its maker knew to be removed get none from a member that has
 * not heard of the removal yet.
 */
export const lackingKey = (catalog: Catalog, keyId: string): KeyHolder[] => {
  const record = catalog.data_key.get(keyId)
  return keyHolders(catalog).filter(
    ({ deviceId }) =>
      record?.without.includes(deviceId) !== true &&
      (catalog.key_wrap.get(wrapIdOf(keyId, deviceId))?.wrapped ?? null) === null,
  )
}
