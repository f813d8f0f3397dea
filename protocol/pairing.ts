import { z } from 'zod'
import { pack, unpack } from './wire.ts'

/**
 * How a device joins a store, after TLS has shown each side the other's key (sync/pairing):
 *
 *     joiner                               member, while it shows a code
 *       │── share ─────────────────────────────▶│
 *       │◀───────────────────────────── proof ──│   this spends a try
 *       │── join, with the joiner's proof ─────▶│
 *       │◀──────────────────────────── joined ──│   the roster has it
 *
 * Each message is a msgpack array behind its length, four bytes, the highest first. In place of any
 * answer may come `refused`, with a reason for people.
 */
export const PAIRING_PROTOCOL = 1

export type PairMessage =
  | { readonly type: 'share'; readonly protocol: number; readonly share: Uint8Array }
  | {
      readonly type: 'proof'
      readonly share: Uint8Array
      readonly proof: Uint8Array
      /** After this one. */
      readonly triesLeft: number
    }
  | { readonly type: 'join'; readonly proof: Uint8Array; readonly newcomer: Newcomer }
  | { readonly type: 'joined'; readonly answer: PairAnswer }
  | { readonly type: 'refused'; readonly reason: string }

const newcomerSchema = z.strictObject({
  origin: z.string().min(1).max(80),
  name: z.string().trim().min(1).max(120),
  role: z.enum(['terminal', 'kitchen']),
})
/** What a new device says of itself. Who it is, its key has said already. */
export type Newcomer = z.infer<typeof newcomerSchema>

const pairAnswerSchema = z.strictObject({
  storeId: z.string().min(1).max(80),
  storeName: z.string().min(1).max(120),
  /** What the new device puts in front of its order numbers. */
  code: z.string().min(1).max(12),
  upstreamToken: z.string().min(1).max(200),
  centralUrl: z.string().max(500).nullable(),
  /** The member that let it in: an address to dial. */
  peer: z.string().min(1).max(300),
})
export type PairAnswer = z.infer<typeof pairAnswerSchema>

const bytes = z.instanceof(Uint8Array)

export const pairMessageSchema = z.union([
  z
    .tuple([z.literal('share'), z.int(), bytes])
    .transform(([type, protocol, share]): PairMessage => ({ type, protocol, share })),
  z
    .tuple([z.literal('proof'), bytes, bytes, z.int().min(0)])
    .transform(([type, share, proof, triesLeft]): PairMessage => ({
      type,
      share,
      proof,
      triesLeft,
    })),
  z
    .tuple([z.literal('join'), bytes, newcomerSchema])
    .transform(([type, proof, newcomer]): PairMessage => ({ type, proof, newcomer })),
  z
    .tuple([z.literal('joined'), pairAnswerSchema])
    .transform(([type, answer]): PairMessage => ({ type, answer })),
  z
    .tuple([z.literal('refused'), z.string().max(300)])
    .transform(([type, reason]): PairMessage => ({ type, reason })),
])

export function encodePairMessage(message: PairMessage): Uint8Array {
  switch (message.type) {
    case 'share':
      return pack([message.type, message.protocol, message.share])
    case 'proof':
      return pack([message.type, message.share, message.proof, message.triesLeft])
    case 'join':
      return pack([message.type, message.proof, message.newcomer])
    case 'joined':
      return pack([message.type, message.answer])
    case 'refused':
      return pack([message.type, message.reason])
  }
}

/** Null for anything that is not a message of this protocol. */
export function decodePairMessage(message: Uint8Array): PairMessage | null {
  try {
    const parsed = pairMessageSchema.safeParse(unpack(message))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

/** What a running member answers to `pair --show`. */
export interface PairingCode {
  readonly code: string
  readonly peer: string
  readonly expires_at: string
}
