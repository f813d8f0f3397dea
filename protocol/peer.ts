import { z } from 'zod'
import type { BranchTip, EntryRange, Frontier, LeftRange, LogPart } from '../domain/log.ts'
import type { CustomerKey } from '../domain/customer-keys.ts'
import { MAX_ORIGINS } from './limits.ts'
import {
  frontierSchema,
  frontierToWire,
  keyIdsSchema,
  keysSchema,
  keysToWire,
  leftListSchema,
  leftToWire,
  originSchema,
  seqSchema,
  pack,
  partSchema,
  partToWire,
  rangeSchema,
  rangeToWire,
  unpack,
} from './wire.ts'

/**
 * Frames between two devices of a store. Each side says what it holds and pushes what the other
 * lacks; the other answers each frame of entries with what it holds now.
 */
export const PEER_PROTOCOL = 5

/** All that this version speaks: a store whose devices are updated one by one stays one store. */
export const PEER_PROTOCOLS = [4, PEER_PROTOCOL] as const
export type PeerProtocol = (typeof PEER_PROTOCOLS)[number]

/**
 * WebSocket subprotocols, as the caller offers them. A version from before they were agreed on takes
 * the first, whatever it says, and speaks 4; so does one that offers none.
 */
export const OFFERED_SUBPROTOCOLS = PEER_PROTOCOLS.map((protocol) => `aura-peer.${protocol}`)

/** What both speak, of what the caller offers: the highest. */
export function chosenSubprotocol(offered: ReadonlySet<string>): string | false {
  return OFFERED_SUBPROTOCOLS.findLast((each) => offered.has(each)) ?? false
}

/** What a connection speaks: `subprotocol` as it was agreed on, empty where it was not. */
export const protocolOf = (subprotocol: string): PeerProtocol =>
  PEER_PROTOCOLS.find((protocol) => subprotocol === `aura-peer.${protocol}`) ?? 4

export interface Hello {
  readonly type: 'hello'
  readonly protocol: number
  readonly storeId: string
  readonly deviceId: string
  readonly name: string
  readonly role: 'terminal' | 'kitchen'
  /** Drawn for each process start: a device that comes back is not its own ghost. */
  readonly incarnation: string
  readonly frontier: Frontier
  /** The hash of the last entry of each origin in the frontier: numbers alone would hide a fork. */
  readonly hashes: ReadonlyMap<string, Uint8Array>
  /** Where the branches end that the sender has kept aside (rule L2). */
  readonly aside: readonly BranchTip[]
}

export type PeerFrame =
  | Hello
  /** `frame` counts entry frames of this connection from 1; it is answered by its number. */
  | { readonly type: 'entries'; readonly frame: number; readonly ranges: readonly LogPart[] }
  /** Entries of branches that the sender keeps aside. Counted and answered as entries are. */
  | { readonly type: 'aside'; readonly frame: number; readonly ranges: readonly EntryRange[] }
  /** Sent after the commit, never before it (rule L1). The origins that the frame touched. */
  | { readonly type: 'ack'; readonly frame: number; readonly frontier: Frontier }
  /** All that has left the sender, before it gives runs: see `EntryLog.leftFor`. Once. */
  | { readonly type: 'left'; readonly left: readonly LeftRange[] }
  /**
   * What the sender holds of origins that grew since it last said so, and since protocol 5 the hash
   * of the last entry of each: two branches grow while two devices are connected, too.
   */
  | {
      readonly type: 'have'
      readonly frontier: Frontier
      readonly hashes: ReadonlyMap<string, Uint8Array>
    }
  /** Keys of customers that are new at the sender, or were asked for. */
  | { readonly type: 'keys'; readonly keys: readonly CustomerKey[] }
  /** Keys that the log names and that the sender lacks. */
  | { readonly type: 'want_keys'; readonly ids: readonly string[] }
  | { readonly type: 'ping'; readonly nonce: number; readonly sentMs: number }
  | {
      readonly type: 'pong'
      readonly nonce: number
      readonly sentMs: number
      readonly nowMs: number
    }
  /** Why the connection ends, for people. */
  | { readonly type: 'bye'; readonly reason: string }

const short = z.string().min(1).max(120)
const count = z.int().min(1)
const ms = z.number().min(0).max(Number.MAX_SAFE_INTEGER)

const hashesSchema = z
  .array(z.tuple([originSchema, z.instanceof(Uint8Array)]))
  .max(MAX_ORIGINS)
  .transform((pairs): ReadonlyMap<string, Uint8Array> => new Map(pairs))

const NO_HASHES: ReadonlyMap<string, Uint8Array> = new Map()

