import type { Store } from '../db/sqlite/store.ts'
import type { Stamped } from '../domain/commands.ts'
import type { RecordEvent } from '../domain/events.ts'
import { ok, type Result } from '../domain/result.ts'
import { decideRevocation, type RevocationRefusal } from '../domain/roster.ts'
import type { KeyRing } from './personal-data/key-ring.ts'

/** Where it is written. */
type RosterDesk = Pick<Store, 'deviceId' | 'catalog' | 'frontier'> & {
  readonly setRecords: (stamped: Stamped<readonly RecordEvent[]>) => unknown
}

/**
 * Removes a device from the store for good (rule P1). In the same entry as the removal comes a new
 * key for personal data, wrapped for those who are left: whoever hears of the one has the other.
 */
export function removeDevice(
  { store, ring }: { readonly store: RosterDesk; readonly ring: Pick<KeyRing, 'replacing'> },
  stamp: Omit<Stamped<never>, 'command'>,
  deviceId: string,
): Result<null, RevocationRefusal> {
  const decided = decideRevocation(store.catalog(), deviceId, store.deviceId, store.frontier())
  if (!decided.ok) return decided
  if (decided.value.length === 0) return ok(null)
  store.setRecords({ ...stamp, command: [...decided.value, ...ring.replacing(deviceId)] })
  return ok(null)
}
