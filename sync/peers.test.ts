import { once } from 'node:events'
import { afterEach, expect, test } from 'vitest'
import type { WebSocket } from 'ws'
import type { EntryLog } from '../domain/log.ts'
import {
  chosenSubprotocol,
  encodeFrame,
  OFFERED_SUBPROTOCOLS,
  PEER_PROTOCOL,
  protocolOf,
  type PeerFrame,
} from '../protocol/peer.ts'
import { FRAME_TARGET_BYTES, MAX_FRAME_BYTES, MAX_FRAMES_IN_FLIGHT } from '../protocol/limits.ts'
import { createRoster, idOf, keysOf } from '../test/support/device-keys.ts'
import { createMemoryLog, type MemoryLog } from '../test/support/memory-log.ts'
import { difference } from '../test/support/session-network.ts'
import { waitUntil } from '../test/support/wait-until.ts'
import type { Discovery } from './discovery.ts'
import { formatAddress, parseAddress, requireAddress } from './address.ts'
import { MAX_SOCKETS_PER_MEMBER } from './limits.ts'
import type { LogDetails } from './logger.ts'
import { dialPeer } from './peer-dial.ts'
import { bytesToFrame } from './frame-bytes.ts'
import { createPeers, type Peers, type PeersDeps } from './peers.ts'

const STORE = 'store-1'
const running = new Set<Peers>()
afterEach(async () => {
  await Promise.all([...running].map((peers) => peers.stop()))
  running.clear()
})

interface Device {
  readonly log: MemoryLog
  readonly peers: Peers
  readonly warnings: [string, LogDetails | undefined][]
}

let runs = 0

/** A device on a free port of loopback, calling the devices given. */
async function device(
  letter: string,
  connect: readonly string[] = [],
  more: Partial<PeersDeps> & { readonly entries?: MemoryLog } = {},
): Promise<Device> {
  const log = more.entries ?? createMemoryLog(STORE, letter)
  const warnings: Device['warnings'] = []
  runs += 1
  const peers = await createPeers({
    log,
    self: { name: `till ${letter}`, role: 'terminal', incarnation: `run-${runs}` },
    keys: keysOf(letter),
    membership: createRoster(),
    listen: '127.0.0.1:0',
    connect,
    discovery: null,
    now: Date.now,
    monotonicNow: () => performance.now(),
    random: () => 0.5,
    logger: {
      info: () => {},
      warn: (message, details) => warnings.push([message, details]),
      error: (message, details) => warnings.push([message, details]),
    },
    ...more,
  })
  running.add(peers)
  return { log, peers, warnings }
}

const connected = (at: Device): string[] =>
  at.peers
    .status()
    .filter((peer) => peer.connected)
    .map((peer) => peer.name.replace('till ', ''))

const same = (...devices: Device[]): boolean => difference(devices.map(({ log }) => log)) === null

async function stop(at: Device): Promise<void> {
  running.delete(at.peers)
  await at.peers.stop()
}

test('[P3] two devices exchange their logs over a real socket and report each other', async () => {
  const a = await device('A')
  a.log.append('"before"')
  const b = await device('B', [a.peers.address])
  await waitUntil(() => same(a, b))
  b.log.append('"after"', '"and more"')
  await waitUntil(() => same(a, b))
  await waitUntil(() => a.peers.status()[0]?.theyLack === 0)
  expect(a.peers.status()).toEqual([
    {
      deviceId: idOf('B'),
      name: 'till B',
      role: 'terminal',
      connected: true,
      lastHeardMs: expect.any(Number),
      theyLack: 0,
      weLack: 0,
      driftMs: null,
    },
  ])
  await waitUntil(() => a.peers.status()[0]?.driftMs !== null)
  expect(Math.abs(a.peers.status()[0]?.driftMs ?? 99)).toBeLessThan(50)
  expect(b.peers.provenAddresses()).toEqual([a.peers.address])
})

test('[K3] a device that is gone stays on the list, with what it lacks', async () => {
  const a = await device('A')
  const b = await device('B', [a.peers.address])
  await waitUntil(() => connected(a).length === 1)
  await stop(b)
  await waitUntil(() => connected(a).length === 0)
  a.log.append('"it misses this"')
  expect(a.peers.status()).toMatchObject([{ name: 'till B', connected: false, theyLack: 1 }])
  expect(Date.now() - (a.peers.status()[0]?.lastHeardMs ?? 0)).toBeLessThan(2_000)
})

