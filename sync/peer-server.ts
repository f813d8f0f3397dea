import { createServer as createHttpServer, type IncomingMessage } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { createServer as createTlsServer, type Server, type TLSSocket } from 'node:tls'
import { WebSocketServer, type WebSocket } from 'ws'
import { MAX_FRAME_BYTES, MAX_PEERS } from '../protocol/limits.ts'
import { chosenSubprotocol } from '../protocol/peer.ts'
import { formatAddress, requireAddress, type HostAndPort } from './address.ts'
import type { DeviceKeys, KeyIdentity } from './device-keys.ts'
import { MAX_PAIRINGS, MAX_PEER_SOCKETS, MAX_SOCKETS_PER_MEMBER, PROVE_WAIT_MS } from './limits.ts'
import { messageOf, type Logger } from './logger.ts'
import { identityOfPeer, PAIR_ALPN, PEER_ALPN, serverTls } from './peer-tls.ts'
import { callerOf, createUnprovenCallers } from './unproven-callers.ts'

/**
 * The port on which other devices call. Who calls has to prove its key before anything is read:
 *
 *     TCP ─▶ TLS 1.3, both certificates ─▶ aura-peer/1: a member? ─▶ HTTP upgrade ─▶ WebSocket
 *                                        └▶ aura-pair/1: the joining of a new device, no HTTP
 */
export interface PeerServer {
  /** Where it really listens: `HOST:PORT`. */
  readonly address: string
  readonly stop: () => Promise<void>
}

export type OnPairing = (socket: TLSSocket, joiner: KeyIdentity) => Promise<void>

interface PeerServerDeps {
  readonly listen: string
  readonly keys: DeviceKeys
  readonly isMember: (deviceId: string) => boolean
  readonly logger: Logger
  /** A member has called. */
  readonly onSocket: (member: MemberSocket, dialNumber: number) => void
  /** Whoever called has a key, and no member's: nothing was said. */
  readonly onStranger: (deviceId: string) => void
  readonly onPairing: OnPairing | null
}

/** A connection with a device that has proved its key. */
export interface MemberSocket {
  readonly socket: WebSocket
  readonly deviceId: string
  /**
   * Ends it without a word that would have to be acknowledged: where only the way from them to us is
   * lost, they hear of the end at once.
   */
  readonly reset: () => void
}

/**
 * Compression would cost ten times the latency of a frame. Pongs of the WebSocket protocol itself
 * are off: sessions have their own, and a caller that asks without reading must not fill a buffer.
 */
export const SOCKET_OPTIONS = {
  maxPayload: MAX_FRAME_BYTES,
  perMessageDeflate: false,
  autoPong: false,
} as const

/** Where a session is opened. The query says which call of the caller's process this is. */
const PEER_PATH = '/peer'
/** The scheme names no TLS: the socket below has it already. */
export const peerUrl = (address: string, dialNumber: number): string =>
  `ws://${address}${PEER_PATH}?call=${dialNumber}`

