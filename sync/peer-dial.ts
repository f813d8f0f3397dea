import { connect as connectTcp } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { WebSocket } from 'ws'
import { OFFERED_SUBPROTOCOLS } from '../protocol/peer.ts'
import { requireAddress } from './address.ts'
import type { DeviceKeys } from './device-keys.ts'
import { CONNECT_TIMEOUT_MS, DIAL_TIMEOUT_MS } from './limits.ts'
import { messageOf } from './logger.ts'
import { SOCKET_OPTIONS, peerUrl, type MemberSocket } from './peer-server.ts'
import { clientTls, identityOfPeer, PEER_ALPN } from './peer-tls.ts'

/** One call of a peer's address, up to the proof of who answers. */
export interface PeerDial {
  readonly address: string
  readonly dialNumber: number
  readonly keys: DeviceKeys
  /** What is spoken here; absent: all that this version does. */
  readonly offered?: readonly string[]
  readonly isMember: (deviceId: string) => boolean
  /** A member answers, and only now a byte of HTTP goes out to it. */
  readonly onMember: (member: MemberSocket) => void
  readonly onFailed: (failure: DialFailure, reason: string) => void
}

/** `unreachable`: the machine has asked the network for the address, and nobody has it. */
export type DialFailure = 'lost' | 'unreachable' | 'self' | 'not_member'

/** Calls `onMember` or `onFailed` once, unless it is given up by the function it returns. */
export function dialPeer(dial: PeerDial): () => void {
  const { host, port } = requireAddress(dial.address)
  const tcp = connectTcp({ host, port })
  const socket = connectTls({ socket: tcp, ...clientTls(dial.keys, PEER_ALPN) })
  let settled = false
  const settle = (): boolean => {
    if (settled) return false
    settled = true
    clearTimeout(late)
    clearTimeout(unreachable)
    return true
  }
  const fail = (failure: DialFailure, reason: string): void => {
    socket.destroy()
    if (settle()) dial.onFailed(failure, reason)
  }
  const unreachable = setTimeout(() => fail('lost', 'nobody is there'), CONNECT_TIMEOUT_MS)
  const late = setTimeout(() => fail('lost', 'it does not answer'), DIAL_TIMEOUT_MS)
  tcp.on('error', (error: NodeJS.ErrnoException) =>
    fail(error.code === 'EHOSTUNREACH' ? 'unreachable' : 'lost', messageOf(error)),
  )
  tcp.once('connect', () => clearTimeout(unreachable))
  socket.on('error', (error) => fail('lost', messageOf(error)))
  socket.once('close', () => fail('lost', 'the connection was lost'))

  socket.once('secureConnect', () => {
    const deviceId = identityOfPeer(socket)?.deviceId
    if (deviceId === undefined || socket.alpnProtocol !== PEER_ALPN) {
      return fail('lost', 'it is no device of a store')
    }
    if (deviceId === dial.keys.deviceId) return fail('self', 'we called ourselves')
    if (!dial.isMember(deviceId)) return fail('not_member', `${deviceId} is no member of the store`)
    if (!settle()) return
    socket.setNoDelay(true)
    const options = { ...SOCKET_OPTIONS, handshakeTimeout: DIAL_TIMEOUT_MS }
    const url = peerUrl(dial.address, dial.dialNumber)
    const webSocket = new WebSocket(url, [...(dial.offered ?? OFFERED_SUBPROTOCOLS)], {
      ...options,
      createConnection: () => socket,
    })
    dial.onMember({ socket: webSocket, deviceId, reset: () => tcp.resetAndDestroy() })
  })
  return () => {
    settle()
    socket.destroy()
  }
}
