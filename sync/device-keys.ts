import { createHash, createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto'
import { ok, refuse, type Result } from '../domain/result.ts'
import { selfSignedCertificate, toPem } from './certificate.ts'

/** Who a device is: a key pair, and the certificate that carries its public half. */
export interface DeviceKeys extends KeyIdentity {
  /** PKCS#8, PEM. Never leaves the device. */
  readonly privateKey: string
  /** X.509, PEM. */
  readonly certificate: string
}

/** What is known of a device by its public key alone. */
export interface KeyIdentity {
  /** The first half of the hash in hex: short enough for a screen, too long to be forged. */
  readonly deviceId: string
  /** SHA-256 over the public key as SubjectPublicKeyInfo. */
  readonly keyHash: Uint8Array
  /** SubjectPublicKeyInfo in base64url, as the roster has it. */
  readonly publicKey: string
}

/** P-256, because Node's OpenSSL and Electron's BoringSSL both know it in certificates. */
export function createDeviceKeys(): DeviceKeys {
  const pair = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const certificate = toPem('CERTIFICATE', selfSignedCertificate(pair))
  const privateKey = toPem('PRIVATE KEY', pair.privateKey.export({ type: 'pkcs8', format: 'der' }))
  return { privateKey, certificate, ...identityOf(new X509Certificate(certificate)) }
}

/** Keys as they come from files. Refused where they are none, or do not belong together. */
export function readDeviceKeys(
  privateKey: string,
  certificate: string,
): Result<DeviceKeys, 'unreadable' | 'mismatch'> {
  try {
    const parsed = new X509Certificate(certificate)
    if (!parsed.checkPrivateKey(createPrivateKey(privateKey))) return refuse('mismatch')
    return ok({ privateKey, certificate, ...identityOf(parsed) })
  } catch {
    return refuse('unreadable')
  }
}

const ID_BYTES = 16

export function identityOf(certificate: X509Certificate): KeyIdentity {
  const spki = certificate.publicKey.export({ type: 'spki', format: 'der' })
  const keyHash = hashOf(spki)
  return { keyHash, deviceId: shortOf(keyHash), publicKey: spki.toString('base64url') }
}

/** The id of the device whose public key this is. */
export const deviceIdOf = (spki: Uint8Array): string => shortOf(hashOf(spki))

const hashOf = (spki: Uint8Array): Buffer => createHash('sha256').update(spki).digest()
const shortOf = (keyHash: Buffer): string => keyHash.subarray(0, ID_BYTES).toString('hex')
