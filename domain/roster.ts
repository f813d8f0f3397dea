import type { Catalog } from './catalog.ts'
import type { RecordEvent } from './events.ts'
import { ok, refuse, type Result } from './result.ts'

/** The roster: which devices belong to the store. Nobody else is spoken with (rule P1). */

export const isRevoked = (catalog: Catalog, deviceId: string): boolean =>
  catalog.revocation.has(deviceId)

export const isOnRoster = (catalog: Catalog, deviceId: string): boolean =>
  catalog.device.has(deviceId) && !isRevoked(catalog, deviceId)

export type RevocationRefusal = 'device_not_found' | 'last_device'

/** What removes a device from the store. Nothing where it was removed before. */
export function decideRevocation(
  catalog: Catalog,
  deviceId: string,
  revokedBy: string,
): Result<readonly RecordEvent[], RevocationRefusal> {
  if (!catalog.device.has(deviceId)) return refuse('device_not_found')
  if (isRevoked(catalog, deviceId)) return ok([])
  const others = [...catalog.device.keys()].filter(
    (other) => other !== deviceId && isOnRoster(catalog, other),
  )
  if (others.length === 0) return refuse('last_device')
  return ok([{ type: 'record.set', kind: 'revocation', id: deviceId, value: { revokedBy } }])
}
