import { createCipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto'

/**
 * A push message, readable for the browser that subscribed and for nobody in between: RFC 8291 over
 * the content coding aes128gcm of RFC 8188, as one record.
 *
 *     salt (16) ‖ record size (4) ‖ 65 ‖ our public key (65) ‖ AES-128-GCM(text ‖ 0x02) ‖ tag (16)
 */
export interface PushKeys {
  /** The browser's public key: a point of P-256, uncompressed. */
  readonly p256dh: Uint8Array
  /** What the browser and we have in common beside it: 16 bytes. */
  readonly auth: Uint8Array
}

/** Drawn for each message; given by the test that holds this to the RFC's own example. */
export interface Drawn {
  readonly privateKey: Uint8Array
  readonly salt: Uint8Array
}

const CURVE = 'prime256v1'
export const POINT_BYTES = 65
export const AUTH_BYTES = 16
const SALT_BYTES = 16
/** As the RFC's example has it; every message of ours is far below it. */
const RECORD_BYTES = 4096
/** The last record, without padding. */
const END = Buffer.from([2])

/** Throws where the browser's key is no point of the curve. */
export function encryptPush(text: Uint8Array, keys: PushKeys, drawn?: Drawn): Buffer {
  const ours = createECDH(CURVE)
  if (drawn === undefined) ours.generateKeys()
  else ours.setPrivateKey(drawn.privateKey)
  const salt = drawn?.salt ?? randomBytes(SALT_BYTES)
  const publicKey = ours.getPublicKey()
  const secret = ours.computeSecret(keys.p256dh)
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), keys.p256dh, publicKey])
  const keyMaterial = new Uint8Array(hkdfSync('sha256', secret, keys.auth, info, 32))
  const derive = (name: string, bytes: number): Uint8Array =>
    new Uint8Array(hkdfSync('sha256', keyMaterial, salt, `Content-Encoding: ${name}\0`, bytes))
  const cipher = createCipheriv('aes-128-gcm', derive('aes128gcm', 16), derive('nonce', 12))
  const size = Buffer.alloc(4)
  size.writeUInt32BE(RECORD_BYTES)
  const sealed = [cipher.update(text), cipher.update(END), cipher.final(), cipher.getAuthTag()]
  return Buffer.concat([salt, size, Buffer.from([publicKey.length]), publicKey, ...sealed])
}
