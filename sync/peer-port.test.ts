import { generateKeyPairSync } from 'node:crypto'
import { connect as connectPlain, Socket, type AddressInfo } from 'node:net'
import { connect, createServer, type ConnectionOptions, type TLSSocket } from 'node:tls'
import { afterEach, expect, test } from 'vitest'
import { createRoster, idOf, keysOf, type TestRoster } from '../test/support/device-keys.ts'
import { createMemoryLog } from '../test/support/memory-log.ts'
import { waitUntil } from '../test/support/wait-until.ts'
import { requireAddress } from './address.ts'
import { selfSignedCertificate, toPem } from './certificate.ts'
import { createDeviceKeys } from './device-keys.ts'
import { MAX_REFUSED_PER_ADDRESS, REFUSED_WINDOW_MS } from './limits.ts'
import type { LogDetails } from './logger.ts'
import { createPeers, type Peers } from './peers.ts'
import { clientTls, PEER_ALPN, serverTls } from './peer-tls.ts'
import { createUnprovenCallers } from './unproven-callers.ts'

const UPGRADE =
  'GET /peer?call=1 HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
  'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n'

const ending: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ending.splice(0).toReversed()) await end()
})

interface Member {
  readonly peers: Peers
  readonly roster: TestRoster
  readonly warnings: (LogDetails | undefined)[]
}

let runs = 0

async function member(
  letter: string,
  roster: TestRoster,
  connectTo: readonly string[] = [],
): Promise<Member> {
  const warnings: Member['warnings'] = []
  runs += 1
  const peers = await createPeers({
    log: createMemoryLog('store-1', letter),
    self: { name: `till ${letter}`, role: 'terminal', incarnation: `run-${runs}` },
    keys: keysOf(letter),
    membership: roster,
    listen: '127.0.0.1:0',
    connect: connectTo,
    discovery: null,
    now: Date.now,
    monotonicNow: () => performance.now(),
    random: () => 0.5,
    logger: {
      info: () => {},
      warn: (_message, details) => warnings.push(details),
      error: (_message, details) => warnings.push(details),
    },
  })
  ending.push(peers.stop)
  return { peers, roster, warnings }
}

const connected = ({ peers }: Member): string[] =>
  peers.status().flatMap((peer) => (peer.connected ? [peer.deviceId] : []))

/** Everything that a socket hears until it is closed, after it has asked to be upgraded. */
function askOn(socket: Socket): Promise<string> {
  let heard = ''
  socket.on('data', (chunk: Buffer) => (heard += chunk.toString('latin1')))
  socket.on('error', () => {})
  socket.write(UPGRADE)
  return new Promise((resolve) => socket.once('close', () => resolve(heard)))
}

function tlsTo({ peers }: Member, options: ConnectionOptions): TLSSocket {
  return connect({ ...requireAddress(peers.address), rejectUnauthorized: false, ...options })
}

test('[P1] a member is answered in HTTP, so that silence towards others means something', async () => {
  const a = await member('A', createRoster('AB'))
  const socket = tlsTo(a, clientTls(keysOf('B'), PEER_ALPN))
  const heard = askOn(socket)
  await waitUntil(() => socket.bytesRead > 0)
  setTimeout(() => socket.destroy(), 300)
  expect(await heard).toMatch(/^HTTP\/1\.1 101 /)
})

test.each([
  ['without membership', (): ConnectionOptions => clientTls(createDeviceKeys(), PEER_ALPN)],
  [
    'with a revoked key',
    (a: Member): ConnectionOptions => {
      a.roster.remove('B')
      return clientTls(keysOf('B'), PEER_ALPN)
    },
  ],
  [
    'with a key of a kind that no device has',
    (): ConnectionOptions => {
      const pair = generateKeyPairSync('ec', { namedCurve: 'secp384r1' })
      const cert = toPem('CERTIFICATE', selfSignedCertificate(pair))
      const key = pair.privateKey.export({ type: 'pkcs8', format: 'pem' })
      return { ...clientTls(keysOf('B'), PEER_ALPN), key, cert }
    },
  ],
  [
    'without a certificate',
    (): ConnectionOptions => ({ minVersion: 'TLSv1.3', ALPNProtocols: [PEER_ALPN] }),
  ],
  [
    'that agrees on no protocol',
    (): ConnectionOptions => ({ ...clientTls(keysOf('B'), PEER_ALPN), ALPNProtocols: [] }),
  ],
  [
    'that agrees on HTTP',
    (): ConnectionOptions => ({
      ...clientTls(keysOf('B'), PEER_ALPN),
      ALPNProtocols: ['http/1.1'],
    }),
  ],
  [
    'with an older TLS',
    (): ConnectionOptions => ({
      ...clientTls(keysOf('B'), PEER_ALPN),
      minVersion: 'TLSv1.2',
      maxVersion: 'TLSv1.2',
    }),
  ],
])('[P1] a peer %s hears no byte of HTTP, or of anything else', async (_name, optionsOf) => {
  const a = await member('A', createRoster('AB'))
  const socket = tlsTo(a, optionsOf(a))
  expect(await askOn(socket)).toBe('')
  expect(a.peers.status()).toEqual([])
})

