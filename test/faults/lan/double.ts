import { createServer } from 'node:tls'
import { createInterface } from 'node:readline'
import { createDeviceKeys } from '../../../sync/device-keys.ts'
import { PEER_ALPN, serverTls } from '../../../sync/peer-tls.ts'

/**
 * A machine at the address of a till: it takes every call, with a key of its own and whatever the
 * caller's, and counts what it is told. A line in asks for the counts.
 */
const [port = ''] = process.argv.slice(2)
let calls = 0
let bytes = 0

export interface DoubleReport {
  readonly calls: number
  readonly bytes: number
}

const server = createServer({ ...serverTls(createDeviceKeys()), ALPNProtocols: [PEER_ALPN] })
server.on('secureConnection', (socket) => {
  socket.on('error', () => socket.destroy())
  socket.on('data', (data: Buffer) => {
    bytes += data.length
  })
})
// A member ends the call as soon as it has seen the key, before it has shown its own.
server.on('tlsClientError', () => undefined)
server.on('connection', () => {
  calls += 1
})
server.listen(Number(port))

for await (const _line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify({ calls, bytes } satisfies DoubleReport)}\n`)
}
server.close()
