import type { KeyExchange } from '../domain/customer-keys.ts'
import { countMissing, type BranchTip, type EntryLog, type Frontier } from '../domain/log.ts'
import { MAX_PEERS } from '../protocol/limits.ts'
import type { PeerStatus } from '../protocol/screens.ts'
import { formatAddress, requireAddress } from './address.ts'
import type { DeviceKeys } from './device-keys.ts'
import { createDialer } from './dialer.ts'
import type { Discovery } from './discovery.ts'
import { GOOD_SESSION_MS, TICK_MS } from './limits.ts'
import { messageOf, type Logger } from './logger.ts'
import type { Membership } from './membership.ts'
import { dialPeer } from './peer-dial.ts'
import { createPatienceByMember } from './patience.ts'
import { createPeerLink, type LinkEnd, type PeerLink } from './peer-link.ts'
import { createPenalties } from './penalties.ts'
import { createPeerServer, type MemberSocket, type OnPairing } from './peer-server.ts'
import { frontierOf } from './session-runner.ts'
import { driftMs, type SessionPeer, type SessionSelf } from './session-state.ts'
import { createTurns } from './turns.ts'

/** The store's devices on the network: who is there, and the exchange of entries with each. */
export interface Peers {
  /** `HOST:PORT` where this device is called. */
  readonly address: string
  readonly status: () => PeerStatus[]
  /** What each device has said it holds durably, as far as was heard since this process started. */
  readonly holdings: () => Holding[]
  /** The last that each device has said of the logs it holds, with the hash that says which. */
  readonly heads: () => DeviceHeads[]
  /** Addresses at which members answered: worth remembering for the next start (rule P2). */
  readonly provenAddresses: () => string[]
  /** Calls everybody who is not connected, without waiting for the next try. */
  readonly callAll: () => void
  readonly stop: () => Promise<void>
}

export interface Holding {
  readonly deviceId: string
  readonly connected: boolean
  readonly frontier: Frontier
}

export interface DeviceHeads {
  readonly deviceId: string
  readonly name: string
  readonly heads: readonly BranchTip[]
}

export interface PeersDeps {
  readonly log: EntryLog
  /** Absent: this device carries no keys of customers. */
  readonly customerKeys?: KeyExchange
  readonly self: Omit<SessionSelf, 'storeId' | 'deviceId'>
  readonly keys: DeviceKeys
  readonly membership: Membership
  /** `HOST:PORT`; port 0 means any. */
  readonly listen: string
  /** Typed-in and remembered addresses, `HOST:PORT`. */
  readonly connect: readonly string[]
  readonly discovery: Discovery | null
  /** Wall clock, for people and for the drift. */
  readonly now: () => number
  /** Never goes back, for waits. */
  readonly monotonicNow: () => number
  readonly random: () => number
  readonly logger: Logger
  /** A device came or went. Lags and times change all along: ask `status`. */
  readonly onStatus?: (status: PeerStatus[]) => void
  /** Without it, nobody can join here. */
  readonly onPairing?: OnPairing
}

