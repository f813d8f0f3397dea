import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import { deviceIdOf, type DeviceKeys } from './device-keys.ts'

/** That somebody holds the key which a device's id is the hash of. */

export interface DeviceProof {
  readonly public_key: string
  readonly signature: string
}

export function proveDevice(keys: DeviceKeys, text: string): DeviceProof {
  const signature = sign('sha256', Buffer.from(text), createPrivateKey(keys.privateKey))
  return { public_key: keys.publicKey, signature: signature.toString('base64url') }
}

export function isProofOf(deviceId: string, text: string, proof: DeviceProof): boolean {
  const spki = Buffer.from(proof.public_key, 'base64url')
  if (deviceIdOf(spki) !== deviceId) return false
  try {
    const key = createPublicKey({ key: spki, format: 'der', type: 'spki' })
    return verify('sha256', Buffer.from(text), key, Buffer.from(proof.signature, 'base64url'))
  } catch {
    // The bytes were chosen by whoever asks: what is no key proves nothing.
    return false
  }
}