export async function createPeerServer(deps: PeerServerDeps): Promise<PeerServer> {
  const { logger } = deps
  const wanted = requireAddress(deps.listen)
  const members = serveMembers(deps)
  const server = createTlsServer({ ...serverTls(deps.keys), handshakeTimeout: PROVE_WAIT_MS })
  server.maxConnections = MAX_PEER_SOCKETS
  const unproven = createUnprovenCallers(() => performance.now())
  const open = new Set<Socket>()
  const keepTrack = (socket: Socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  }
  const tcpBelow = new Map<string, Socket>()
  server.on('connection', (socket: Socket) => {
    keepTrack(socket)
    if (!unproven.admit(socket)) return void socket.destroy()
    const caller = callerOf(socket)
    tcpBelow.set(caller, socket)
    socket.once('close', () => tcpBelow.delete(caller))
  })
  let pairings = 0

  function refuse(socket: Socket): void {
    unproven.refused(socket.remoteAddress)
    socket.destroy()
  }

  // Somebody scanned the port, or speaks another protocol: nothing has been said, nothing is kept.
  server.on('tlsClientError', (_error, socket) => refuse(socket))
  server.on('secureConnection', (socket) => {
    keepTrack(socket)
    unproven.proved(socket)
    socket.on('error', () => socket.destroy())
    const caller = identityOfPeer(socket)
    if (caller === null) return refuse(socket)
    if (socket.alpnProtocol === PEER_ALPN) {
      const tcp = tcpBelow.get(callerOf(socket))
      if (deps.isMember(caller.deviceId) && tcp !== undefined) {
        return members.take(socket, caller.deviceId, () => tcp.resetAndDestroy())
      }
      refuse(socket)
      return deps.onStranger(caller.deviceId)
    }
    const { onPairing } = deps
    if (socket.alpnProtocol !== PAIR_ALPN || onPairing === null || pairings >= MAX_PAIRINGS) {
      return refuse(socket)
    }
    pairings += 1
    onPairing(socket, caller)
      .catch((error: unknown) => {
        logger.error('a device could not be let in', { error: messageOf(error) })
        socket.destroy()
      })
      .finally(() => (pairings -= 1))
  })
  const port = await startListening(server, wanted)
  server.on('error', (error) => logger.error('the peer port failed', { error: messageOf(error) }))

  return {
    address: formatAddress({ host: wanted.host, port }),
    async stop() {
      members.stop()
      for (const socket of open) socket.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

interface Proven {
  readonly deviceId: string
  readonly late: NodeJS.Timeout
  readonly reset: () => void
}

/** HTTP for those who have proved to be members, inside their TLS sockets. It only upgrades. */
function serveMembers({ isMember, onSocket }: PeerServerDeps) {
  const sockets = new WebSocketServer({
    noServer: true,
    handleProtocols: chosenSubprotocol,
    ...SOCKET_OPTIONS,
  })
  const proven = new WeakMap<Duplex, Proven>()
  const socketsOf = new Map<string, number>()
  const http = createHttpServer((_request, response) => response.writeHead(404).end())

  http.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const url = URL.parse(request.url ?? '/', 'ws://peer')
    const caller = proven.get(socket)
    if (url?.pathname !== PEER_PATH || !caller) return refuseUpgrade(socket, '404 Not Found')
    if (sockets.clients.size >= MAX_PEERS) return refuseUpgrade(socket, '503 Service Unavailable')
    // The roster may have changed since the handshake.
    const { deviceId, late, reset } = caller
    if (!isMember(deviceId) || !takePlace(deviceId, socket)) return void socket.destroy()
    clearTimeout(late)
    const dialNumber = Number(url.searchParams.get('call'))
    sockets.handleUpgrade(request, socket, head, (webSocket) =>
      onSocket(
        { socket: webSocket, deviceId, reset },
        Number.isSafeInteger(dialNumber) ? dialNumber : 0,
      ),
    )
  })

  /** One member does not take the places of the others. */
  function takePlace(deviceId: string, socket: Duplex): boolean {
    const taken = socketsOf.get(deviceId) ?? 0
    if (taken >= MAX_SOCKETS_PER_MEMBER) return false
    socketsOf.set(deviceId, taken + 1)
    socket.once('close', () => {
      const left = (socketsOf.get(deviceId) ?? 1) - 1
      if (left === 0) socketsOf.delete(deviceId)
      else socketsOf.set(deviceId, left)
    })
    return true
  }

  return {
    take(socket: TLSSocket, deviceId: string, reset: () => void): void {
      const late = setTimeout(() => socket.destroy(), PROVE_WAIT_MS)
      socket.once('close', () => clearTimeout(late))
      proven.set(socket, { deviceId, late, reset })
      socket.setNoDelay(true)
      http.emit('connection', socket)
    },
    stop(): void {
      for (const socket of sockets.clients) socket.terminate()
      sockets.close()
    },
  }
}

function startListening(server: Server, { host, port }: HostAndPort): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port }, () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })
}

function refuseUpgrade(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
