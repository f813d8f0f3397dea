import { createSocket } from 'node:dgram'
import type { NetworkInterfaceInfo } from 'node:os'
import { afterEach, expect, test } from 'vitest'
import { createRoster, idOf, keysOf } from '../test/support/device-keys.ts'
import { createMemoryLog } from '../test/support/memory-log.ts'
import { waitUntil } from '../test/support/wait-until.ts'
import { createDiscovery, type Discovery } from './discovery.ts'
import type { Logger } from './logger.ts'
import { dialableAddress, dialableAddresses, interfacesFor } from './interfaces.ts'
import { createPeers } from './peers.ts'

const LOOPBACK_INTERFACE = '127.0.0.1'
const quiet: Logger = { info: () => {}, warn: () => {}, error: () => {} }
const multicastWorks = await canHearOwnMulticast()
if (!multicastWorks) process.stderr.write('SKIPPED: no multicast on loopback here\n')

const onLoopback = () => [LOOPBACK_INTERFACE]
const started = new Set<Discovery>()
afterEach(async () => {
  await Promise.all([...started].map((discovery) => discovery.stop()))
  started.clear()
})

/** Ids that no other run on this machine uses at the same time. */
const unique = (name: string): string => `${name}-${process.pid}-${Math.trunc(performance.now())}`

function announce(storeId: string, deviceId: string, port: number, incarnation = '1') {
  const seen: string[] = []
  const discovery = createDiscovery({ storeId, deviceId, logger: quiet, interfaces: onLoopback })
  started.add(discovery)
  discovery.start({
    port,
    name: 'Till',
    incarnation,
    onFound: (id, address) => seen.push(`${id} ${address}`),
    onGone: (id, address) => seen.push(`${id} ${address} left`),
  })
  const stop = async () => {
    started.delete(discovery)
    await discovery.stop()
  }
  return { seen, stop }
}

test.skipIf(!multicastWorks)(
  '[P2] devices of one store find each other, and no others',
  async () => {
    const [store, other] = [unique('store'), unique('other')]
    const [a, b, x] = [unique('a'), unique('b'), unique('x')]
    const first = announce(store, a, 4_001)
    const stranger = announce(other, x, 4_003)
    const second = announce(store, b, 4_002)
    await waitUntil(() => first.seen.length > 0 && second.seen.length > 0)
    expect(first.seen).toEqual([`${b} ${LOOPBACK_INTERFACE}:4002`])
    expect(second.seen).toEqual([`${a} ${LOOPBACK_INTERFACE}:4001`])
    await second.stop()
    await waitUntil(() => first.seen.length === 2)
    expect(first.seen[1]).toBe(`${b} ${LOOPBACK_INTERFACE}:4002 left`)
    expect(stranger.seen).toEqual([])
  },
)

test.skipIf(!multicastWorks)(
  '[P2] a restart is news, on another port and on the same',
  async () => {
    const [store, a, b] = [unique('store'), unique('a'), unique('b')]
    const watcher = announce(store, a, 4_011)
    announce(store, b, 4_012, 'first run')
    await waitUntil(() => watcher.seen.length === 1)
    announce(store, b, 4_013, 'second run')
    await waitUntil(() => watcher.seen.some((seen) => seen.endsWith(':4013')))
    const before = watcher.seen.length
    announce(store, b, 4_013, 'third run')
    // The first run was never taken back, and may be heard of once more between.
    const news = () => watcher.seen.slice(before)
    await waitUntil(() => news().some((seen) => seen.endsWith(':4013')))
    expect(news()).toContain(`${b} ${LOOPBACK_INTERFACE}:4013`)
  },
)

