import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import { openConnection } from '../../db/sqlite/connection.ts'
import { newId } from '../../main/new-id.ts'
import { createDeviceKeys } from '../../sync/device-keys.ts'
import { createPeers } from '../../sync/peers.ts'
import { everyone } from '../support/device-keys.ts'
import { openBenchStore } from './bench-store.ts'
import { rowWriter } from './raw-row.ts'

/** What the kitchen's process tells the bench: when an order was durable here. */
export type KitchenMessage =
  | { readonly type: 'ready'; readonly port: number }
  | { readonly type: 'applied'; readonly orderId: string; readonly atNs: string }

const say = (message: KitchenMessage): void => void process.send?.(message)
const applied = (orderId: string): void =>
  say({ type: 'applied', orderId, atNs: String(process.hrtime.bigint()) })
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined }

const [kind = '', file = '', address = ''] = process.argv.slice(2)

if (kind === 'peer') {
  const store = await openBenchStore(file, 'K', false)
  store.onCommit(({ orders }) => orders.forEach((order) => applied(order.id)))
  await createPeers({
    log: store,
    self: { name: 'Kitchen', role: 'kitchen', incarnation: newId() },
    keys: createDeviceKeys(),
    membership: everyone,
    listen: '127.0.0.1:0',
    connect: [address],
    discovery: null,
    now: Date.now,
    monotonicNow: () => performance.now(),
    random: Math.random,
    logger: quiet,
  })
  say({ type: 'ready', port: 0 })
} else {
  const write = rowWriter(await openConnection(file))
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false })
  server.on('connection', (socket) =>
    socket.on('message', (data: Buffer) => {
      const body = data.toString('utf8')
      const { orderId } = JSON.parse(body) as { orderId: string }
      write(orderId, body)
      applied(orderId)
    }),
  )
  server.on('listening', () => say({ type: 'ready', port: (server.address() as AddressInfo).port }))
}
