import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
} from 'node:crypto'

/**
 * A data key made readable for one device: ECDH on P-256 between a key pair that is drawn for this
 * and the device's own, HKDF-SHA256 over what both know, AES-256-GCM.
 *
 *     ephemeral public key (65 bytes, a point as it is) ‖ the key, sealed (32) ‖ tag (16)
 *
 * The nonce is nought: the key of this sealing is used once. What the wrapping is for is bound into
 * it, so that it opens for no other device and as no other key.
 */
export interface WrapPurpose {
  readonly keyId: string
  readonly deviceId: string
}

const POINT_BYTES = 65
const KEY_BYTES = 32
const TAG_BYTES = 16
const NONCE = Buffer.alloc(12)
const CIPHER = 'aes-256-gcm'

/** `publicKey`: SubjectPublicKeyInfo in base64url. */
export function wrapKey(key: Uint8Array, publicKey: string, purpose: WrapPurpose): string {
  const recipient = readPublicKey(publicKey)
  const ephemeral = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const shared = diffieHellman({ privateKey: ephemeral.privateKey, publicKey: recipient })
  const point = pointOf(ephemeral.publicKey)
  const cipher = createCipheriv(
    CIPHER,
    wrappingKey(shared, point, pointOf(recipient), purpose),
    NONCE,
  )
  const sealed = Buffer.concat([cipher.update(key), cipher.final(), cipher.getAuthTag()])
  return Buffer.concat([point, sealed]).toString('base64url')
}

/** Null where it was made for another device or another key, or is not what somebody wrapped. */
export function unwrapKey(
  wrapped: string,
  privateKey: string,
  purpose: WrapPurpose,
): Uint8Array | null {
  const bytes = Buffer.from(wrapped, 'base64url')
  if (bytes.length !== POINT_BYTES + KEY_BYTES + TAG_BYTES) return null
  try {
    const own = createPrivateKey(privateKey)
    const point = bytes.subarray(0, POINT_BYTES)
    const shared = diffieHellman({ privateKey: own, publicKey: keyOfPoint(point) })
    const kek = wrappingKey(shared, point, pointOf(createPublicKey(own)), purpose)
    const opener = createDecipheriv(CIPHER, kek, NONCE, { authTagLength: TAG_BYTES })
    opener.setAuthTag(bytes.subarray(POINT_BYTES + KEY_BYTES))
    const sealed = bytes.subarray(POINT_BYTES, POINT_BYTES + KEY_BYTES)
    return Buffer.concat([opener.update(sealed), opener.final()])
  } catch {
    // No point of the curve, or a tag that does not fit: the log may hold anything.
    return null
  }
}

const readPublicKey = (publicKey: string): KeyObject =>
  createPublicKey({ key: Buffer.from(publicKey, 'base64url'), format: 'der', type: 'spki' })

function wrappingKey(
  shared: Uint8Array,
  ephemeral: Uint8Array,
  recipient: Uint8Array,
  { keyId, deviceId }: WrapPurpose,
): Buffer {
  const context = Buffer.from(`aura data key wrap 1\n${keyId}\n${deviceId}\n`)
  const info = Buffer.concat([context, ephemeral, recipient])
  return Buffer.from(hkdfSync('sha256', shared, new Uint8Array(), info, KEY_BYTES))
}

/** The head of a SubjectPublicKeyInfo of P-256; the point, uncompressed, is all that follows. */
const SPKI_HEAD = Buffer.from('3059301306072a8648ce3d020106082a8648ce3d030107034200', 'hex')

const pointOf = (key: KeyObject): Buffer =>
  key.export({ type: 'spki', format: 'der' }).subarray(-POINT_BYTES)

const keyOfPoint = (point: Uint8Array): KeyObject =>
  createPublicKey({ key: Buffer.concat([SPKI_HEAD, point]), format: 'der', type: 'spki' })