test.skipIf(!multicastWorks)('[P2] two devices that know nothing of each other meet', async () => {
  const storeId = unique('store')
  const make = async (letter: string) => {
    const deviceId = idOf(letter)
    const log = createMemoryLog(storeId, letter)
    const peers = await createPeers({
      log,
      self: { name: letter, role: 'terminal', incarnation: unique('run') },
      keys: keysOf(letter),
      membership: createRoster(),
      listen: `${LOOPBACK_INTERFACE}:0`,
      connect: [],
      discovery: createDiscovery({ storeId, deviceId, logger: quiet, interfaces: onLoopback }),
      now: Date.now,
      monotonicNow: () => performance.now(),
      random: () => 0.5,
      logger: quiet,
    })
    return { log, peers }
  }
  const a = await make('A')
  const b = await make('B')
  try {
    a.log.append('"found"')
    await waitUntil(() => b.log.frontier().get('A') === 1)
    expect(b.peers.status()).toMatchObject([{ deviceId: idOf('A'), connected: true }])
  } finally {
    await Promise.all([a.peers.stop(), b.peers.stop()])
  }
})

test('[P2] where multicast fails it is said once, and nothing breaks', async () => {
  const warnings: string[] = []
  const logger: Logger = { ...quiet, warn: (message) => warnings.push(message) }
  // An IPv6 address cannot carry the IPv4 group: the system refuses.
  const refused = { storeId: 's', deviceId: 'd', logger, interfaces: () => ['::1'] }
  const discovery = createDiscovery(refused)
  const nothing = () => {}
  discovery.start({ port: 1, name: 'Till', incarnation: '1', onFound: nothing, onGone: nothing })
  await waitUntil(() => warnings.length > 0)
  await discovery.stop()
  expect(warnings).toEqual([
    'devices cannot be found by multicast here; known addresses still work',
  ])
})

const address = (family: 'IPv4' | 'IPv6', address: string, internal = false) =>
  ({ family, address, internal, netmask: '', mac: '', cidr: null }) as NetworkInterfaceInfo
const machine = {
  lo: [address('IPv4', '127.0.0.1', true)],
  cable: [address('IPv4', '10.0.0.7'), address('IPv6', 'fd00::7')],
  wireless: [address('IPv4', '192.168.1.4')],
}

test('[P2] a device announces itself where it can be called, and nowhere else', () => {
  expect(interfacesFor('127.0.0.1', machine)).toEqual(['127.0.0.1'])
  expect(interfacesFor('localhost', machine)).toEqual(['127.0.0.1'])
  expect(interfacesFor('192.168.1.4', machine)).toEqual(['192.168.1.4'])
  expect(interfacesFor('0.0.0.0', machine)).toEqual(['10.0.0.7', '192.168.1.4'])
  expect(interfacesFor('0.0.0.0', { lo: machine.lo })).toEqual([])
})

test('[P2] the address that others are told is one that they can dial', () => {
  expect(dialableAddress({ host: '0.0.0.0', port: 7 }, machine)).toBe('10.0.0.7:7')
  expect(dialableAddress({ host: '192.168.1.4', port: 7 }, machine)).toBe('192.168.1.4:7')
  expect(dialableAddress({ host: '0.0.0.0', port: 7 }, { lo: machine.lo })).toBe('127.0.0.1:7')
  expect(dialableAddresses({ host: '0.0.0.0', port: 7 }, machine)).toEqual([
    '10.0.0.7:7',
    '192.168.1.4:7',
  ])
})

/** Sends one packet to a group on loopback and listens for it. */
function canHearOwnMulticast(): Promise<boolean> {
  const [group, word] = ['224.0.0.251', 'is anybody there']
  return new Promise((resolve) => {
    const socket = createSocket({ type: 'udp4', reuseAddr: true })
    const end = (heard: boolean) => {
      clearTimeout(timer)
      socket.removeAllListeners()
      socket.on('error', () => {})
      socket.close()
      resolve(heard)
    }
    const timer = setTimeout(() => end(false), 1_000)
    socket.on('error', () => end(false))
    socket.on('message', (message) => message.toString() === word && end(true))
    socket.bind(0, '0.0.0.0', () => {
      try {
        socket.addMembership(group, LOOPBACK_INTERFACE)
        socket.setMulticastInterface(LOOPBACK_INTERFACE)
        socket.setMulticastLoopback(true)
        socket.send(word, socket.address().port, group)
      } catch {
        end(false)
      }
    })
  })
}