/** Rejects when it cannot listen, or when an address is none. */
export async function createPeers(deps: PeersDeps): Promise<Peers> {
  const { log, logger } = deps
  const { keys, membership } = deps
  const { isMember } = membership
  const penalties = createPenalties(deps.monotonicNow)
  const mayTalk = (deviceId: string): boolean => isMember(deviceId) && !penalties.isOut(deviceId)
  const self: SessionSelf = { ...deps.self, deviceId: keys.deviceId, storeId: log.storeId }
  const connect = deps.connect.map((address) => formatAddress(requireAddress(address)))
  const links = new Set<PeerLink>()
  const known = new Map<string, KnownPeer>()
  const strangers = new Set<string>()
  const dials = new Set<() => void>()
  const whenMayIngest = createTurns()
  const whenMayReadMuch = createTurns()
  const patienceWith = createPatienceByMember(deps.monotonicNow)
  let calls = 0
  let stopped = false

  const dialer = createDialer({
    random: deps.random,
    monotonicNow: deps.monotonicNow,
    isConnected: (deviceId) => linkWith(deviceId) !== null,
    call(address) {
      calls += 1
      const dialNumber = calls
      const giveUp = dialPeer({
        address,
        dialNumber,
        keys,
        isMember: mayTalk,
        onMember(member) {
          dials.delete(giveUp)
          attach(member, dialNumber, address)
        },
        onFailed(code, reason) {
          dials.delete(giveUp)
          dialer.ended(address, code, false)
          if (code === 'not_member') noteStranger(reason)
        },
      })
      dials.add(giveUp)
    },
  })
  const server = await createPeerServer({
    listen: deps.listen,
    keys,
    isMember: mayTalk,
    logger,
    onSocket: (member, dialNumber) => attach(member, dialNumber, null),
    onStranger: (deviceId) => {
      if (!isMember(deviceId)) noteStranger(`${deviceId} called and is no member of the store`)
    },
    onPairing: deps.onPairing ?? null,
  })

  /** Whoever keeps calling is reported once, until the roster changes. */
  function noteStranger(reason: string): void {
    if (strangers.has(reason) || strangers.size >= MAX_PEERS) return
    strangers.add(reason)
    logger.warn('a device was refused', { reason })
  }

  function attach(member: MemberSocket, dialNumber: number, address: string | null): void {
    if (stopped) return member.socket.terminate()
    const { deviceId } = member
    let openedMs: number | null = null
    const link = createPeerLink({
      member,
      dialledByUs: address !== null,
      dialNumber,
      self,
      log,
      keys: deps.customerKeys ?? null,
      wallMs: deps.now,
      monotonicMs: deps.monotonicNow,
      logger,
      whenMayIngest,
      whenMayReadMuch,
      patience: patienceWith(deviceId),
      onOpen(opened) {
        openedMs = deps.monotonicNow()
        dialer.opened(address, deviceId)
        welcome(opened)
      },
      onEnd(ended, code, reason) {
        links.delete(ended)
        remember(ended)
        const lastedMs = openedMs === null ? 0 : deps.monotonicNow() - openedMs
        const wasGood = lastedMs >= GOOD_SESSION_MS && GOOD_ENDS.has(code)
        penalties.ended(deviceId, code, wasGood)
        if (address !== null) dialer.ended(address, code, wasGood)
        part(ended, code, reason, address)
      },
    })
    links.add(link)
  }

  const linkWith = (deviceId: string): PeerLink | null =>
    [...links].find((l) => l.session().phase === 'open' && peerOf(l).deviceId === deviceId) ?? null

  function welcome(link: PeerLink): void {
    const peer = peerOf(link)
    for (const rival of links) {
      if (rival === link || rival.session().phase !== 'open') continue
      if (peerOf(rival).deviceId !== peer.deviceId) continue
      const worse = betterLink(rival, link, self.deviceId) === link ? rival : link
      worse.end('superseded', 'another connection between us stays')
      if (worse === link) return
    }
    remember(link)
    logger.info('a peer is connected', { device: peer.deviceId, name: peer.name })
    report()
  }

  function part(link: PeerLink, code: LinkEnd, reason: string, address: string | null): void {
    const peer = link.session().peer
    const level = REMARKABLE_ENDS.has(code) ? 'warn' : 'info'
    if (level === 'warn' || peer !== null) {
      logger[level]('a peer connection ended', { device: peer?.deviceId, address, code, reason })
    }
    if (peer === null || linkWith(peer.deviceId) !== null) return
    dialer.disconnected(peer.deviceId)
    report()
  }

  /** What is worth knowing of a device after its link has ended. */
  function remember(link: PeerLink): void {
    const session = link.session()
    if (session.peer === null) return
    const heardMs = deps.now() - (deps.monotonicNow() - session.lastHeardMs)
    const { peer, theirs, theirHeads } = session
    known.delete(peer.deviceId)
    known.set(peer.deviceId, { peer, theirs, theirHeads, heardMs, driftMs: driftMs(session) })
    if (known.size <= MAX_PEERS) return
    const oldest = [...known.keys()].find((deviceId) => linkWith(deviceId) === null)
    if (oldest !== undefined) known.delete(oldest)
  }

  function rememberOpen(): void {
    for (const link of links) if (link.session().phase === 'open') remember(link)
  }

  function holdings(): Holding[] {
    rememberOpen()
    return [...known.values()].map(({ peer: { deviceId }, theirs }) => ({
      deviceId,
      connected: linkWith(deviceId) !== null,
      frontier: theirs,
    }))
  }

  function heads(): DeviceHeads[] {
    rememberOpen()
    return [...known.values()].map(({ peer: { deviceId, name }, theirHeads }) => ({
      ...{ deviceId, name },
      heads: [...theirHeads.values()],
    }))
  }

  function status(): PeerStatus[] {
    rememberOpen()
    const ours = log.frontier()
    return [...known.values()]
      .map(({ peer, theirs, heardMs, driftMs: drift }) => ({
        deviceId: peer.deviceId,
        name: peer.name,
        role: peer.role,
        connected: linkWith(peer.deviceId) !== null,
        lastHeardMs: heardMs,
        theyLack: countMissing(ours, theirs),
        weLack: countMissing(theirs, ours),
        driftMs: drift,
      }))
      .toSorted((a, b) => (a.deviceId < b.deviceId ? -1 : 1))
  }

  function report(): void {
    if (!stopped) deps.onStatus?.(status())
  }

  /** The hot path: what was just committed leaves in the same turn of the event loop. */
  const unsubscribe = log.onAdvance((origins, keptAside) => {
    const frontier = frontierOf(log.frontier(), origins)
    const ownOrigin = log.ownOrigin()
    for (const link of links) link.localAdvanced(ownOrigin, frontier, keptAside)
  })
  const unsubscribeKeys = deps.customerKeys?.onChange((change) => {
    for (const link of links) link.keysChanged(change)
  })
  const unsubscribeRoster = membership.onChange(() => {
    strangers.clear()
    for (const link of [...links]) {
      if (!isMember(link.deviceId)) link.end('not_member', 'this device was removed from the store')
    }
    for (const deviceId of known.keys()) if (!isMember(deviceId)) known.delete(deviceId)
    dialer.retryAll()
    report()
  })
  const ticking = setInterval(() => links.forEach((link) => link.tick()), TICK_MS)
  connect.forEach(dialer.add)
  const { port } = requireAddress(server.address)
  deps.discovery?.start({
    port,
    name: self.name,
    incarnation: self.incarnation,
    onFound: dialer.found,
    onGone: dialer.gone,
  })

  return {
    address: server.address,
    status,
    holdings,
    heads,
    provenAddresses: dialer.provenAddresses,
    callAll: dialer.retryAll,
    async stop() {
      if (stopped) return
      stopped = true
      unsubscribe()
      unsubscribeKeys?.()
      unsubscribeRoster()
      clearInterval(ticking)
      dialer.stop()
      for (const giveUp of dials) giveUp()
      for (const link of [...links]) link.end('stopping', 'this device is being stopped')
      const stopping = deps.discovery?.stop().catch((error: unknown) => {
        logger.warn('discovery did not stop', { error: messageOf(error) })
      })
      await Promise.all([stopping, server.stop()])
    },
  }
}

