import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import type { Rival } from './contender.ts'
import { loadContender } from './load-rivals.ts'
import { ID_LENGTH, type DeviceMessage } from './second-device.ts'

/** A second device of a rival: takes what comes over a bare WebSocket, and says when it is stored. */
const [name = '', file = ''] = process.argv.slice(2)
const rival = (await loadContender(name)) as Rival
const replica = await rival.open(file, 'K')
const say = (message: DeviceMessage): void => void process.send?.(message)

async function take(data: Buffer): Promise<void> {
  if (data.length === 0) {
    const orders = await replica.countOrders()
    const peakMb = process.resourceUsage().maxRSS / 1_024
    return say({ type: 'caughtUp', orders, peakMb })
  }
  const orderId = data.toString('latin1', 0, ID_LENGTH).trim()
  await replica.take(new Uint8Array(data.subarray(ID_LENGTH)))
  if (orderId !== '') say({ type: 'applied', orderId, atNs: String(process.hrtime.bigint()) })
}

const options = { host: '127.0.0.1', port: 0, perMessageDeflate: false, maxPayload: 2 ** 30 }
const server = new WebSocketServer(options)
await once(server, 'listening')
server.on('connection', (socket) => {
  // One after the other, in the order of sending.
  let taken: Promise<void> = Promise.resolve()
  socket.on('message', (data: Buffer) => {
    taken = taken.then(() => take(data))
  })
})
say({ type: 'ready', port: (server.address() as AddressInfo).port })