test('[P3] two that call each other keep one connection, and it does not flap', async () => {
  const [portA, portB] = [await freePort(), await freePort()]
  const changes: string[] = []
  const listen = (port: number) => `127.0.0.1:${port}`
  const log = createMemoryLog(STORE, 'A')
  let reads = 0
  const counting: EntryLog = {
    ...log,
    readRange(...wanted) {
      reads += 1
      return log.readRange(...wanted)
    },
  }
  const a = await device('A', [listen(portB)], {
    log: counting,
    listen: listen(portA),
    onStatus: (status) => changes.push(JSON.stringify(status.map((peer) => peer.connected))),
  })
  const b = await device('B', [listen(portA), `localhost:${portA}`], { listen: listen(portB) })
  await waitUntil(() => connected(a).length === 1 && connected(b).length === 1)
  await pause(800)
  const soFar = changes.length
  await pause(800)
  expect(connected(a)).toEqual(['B'])
  expect(connected(b)).toEqual(['A'])
  expect(changes.length).toBe(soFar)
  expect(soFar).toBeLessThanOrEqual(4)
  log.append('"read for one connection, not for two"')
  await waitUntil(() => b.log.frontier().get('A') === 1)
  expect(reads).toBe(1)
})

test('[P2] a device that was restarted on its port is reached again', async () => {
  const port = await freePort()
  const b = await device('B', [], { listen: `127.0.0.1:${port}` })
  const a = await device('A', [b.peers.address])
  await waitUntil(() => connected(a).length === 1)
  await stop(b)
  a.log.append('"meanwhile"')
  await waitUntil(() => connected(a).length === 0)
  const again = await device('B', [], { listen: `127.0.0.1:${port}`, entries: b.log.copy() })
  await waitUntil(() => same(a, again))
  expect(again.log.bodies('A')).toEqual(['"meanwhile"'])
})

test('[P2] a device found under a new port is called at once, whatever the back-off', async () => {
  let found: ((deviceId: string, address: string) => void) | undefined
  const discovery: Discovery = {
    start: ({ onFound }) => {
      found = onFound
    },
    stop: () => Promise.resolve(),
  }
  const a = await device('A', [], { discovery })
  found?.(idOf('B'), `127.0.0.1:${await freePort()}`)
  found?.(idOf('A'), a.peers.address)
  await pause(1_500)
  const b = await device('B')
  found?.(idOf('B'), b.peers.address)
  await waitUntil(() => connected(a).length === 1, 100)
  await pause(400)
  expect(connected(a)).toEqual(['B'])
})

test('[P1] another store is refused, and ourselves are not called twice', async () => {
  const other = await device('X', [], { entries: createMemoryLog('store-2', 'X') })
  const a = await device('A', [other.peers.address])
  const port = await freePort()
  const self = await device('S', [`127.0.0.1:${port}`], { listen: `127.0.0.1:${port}` })
  await waitUntil(() => a.warnings.length > 0)
  expect(a.warnings[0]?.[1]).toMatchObject({ code: 'wrong_store' })
  expect(a.peers.status()).toEqual([])
  expect(self.peers.status()).toEqual([])
})

test('[L1] a store that cannot write acknowledges nothing and is not called in a hot loop', async () => {
  const log = createMemoryLog(STORE, 'B')
  let tries = 0
  const full: EntryLog = {
    ...log,
    ingest() {
      tries += 1
      throw new Error('disk full')
    },
  }
  const a = await device('A')
  a.log.append('"x"')
  await device('B', [a.peers.address], { log: full })
  await waitUntil(() => tries > 0)
  await pause(1_500)
  expect(tries).toBeLessThan(8)
  expect(log.frontier().get('A') ?? 0).toBe(0)
  expect(a.peers.status()[0]?.theyLack).toBe(1)
})

