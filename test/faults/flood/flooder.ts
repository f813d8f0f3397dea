import { once } from 'node:events'
import { connect as connectTcp } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { WebSocket } from 'ws'
import { encodeFrame, PEER_PROTOCOL } from '../../../protocol/peer.ts'
import { pack } from '../../../protocol/wire.ts'
import type { DeviceKeys } from '../../../sync/device-keys.ts'
import { bytesToFrame } from '../../../sync/frame-bytes.ts'
import { dialPeer } from '../../../sync/peer-dial.ts'
import { clientTls, PAIR_ALPN, PEER_ALPN } from '../../../sync/peer-tls.ts'
import { requireAddress } from '../../../sync/address.ts'
import { createRandom } from '../../support/random.ts'
import type { FloodOrders, Sent } from './flood.ts'
import { FATAL, USELESS, type HostileFrame } from './hostile-frames.ts'

/**
 * Everybody who wishes the till ill, until it is told to stop: members that have gone mad, some at a
 * time and in turn, on connection after connection, and strangers at the door.
 */
const [{ address, storeId, seed, members, strangers }] = (await once(process, 'message')) as [
  FloodOrders,
]
const chance = createRandom(seed)
const sent = new Map<string, Sent>()
const pick = <T>(values: readonly T[]): T => values[Math.floor(chance() * values.length)]!
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

const USELESS_PER_SESSION = 2_000
/** So many frames are written before the socket is waited for. */
const AT_ONCE = 20
const REFUSED_PAUSE_MS = 100
/** The others wait until they are heard again. */
const MAD_AT_ONCE = 4
const STRANGER_PAUSE_MS = 5

function count(kind: string, bytes: number): void {
  const before = sent.get(kind) ?? { count: 0, bytes: 0 }
  sent.set(kind, { count: before.count + 1, bytes: before.bytes + bytes })
}

/** Goes through all the keys that it has: while one is not heard, the next one is tried. */
async function madMembers(first: number): Promise<void> {
  for (let call = 1; ; call += 1) {
    const keys = members[(first + call * MAD_AT_ONCE) % members.length]!
    const socket = await dial(keys, call)
    if (socket) await misbehave(socket, keys)
    else {
      count('calls of members that are not heard', 0)
      await pause(REFUSED_PAUSE_MS)
    }
  }
}

const dial = (keys: DeviceKeys, dialNumber: number): Promise<WebSocket | null> =>
  new Promise((resolve) => {
    dialPeer({
      address,
      dialNumber,
      keys,
      isMember: () => true,
      onMember: ({ socket }) => resolve(socket),
      onFailed: () => resolve(null),
    })
  })

/** Useless frames for as long as they are taken, and at the end one that ends it. */
async function misbehave(socket: WebSocket, keys: DeviceKeys): Promise<void> {
  const echoed: Uint8Array[] = []
  socket.on('error', () => undefined)
  const closed = once(socket, 'close').catch(() => undefined)
  const opened = await Promise.race([once(socket, 'open').then(() => true), closed])
  if (opened !== true) return
  socket.on('message', (data: Buffer) => {
    if (echoed.length < 4 && bytesToFrame(data)?.type === 'entries') echoed.push(data)
  })
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
  await pause(20)
  const isPatient = chance() < 0.7
  const kind = pick(Object.keys(USELESS))
  if (isPatient) await sendMany(socket, kind, USELESS[kind]!, echoed)
  const last = pick(Object.keys(FATAL))
  await sendMany(socket, last, FATAL[last]!, echoed, 1)
  await Promise.race([closed, pause(500)])
  socket.terminate()
  await closed
}

async function sendMany(
  socket: WebSocket,
  kind: string,
  frame: HostileFrame,
  echoed: readonly Uint8Array[],
  most = USELESS_PER_SESSION,
): Promise<void> {
  for (let n = 1; n <= most && socket.readyState === socket.OPEN; n += 1) {
    const bytes = frame(echoed)
    count(kind, bytes.length)
    if (n % AT_ONCE > 0) socket.send(bytes, () => undefined)
    else await new Promise((resolve) => socket.send(bytes, resolve))
  }
}

/** At the door: half a handshake, noise, an unknown key, or the joining of a device without a code. */
async function stranger(keys: DeviceKeys): Promise<void> {
  const { host, port } = requireAddress(address)
  for (;;) {
    await pause(STRANGER_PAUSE_MS)
    const way = pick(['silent', 'noise', 'unknown key', 'joining'])
    count(`strangers: ${way}`, 0)
    if (way === 'silent' || way === 'noise') {
      const socket = connectTcp(port, host)
      socket.on('error', () => undefined)
      if (way === 'noise') socket.write(Buffer.alloc(4_000, 0x16))
      setTimeout(() => socket.destroy(), 1_000)
      continue
    }
    const alpn = way === 'joining' ? PAIR_ALPN : PEER_ALPN
    const socket = connectTls({ host, port, ...clientTls(keys, alpn) })
    socket.on('error', () => undefined)
    // The length of a message that is longer than any, or a share that is none.
    socket.once('secureConnect', () => socket.write(pack(['share', 1, new Uint8Array(3_000)])))
    setTimeout(() => socket.destroy(), 1_000)
    await Promise.race([once(socket, 'close').catch(() => undefined), pause(1_000)])
  }
}

process.on('message', (message) => {
  if (message !== 'stop') return
  process.send?.(Object.fromEntries(sent), () => process.exit(0))
})
await Promise.all([
  ...Array.from({ length: MAD_AT_ONCE }, (_, n) => madMembers(n)),
  ...strangers.map(stranger),
])
