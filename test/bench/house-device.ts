import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { WebSocketServer, type WebSocket } from 'ws'
import { openConnection } from '../../db/sqlite/connection.ts'
import { createBenchPeers, openBenchStore } from './bench-store.ts'
import { openRawLimit } from './raw-limit.ts'
import { rowWriter } from './raw-row.ts'
import type { DeviceMessage } from './second-device.ts'

/**
 * A second device of this house (`kitchen`, or `empty` to be filled), or a bare limit beside it: one
 * row for each message, or an order's `rows` and a message back.
 * `empty` begins when it is told to, and says when it holds so many orders.
 */
const say = (message: DeviceMessage): void => void process.send?.(message)
const applied = (orderId: string): void =>
  say({ type: 'applied', orderId, atNs: String(process.hrtime.bigint()) })

const [kind = '', file = '', address = '', wanted = ''] = process.argv.slice(2)

if (kind === 'kitchen') {
  const store = await openBenchStore(file, 'K', false)
  store.onCommit(({ orders }) => orders.forEach((order) => applied(order.id)))
  await createBenchPeers(store, 'kitchen', [address])
  say({ type: 'ready', port: 0 })
} else if (kind === 'empty') {
  const store = await openBenchStore(file, 'K', false)
  let orders = 0
  store.onCommit((commit) => {
    orders += commit.orders.length
    const peakMb = process.resourceUsage().maxRSS / 1_024
    if (orders === Number(wanted)) say({ type: 'caughtUp', orders, peakMb })
  })
  say({ type: 'ready', port: 0 })
  await once(process, 'message')
  await createBenchPeers(store, 'kitchen', [address])
} else if (kind === 'rows') {
  const { ringUp } = await openRawLimit(file)
  await serve((body, socket) => {
    const { orderId } = JSON.parse(body) as { orderId: string }
    ringUp()
    socket.send(orderId)
  })
} else {
  const write = rowWriter(await openConnection(file))
  await serve((body) => {
    const { orderId } = JSON.parse(body) as { orderId: string }
    write(orderId, body)
    applied(orderId)
  })
}

async function serve(take: (body: string, socket: WebSocket) => void): Promise<void> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false })
  server.on('connection', (socket) =>
    socket.on('message', (data: Buffer) => take(data.toString('utf8'), socket)),
  )
  await once(server, 'listening')
  say({ type: 'ready', port: (server.address() as AddressInfo).port })
}
