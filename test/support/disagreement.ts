import { expect } from 'vitest'
import { digestOf, rebuildProjections } from '../../db/sqlite/rebuild.ts'
import type { Store } from '../../db/sqlite/store.ts'
import type { OrderCommand } from '../../domain/commands.ts'
import type { OrderView } from '../../domain/order-view.ts'
import { openTestDevice, sendAll, type TestDevice } from './devices.ts'

export type Orders = (orderId: string) => OrderView

/** Two devices that do something apart, and what every device shows once they have met. */
export interface Disagreement {
  readonly setup: readonly OrderCommand[]
  readonly onA: (order: Orders) => readonly OrderCommand[]
  readonly onB: (order: Orders) => readonly OrderCommand[]
  /** Whose finger was first, by all the clocks. */
  readonly first: 'A' | 'B'
}

export interface Met {
  /** A and B themselves, one that heard A first, and one that heard B first. */
  readonly devices: readonly TestDevice[]
  /** The same on all of them. */
  readonly order: Orders
  /** Runs a command on one device and tells the others. */
  readonly runOn: (device: TestDevice, command: OrderCommand) => void
}

export async function disagree({ setup, onA, onB, first }: Disagreement): Promise<Met> {
  const [a, b, heardA, heardB] = await Promise.all(
    ['A', 'B', 'X', 'Y'].map((name) => openTestDevice(name)),
  )
  const devices = [a!, b!, heardA!, heardB!] as const
  for (const command of setup) take(devices[0], command)
  for (const device of devices.slice(1)) sendAll(devices[0].store, device.store)
  const sides = [
    [devices[0], onA],
    [devices[1], onB],
  ] as const
  for (const [device, commands] of first === 'A' ? sides : sides.toReversed()) {
    for (const command of commands(ordersOf(device))) take(device, command)
  }
  const [deviceA, deviceB, deviceX, deviceY] = devices
  for (const [to, ...from] of [
    [deviceX, deviceA, deviceB, deviceA],
    [deviceY, deviceB, deviceA, deviceB],
    [deviceA, deviceB, deviceB],
    [deviceB, deviceA, deviceA],
  ] as const) {
    for (const source of from) sendEverything(source.store, to.store)
  }
  expectAllAlike(devices)
  return {
    devices,
    order: (orderId) => {
      const order = ordersOf(deviceX)(orderId)
      for (const { store } of devices) expect(store.order(orderId)).toEqual(order)
      return order
    },
    runOn: (device, command) => {
      take(device, command)
      for (const other of devices) if (other !== device) sendAll(device.store, other.store)
      expectAllAlike(devices)
    },
  }
}

const ordersOf =
  ({ name, store }: TestDevice): Orders =>
  (orderId) => {
    const order = store.order(orderId)
    if (!order) throw new Error(`${name} holds no order ${orderId}`)
    return order
  }

/** The same tables on each, and the same as a rebuild gives (rules F1, F3). */
function expectAllAlike(devices: readonly TestDevice[]): void {
  const digest = digestOf(devices[0]!.connection)
  for (const { connection } of devices) {
    expect(digestOf(connection)).toBe(digest)
    rebuildProjections(connection)
    expect(digestOf(connection)).toBe(digest)
  }
}

function take(device: TestDevice, command: OrderCommand): void {
  const result = device.run(command)
  if (!result.ok) throw new Error(`${device.name} ${command.type}: ${JSON.stringify(result.error)}`)
}

/** Also what the other has: repeats must change nothing. */
function sendEverything(from: Store, to: Store): void {
  for (const origin of from.frontier().keys()) {
    const range = from.readRange(origin, 1, 1_000, 1_000_000)
    if (range) to.ingest([range])
  }
}
