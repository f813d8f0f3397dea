import { fork } from 'node:child_process'
import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server } from 'node:net'
import { join } from 'node:path'
import { nextMessage } from './child.ts'
import { createBenchPeers, openBenchStore, ringUp } from './bench-store.ts'
import type { Rival } from './contender.ts'
import { ms, perSecond, printRow, printTitle, ratio } from './figures.ts'
import { house } from './house.ts'
import { manyOrders } from './many-orders.ts'
import { startRivalDevice } from './rival-link.ts'
import type { DeviceMessage } from './second-device.ts'

const ORDERS = 10_000
const ROUNDS = 3

interface CaughtUp {
  readonly tookMs: number
  readonly bytes: number
  readonly peakMb: number
}

/**
 * All orders of a device to an empty one in another process, until they are durable there. A rival
 * sends everything at once, which is its quickest way; the house dials, greets and sends frames that
 * are acknowledged, through a relay that counts the bytes. The best of some rounds, taken in turns.
 */
export async function benchCatchUp(folder: string, rivals: readonly Rival[]): Promise<void> {
  const runs = [await houseRun(folder)]
  for (const rival of rivals) runs.push(await rivalRun(rival, folder))
  const best: (CaughtUp | undefined)[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [n, { catchUp }] of runs.entries()) {
      const caughtUp = await catchUp(join(folder, `catch-up-${n}-${round}`))
      if (caughtUp.tookMs < (best[n]?.tookMs ?? Infinity)) best[n] = caughtUp
    }
  }
  for (const { stop } of runs) await stop()
  printTitle('Catch-up of an empty device', 'in', 'orders', 'of this house', 'wire MB', 'peak MB')
  const rateOf = (n: number): number => ((runs[n]?.orders ?? 0) * 1_000) / (best[n]?.tookMs ?? 1)
  runs.forEach(({ name, orders }, n) => {
    const { tookMs = 0, bytes = 0, peakMb = 0 } = best[n] ?? {}
    printRow(
      `${name}, ${orders} orders`,
      ms(tookMs),
      perSecond(rateOf(n)),
      ratio(rateOf(n) / rateOf(0)),
      (bytes / 1e6).toFixed(2),
      peakMb.toFixed(0),
    )
  })
}

interface Run {
  readonly name: string
  readonly orders: number
  readonly catchUp: (file: string) => Promise<CaughtUp>
  readonly stop: () => void | Promise<void>
}

async function houseRun(folder: string): Promise<Run> {
  const store = await openBenchStore(join(folder, 'catch-up-from.db'), 'A', true)
  for (let n = 0; n < ORDERS; n += 1) ringUp(store)
  const peers = await createBenchPeers(store, 'terminal', [])
  const relay = await startRelay(Number(peers.address.split(':').at(-1)))
  return {
    name: house.name,
    orders: ORDERS,
    async catchUp(file) {
      const program = join(import.meta.dirname, 'house-device.ts')
      const child = fork(program, ['empty', file, relay.address, String(ORDERS)])
      await nextMessage(child)
      const bytesBefore = relay.bytes()
      const startMs = performance.now()
      child.send('go')
      const caughtUp = await nextMessage<DeviceMessage>(child)
      const tookMs = performance.now() - startMs
      child.kill()
      return result(caughtUp, ORDERS, tookMs, relay.bytes() - bytesBefore)
    },
    async stop() {
      relay.server.close()
      await peers.stop()
      store.close()
    },
  }
}

async function rivalRun(rival: Rival, folder: string): Promise<Run> {
  const orders = Math.min(ORDERS, rival.maxOrders)
  const replica = await rival.open(join(folder, `${rival.name}-catch-up-from`), 'A')
  await replica.fill(manyOrders(orders, orders))
  return {
    name: rival.name,
    orders,
    async catchUp(file) {
      const { child, tell, finish, stop } = await startRivalDevice(rival, file)
      let bytes = 0
      const startMs = performance.now()
      for await (const part of replica.everything()) {
        bytes += part.length
        tell(part)
      }
      finish()
      const caughtUp = await nextMessage<DeviceMessage>(child)
      const tookMs = performance.now() - startMs
      stop()
      return result(caughtUp, orders, tookMs, bytes)
    },
    stop: replica.close,
  }
}

function result(said: DeviceMessage, orders: number, tookMs: number, bytes: number): CaughtUp {
  if (said.type !== 'caughtUp' || said.orders !== orders) {
    throw new Error(`the empty device did not get all orders: ${JSON.stringify(said)}`)
  }
  return { tookMs, bytes, peakMb: said.peakMb }
}

/** Passes bytes on, both ways, and counts them. */
async function startRelay(port: number) {
  let bytes = 0
  const count = (data: Buffer): void => {
    bytes += data.length
  }
  const server: Server = createServer((near) => {
    const far = connect(port, '127.0.0.1')
    for (const socket of [near, far]) {
      socket.setNoDelay(true).on('data', count)
      socket.on('error', () => undefined)
      socket.on('close', () => [near, far].forEach((end) => end.destroy()))
    }
    near.pipe(far).pipe(near)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return { server, address, bytes: () => bytes }
}
