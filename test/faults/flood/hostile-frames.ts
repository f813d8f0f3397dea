import { MAX_FRAME_BYTES, MAX_ORIGINS } from '../../../protocol/limits.ts'
import { encodeFrame } from '../../../protocol/peer.ts'
import { pack } from '../../../protocol/wire.ts'
import { frameToBytes } from '../../../sync/frame-bytes.ts'

/**
 * What hurts: frames that end a session as soon as they are looked at, and frames that are allowed
 * and of no use, so that only what they cost can tell them from honest ones. `echoed` is what the
 * till has sent itself, given back to it: true in every hash, and held there already.
 */
export type HostileFrame = (echoed: readonly Uint8Array[]) => Uint8Array

const entry = (body: string) => [890_000_000_000_000, 'flood', '2026-01-01T00:00:00Z', 'x', body]
const deep = (levels: number): Uint8Array => Buffer.concat([Buffer.alloc(levels, 0x91), pack(1)])
const once = (make: () => Uint8Array): HostileFrame => {
  let made: Uint8Array | null = null
  return () => (made ??= make())
}
const ofOneOrigin = (origin: string, fromSeq: number, bodies: readonly string[]): Uint8Array =>
  pack(['entries', 1, [[origin, fromSeq, bodies.map(entry), new Uint8Array(32)]]])

/** Each ends the session that it comes on. */
export const FATAL: Readonly<Record<string, HostileFrame>> = {
  oversized: once(() => Buffer.alloc(MAX_FRAME_BYTES + 1)),
  large: once(() => Buffer.alloc(MAX_FRAME_BYTES - 1, 0xc1)),
  truncated: once(() => encodeFrame({ type: 'ping', nonce: 1, sentMs: 1 }).subarray(0, 4)),
  deep: once(() => deep(200_000)),
  'wrong types': once(() => pack(['entries', 'one', { ranges: true }])),
  'no frame': once(() => pack({ type: 'hello' })),
  'forged hashes': once(() => ofOneOrigin('victim', 1, ['[]'])),
  'far numbers': once(() => ofOneOrigin('victim', 2 ** 39, ['[]'])),
  'huge forgery': once(() =>
    ofOneOrigin(
      'huge',
      1,
      Array.from({ length: 450 }, () => 'x'.repeat(6_000)),
    ),
  ),
  'unasked entries': once(() =>
    ofOneOrigin(
      'nobody',
      1,
      Array.from({ length: 500 }, () => '["x"]'),
    ),
  ),
  'deep JSON': once(() => ofOneOrigin('deep', 1, ['['.repeat(400_000)])),
  'packed bomb': once(() =>
    frameToBytes({ type: 'bye', reason: 'x'.repeat(MAX_FRAME_BYTES - 100) }),
  ),
}

/** Each is a frame of the protocol, and says nothing that is worth anything. */
export const USELESS: Readonly<Record<string, HostileFrame>> = {
  pings: once(() => encodeFrame({ type: 'ping', nonce: 7, sentMs: 1 })),
  'false answers': once(() =>
    encodeFrame({ type: 'ack', frame: 99_999, frontier: new Map([['v', 5]]) }),
  ),
  'many origins': once(() =>
    frameToBytes({ type: 'have', hashes: new Map(), frontier: manyOrigins() }),
  ),
  'what the till said': (echoed) =>
    echoed.at(-1) ?? encodeFrame({ type: 'ping', nonce: 7, sentMs: 1 }),
}

const manyOrigins = () =>
  new Map(Array.from({ length: MAX_ORIGINS - 100 }, (_, n) => [`o${n}`, 1_000]))