test('[P1] plain HTTP on the peer port hears no byte of HTTP', async () => {
  const a = await member('A', createRoster('AB'))
  const heard = await askOn(connectPlain(requireAddress(a.peers.address)))
  expect(heard).not.toContain('HTTP')
})

test('[P1] a caller under a member’s name, with a key of its own, is refused', async () => {
  const a = await member('A', createRoster('AB'))
  // Named and numbered as till B; only its key is not the one that the roster has.
  const impostor = await member('X', createRoster('AX'), [a.peers.address])
  await waitUntil(() => a.warnings.length > 0)
  expect(a.warnings[0]?.['reason']).toContain(idOf('X'))
  expect(connected(a)).toEqual([])
  expect(connected(impostor)).toEqual([])
})

/** A listener with any keys, which counts what callers say to it after the handshake. */
async function listener(keys: Parameters<typeof serverTls>[0]) {
  const state = { calls: 0, heard: '' }
  const server = createServer(serverTls(keys), (socket) => {
    socket.on('error', () => {})
    socket.on('data', (chunk: Buffer) => (state.heard += chunk.toString('latin1')))
  })
  server.on('connection', () => (state.calls += 1))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  ending.push(() => server.close())
  return { state, address: `127.0.0.1:${(server.address() as AddressInfo).port}` }
}

test('[P1] whoever answers at an address and is no member hears no byte of HTTP', async () => {
  const stranger = await listener(createDeviceKeys())
  const revoked = await listener(keysOf('B'))
  const known = await listener(keysOf('C'))
  const roster = createRoster('ABC')
  roster.remove('B')
  await member('A', roster, [stranger.address, revoked.address, known.address])
  await waitUntil(() => stranger.state.calls > 1 && revoked.state.calls > 1)
  await waitUntil(() => known.state.heard.length > 0)
  expect(known.state.heard).toMatch(/^GET \/peer/)
  expect([stranger.state.heard, revoked.state.heard]).toEqual(['', ''])
})

test('[P1] a device that is removed is cut off at once, and its calls are refused', async () => {
  const roster = createRoster('ABC')
  const a = await member('A', roster)
  const b = await member('B', createRoster('ABC'), [a.peers.address])
  const c = await member('C', createRoster('ABC'), [a.peers.address])
  await waitUntil(() => connected(a).length === 2)
  roster.remove('B')
  expect(connected(a)).toEqual([idOf('C')])
  await waitUntil(() => connected(b).length === 0)
  // It keeps calling, and every call is refused.
  await waitUntil(() =>
    a.warnings.some((warning) => String(warning?.['reason']).includes('called')),
  )
  expect(connected(a)).toEqual([idOf('C')])
  expect(a.peers.status().map((peer) => peer.deviceId)).toEqual([idOf('C')])
  expect(connected(c)).toEqual([idOf('A')])
})

test('[P1] whoever joins is let in as soon as the roster says so', async () => {
  const rosterA = createRoster('A')
  const a = await member('A', rosterA)
  const b = await member('B', createRoster('AB'), [a.peers.address])
  await waitUntil(() => a.warnings.length > 0)
  expect(connected(b)).toEqual([])
  rosterA.add('B')
  await waitUntil(() => connected(a).length === 1 && connected(b).length === 1, 15_000)
})

test('[P3] sockets that say nothing take no place from members', async () => {
  const roster = createRoster('AB')
  const a = await member('A', roster)
  const silent = Array.from({ length: 60 }, () => connectPlain(requireAddress(a.peers.address)))
  for (const socket of silent) socket.on('error', () => {})
  ending.push(() => silent.forEach((socket) => socket.destroy()))
  await waitUntil(() => silent.filter((socket) => socket.closed).length >= 20)
  // The rest are gone when they have proved nothing in time, and then a member gets through.
  const b = await member('B', roster, [a.peers.address])
  await waitUntil(() => connected(b).length === 1 && connected(a).length === 1, 20_000)
  expect(connected(a)).toEqual([idOf('B')])
})

test('[P3] an address from which only strangers come is soon not listened to', async () => {
  let nowMs = 0
  const callers = createUnprovenCallers(() => nowMs)
  const socketFrom = (remoteAddress: string, remotePort: number) =>
    Object.defineProperties(new Socket(), {
      remoteAddress: { value: remoteAddress },
      remotePort: { value: remotePort },
    })
  for (let port = 0; port < MAX_REFUSED_PER_ADDRESS; port += 1) {
    const socket = socketFrom('10.0.0.9', port)
    expect(callers.admit(socket)).toBe(true)
    callers.proved(socket)
    callers.refused('10.0.0.9')
  }
  expect(callers.admit(socketFrom('10.0.0.9', 9_000))).toBe(false)
  expect(callers.admit(socketFrom('10.0.0.8', 9_000))).toBe(true)
  nowMs += REFUSED_WINDOW_MS
  expect(callers.admit(socketFrom('10.0.0.9', 9_000))).toBe(true)
})
