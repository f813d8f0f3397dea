import type { Store } from '../db/sqlite/store.ts'
import type { Stamped } from '../domain/commands.ts'
import { nextDeviceCode } from '../domain/roster.ts'
import type { CentreIdentity } from '../protocol/enrolment.ts'
import type { KeyRing } from './personal-data/key-ring.ts'

export interface CentreToAdmit extends CentreIdentity {
  /** May it read and write what is known of guests? */
  readonly knowsGuests: boolean
}

const NAME = 'Centre'

/**
 * Makes the centre a member of the store, as a device that joins: with a code of the tree, and with
 * the keys of the store's personal data. Where it is to know nobody, the roster keeps its public key
 * to itself: nobody can wrap a key for it then, now or later.
 */
export function admitCentre(
  {
    store,
    ring,
    deviceCode,
  }: {
    readonly store: Store
    readonly ring: Pick<KeyRing, 'wrapsFor'>
    readonly deviceCode: string
  },
  stamp: Omit<Stamped<never>, 'command'>,
  { device_id: deviceId, public_key: publicKey, origin, knowsGuests }: CentreToAdmit,
): void {
  const catalog = store.catalog()
  if (catalog.device.has(deviceId)) return
  const value = {
    name: NAME,
    role: 'central' as const,
    code: nextDeviceCode(catalog, store.deviceId, deviceCode),
    origin,
    admittedBy: store.deviceId,
    ...(knowsGuests && { publicKey }),
  }
  store.setRecords({
    ...stamp,
    command: [
      { type: 'record.set', kind: 'device', id: deviceId, value },
      ...(knowsGuests ? ring.wrapsFor({ deviceId, publicKey }) : []),
    ],
  })
}
