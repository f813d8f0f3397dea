import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto'

/**
 * Sealing text with a data key: AES-256-GCM, whose nonce is a keyed hash of the text and of the
 * place where it stands. The same text in the same place comes out the same, so that a command that
 * reached two devices is the same events on both (rule L5), and a nonce meets no second text.
 *
 *     nonce (12) ‖ cipher text ‖ tag (16), in base64url
 */
export interface DataKey {
  readonly id: string
  /** As it is wrapped for members. */
  readonly secret: Uint8Array
  readonly cipherKey: Uint8Array
  readonly nonceKey: Uint8Array
  readonly searchKey: Uint8Array
}

/** Where a text stands: it opens nowhere else. */
export type Place =
  | { readonly orderId: string; readonly field: string }
  | { readonly customerId: string; readonly field: string }
  /** The key of a customer itself, wrapped with the store's. */
  | { readonly customerId: string; readonly keyId: string }

const NONCE_BYTES = 12
const TAG_BYTES = 16
const KEY_BYTES = 32
const ID_BYTES = 16
const SEARCH_HASH_BYTES = 16
const CIPHER = 'aes-256-gcm'

/** One secret, and a key of its own for each use. */
export function dataKeyOf(secret: Uint8Array): DataKey {
  const derive = (use: string, bytes = KEY_BYTES) =>
    Buffer.from(hkdfSync('sha256', secret, new Uint8Array(), `aura data key 1 ${use}`, bytes))
  return {
    id: derive('id', ID_BYTES).toString('hex'),
    secret,
    cipherKey: derive('cipher'),
    nonceKey: derive('nonce'),
    searchKey: derive('search'),
  }
}

export function sealText(key: DataKey, text: string, place: Place): string {
  const bound = boundTo(place)
  const nonce = createHmac('sha256', key.nonceKey)
    .update(bound)
    .update(text)
    .digest()
    .subarray(0, NONCE_BYTES)
  const cipher = createCipheriv(CIPHER, key.cipherKey, nonce).setAAD(bound)
  const sealed = [nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]
  return Buffer.concat(sealed).toString('base64url')
}

/** Null where it was not sealed with this key, for this place, as it is. */
export function openText(key: DataKey, sealed: string, place: Place): string | null {
  const bytes = Buffer.from(sealed, 'base64url')
  if (bytes.length < NONCE_BYTES + TAG_BYTES) return null
  const nonce = bytes.subarray(0, NONCE_BYTES)
  const opener = createDecipheriv(CIPHER, key.cipherKey, nonce, { authTagLength: TAG_BYTES })
  opener.setAAD(boundTo(place)).setAuthTag(bytes.subarray(-TAG_BYTES))
  try {
    const text = opener.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES))
    return Buffer.concat([text, opener.final()]).toString('utf8')
  } catch {
    return null
  }
}

/** As JSON, so that no two places read the same. */
function boundTo(place: Place): Buffer {
  if ('orderId' in place) return asJson(['customer', place.orderId, place.field])
  if ('field' in place) return asJson(['customer record', place.customerId, place.field])
  return asJson(['customer key', place.customerId, place.keyId])
}

const asJson = (words: readonly string[]): Buffer => Buffer.from(JSON.stringify(words))

/** Fewer digits than this are no phone that anybody would look for. */
const FEWEST_DIGITS = 5

/** The same for one phone however it was typed; null where it is none. */
export function hashOfPhone(key: DataKey, phone: string): string | null {
  const digits = phone.replaceAll(/\D/g, '').replace(/^00/, '')
  return digits.length < FEWEST_DIGITS ? null : searchHash(key, digits)
}

/** The same however it was typed; an address of mail has no digits alone, so it is no phone's. */
export const hashOfEmail = (key: DataKey, email: string): string =>
  searchHash(key, `mailto:${email.trim().toLowerCase()}`)

const searchHash = (key: DataKey, text: string): string =>
  createHmac('sha256', key.searchKey)
    .update(text)
    .digest()
    .subarray(0, SEARCH_HASH_BYTES)
    .toString('base64url')
