import type { ConnectionOptions, TlsOptions, TLSSocket } from 'node:tls'
import { identityOf, type DeviceKeys, type KeyIdentity } from './device-keys.ts'

/**
 * What is spoken on the peer port, agreed on inside the TLS handshake (ALPN): sessions between
 * members, or the joining of a new device.
 */
export const PEER_ALPN = 'aura-peer/1'
export const PAIR_ALPN = 'aura-pair/1'

/**
 * TLS 1.3 with a certificate on both sides. That each holds the private key to its certificate is
 * proved by the handshake. No authority has signed any of them, so the library's own verdict is set
 * aside, and who may stay is decided by the key (`identityOfPeer`) before anything is said.
 */
const mutualTls = (keys: DeviceKeys) =>
  ({
    key: keys.privateKey,
    cert: keys.certificate,
    minVersion: 'TLSv1.3',
    maxVersion: 'TLSv1.3',
    rejectUnauthorized: false,
  }) as const

export const serverTls = (keys: DeviceKeys): TlsOptions => ({
  ...mutualTls(keys),
  requestCert: true,
  ALPNProtocols: [PEER_ALPN, PAIR_ALPN],
})

export const clientTls = (keys: DeviceKeys, alpn: string): ConnectionOptions => ({
  ...mutualTls(keys),
  ALPNProtocols: [alpn],
})

/** Whose key the other side has proved to hold; null where it showed none that can be read. */
export function identityOfPeer(socket: TLSSocket): KeyIdentity | null {
  try {
    const certificate = socket.getPeerX509Certificate()
    return certificate === undefined ? null : identityOf(certificate)
  } catch {
    // A stranger chose the certificate: whatever is odd about it is a refusal and not a fault here.
    return null
  }
}