test('[P3] what is no frame, or too large, ends that connection and no other', async () => {
  const a = await device('A')
  const b = await device('B', [a.peers.address])
  await waitUntil(() => connected(a).length === 1)
  const attempts: (string | Uint8Array)[] = [
    'text',
    new Uint8Array([0xc1]),
    new Uint8Array(MAX_FRAME_BYTES + 1),
    encodeFrame({ type: 'ping', nonce: 1, sentMs: 1 }),
  ]
  for (const [index, attempt] of attempts.entries()) {
    const socket = await callAs('DEFG'[index]!, a.peers.address)
    socket.send(attempt)
    await once(socket, 'close')
  }
  // Whoever did so is not heard for a while, not even by HTTP.
  await expect(callAs('D', a.peers.address)).rejects.toThrow('closed')
  a.log.append('"still here"')
  await waitUntil(() => same(a, b))
  expect(connected(a)).toEqual(['B'])
})

test('[P3] a caller that says nothing is cut off', async () => {
  const a = await device('A')
  const socket = await callAs('D', a.peers.address)
  const beganMs = performance.now()
  await once(socket, 'close')
  expect(performance.now() - beganMs).toBeLessThan(15_000)
})

test('[P3] a peer that does not read slows nobody else, and fills no memory', async () => {
  const log = createMemoryLog(STORE, 'A')
  let charactersRead = 0
  const counting: EntryLog = {
    ...log,
    readRange(...wanted) {
      const range = log.readRange(...wanted)
      charactersRead += range?.entries.reduce((sum, entry) => sum + entry.body.length, 0) ?? 0
      return range
    },
  }
  const a = await device('A', [], { log: counting })
  const b = await device('B', [a.peers.address])
  const deaf = await rawPeer(a.peers.address, 'D')
  await waitUntil(() => connected(a).length === 2)
  deaf.pause()
  const pinging = setInterval(() => sayPing(deaf), 200)
  log.append(...Array.from({ length: 5_000 }, () => '"'.padEnd(4_000, 'x')))
  await waitUntil(() => b.log.frontier().get('A') === 5_000)
  await pause(500)
  expect(charactersRead).toBeGreaterThan(20_000_000)
  expect(charactersRead).toBeLessThan(20_000_000 + (MAX_FRAMES_IN_FLIGHT + 1) * FRAME_TARGET_BYTES)
  expect(connected(a)).toEqual(['B', 'D'])
  clearInterval(pinging)
  deaf.terminate()
})

test(
  '[P3] a peer that asks and asks is read more slowly, and then cut off',
  { timeout: 60_000 },
  async () => {
    const a = await device('A')
    const deaf = await rawPeer(a.peers.address, 'D')
    await waitUntil(() => connected(a).length === 1)
    deaf.pause()
    const isCutOff = () => connected(a).length === 0
    while (!isCutOff()) {
      for (let i = 0; i < 5_000; i += 1) sayPing(deaf)
      await waitUntil(() => deaf.bufferedAmount < 100_000 || isCutOff(), 40_000)
    }
    expect(a.warnings[0]?.[1]).toMatchObject({ reason: 'it keeps us busy with what is of no use' })
    deaf.terminate()
  },
)

test('[P3] one member takes a few places, and none of the others', async () => {
  const a = await device('A')
  const greedy: WebSocket[] = []
  for (let n = 0; n < MAX_SOCKETS_PER_MEMBER; n += 1) {
    greedy.push(await callAs('D', a.peers.address))
  }
  await expect(callAs('D', a.peers.address)).rejects.toThrow('closed before it opened')
  const b = await device('B', [a.peers.address])
  await waitUntil(() => connected(b).length === 1)
  // A place that is given back is there for the next call.
  greedy.pop()?.terminate()
  await waitUntil(async () => {
    const again = await callAs('D', a.peers.address).catch(() => null)
    again?.terminate()
    return again !== null
  })
  for (const socket of greedy) socket.terminate()
})

/** A socket of a member to whoever listens there, with no session on it. */
function callAs(
  letter: string,
  address: string,
  offered: readonly string[] = OFFERED_SUBPROTOCOLS,
): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    dialPeer({
      address,
      dialNumber: 1,
      offered,
      keys: keysOf(letter),
      isMember: () => true,
      onMember({ socket }) {
        socket.on('error', () => {})
        socket.once('open', () => resolve(socket))
        socket.once('close', () => reject(new Error('it was closed before it opened')))
      },
      onFailed: (_failure, reason) => reject(new Error(reason)),
    })
  })
}

