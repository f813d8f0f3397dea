import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  pbkdf2Sync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'
import { z } from 'zod'
import { refuse, ok, type Result } from '../../../domain/result.ts'

/**
 * What Adyen's documentation of local communications calls a secured message: the whole nexo message
 * encrypted by AES-256-CBC, with an HMAC-SHA256 over its clear bytes, under keys that both sides
 * derive from one passphrase. A copy of the header stands in the clear beside it, for routing.
 */
export interface SharedKey {
  readonly identifier: string
  readonly version: number
  readonly passphrase: string
}

export interface MessageKeys {
  readonly identifier: string
  readonly version: number
  readonly hmac: Buffer
  readonly cipher: Buffer
  readonly iv: Buffer
}

const SALT = 'AdyenNexoV1Salt'
const ROUNDS = 4_000
const HMAC_BYTES = 32
const CIPHER_BYTES = 32
const IV_BYTES = 16
const CRYPTO_VERSION = 1

export function deriveKeys({ identifier, version, passphrase }: SharedKey): MessageKeys {
  const length = HMAC_BYTES + CIPHER_BYTES + IV_BYTES
  const bytes = pbkdf2Sync(passphrase, SALT, ROUNDS, length, 'sha1')
  return {
    identifier,
    version,
    hmac: bytes.subarray(0, HMAC_BYTES),
    cipher: bytes.subarray(HMAC_BYTES, HMAC_BYTES + CIPHER_BYTES),
    iv: bytes.subarray(HMAC_BYTES + CIPHER_BYTES),
  }
}

const base64 = z
  .string()
  .max(1_000_000)
  .regex(/^[A-Za-z0-9+/]+={0,2}$/)

export const securedMessage = z.object({
  MessageHeader: z.record(z.string(), z.unknown()),
  NexoBlob: base64,
  SecurityTrailer: z.object({
    AdyenCryptoVersion: z.int(),
    KeyIdentifier: z.string(),
    KeyVersion: z.int(),
    Nonce: base64,
    Hmac: base64,
  }),
})
export type SecuredMessage = z.infer<typeof securedMessage>

/** `json`: the message as it is sent in the clear, its root among it. */
export function sealMessage(
  json: string,
  header: SecuredMessage['MessageHeader'],
  keys: MessageKeys,
): SecuredMessage {
  const clear = Buffer.from(json, 'utf8')
  const nonce = randomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-cbc', keys.cipher, ivOf(keys, nonce))
  const blob = Buffer.concat([cipher.update(clear), cipher.final()])
  return {
    MessageHeader: header,
    NexoBlob: blob.toString('base64'),
    SecurityTrailer: {
      AdyenCryptoVersion: CRYPTO_VERSION,
      KeyIdentifier: keys.identifier,
      KeyVersion: keys.version,
      Nonce: nonce.toString('base64'),
      Hmac: hmacOf(keys, clear).toString('base64'),
    },
  }
}

export function openMessage(
  { NexoBlob, SecurityTrailer: trailer }: SecuredMessage,
  keys: MessageKeys,
): Result<string, string> {
  if (trailer.AdyenCryptoVersion !== CRYPTO_VERSION) return refuse('another version of encryption')
  if (trailer.KeyIdentifier !== keys.identifier || trailer.KeyVersion !== keys.version) {
    return refuse('encrypted with another key')
  }
  const nonce = Buffer.from(trailer.Nonce, 'base64')
  if (nonce.length !== IV_BYTES) return refuse('the nonce has a wrong length')
  const clear = decrypted(Buffer.from(NexoBlob, 'base64'), keys, nonce)
  if (clear === null) return refuse('it cannot be decrypted')
  const hmac = Buffer.from(trailer.Hmac, 'base64')
  const isGenuine = hmac.length === HMAC_BYTES && timingSafeEqual(hmac, hmacOf(keys, clear))
  return isGenuine ? ok(clear.toString('utf8')) : refuse('it was changed on the way')
}

function decrypted(blob: Buffer, keys: MessageKeys, nonce: Buffer): Buffer | null {
  const decipher = createDecipheriv('aes-256-cbc', keys.cipher, ivOf(keys, nonce))
  try {
    return Buffer.concat([decipher.update(blob), decipher.final()])
  } catch {
    return null
  }
}

const hmacOf = (keys: MessageKeys, clear: Buffer): Buffer =>
  createHmac('sha256', keys.hmac).update(clear).digest()

/** The derived vector, changed by what is new in each message. */
const ivOf = (keys: MessageKeys, nonce: Buffer): Buffer =>
  Buffer.from(keys.iv.map((byte, place) => byte ^ (nonce[place] ?? 0)))
