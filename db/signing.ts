import { createPrivateKey, createPublicKey, ECDH, sign, verify, type KeyObject } from 'node:crypto'
import type { Entry, EntryContent } from '../domain/log.ts'
import {
  MAX_UNSIGNED,
  signedOrigin,
  signingKeyOf,
  splitSigned,
  withSignature,
} from '../domain/signed-log.ts'
import { chainHash } from './chain.ts'
import { fromDer, toDer } from './ecdsa-form.ts'

/**
 * ECDSA on P-256 with the device's own key, over the chain hash of the entry without its signature;
 * both numbers of it as they are, 64 bytes (IEEE P1363).
 */
const DIGEST = 'sha256'
/** The head of a SubjectPublicKeyInfo of P-256; the point, uncompressed, is all that follows. */
const SPKI_HEAD = Buffer.from('3059301306072a8648ce3d020106082a8648ce3d030107034200', 'hex')
const POINT_BYTES = 65

/** Signs what a device writes. */
export interface Signer {
  readonly newOrigin: (drawn: string) => string
  /** Null: not this one. `unsigned`: entries before it that no signature covers yet. */
  readonly sign: (origin: string, hash: Uint8Array, unsigned: number) => string | null
}

/** Whether a signature is of the key that an origin names. */
export type CheckSignature = (origin: string, hash: Uint8Array, signature: string) => boolean

/**
 * A signature takes as long as a tenth of an order. People never write so fast that it matters; of what
 * a program writes without a pause only some is signed: so many at once, then one in so much time, and
 * every sixteenth at least. Whoever runs the store has the rest signed (see main/signed-log.ts).
 */
const AT_ONCE = 64
const ONE_IN_MS = 5

/** `privateKey`: PKCS#8, PEM. */
export function createSigner(privateKey: string, monotonicMs: () => number): Signer {
  const key = createPrivateKey(privateKey)
  const point = createPublicKey(key).export({ type: 'spki', format: 'der' }).subarray(-POINT_BYTES)
  const compressed = ECDH.convertKey(
    point,
    'prime256v1',
    undefined,
    undefined,
    'compressed',
  ) as Buffer
  const publicKey = compressed.toString('base64url')
  let credit = AT_ONCE
  let lastMs = monotonicMs()
  return {
    newOrigin: (drawn) => signedOrigin(publicKey, drawn),
    sign: (origin, hash, unsigned) => {
      if (signingKeyOf(origin) !== publicKey) return null
      const nowMs = monotonicMs()
      credit = Math.min(AT_ONCE, credit + (nowMs - lastMs) / ONE_IN_MS)
      lastMs = nowMs
      if (credit < 1 && unsigned < MAX_UNSIGNED) return null
      credit = Math.max(0, credit - 1)
      return fromDer(sign(DIGEST, hash, key)).toString('base64url')
    },
  }
}

const keys = new Map<string, KeyObject | null>()
/** Devices that a store ever had. */
const MAX_KEYS = 4_000

export const isSignatureOf: CheckSignature = (origin, hash, signature) => {
  const publicKey = signingKeyOf(origin)
  const key = publicKey === null ? null : keyOf(publicKey)
  if (key === null) return false
  const der = toDer(Buffer.from(signature, 'base64url'))
  return der !== null && verify(DIGEST, hash, key, der)
}

function keyOf(publicKey: string): KeyObject | null {
  const known = keys.get(publicKey)
  if (known !== undefined) return known
  if (keys.size >= MAX_KEYS) keys.clear()
  const key = readKey(publicKey)
  keys.set(publicKey, key)
  return key
}

function readKey(publicKey: string): KeyObject | null {
  try {
    const compressed = Buffer.from(publicKey, 'base64url')
    const form = 'uncompressed'
    const point = ECDH.convertKey(compressed, 'prime256v1', undefined, undefined, form) as Buffer
    return createPublicKey({ key: Buffer.concat([SPKI_HEAD, point]), format: 'der', type: 'spki' })
  } catch {
    // Whoever named the origin chose the bytes: this is no point of the curve.
    return null
  }
}

/** The public key of a signed log as SubjectPublicKeyInfo, of which a device's id is the hash. */
export function spkiOf(origin: string): Uint8Array | null {
  const publicKey = signingKeyOf(origin)
  const key = publicKey === null ? null : keyOf(publicKey)
  return key && key.export({ type: 'spki', format: 'der' })
}

/** The next entry of a log, signed where it is to be; `unsigned` as it is after it. */
export function nextEntry(
  head: { readonly seq: number; readonly hash: Uint8Array; readonly unsigned: number },
  origin: string,
  content: EntryContent,
  signer: Signer | undefined,
): { readonly entry: Entry; readonly unsigned: number } {
  const seq = head.seq + 1
  const hash = chainHash(head.hash, origin, seq, content)
  // One that tells of nothing is there to be signed.
  const unsigned = content.body === '[]' ? MAX_UNSIGNED : head.unsigned
  const signature = signer?.sign(origin, hash, unsigned) ?? null
  if (signature === null) {
    return { entry: { ...content, origin, seq, hash }, unsigned: head.unsigned + 1 }
  }
  const signed = { ...content, body: withSignature(content.body, signature) }
  const entry = { ...signed, origin, seq, hash: chainHash(head.hash, origin, seq, signed) }
  return { entry, unsigned: 0 }
}

/**
 * Of entries that chain to `before`, those that the device of their log has signed: all up to the last
 * signature. Null: that one is somebody else's. Of a log from before there were signatures, all.
 */
export function signedPart(
  before: Uint8Array,
  entries: readonly Entry[],
  check: CheckSignature,
): readonly Entry[] | null {
  const [first] = entries
  if (first === undefined || signingKeyOf(first.origin) === null) return entries
  const last = entries.findLastIndex(({ body }) => splitSigned(body) !== null)
  const entry = entries[last]
  if (entry === undefined) return []
  return isProperlySigned(entries[last - 1]?.hash ?? before, entry, check)
    ? entries.slice(0, last + 1)
    : null
}

/** `before`: the hash of the entry before it. False also where it is not signed at all. */
export function isProperlySigned(before: Uint8Array, entry: Entry, check: CheckSignature): boolean {
  const split = splitSigned(entry.body)
  if (split === null) return false
  const hash = chainHash(before, entry.origin, entry.seq, { ...entry, body: split.body })
  return check(entry.origin, hash, split.signature)
}
