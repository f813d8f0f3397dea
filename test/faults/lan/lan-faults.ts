import { createLan } from './lan.ts'
import { startLanStore, type LanDevice } from './lan-store.ts'

const HOSTS = ['10.77.0.1', '10.77.0.2', '10.77.0.3', '10.77.0.4', '10.77.0.5']
const POLL_MS = 20
const LONGEST_WAIT_MS = 60_000

/** One line of what was done to the network and how long the store took to notice or to mend. */
export type Say = (what: string, ms: number | null) => void

/** Real processes, real mDNS, a real (if small) network, and everything that can happen to it. */
export async function lanFaults(orders: number, say: Say): Promise<void> {
  const lan = createLan()
  const store = await startLanStore(lan, HOSTS)
  const [d1, d2, d3, d4, d5] = store.devices as [
    LanDevice,
    LanDevice,
    LanDevice,
    LanDevice,
    LanDevice,
  ]
  const all = store.devices
  try {
    say('five devices see each other', await until(() => allSeeEachOther(all)))

    lan.partition([d4.name, d5.name])
    say('partition: the loss is noticed', await until(async () => !(await sees(d1, d4))))
    // Not the same number, or both sides would hold as many without having met.
    await Promise.all([d1.sell(orders), d4.sell(orders + 7)])
    lan.partition([])
    say(
      `healed: ${orders} orders of each side are everywhere`,
      await until(() => allHoldTheSame(all)),
    )
    expectEqual(all)

    lan.cable(d2.name, false)
    say('cable out: noticed', await until(async () => !(await sees(d1, d2))))
    await Promise.all([d1.sell(20), d2.sell(27)])
    lan.cable(d2.name, true)
    say('cable in: seen again', await until(() => sees(d1, d2)))
    say('cable in: caught up', await until(() => allHoldTheSame(all)))

    lan.switchPower(false)
    say('switch off: everyone is alone', await until(() => allAreAlone(all)))
    for (const [index, device] of all.entries()) await device.sell(5 + index)
    lan.switchPower(true)
    say('switch on: caught up', await until(() => allHoldTheSame(all)))

    lan.renumber(d3.name, '10.77.0.3', '10.77.0.33')
    await d3.sell(5)
    say('new address: caught up', await until(() => allHoldTheSame(all)))

    await d5.restart()
    say('killed and started again: seen', await until(() => allSeeEachOther(all)))
    expectEqual(all)
    for (const device of all) device.verify()
    say('every file is sound', null)
  } finally {
    await store.close()
    lan.close()
  }
}

const sees = async (from: LanDevice, to: LanDevice): Promise<boolean> =>
  (await from.status()).peers.some((peer) => peer.name === to.name && peer.connected)

const connectedOf = async (device: LanDevice): Promise<number> =>
  (await device.status()).peers.filter((peer) => peer.connected).length

async function allSeeEachOther(devices: readonly LanDevice[]): Promise<boolean> {
  const counts = await Promise.all(devices.map(connectedOf))
  return counts.every((count) => count === devices.length - 1)
}

async function allAreAlone(devices: readonly LanDevice[]): Promise<boolean> {
  return (await Promise.all(devices.map(connectedOf))).every((count) => count === 0)
}

/** Everyone sees everyone, and nobody knows of an entry that the other lacks. */
async function allHoldTheSame(devices: readonly LanDevice[]): Promise<boolean> {
  const statuses = await Promise.all(devices.map((device) => device.status()))
  return statuses.every(
    ({ peers, entriesHere }) =>
      entriesHere === statuses[0]?.entriesHere &&
      peers.length === devices.length - 1 &&
      peers.every((peer) => peer.connected && peer.weLack === 0 && peer.theyLack === 0),
  )
}

function expectEqual(devices: readonly LanDevice[]): void {
  const digests = new Set(devices.map((device) => device.digest()))
  if (digests.size !== 1) throw new Error(`the devices differ: ${[...digests].join(', ')}`)
}

/** Milliseconds until it is so. */
async function until(isSo: () => Promise<boolean>): Promise<number> {
  const startedMs = performance.now()
  while (!(await isSo())) {
    if (performance.now() - startedMs > LONGEST_WAIT_MS) {
      throw new Error(`not so after ${LONGEST_WAIT_MS} ms: ${String(isSo)}`)
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
  return performance.now() - startedMs
}
