import { once } from 'node:events'
import { connect } from 'node:net'
import type { WebSocket } from 'ws'
import { encodeFrame, PEER_PROTOCOL } from '../../../protocol/peer.ts'
import { MAX_FRAME_BYTES } from '../../../protocol/limits.ts'
import { pack } from '../../../protocol/wire.ts'
import { createDeviceKeys } from '../../../sync/device-keys.ts'
import { dialPeer } from '../../../sync/peer-dial.ts'
import { createRandom } from '../../support/random.ts'

/**
 * A member of the store that has gone mad: it proves its key as any member does, says a proper
 * hello, and then sends whatever hurts, on several connections, until it is stopped.
 */
const [address = '', storeId = '', seed = '1'] = process.argv.slice(2)
const CONNECTIONS = 4
const FRAMES_PER_CONNECTION = 40
const chance = createRandom(Number(seed))
const keys = createDeviceKeys()
const counts = new Map<string, number>()

const entry = (body: string) => [890_000_000_000_000, 'flood', '2026-01-01T00:00:00Z', 'x', body]
const deep = (levels: number): Uint8Array => Buffer.concat([Buffer.alloc(levels, 0x91), pack(1)])

const hostile: Record<string, () => Uint8Array> = {
  oversized: () => Buffer.alloc(MAX_FRAME_BYTES + 1),
  large: () => Buffer.alloc(MAX_FRAME_BYTES - 1, 0xc1),
  truncated: () => encodeFrame({ type: 'ping', nonce: 1, sentMs: 1 }).subarray(0, 4),
  deep: () => deep(200_000),
  'wrong types': () => pack(['entries', 'one', { ranges: true }]),
  'no frame': () => pack({ type: 'hello' }),
  'forged hashes': () => pack(['entries', 1, [['victim', 1, [entry('[]')], new Uint8Array(32)]]]),
  'far numbers': () =>
    pack(['entries', 1, [['victim', 2 ** 39, [entry('[]')], new Uint8Array(32)]]]),
  'unasked entries': () =>
    pack([
      'entries',
      1,
      [['nobody', 1, Array.from({ length: 500 }, () => entry('["x"]')), new Uint8Array(32)]],
    ]),
  'deep JSON': () =>
    pack(['entries', 1, [['deep', 1, [entry('['.repeat(400_000))], new Uint8Array(32)]]]),
  'many origins': () => pack(['have', Array.from({ length: 4_000 }, (_, n) => [`o${n}`, 1_000])]),
  'false answers': () => pack(['ack', 99_999, [['victim', 5]]]),
  'many pings': () => encodeFrame({ type: 'ping', nonce: 7, sentMs: 1 }),
}
const names = Object.keys(hostile)

async function flood(): Promise<void> {
  for (;;) {
    if (chance() < 0.1) await halfOpen()
    const socket = await dial()
    if (socket) await misbehave(socket)
  }
}

const dial = (): Promise<WebSocket | null> =>
  new Promise((resolve) => {
    dialPeer({
      address,
      dialNumber: 1,
      keys,
      isMember: () => true,
      onMember: ({ socket }) => resolve(socket),
      onFailed: () => setTimeout(resolve, 20, null),
    })
  })

async function misbehave(socket: WebSocket): Promise<void> {
  socket.on('error', () => undefined)
  const closed = once(socket, 'close').catch(() => undefined)
  const opened = await Promise.race([once(socket, 'open').then(() => true), closed])
  if (opened !== true) return
  const hello = {
    type: 'hello',
    protocol: PEER_PROTOCOL,
    storeId,
    deviceId: keys.deviceId,
    name: 'Mad',
    role: 'terminal',
    incarnation: String(chance()),
    frontier: new Map(),
    hashes: new Map(),
    aside: [],
  } as const
  socket.send(encodeFrame(hello))
  for (let n = 0; n < FRAMES_PER_CONNECTION && socket.readyState === socket.OPEN; n += 1) {
    const name = names[Math.floor(chance() * names.length)]!
    counts.set(name, (counts.get(name) ?? 0) + 1)
    const frame = hostile[name]!()
    await new Promise((resolve) => socket.send(frame, resolve))
  }
  socket.terminate()
  await closed
}

/** A connection that never says a word. */
async function halfOpen(): Promise<void> {
  const [host, port] = address.split(':')
  const socket = connect(Number(port), host)
  socket.on('error', () => undefined)
  await new Promise((resolve) => setTimeout(resolve, 50))
  setTimeout(() => socket.destroy(), 5_000).unref()
}

process.on('SIGTERM', () => {
  process.send?.(Object.fromEntries(counts), () => process.exit(0))
})
await Promise.all(Array.from({ length: CONNECTIONS }, flood))
