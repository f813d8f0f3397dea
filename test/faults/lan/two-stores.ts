import type { Scene } from './lan-faults.ts'
import { PEER_PORT, startLanStore } from './lan-store.ts'
import { allHoldTheSame, allSeeEachOther, expectEqual, pause, until } from './watch.ts'

const LONG_ENOUGH_TO_MIX_MS = 6_000

/** A second store on the same network, one of its tills even told to call the first: they never mix. */
export async function twoStores({ lan, five, figures }: Scene): Promise<void> {
  const [d1] = five
  const other = await startLanStore(lan, 'e', ['10.77.0.101', '10.77.0.102'])
  try {
    const [e1, e2] = other.devices
    if (!e1 || !e2) throw new Error('the other store has two devices')
    await e2.restart('--connect', `10.77.0.1:${PEER_PORT}`)
    await Promise.all([d1.sell(11), e1.sell(13)])
    await until(() => allSeeEachOther(other.devices))
    await until(() => allHoldTheSame(other.devices))
    await pause(LONG_ENOUGH_TO_MIX_MS)
    await until(() => allHoldTheSame(five))

    const names = (prefix: string) => new RegExp(`^${prefix}\\d$`)
    for (const [devices, own] of [
      [five, names('d')],
      [other.devices, names('e')],
    ] as const) {
      for (const device of devices) {
        const stranger = (await device.status()).peers.find(({ name }) => !own.test(name))
        if (stranger) throw new Error(`${device.name} has ${stranger.name} among its peers`)
      }
      expectEqual(devices)
    }
    const [ours, theirs] = await Promise.all([d1.status(), e1.status()])
    if (ours.entriesHere === theirs.entriesHere) throw new Error('both stores hold as much')
    for (const device of other.devices) device.verify()
    figures.said('two stores on one network: neither has a peer or an entry of the other')
  } finally {
    await other.close()
    for (const name of ['e1', 'e2']) lan.removeHost(name)
  }
}