const tipsSchema = z
  .array(z.tuple([originSchema, seqSchema, z.instanceof(Uint8Array)]))
  .max(MAX_ORIGINS)
  .transform((tips): BranchTip[] => tips.map(([origin, seq, hash]) => ({ origin, seq, hash })))

const frameSchemas = {
  hello: z
    .tuple([
      z.literal('hello'),
      z.int(),
      short,
      short,
      short,
      z.enum(['terminal', 'kitchen']),
      short,
      frontierSchema,
      hashesSchema,
      tipsSchema,
    ])
    .transform(
      ([
        type,
        protocol,
        storeId,
        deviceId,
        name,
        role,
        incarnation,
        frontier,
        hashes,
        aside,
      ]): PeerFrame => ({
        type,
        protocol,
        storeId,
        deviceId,
        name,
        role,
        incarnation,
        frontier,
        hashes,
        aside,
      }),
    ),
  entries: z
    .tuple([z.literal('entries'), count, z.array(partSchema).min(1).max(MAX_ORIGINS)])
    .transform(([type, frame, ranges]): PeerFrame => ({ type, frame, ranges })),
  aside: z
    .tuple([z.literal('aside'), count, z.array(rangeSchema).min(1).max(MAX_ORIGINS)])
    .transform(([type, frame, ranges]): PeerFrame => ({ type, frame, ranges })),
  ack: z
    .tuple([z.literal('ack'), count, frontierSchema])
    .transform(([type, frame, frontier]): PeerFrame => ({ type, frame, frontier })),
  left: z
    .tuple([z.literal('left'), leftListSchema])
    .transform(([type, left]): PeerFrame => ({ type, left })),
  have: z
    .tuple([z.literal('have'), frontierSchema, hashesSchema.optional()])
    .transform(([type, frontier, hashes]): PeerFrame => {
      return { type, frontier, hashes: hashes ?? NO_HASHES }
    }),
  keys: z
    .tuple([z.literal('keys'), keysSchema])
    .transform(([type, keys]): PeerFrame => ({ type, keys })),
  want_keys: z
    .tuple([z.literal('want_keys'), keyIdsSchema])
    .transform(([type, ids]): PeerFrame => ({ type, ids })),
  ping: z
    .tuple([z.literal('ping'), count, ms])
    .transform(([type, nonce, sentMs]): PeerFrame => ({ type, nonce, sentMs })),
  pong: z
    .tuple([z.literal('pong'), count, ms, ms])
    .transform(([type, nonce, sentMs, nowMs]): PeerFrame => ({ type, nonce, sentMs, nowMs })),
  bye: z
    .tuple([z.literal('bye'), z.string().max(300)])
    .transform(([type, reason]): PeerFrame => ({ type, reason })),
} satisfies Record<PeerFrame['type'], z.ZodType<PeerFrame>>

export const frameSchema = z.union(Object.values(frameSchemas))

export function encodeFrame(frame: PeerFrame): Uint8Array {
  switch (frame.type) {
    case 'hello':
      return pack([
        frame.type,
        frame.protocol,
        frame.storeId,
        frame.deviceId,
        frame.name,
        frame.role,
        frame.incarnation,
        frontierToWire(frame.frontier),
        [...frame.hashes],
        frame.aside.slice(0, MAX_ORIGINS).map(({ origin, seq, hash }) => [origin, seq, hash]),
      ])
    case 'entries':
      return pack([frame.type, frame.frame, frame.ranges.map(partToWire)])
    case 'aside':
      return pack([frame.type, frame.frame, frame.ranges.map(rangeToWire)])
    case 'ack':
      return pack([frame.type, frame.frame, frontierToWire(frame.frontier)])
    case 'left':
      return pack([frame.type, leftToWire(frame.left)])
    case 'have':
      return pack([
        frame.type,
        frontierToWire(frame.frontier),
        ...(frame.hashes.size === 0 ? [] : [[...frame.hashes]]),
      ])
    case 'keys':
      return pack([frame.type, keysToWire(frame.keys)])
    case 'want_keys':
      return pack([frame.type, frame.ids])
    case 'ping':
      return pack([frame.type, frame.nonce, frame.sentMs])
    case 'pong':
      return pack([frame.type, frame.nonce, frame.sentMs, frame.nowMs])
    case 'bye':
      return pack([frame.type, frame.reason])
  }
}

/** Null for anything that is not a frame of this protocol. */
export function decodeFrame(bytes: Uint8Array): PeerFrame | null {
  try {
    const raw = unpack(bytes)
    const type: unknown = Array.isArray(raw) ? raw[0] : undefined
    if (typeof type !== 'string' || !Object.hasOwn(frameSchemas, type)) return null
    // By its type, and not by trying one after the other: each that fails costs as much as it.
    const parsed = frameSchemas[type as PeerFrame['type']].safeParse(raw)
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}
