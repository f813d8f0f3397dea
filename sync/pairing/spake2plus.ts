import { createHash, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import { p256 } from '@noble/curves/nist.js'

/**
 * SPAKE2+ (RFC 9383), ciphersuite P256-SHA256-HKDF-SHA256-HMAC-SHA256: two sides that know the same
 * short code prove it to each other. Who listens, or sits in between, learns nothing to try codes
 * with; who takes part may try one code a run.
 *
 *     prover (joins)                             verifier (member)
 *        │── shareP = x·P + w0·M ────────────────────▶│
 *        │◀────────── shareV = y·P + w0·N, confirmV ──│   here one guess of the prover is answered
 *        │── confirmP ───────────────────────────────▶│
 *
 * Both know the code itself here, so the verifier computes L = w1·P instead of keeping it.
 */
export interface CodeSecrets {
  readonly w0: bigint
  readonly w1: bigint
}

/** What both sides have to agree on beside the code, or their proofs differ. */
export interface Transcript {
  readonly context: Uint8Array
  readonly idProver: Uint8Array
  readonly idVerifier: Uint8Array
}

export interface Proofs {
  readonly confirmP: Uint8Array
  readonly confirmV: Uint8Array
}

const { Point } = p256
const { Fn } = Point
type CurvePoint = typeof Point.BASE

const SHARE_BYTES = 65
const PROOF_BYTES = 32
export const GROUP_ORDER = Fn.ORDER

/** RFC 9383, section 4. Nobody knows their logarithms. */
const M = Point.fromHex('02886e2f97ace46e55ba9dd7242579f2993b64e16ef3dcab95afd497333d8fa12f')
const N = Point.fromHex('03d8bbd6c639c62937b04d997f38c3770719c629d7014d49a24b4f98baa1292b49')

/** A scalar that is used once. */
export const drawScalar = (): bigint => Fn.fromBytes(p256.utils.randomSecretKey())

export const proverShare = ({ w0 }: CodeSecrets, x: bigint): Uint8Array => share(x, w0, M)
export const verifierShare = ({ w0 }: CodeSecrets, y: bigint): Uint8Array => share(y, w0, N)

const share = (scalar: bigint, w0: bigint, blind: CurvePoint): Uint8Array =>
  Point.BASE.multiply(scalar).add(blind.multiply(w0)).toBytes(false)

/** Null: what the verifier sent is not of the group, and the run is over. */
export function proverProofs(
  transcript: Transcript,
  { w0, w1 }: CodeSecrets,
  x: bigint,
  shareV: Uint8Array,
): Proofs | null {
  const unblinded = withoutBlind(shareV, w0, N)
  if (unblinded === null) return null
  const shareP = share(x, w0, M)
  const z = unblinded.multiply(x)
  const v = unblinded.multiply(w1)
  return proofs(transcript, { shareP, shareV, z, v, w0 })
}

/** Null: what the prover sent is not of the group, and nothing may be answered. */
export function verifierProofs(
  transcript: Transcript,
  { w0, w1 }: CodeSecrets,
  y: bigint,
  shareP: Uint8Array,
): Proofs | null {
  const unblinded = withoutBlind(shareP, w0, M)
  if (unblinded === null) return null
  const shareV = share(y, w0, N)
  const z = unblinded.multiply(y)
  const v = Point.BASE.multiply(w1).multiply(y)
  return proofs(transcript, { shareP, shareV, z, v, w0 })
}

/** The other's share without the part that the code put in. The identity would prove nothing. */
function withoutBlind(bytes: Uint8Array, w0: bigint, blind: CurvePoint): CurvePoint | null {
  const point = pointOf(bytes)
  const unblinded = point?.subtract(blind.multiply(w0))
  return unblinded === undefined || unblinded.is0() ? null : unblinded
}

/** Whether this is a point of the group, as the other side has to send it. */
export const isShare = (bytes: Uint8Array): boolean => pointOf(bytes) !== null

function pointOf(bytes: Uint8Array): CurvePoint | null {
  if (bytes.length !== SHARE_BYTES) return null
  try {
    return Point.fromBytes(bytes)
  } catch {
    return null
  }
}

interface Run {
  readonly shareP: Uint8Array
  readonly shareV: Uint8Array
  readonly z: CurvePoint
  readonly v: CurvePoint
  readonly w0: bigint
}

function proofs({ context, idProver, idVerifier }: Transcript, run: Run): Proofs {
  const { shareP, shareV, z, v, w0 } = run
  const hash = createHash('sha256')
  const parts = [
    context,
    idProver,
    idVerifier,
    M.toBytes(false),
    N.toBytes(false),
    shareP,
    shareV,
    z.toBytes(false),
    v.toBytes(false),
    Fn.toBytes(w0),
  ]
  for (const part of parts) hash.update(withLength(part))
  const mainKey = hash.digest()
  const keys = Buffer.from(
    hkdfSync('sha256', mainKey, new Uint8Array(), 'ConfirmationKeys', 2 * PROOF_BYTES),
  )
  return {
    confirmP: mac(keys.subarray(0, PROOF_BYTES), shareV),
    confirmV: mac(keys.subarray(PROOF_BYTES), shareP),
  }
}

const mac = (key: Uint8Array, message: Uint8Array): Uint8Array =>
  createHmac('sha256', key).update(message).digest()

export const isSameProof = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && timingSafeEqual(a, b)

/** Eight bytes of length, the lowest first, and then the bytes: no two lists read the same. */
export function withLength(bytes: Uint8Array): Uint8Array {
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(bytes.length))
  return Buffer.concat([length, bytes])
}
