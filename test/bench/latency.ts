import { fork, type ChildProcess } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { join } from 'node:path'
import { WebSocket } from 'ws'
import { openConnection } from '../../db/sqlite/connection.ts'
import { newId } from '../../main/new-id.ts'
import { everyone } from '../support/device-keys.ts'
import { nextMessage } from './child.ts'
import { createBenchPeers, openBenchStore, ringUp, tableForTwo } from './bench-store.ts'
import { soldOrder, type Rival } from './contender.ts'
import { ms, percentile, printRow, printTitle, ratio } from './figures.ts'
import { house } from './house.ts'
import { openRawLimit } from './raw-limit.ts'
import { rowWriter } from './raw-row.ts'
import { startRivalDevice } from './rival-link.ts'
import type { DeviceMessage } from './second-device.ts'

/**
 * Orders a second, and for how many of them it is measured. Slow rates leave room between two orders
 * for the others, who then take turns order by order.
 */
const RATES = [
  { perSecond: 1, orders: 40, together: true },
  { perSecond: 10, orders: 100, together: true },
  { perSecond: 100, orders: 500, together: false },
]
/** The first ways are the limits: one row a side, and an order's rows with the way back. */
const LIMITS = 2
const WARM_UP = 200
const WARM_UP_EVERY_MS = 5
const READY_WAIT_MS = 500

/**
 * From the tap on a till to the order applied and durable on the kitchen's process, beside the same
 * way with nothing on it: a durable row here, a WebSocket message, a durable row there; and beside a
 * bare round trip with the very rows of an order on both sides. The two processes share the machine's
 * monotonic clock, so one reads what the other wrote.
 */
export async function benchLatency(folder: string, rivals: readonly Rival[]): Promise<void> {
  const ways: Way[] = [
    await startLimit(folder),
    await startRoundTrip(folder),
    await startTill(folder),
  ]
  for (const rival of rivals) ways.push(await startRival(rival, folder))
  try {
    for (const way of ways) await measure(way, WARM_UP, WARM_UP_EVERY_MS)
    printTitle(
      'Till to kitchen, durable on both',
      'p50',
      'p99',
      'p50 of row',
      'p99 of row',
      'p50 of rows',
      'p99 of rows',
    )
    for (const { perSecond, orders, together } of RATES) {
      const everyMs = 1_000 / perSecond
      const samples = together
        ? await measureTogether(ways, orders, everyMs)
        : await inTurn(ways, (way) => measure(way, orders, everyMs))
      ways.forEach(({ name }, n) =>
        report(`${perSecond}/s, ${name}`, samples[n] ?? [], samples.slice(0, LIMITS)),
      )
    }
  } finally {
    for (const way of ways) await way.stop()
  }
}

function report(
  name: string,
  samples: readonly number[],
  limits: readonly (readonly number[])[],
): void {
  const shares = [0.5, 0.99]
  const taken = shares.map((share) => percentile(samples, share))
  const ofLimits = limits.flatMap((limit) =>
    shares.map((share, n) => ratio((taken[n] ?? Number.NaN) / percentile(limit, share))),
  )
  printRow(name, ...taken.map(ms), ...ofLimits)
}

interface Way {
  readonly name: string
  /** Sends this order on its way; done when that is durable here. */
  readonly send: (orderId: string) => void | Promise<void>
  readonly kitchen: Arrivals
  readonly stop: () => void | Promise<void>
}

/** Where it is heard that an order is durable on the other side: its process, as a rule. */
type Arrivals = Pick<EventEmitter, 'on' | 'off'>

async function inTurn(
  ways: readonly Way[],
  measureOne: (way: Way) => Promise<number[]>,
): Promise<number[][]> {
  const samples: number[][] = []
  for (const way of ways) samples.push(await measureOne(way))
  return samples
}

/** Milliseconds from the start of each order to its arrival, at a steady pace. */
export async function measure(way: Way, orders: number, everyMs: number): Promise<number[]> {
  const [samples] = await measureTogether([way], orders, everyMs)
  return samples ?? []
}

/** The same for several ways, which take turns order by order. */
async function measureTogether(
  ways: readonly Way[],
  orders: number,
  everyMs: number,
): Promise<number[][]> {
  const arrivals = ways.map((way) => listen(way, orders))
  for (let n = 0; n < orders; n += 1) {
    for (const [index, way] of ways.entries()) {
      const orderId = newId()
      arrivals[index]?.startedNs.set(orderId, process.hrtime.bigint())
      await way.send(orderId)
      await new Promise((next) => setTimeout(next, everyMs / ways.length))
    }
  }
  return Promise.all(arrivals.map(({ samples }) => samples))
}

