import type { LanDevice } from './lan-store.ts'

/** What the devices of a store see and hold, asked from outside, and how long that takes. */

const POLL_MS = 20
const LONGEST_WAIT_MS = 60_000

/** Milliseconds until it is so. */
export async function until(
  isSo: () => Promise<boolean>,
  longestMs = LONGEST_WAIT_MS,
): Promise<number> {
  const startedMs = performance.now()
  for (;;) {
    // What was asked at this moment was so at this moment, however long the answer took.
    const askedMs = performance.now()
    if (await isSo()) return askedMs - startedMs
    if (askedMs - startedMs > longestMs) {
      throw new Error(`not so after ${longestMs} ms: ${String(isSo)}`)
    }
    await pause(POLL_MS)
  }
}

export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, ms))

export const sees = async (from: LanDevice, to: LanDevice): Promise<boolean> =>
  (await from.status()).peers.some((peer) => peer.name === to.name && peer.connected)

export const seeEachOther = async (a: LanDevice, b: LanDevice): Promise<boolean> =>
  (await sees(a, b)) && (await sees(b, a))

export async function anySees(
  some: readonly LanDevice[],
  others: readonly LanDevice[],
): Promise<boolean> {
  const names = new Set(others.map(({ name }) => name))
  const statuses = await Promise.all(some.map((device) => device.status()))
  return statuses.some(({ peers }) => peers.some((p) => p.connected && names.has(p.name)))
}

const connectedOf = async (device: LanDevice): Promise<number> =>
  (await device.status()).peers.filter((peer) => peer.connected).length

export async function allSeeEachOther(devices: readonly LanDevice[]): Promise<boolean> {
  const counts = await Promise.all(devices.map(connectedOf))
  return counts.every((count) => count === devices.length - 1)
}

export async function allAreAlone(devices: readonly LanDevice[]): Promise<boolean> {
  return (await Promise.all(devices.map(connectedOf))).every((count) => count === 0)
}

/** Nobody knows of an entry that another of them lacks, whether or not all see each other. */
export async function allHoldTheSame(devices: readonly LanDevice[]): Promise<boolean> {
  const statuses = await Promise.all(devices.map((device) => device.status()))
  return statuses.every(
    ({ peers, entriesHere }) =>
      entriesHere === statuses[0]?.entriesHere &&
      peers.every((peer) => !peer.connected || (peer.weLack === 0 && peer.theyLack === 0)),
  )
}

export function expectEqual(devices: readonly LanDevice[]): void {
  const digests = new Set(devices.map((device) => device.digest()))
  if (digests.size !== 1) throw new Error(`the devices differ: ${[...digests].join(', ')}`)
}
