import { createLocalSettings, type LocalSettings } from '../../db/sqlite/local-settings.ts'
import type { Store } from '../../db/sqlite/store.ts'
import { refuse } from '../../domain/result.ts'
import type { PeerStatus, UpstreamStatus } from '../../protocol/screens.ts'
import { createDiscovery } from '../../sync/discovery.ts'
import { createPeers, type Peers } from '../../sync/peers.ts'
import { createUpstream, type Upstream } from '../../sync/upstream.ts'
import type { Logger } from '../logger.ts'
import { newId } from '../new-id.ts'
import { createPairing, type Pairing } from './pairing.ts'

/** The device's neighbours and its way upstream. */
export interface Network {
  /** `HOST:PORT` where peers dial in. */
  readonly peer: string
  readonly pairing: Pairing
  readonly peers: () => readonly PeerStatus[]
  readonly upstream: () => UpstreamStatus
  readonly stop: () => Promise<void>
}

export interface NetworkOptions {
  readonly store: Store
  readonly device: { readonly name: string; readonly role: 'terminal' | 'kitchen' }
  readonly listen: string
  readonly discovery: boolean
  readonly connect: readonly string[]
  readonly central: string | null
  readonly logger: Logger
  /** A device came or went. */
  readonly onChange: () => void
}

const NO_UPSTREAM: UpstreamStatus = {
  configured: false,
  connected: false,
  backlog: null,
  lastContactMs: null,
  lastError: null,
}

export async function startNetwork(options: NetworkOptions): Promise<Network> {
  const { store, logger } = options
  const local = createLocalSettings(store.connection)
  if (options.central !== null) local.set('central_url', options.central)
  const centralUrl = local.get('central_url')
  let pairing: Pairing | null = null
  const remember = (): void => rememberPeers(local, peers)
  const peers: Peers = await createPeers({
    log: store,
    self: { deviceId: store.deviceId, ...options.device, incarnation: newId() },
    listen: options.listen,
    connect: [...new Set([...options.connect, ...knownPeers(local)])],
    discovery: options.discovery
      ? createDiscovery({ storeId: store.storeId, deviceId: store.deviceId, logger })
      : null,
    onPair: (request) => pairing?.admit(request) ?? refuse('This device is just starting.'),
    now: Date.now,
    monotonicNow: () => performance.now(),
    random: Math.random,
    logger,
    onStatus: () => {
      remember()
      options.onChange()
    },
  })
  pairing = createPairing({
    store,
    deviceCode: local.require('device_code'),
    upstreamToken: local.require('upstream_token'),
    centralUrl,
    peer: peers.address,
    nowMs: Date.now,
    newId,
  })
  const upstream = centralUrl === null ? null : startUpstream(store, local, centralUrl, logger)
  return {
    peer: peers.address,
    pairing,
    peers: () => withRoster(store, peers.status()),
    upstream: () => upstream?.status() ?? NO_UPSTREAM,
    stop: async () => {
      await upstream?.stop()
      await peers.stop()
    },
  }
}

const startUpstream = (store: Store, local: LocalSettings, url: string, logger: Logger): Upstream =>
  createUpstream({
    log: store,
    url,
    token: local.require('upstream_token'),
    deviceId: store.deviceId,
    fetch,
    now: Date.now,
    monotonicNow: () => performance.now(),
    random: Math.random,
    logger,
  })

/** A device of the store that nobody has heard yet is shown as such, and not left out. */
function withRoster(store: Store, heard: readonly PeerStatus[]): PeerStatus[] {
  const heardIds = new Set(heard.map((peer) => peer.deviceId))
  const silent = [...store.catalog().device]
    .filter(([deviceId]) => deviceId !== store.deviceId && !heardIds.has(deviceId))
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
