import type { Catalog } from './catalog.ts'
import type { RecordEvent } from './events.ts'
import { childDeviceCode } from './ids.ts'
import { heldOf } from './late-entries.ts'
import type { Frontier } from './log.ts'
import { ok, refuse, type Result } from './result.ts'

/** The roster: which devices belong to the store. Nobody else is spoken with (rule P1). */

export const isRevoked = (catalog: Pick<Catalog, 'revocation'>, deviceId: string): boolean =>
  catalog.revocation.has(deviceId)

export const isOnRoster = (
  catalog: Pick<Catalog, 'device' | 'revocation'>,
  deviceId: string,
): boolean => catalog.device.has(deviceId) && !isRevoked(catalog, deviceId)

/** The code for the next device that this one admits. None leaves the records, so none comes twice. */
export function nextDeviceCode(catalog: Catalog, admitterId: string, admitterCode: string): string {
  const admitted = [...catalog.device.values()].filter(
    ({ admittedBy }) => admittedBy === admitterId,
  )
  return childDeviceCode(admitterCode, admitted.length)
}

export type RevocationRefusal = 'device_not_found' | 'last_device'

/** What removes a device from the store. Nothing where it was removed before. `frontier`: what is held. */
export function decideRevocation(
  catalog: Catalog,
  deviceId: string,
  revokedBy: string,
  frontier: Frontier,
): Result<readonly RecordEvent[], RevocationRefusal> {
  const device = catalog.device.get(deviceId)
  if (device === undefined) return refuse('device_not_found')
  if (isRevoked(catalog, deviceId)) return ok([])
  // The centre shows no screen: with it alone nobody would be left.
  const others = [...catalog.device].filter(
    ([other, { role }]) => other !== deviceId && role !== 'central' && isOnRoster(catalog, other),
  )
  if (others.length === 0) return refuse('last_device')
  const value = { revokedBy, held: heldOf(device, frontier) }
  return ok([{ type: 'record.set', kind: 'revocation', id: deviceId, value }])
}
