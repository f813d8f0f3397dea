import { z } from 'zod'
import type { Catalog } from './catalog.ts'
import type { RecordEvent } from './events.ts'
import { ok, refuse, type Result } from './result.ts'
import { isOnRoster } from './roster.ts'

/** What a device's screen is there for: a till at tables or over a counter, a station's, the pass. */
export const SCREEN_USES = ['tables', 'counter', 'prep', 'expo'] as const
export type ScreenUse = (typeof SCREEN_USES)[number]

/**
 * Which screen a device starts with (rule J6). Its id is the device's. Kept apart from the roster's
 * record, so that a removal, a new name and a new use never collide.
 */
export const deviceScreenRecord = z.strictObject({
  use: z.enum(SCREEN_USES),
  /** Of `prep`: the stations that it shows. Empty: all. */
  stationIds: z.array(z.string().min(1).max(80)).max(100),
  /** A till that opens its guest's display as well, where it has windows of its own. */
  guestDisplay: z.boolean(),
})
export type DeviceScreen = z.infer<typeof deviceScreenRecord>

export const screenPage = ({ use }: Pick<DeviceScreen, 'use'>): 'pos' | 'kitchen' =>
  use === 'tables' || use === 'counter' ? 'pos' : 'kitchen'

/** The page of a device: the one that was said, else the one of its role. */
export function startPage(
  catalog: Pick<Catalog, 'device' | 'device_screen'>,
  deviceId: string,
): 'pos' | 'kitchen' {
  const said = catalog.device_screen.get(deviceId)
  if (said !== undefined) return screenPage(said)
  return catalog.device.get(deviceId)?.role === 'kitchen' ? 'kitchen' : 'pos'
}

/** What says so; only of a device that belongs to the store. Stations that are gone are left out. */
export function decideScreen(
  catalog: Pick<Catalog, 'device' | 'revocation' | 'station'>,
  deviceId: string,
  { use, stationIds, guestDisplay }: DeviceScreen,
): Result<readonly RecordEvent[], 'device_not_found'> {
  if (!isOnRoster(catalog, deviceId)) return refuse('device_not_found')
  const value = {
    use,
    stationIds: use === 'prep' ? stationIds.filter((id) => catalog.station.has(id)) : [],
    guestDisplay: guestDisplay && screenPage({ use }) === 'pos',
  }
  return ok([{ type: 'record.set', kind: 'device_screen', id: deviceId, value }])
}
