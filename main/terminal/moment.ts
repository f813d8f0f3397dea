import { readSession } from '../../domain/drawer.ts'
import type { Store } from '../../db/sqlite/store.ts'
import type { DeviceStatus } from '../../protocol/screens.ts'

/** How the store is just now, for a shell that has to know whether it is in its way. */
export interface StoreMoment {
  readonly openOrders: number
  readonly isDrawerOpen: boolean
  readonly devices: number
  readonly devicesHeard: number
  readonly waiting: number | null
  readonly toSettle: number
}

/** More sessions than one evening has on all its drawers. */
const SESSIONS_LOOKED_AT = 20

export function momentOf(store: Store, status: DeviceStatus): StoreMoment {
  return {
    openOrders: store.openOrders().length,
    isDrawerOpen: isDrawerOpen(store),
    devices: status.peers.length,
    devicesHeard: status.peers.filter(({ connected }) => connected).length,
    waiting: status.upstream.backlog,
    toSettle: status.conflicts + status.lateEntries.length,
  }
}

function isDrawerOpen({ journal, deviceId }: Store): boolean {
  return journal
    .newest('drawer_opened', SESSIONS_LOOKED_AT)
    .map(({ id }) => readSession(journal.about(id)))
    .some((session) => session?.deviceId === deviceId && session.closed === null)
}
