import { networkInterfaces } from 'node:os'
import { createLocalSettings, type LocalSettings } from '../../db/sqlite/local-settings.ts'
import type { Store } from '../../db/sqlite/store.ts'
import type { KeyExchange } from '../../domain/customer-keys.ts'
import type { Frontier } from '../../domain/log.ts'
import { isRevoked } from '../../domain/roster.ts'
import type { PeerStatus, UpstreamStatus } from '../../protocol/screens.ts'
import { formatAddress, requireAddress } from '../../sync/address.ts'
import type { DeviceKeys } from '../../sync/device-keys.ts'
import { createDiscovery } from '../../sync/discovery.ts'
import { dialableAddress, dialableAddresses, interfacesFor } from '../../sync/interfaces.ts'
import { createPeers, type DeviceHeads, type Holding, type Peers } from '../../sync/peers.ts'
import type { Logger } from '../logger.ts'
import { newId } from '../new-id.ts'
import type { KeyRing } from '../personal-data/key-ring.ts'
import type { LookUpOlder } from '../older-orders.ts'
import { connectCentre } from './centre.ts'
import { createMembership } from './membership.ts'
import { createPairing, type Pairing } from './pairing.ts'

/** The device's neighbours and its way upstream. */
export interface Network {
  /** `HOST:PORT` at which peers reach this device, as far as it can tell. */
  readonly peer: string
  /** The same on each of its networks, as of now. */
  readonly addresses: () => readonly string[]
  readonly pairing: Pairing
  readonly peers: () => readonly PeerStatus[]
  readonly holdings: () => readonly Holding[]
  readonly heads: () => readonly DeviceHeads[]
  readonly upstream: () => UpstreamStatus
  /** The computer has slept, or came to another network: everybody is called now. */
  readonly resync: () => void
  /** What the centre says to hold; null while it cannot be asked. */
  readonly centre: () => Frontier | null
  /** Orders that have left this device. */
  readonly lookUp: LookUpOlder
  /** Of the page that a guest follows an order on; null: nobody can say now. */
  readonly linkOf: (orderId: string) => Promise<string | null>
  readonly stop: () => Promise<void>
}

export interface NetworkOptions {
  readonly store: Store
  readonly ring: Pick<KeyRing, 'wrapsFor'>
  readonly keys: DeviceKeys
  /** Keys of customers travel beside the log. */
  readonly customerKeys: KeyExchange
  readonly device: { readonly name: string; readonly role: 'terminal' | 'kitchen' }
  readonly listen: string
  readonly discovery: boolean
  readonly connect: readonly string[]
  readonly central: string | null
  readonly logger: Logger
  /** A device came or went. */
  readonly onChange: () => void
}

export async function startNetwork(options: NetworkOptions): Promise<Network> {
  const { store, keys, logger } = options
  const local = createLocalSettings(store.connection)
  if (options.central !== null) local.set('central_url', options.central)
  const centralUrl = local.get('central_url')
  const pairing = createPairing({
    store,
    ring: options.ring,
    deviceCode: local.require('device_code'),
    upstreamToken: local.require('upstream_token'),
    centralUrl,
    peer: () => reachableAt(peers),
    monotonicMs: () => performance.now(),
    nowMs: Date.now,
    newId,
  })
  const membership = createMembership(store, local)
  const remember = (): void => rememberPeers(local, peers)
  const peers: Peers = await listenAgain(local, options.listen, (listen) =>
    createPeers({
      log: store,
      customerKeys: options.customerKeys,
      self: { ...options.device, incarnation: newId() },
      keys,
      membership,
      listen,
      connect: [...new Set([...options.connect, ...knownPeers(local)])],
      discovery: options.discovery ? discoveryOf(store, listen, logger) : null,
      onPairing: async (socket, joiner) => {
        // Loaded when somebody joins: the curve's arithmetic would slow every start.
        const { servePairing } = await import('../../sync/pairing/member.ts')
        await servePairing(socket, joiner, { self: keys, desk: pairing, logger })
      },
      now: Date.now,
      monotonicNow: () => performance.now(),
      random: Math.random,
      logger,
      onStatus: () => {
        remember()
        options.onChange()
      },
    }),
  )
  const centre = await connectCentre({
    store,
    local,
    keys,
    membership,
    exchange: options.customerKeys,
    url: centralUrl,
    logger,
  })
  return {
    peer: reachableAt(peers),
    addresses: () => dialableAddresses(requireAddress(peers.address), networkInterfaces()),
    pairing,
    peers: () => withRoster(store, peers.status()),
    holdings: peers.holdings,
    heads: peers.heads,
    upstream: centre.status,
    resync: peers.callAll,
    centre: centre.frontier,
    lookUp: centre.lookUp,
    linkOf: centre.linkOf,
    stop: async () => {
      await centre.stop()
      await peers.stop()
    },
  }
}

const reachableAt = (peers: Peers): string =>
  dialableAddress(requireAddress(peers.address), networkInterfaces())

function discoveryOf(store: Store, listen: string, logger: Logger) {
  const { host } = requireAddress(listen)
  const interfaces = () => interfacesFor(host, networkInterfaces())
  return createDiscovery({ storeId: store.storeId, deviceId: store.deviceId, logger, interfaces })
}

/**
 * Where any port will do, it is the one of the last time if that is free: peers that remember the
 * address, and people who typed it in, find the device again where multicast is blocked.
 */
async function listenAgain(
  local: LocalSettings,
  listen: string,
  start: (listen: string) => Promise<Peers>,
): Promise<Peers> {
  const { host, port } = requireAddress(listen)
  const lastPort = local.get('peer_port')
  if (port !== 0 || lastPort === null) return remembered(local, await start(listen))
  try {
    return await start(formatAddress({ host, port: Number(lastPort) }))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    return remembered(local, await start(listen))
  }
}

function remembered(local: LocalSettings, peers: Peers): Peers {
  local.set('peer_port', String(requireAddress(peers.address).port))
  return peers
}

/**
 * A device of the store that nobody has heard yet is shown as such, and not left out. The centre is
 * no neighbour: how it is reached stands under `upstream`.
 */
function withRoster(store: Store, heard: readonly PeerStatus[]): PeerStatus[] {
  const heardIds = new Set(heard.map((peer) => peer.deviceId))
  const catalog = store.catalog()
  const silent = [...catalog.device]
    .filter(
      ([deviceId, { role }]) =>
        deviceId !== store.deviceId &&
        role !== 'central' &&
        !heardIds.has(deviceId) &&
        !isRevoked(catalog, deviceId),
    )
    .map(([deviceId, { name, role }]): PeerStatus => ({
      deviceId,
      name,
      role,
      connected: false,
      lastHeardMs: null,
      theyLack: null,
      weLack: null,
      driftMs: null,
    }))
  return [...heard, ...silent]
}

const MAX_REMEMBERED = 20

const knownPeers = (local: LocalSettings): string[] =>
  (local.get('known_peers') ?? '').split(' ').filter((address) => address !== '')

function rememberPeers(local: LocalSettings, peers: Peers): void {
  const known = knownPeers(local)
  const addresses = [...new Set([...peers.provenAddresses(), ...known])].slice(0, MAX_REMEMBERED)
  if (addresses.join(' ') !== known.join(' ')) local.set('known_peers', addresses.join(' '))
}