/** A peer that says hello and then only what the test makes it say. */
async function rawPeer(
  address: string,
  letter: string,
  offered: readonly string[] = OFFERED_SUBPROTOCOLS,
): Promise<WebSocket> {
  const socket = await callAs(letter, address, offered)
  const deviceId = idOf(letter)
  const self = { name: letter, role: 'terminal', incarnation: 'raw', storeId: STORE } as const
  const frontier = new Map<string, number>()
  socket.send(
    encodeFrame({
      type: 'hello',
      protocol: protocolOf(socket.protocol),
      deviceId,
      frontier,
      hashes: new Map(),
      aside: [],
      ...self,
    }),
  )
  return socket
}

const sayPing = (socket: WebSocket): void =>
  socket.send(encodeFrame({ type: 'ping', nonce: 1, sentMs: 1 }))

test('[L4] a member that offers no protocol, as versions did before they were agreed on, is spoken to in 4', async () => {
  const a = await device('A')
  const b = await device('B', [a.peers.address])
  await waitUntil(() => connected(a).length === 1)
  const old = await rawPeer(a.peers.address, 'D', [])
  const frames: PeerFrame[] = []
  old.on('message', (data: Buffer) => frames.push(bytesToFrame(data) as PeerFrame))
  await waitUntil(() => connected(a).length === 2)
  b.log.append('"news"')
  await waitUntil(() => frames.some(({ type }) => type === 'have'))
  expect(frames.find(({ type }) => type === 'hello')).toMatchObject({ protocol: 4 })
  expect(frames.find(({ type }) => type === 'have')).toMatchObject({ hashes: new Map() })

  const current = await rawPeer(a.peers.address, 'E', OFFERED_SUBPROTOCOLS)
  const said: PeerFrame[] = []
  current.on('message', (data: Buffer) => said.push(bytesToFrame(data) as PeerFrame))
  await waitUntil(() => connected(a).length === 3)
  b.log.append('"more"')
  await waitUntil(() => said.some(({ type }) => type === 'have'))
  expect(said.find(({ type }) => type === 'have')).toMatchObject({
    hashes: new Map([['B', b.log.headHashes().get('B')]]),
  })
})

test('[L4] the highest protocol that both speak is chosen, and an older version takes the first', () => {
  expect(chosenSubprotocol(new Set(OFFERED_SUBPROTOCOLS))).toBe('aura-peer.5')
  expect(chosenSubprotocol(new Set(['aura-peer.4', 'aura-peer.6']))).toBe('aura-peer.4')
  expect(chosenSubprotocol(new Set(['aura-peer.6']))).toBe(false)
  expect(protocolOf(OFFERED_SUBPROTOCOLS[0] ?? '')).toBe(4)
  expect(protocolOf('')).toBe(4)
})

test('[P1] a member that gives another member’s id in its hello is sent away', async () => {
  const a = await device('A')
  const socket = await callAs('D', a.peers.address)
  const self = { name: 'B', role: 'terminal', incarnation: 'raw', storeId: STORE } as const
  const hello = { type: 'hello', protocol: PEER_PROTOCOL, deviceId: idOf('B') } as const
  socket.send(encodeFrame({ ...hello, ...self, frontier: new Map(), hashes: new Map(), aside: [] }))
  await once(socket, 'close')
  expect(a.peers.status()).toEqual([])
  expect(a.warnings[0]?.[1]).toMatchObject({ reason: 'it names another device than its key' })
})

test('[P2] addresses are HOST:PORT, and nothing else', async () => {
  expect(parseAddress('192.168.1.4:7000')).toEqual({ host: '192.168.1.4', port: 7_000 })
  expect(formatAddress(requireAddress('[::1]:80'))).toBe('[::1]:80')
  for (const wrong of ['nonsense', '1.2.3.4', '::1:80', 'host:70000', 'host:', ':80']) {
    expect(parseAddress(wrong)).toBeNull()
  }
  await expect(device('A', ['nonsense'])).rejects.toThrow(/HOST:PORT/)
})

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

async function freePort(): Promise<number> {
  const probe = await device('P')
  const { port } = requireAddress(probe.peers.address)
  await stop(probe)
  return port
}