interface KnownPeer {
  readonly peer: SessionPeer
  readonly theirs: Frontier
  readonly theirHeads: ReadonlyMap<string, BranchTip>
  readonly heardMs: number
  readonly driftMs: number | null
}

/** Ends after which an address may be called again without a longer wait. */
const GOOD_ENDS: ReadonlySet<LinkEnd> = new Set(['bye', 'silent', 'lost', 'superseded'])
/** Ends that somebody should look into. */
const REMARKABLE_ENDS: ReadonlySet<LinkEnd> = new Set([
  'wrong_protocol',
  'wrong_store',
  'not_member',
  'misbehaved',
  'broken_entries',
  'storage_failed',
])

function peerOf(link: PeerLink): SessionPeer {
  const { peer } = link.session()
  if (peer === null) throw new Error('an open session knows its peer')
  return peer
}

/**
 * Two links with one device: both ends have to keep the same one, without asking. A restarted
 * process beats its own ghost; else the call of the lower device id stays; of two calls of one
 * device, its later one.
 */
function betterLink(older: PeerLink, newer: PeerLink, ownDeviceId: string): PeerLink {
  const peer = peerOf(newer)
  if (peerOf(older).incarnation !== peer.incarnation) return newer
  if (older.dialledByUs !== newer.dialledByUs) {
    return newer.dialledByUs === ownDeviceId < peer.deviceId ? newer : older
  }
  return newer.dialNumber > older.dialNumber ? newer : older
}
