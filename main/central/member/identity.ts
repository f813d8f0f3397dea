import { findCentreMember, keepCentreMember } from '../../../db/postgres/centre-members.ts'
import { withStores } from '../../../db/postgres/scope.ts'
import type { CentreIdentity } from '../../../protocol/enrolment.ts'
import { createDeviceKeys } from '../../../sync/device-keys.ts'
import { purposeOf, type MemberDeps } from './writing.ts'

/**
 * Who the centre is in a store: a key pair and a log of its own, made when the store is enrolled.
 * Null: this centre has no key to seal a private one with, and stays a reader.
 */
export function centreIdentity(
  { database, key, newId }: Pick<MemberDeps, 'database' | 'key' | 'newId'>,
  storeId: string,
): Promise<CentreIdentity | null> {
  if (key === null) return Promise.resolve(null)
  return withStores(database, [storeId], async (trx) => {
    if ((await findCentreMember(trx, storeId)) === null) {
      const { deviceId, publicKey, privateKey } = createDeviceKeys()
      const sealedPrivateKey = key.seal(purposeOf(storeId), privateKey)
      await keepCentreMember(trx, storeId, {
        deviceId,
        publicKey,
        sealedPrivateKey,
        origin: newId(),
      })
    }
    const member = await findCentreMember(trx, storeId)
    return (
      member && {
        device_id: member.deviceId,
        public_key: member.publicKey,
        origin: member.origin,
      }
    )
  })
}