function listen({ kitchen }: Way, orders: number) {
  const startedNs = new Map<string, bigint>()
  const taken: number[] = []
  const { promise, resolve } = Promise.withResolvers<number[]>()
  const onMessage = (message: DeviceMessage): void => {
    if (message.type !== 'applied') return
    const started = startedNs.get(message.orderId)
    if (started === undefined) return
    taken.push(Number(BigInt(message.atNs) - started) / 1e6)
    if (taken.length < orders) return
    kitchen.off('message', onMessage)
    resolve(taken)
  }
  kitchen.on('message', onMessage)
  return { startedNs, samples: promise }
}

/** `address` is where its peers dial in. */
export async function startTill(
  folder: string,
  isMember = everyone.isMember,
): Promise<Way & { readonly address: string }> {
  const store = await openBenchStore(join(folder, 'latency-till.db'), 'A', true)
  const peers = await createBenchPeers(store, 'terminal', [], isMember)
  const kitchen = startKitchen('kitchen', join(folder, 'latency-kitchen.db'), peers.address)
  await nextMessage(kitchen)
  await new Promise((resolve) => setTimeout(resolve, READY_WAIT_MS))
  return {
    name: house.name,
    address: peers.address,
    kitchen,
    send: (orderId) => ringUp(store, { ...tableForTwo(), orderId }),
    stop: async () => {
      kitchen.kill()
      await peers.stop()
      store.close()
    },
  }
}

async function startLimit(folder: string): Promise<Way> {
  const { kitchen, socket } = await startBare('bare', join(folder, 'bare-kitchen.db'))
  const connection = await openConnection(join(folder, 'bare-till.db'))
  const write = rowWriter(connection)
  return {
    name: 'limit: row, ws, row',
    kitchen,
    send: (orderId) => {
      const body = JSON.stringify({ ...tableForTwo(), orderId })
      write(orderId, body)
      socket.send(body)
    },
    stop: () => {
      socket.terminate()
      kitchen.kill()
      connection.close()
    },
  }
}

/** Bare commits of the rows that an order has here, on both sides, and a message there and back. */
async function startRoundTrip(folder: string): Promise<Way> {
  const { kitchen, socket } = await startBare('rows', join(folder, 'rows-kitchen.db'))
  const raw = await openRawLimit(join(folder, 'rows-till.db'))
  const arrivals = new EventEmitter()
  socket.on('message', (data: Buffer) => {
    const atNs = String(process.hrtime.bigint())
    arrivals.emit('message', { type: 'applied', orderId: data.toString('utf8'), atNs })
  })
  return {
    name: 'limit: rows, ws, rows, ws',
    kitchen: arrivals,
    send: (orderId) => {
      const body = JSON.stringify({ ...tableForTwo(), orderId })
      raw.ringUp()
      socket.send(body)
    },
    stop: () => {
      socket.terminate()
      kitchen.kill()
      raw.close()
    },
  }
}

async function startBare(kind: 'bare' | 'rows', file: string) {
  const kitchen = startKitchen(kind, file, '')
  const ready = await nextMessage<DeviceMessage>(kitchen)
  if (ready.type !== 'ready') throw new Error('the bare kitchen did not start')
  const socket = new WebSocket(`ws://127.0.0.1:${ready.port}`, { perMessageDeflate: false })
  await once(socket, 'open')
  return { kitchen, socket }
}

async function startRival(rival: Rival, folder: string): Promise<Way> {
  const { child, tell, stop } = await startRivalDevice(rival, join(folder, `${rival.name}-kitchen`))
  const till = await rival.open(join(folder, `${rival.name}-till`), 'A')
  return {
    name: rival.name,
    kitchen: child,
    async send(orderId) {
      const done = till.ringUp({ ...soldOrder(), id: orderId })
      if (done !== undefined) await done
      tell(till.lastChange(), orderId)
    },
    stop: async () => {
      stop()
      await till.close()
    },
  }
}

const startKitchen = (
  kind: 'kitchen' | 'bare' | 'rows',
  file: string,
  address: string,
): ChildProcess =>
  fork(join(import.meta.dirname, 'house-device.ts'), [kind, file, address], { stdio: 'inherit' })
