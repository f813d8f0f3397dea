import { isRevoked } from '../../domain/roster.ts'
import type { Device, Process } from './device.ts'
import type { Plant } from './plant.ts'
import type { World } from './world.ts'

/** Who belongs to the store. Leaving it is simulated, joining it is not: whoever is new may come. */

/** Whether this device speaks with another, as far as it knows now (rule P1). */
export function speaksWith(process: Process, deviceId: string, plant: Plant | null): boolean {
  const isMember = !isRevoked(process.store.catalog(), deviceId)
  return plant?.isMember === undefined ? isMember : plant.isMember(isMember)
}

/** The devices that nobody has removed. */
export function membersOf(world: World): readonly Device[] {
  const revoked = new Set(
    world.running().flatMap(({ store }) => [...store.catalog().revocation.keys()]),
  )
  return world.devices.filter(({ identity }) => !revoked.has(identity.deviceId))
}

/** The origins that a device wrote or writes, as its disk says. */
export function ownOriginsOf({ disk }: Device): readonly string[] {
  return disk.plain.raw
    .prepare<[], string>("SELECT value FROM local WHERE key IN ('origin', 'own_origins')")
    .pluck()
    .all()
    .flatMap((value) => (value.startsWith('[') ? (JSON.parse(value) as string[]) : [value]))
}
