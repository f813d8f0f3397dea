import { startPage } from '../../domain/device-screen.ts'
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
  /** What its screen is for, where that was said or follows from its role (rule J6). */
  readonly startPage: 'pos' | 'kitchen' | null
  readonly guestDisplay: boolean
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
    ...screenOf(store),
  }
}

function screenOf(store: Pick<Store, 'deviceId' | 'catalog'>) {
  const catalog = store.catalog()
  const said = catalog.device_screen.get(store.deviceId)
  const page = startPage(catalog, store.deviceId)
  return {
    startPage: said === undefined && page === 'pos' ? null : page,
    guestDisplay: said?.guestDisplay ?? false,
  }
}

function isDrawerOpen({ journal, deviceId }: Store): boolean {
  return journal
    .newest('drawer_opened', SESSIONS_LOOKED_AT)
    .map(({ id }) => readSession(journal.about(id)))
    .some((session) => session?.deviceId === deviceId && session.closed === null)
}
