import { cablesAndSwitches } from './cables.ts'
import { duplicateAddress } from './duplicate-address.ts'
import { createFigures } from './figures.ts'
import { createLan, type Lan } from './lan.ts'
import { startLanStore, type LanDevice, type LanStore } from './lan-store.ts'
import { multicastBlocked } from './multicast.ts'
import { oneWayLoss } from './one-way.ts'
import { poorLine } from './poor-line.ts'
import { twoStores } from './two-stores.ts'
import { allHoldTheSame, allSeeEachOther, expectEqual, until } from './watch.ts'
import type { Figures } from './figures.ts'

const HOSTS = ['10.77.0.1', '10.77.0.2', '10.77.0.3', '10.77.0.4', '10.77.0.5']

/** The network, the store of five devices on it, and where to say what came of it. */
export interface Scene {
  readonly lan: Lan
  readonly store: LanStore
  readonly five: readonly [LanDevice, LanDevice, LanDevice, LanDevice, LanDevice]
  readonly figures: Figures
}

/**
 * Real processes, real mDNS, a real (if small) network, and everything that can happen to it. Gives
 * the promises that were broken.
 */
export async function lanFaults(
  orders: number,
  print: (line: string) => void,
): Promise<readonly string[]> {
  const lan = createLan()
  const store = await startLanStore(lan, 'd', HOSTS)
  const five = store.devices as unknown as Scene['five']
  const scene: Scene = { lan, store, five, figures: createFigures(print) }
  try {
    scene.figures.measured('five devices see each other', await until(() => allSeeEachOther(five)))
    await cablesAndSwitches(scene, orders)
    await oneWayLoss(scene)
    await duplicateAddress(scene)
    await twoStores(scene)
    await poorLine(scene)
    await multicastBlocked(scene)
    await until(() => allHoldTheSame(five))
    expectEqual(five)
    for (const device of five) device.verify()
    scene.figures.said('every file is sound')
    return scene.figures.broken()
  } finally {
    await store.close()
    lan.close()
  }
}
