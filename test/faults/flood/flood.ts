import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { percentile } from '../../bench/figures.ts'
import { measure, startTill } from '../../bench/latency.ts'
import { createDeviceKeys, type DeviceKeys } from '../../../sync/device-keys.ts'

export interface FloodReport {
  readonly quietP99Ms: number
  readonly floodedP99Ms: number
  /** Resident memory of the till: the most under the flood, less the most before it. */
  readonly grownMb: number
  /** What the flooder sent, by kind. */
  readonly sent: Readonly<Record<string, Sent>>
}

export interface Sent {
  readonly count: number
  readonly bytes: number
}

/** What the flooder is given at its start. */
export interface FloodOrders {
  readonly address: string
  readonly storeId: string
  readonly seed: number
  /** Keys of devices that were let into the store, and have gone mad. */
  readonly members: readonly DeviceKeys[]
  /** Keys that nobody knows. */
  readonly strangers: readonly DeviceKeys[]
}

const MEMBERS = 12
const STRANGERS = 8
const ORDERS_PER_SECOND = 20
/**
 * What honest work asks of the till's memory: a busy hour, devices that come back with a day's orders,
 * and as many new ones to be filled at once.
 */
const WARM_UP_ORDERS = 1_000
const WARM_UP_EVERY_MS = 3
const RETURNING = 3
const ORDERS_OF_RETURNING = 1_000
const ORDERS_BEFORE = WARM_UP_ORDERS + RETURNING * ORDERS_OF_RETURNING
const NEWCOMERS = MEMBERS
const MB = 2 ** 20

/**
 * A till serves an honest kitchen while several mad members and as many strangers flood it: what an
 * order takes to the kitchen, and what the till's memory does, before and meanwhile (rule P3).
 */
export async function floodTill(
  folder: string,
  seconds: number,
  seed: number,
): Promise<FloodReport> {
  const members = Array.from({ length: MEMBERS }, createDeviceKeys)
  const strangers = Array.from({ length: STRANGERS }, createDeviceKeys)
  const strangerIds = new Set(strangers.map(({ deviceId }) => deviceId))
  const till = await startTill(folder, (deviceId) => !strangerIds.has(deviceId))
  const everyMs = 1_000 / ORDERS_PER_SECOND
  const orders = ORDERS_PER_SECOND * seconds
  await measure(till, WARM_UP_ORDERS, WARM_UP_EVERY_MS)
  await takeBack(folder, till.address)
  await fillNewcomers(folder, till.address)
  const memory = watchMemory()
  const flooder = fork(join(import.meta.dirname, 'flooder.ts'), { serialization: 'advanced' })
  try {
    const quiet = await measure(till, orders, everyMs)
    const before = memory.most()
    memory.reset()
    const { address } = till
    flooder.send({ address, storeId: 'bench', seed, members, strangers } satisfies FloodOrders)
    const flooded = await measure(till, orders, everyMs)
    const sent = await stopFlooder(flooder)
    return {
      quietP99Ms: percentile(quiet, 0.99),
      floodedP99Ms: percentile(flooded, 0.99),
      grownMb: (memory.most() - before) / MB,
      sent,
    }
  } finally {
    memory.stop()
    flooder.kill('SIGKILL')
    await till.stop()
  }
}

async function takeBack(folder: string, address: string): Promise<void> {
  const children: ChildProcess[] = []
  for (let n = 0; n < RETURNING; n += 1) {
    const args = [join(folder, `returning-${n}.db`), address, String(ORDERS_OF_RETURNING)]
    const child = fork(join(import.meta.dirname, 'returning-device.ts'), args)
    children.push(child)
    await once(child, 'message')
  }
  await Promise.all(children.map(goOn))
}

/** Until it says that it has done what it came for. */
async function goOn(child: ChildProcess): Promise<void> {
  const done = once(child, 'message')
  child.send('go on')
  await done
  child.kill()
  await once(child, 'exit')
}

/** All are there before the first is filled: they ask at once. */
async function fillNewcomers(folder: string, address: string): Promise<void> {
  const program = join(import.meta.dirname, '../../bench/house-device.ts')
  const children: ChildProcess[] = []
  for (let n = 0; n < NEWCOMERS; n += 1) {
    const file = join(folder, `new-${n}.db`)
    const args = ['empty', file, address, String(ORDERS_BEFORE)]
    const child = fork(program, args, { stdio: 'inherit' })
    children.push(child)
    await once(child, 'message')
  }
  await Promise.all(children.map(goOn))
}

async function stopFlooder(flooder: ChildProcess): Promise<FloodReport['sent']> {
  const counted = once(flooder, 'message')
  flooder.send('stop')
  const [sent] = (await counted) as [FloodReport['sent']]
  return sent
}

function watchMemory() {
  let most = 0
  const look = (): void => {
    most = Math.max(most, process.memoryUsage.rss())
  }
  const timer = setInterval(look, 200)
  return {
    most: () => most,
    reset: () => {
      most = 0
    },
    stop: () => clearInterval(timer),
  }
}
