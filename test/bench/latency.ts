import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { WebSocket } from 'ws'
import type { Store } from '../../db/sqlite/store.ts'
import { openConnection } from '../../db/sqlite/connection.ts'
import { createDeviceKeys } from '../../sync/device-keys.ts'
import { createPeers } from '../../sync/peers.ts'
import { newId } from '../../main/new-id.ts'
import { everyone } from '../support/device-keys.ts'
import { openBenchStore, ringUp, tableForTwo } from './bench-store.ts'
import { ms, percentile, printRow, printTitle, ratio } from './figures.ts'
import type { KitchenMessage } from './latency-kitchen.ts'
import { rowWriter } from './raw-row.ts'

/** Orders a second, and for how many of them it is measured. */
const RATES = [
  { perSecond: 1, orders: 12 },
  { perSecond: 10, orders: 80 },
  { perSecond: 100, orders: 600 },
]
const WARM_UP = 200
const WARM_UP_EVERY_MS = 5
const READY_WAIT_MS = 500
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined }

/**
 * From the tap on a till to the order applied and durable on the kitchen's process, beside the same
 * way with nothing on it: a durable row here, a WebSocket message, a durable row there. The two
 * processes share the machine's monotonic clock, so one reads what the other wrote.
 */
export async function benchLatency(folder: string): Promise<void> {
  const ours = await startTill(folder)
  const limit = await startLimit(folder)
  try {
    await measure(ours, WARM_UP, WARM_UP_EVERY_MS)
    await measure(limit, WARM_UP, WARM_UP_EVERY_MS)
    printTitle('Till to kitchen, durable on both', 'p50', 'p99', 'p50 of limit', 'p99 of limit')
    for (const { perSecond, orders } of RATES) {
      const everyMs = 1_000 / perSecond
      const bare = await measure(limit, orders, everyMs)
      const samples = await measure(ours, orders, everyMs)
      report(`${perSecond} orders/s`, samples, bare)
      report(`  limit: row, ws, row`, bare, bare)
    }
  } finally {
    await ours.stop()
    await limit.stop()
  }
}

function report(name: string, samples: readonly number[], limit: readonly number[]): void {
  const [p50, p99] = [percentile(samples, 0.5), percentile(samples, 0.99)]
  printRow(
    name,
    ms(p50),
    ms(p99),
    ratio(p50 / percentile(limit, 0.5)),
    ratio(p99 / percentile(limit, 0.99)),
  )
}

export interface Way {
  /** Sends one order on its way; gives its id. */
  readonly send: () => string
  readonly kitchen: ChildProcess
  /** Where its peers dial in. */
  readonly address: string
  readonly stop: () => Promise<void>
}

/** Milliseconds from the start of each order to its arrival, at a steady pace. */
export async function measure(way: Way, orders: number, everyMs: number): Promise<number[]> {
  const startedNs = new Map<string, bigint>()
  const samples: number[] = []
  const { promise, resolve } = Promise.withResolvers<void>()
  const onMessage = (message: KitchenMessage): void => {
    if (message.type !== 'applied') return
    const started = startedNs.get(message.orderId)
    if (started === undefined) return
    samples.push(Number(BigInt(message.atNs) - started) / 1e6)
    if (samples.length === orders) resolve()
  }
  way.kitchen.on('message', onMessage)
  for (let n = 0; n < orders; n += 1) {
    const started = process.hrtime.bigint()
    startedNs.set(way.send(), started)
    await new Promise((next) => setTimeout(next, everyMs))
  }
  await promise
  way.kitchen.off('message', onMessage)
  return samples
}

export async function startTill(folder: string): Promise<Way> {
  const store: Store = await openBenchStore(join(folder, 'latency-till.db'), 'A', true)
  const peers = await createPeers({
    log: store,
    self: { name: 'Till', role: 'terminal', incarnation: newId() },
    keys: createDeviceKeys(),
    membership: everyone,
    listen: '127.0.0.1:0',
    connect: [],
    discovery: null,
    now: Date.now,
    monotonicNow: () => performance.now(),
    random: Math.random,
    logger: quiet,
  })
  const kitchen = startKitchen('peer', join(folder, 'latency-kitchen.db'), peers.address)
  await once(kitchen, 'message')
  await new Promise((resolve) => setTimeout(resolve, READY_WAIT_MS))
  return {
    kitchen,
    address: peers.address,
    send: () => {
      const command = tableForTwo()
      ringUp(store, command)
      return command.orderId
    },
    stop: async () => {
      kitchen.kill()
      await peers.stop()
      store.close()
    },
  }
}

async function startLimit(folder: string): Promise<Way> {
  const kitchen = startKitchen('bare', join(folder, 'bare-kitchen.db'), '')
  const [ready] = (await once(kitchen, 'message')) as [KitchenMessage]
  if (ready.type !== 'ready') throw new Error('the bare kitchen did not start')
  const socket = new WebSocket(`ws://127.0.0.1:${ready.port}`, { perMessageDeflate: false })
  await once(socket, 'open')
  const connection = await openConnection(join(folder, 'bare-till.db'))
  const write = rowWriter(connection)
  return {
    kitchen,
    address: '',
    send: () => {
      const orderId = newId()
      const body = JSON.stringify({ ...tableForTwo(), orderId })
      write(orderId, body)
      socket.send(body)
      return orderId
    },
    stop: async () => {
      socket.terminate()
      kitchen.kill()
      connection.close()
    },
  }
}

const startKitchen = (kind: 'peer' | 'bare', file: string, address: string): ChildProcess =>
  fork(join(import.meta.dirname, 'latency-kitchen.ts'), [kind, file, address], { stdio: 'inherit' })
