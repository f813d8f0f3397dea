import {
  countMissing,
  type BranchTip,
  type Comparison,
  type Frontier,
  type Holdings,
  type LeftRange,
  type LogPart,
  type LogReport,
  type MissingRange,
} from '../domain/log.ts'
import type { CustomerKey, KeyChange } from '../domain/customer-keys.ts'
import { PEER_PROTOCOL, type Hello, type PeerFrame, type PeerProtocol } from '../protocol/peer.ts'
import { NOTHING_HELD_BACK, type HeldBack } from './held-back.ts'
import type { ReadLimits } from './read-wanted.ts'

/** What a session knows, is told and asks for. What it does with it: session.ts. */

export interface SessionSelf {
  readonly storeId: string
  readonly deviceId: string
  readonly name: string
  readonly role: 'terminal' | 'kitchen'
  /** Drawn for each process start. */
  readonly incarnation: string
}

export type SessionPeer = Omit<Hello, 'type' | 'frontier' | 'hashes' | 'aside'>

/**
 * `nowMs` never goes back (a monotonic clock) and serves all waits; `wallMs` is the clock that
 * people see and serves the drift alone (rule T2).
 */
export type SessionInput = { readonly nowMs: number } & (
  | {
      readonly type: 'opened'
      /** What both sides speak. */
      readonly protocol: PeerProtocol
      readonly ownOrigin: string
      readonly frontier: Frontier
      readonly hashes: ReadonlyMap<string, Uint8Array>
      readonly aside: readonly BranchTip[]
    }
  /** Null: what came was not a frame of this protocol. */
  | { readonly type: 'frameReceived'; readonly wallMs: number; readonly frame: PeerFrame | null }
  /** The answer to `ingest`, after the commit. The frontier is ours, of the touched origins. */
  | {
      readonly type: 'ingested'
      readonly kind: 'entries' | 'aside'
      readonly frame: number
      readonly report: LogReport
      readonly frontier: Frontier
    }
  /** Our log grew, by our own commands or by what came from anyone. Ours, of these origins. */
  | {
      readonly type: 'localAdvanced'
      readonly ownOrigin: string
      readonly frontier: Frontier
      readonly keptAside: boolean
    }
  /** The answer to `compare`. */
  | ({
      readonly type: 'compared'
      /** What has left here and the other has to know of. */
      readonly left: readonly LeftRange[]
    } & Comparison)
  /** The answer to `read`. */
  | { readonly type: 'rangesRead'; readonly ranges: readonly LogPart[] }
  /** Keys of customers for the other, and ids of those that are lacked here. */
  | ({ readonly type: 'keysChanged' } & KeyChange)
  | { readonly type: 'tick'; readonly wallMs: number }
  /** The shell wants an end: the other is told why. */
  | { readonly type: 'stopped'; readonly code: CloseCode; readonly reason: string }
)

export type SessionOutput =
  | { readonly type: 'send'; readonly frame: PeerFrame }
  /** Say `have` of these origins, as the log holds them now. */
  | { readonly type: 'tell'; readonly origins: readonly string[] }
  /** Answer with `compared`. */
  | { readonly type: 'compare'; readonly theirs: Holdings; readonly limits: ReadLimits }
  /** Answer with `rangesRead`. */
  | { readonly type: 'read'; readonly wanted: readonly MissingRange[]; readonly limits: ReadLimits }
  /** Answer with `ingested` after the commit, or with `stopped` if storage failed. */
  | {
      readonly type: 'ingest'
      readonly kind: 'entries' | 'aside'
      readonly frame: number
      readonly ranges: readonly LogPart[]
    }
  /** Needs no answer; nothing that comes later may be taken before it. */
  | { readonly type: 'noteLeft'; readonly left: readonly LeftRange[] }
  /** Answer with `keysChanged`, for what is lacked here. */
  | { readonly type: 'askKeys' }
  | { readonly type: 'takeKeys'; readonly keys: readonly CustomerKey[] }
  /** Answer with `keysChanged`. */
  | { readonly type: 'giveKeys'; readonly ids: readonly string[] }
  /** The last output of a session. */
  | { readonly type: 'close'; readonly code: CloseCode; readonly reason: string }

export type CloseCode =
  /** The other said bye. */
  | 'bye'
  | 'wrong_protocol'
  | 'wrong_store'
  /** We dialled ourselves. */
  | 'self'
  | 'silent'
  | 'misbehaved'
  /** Entries came whose hashes do not chain (rule L3). */
  | 'broken_entries'
  | 'storage_failed'
  /** The other has been removed from the store. */
  | 'not_member'
  /** Another connection with the same device stays. */
  | 'superseded'
  | 'stopping'

export interface FrameInFlight {
  readonly frame: number
  readonly sentMs: number
  readonly ranges: readonly MissingRange[]
}

export interface PeerSession {
  readonly self: SessionSelf
  readonly phase: 'new' | 'greeting' | 'open' | 'closed'
  readonly peer: SessionPeer | null
  readonly protocol: PeerProtocol
  readonly ownOrigin: string
  readonly ours: Frontier
  /** What the other said it holds. */
  readonly theirs: Frontier
  /** What the other knows that we hold. */
  readonly told: Frontier

  readonly inFlight: readonly FrameInFlight[]
  readonly nextFrame: number
  /** Asked for and not read yet. */
  readonly reading: readonly MissingRange[] | null
  readonly heldBack: HeldBack
  /** Since when someone else feeds the other an origin it lacks. */
  readonly fedSinceMs: ReadonlyMap<string, number>
  /** Origins of which something was not taken: not offered before the next tick. */
  readonly notBeforeTick: ReadonlySet<string>
  readonly refusals: ReadonlyMap<string, number>
  /** Origins of which the other holds what is not in our branch: from where it lacks ours. */
  readonly disputes: Frontier
  /** Nothing is offered before it is known what is disputed. */
  readonly isCompared: boolean
  /** The last that is known of the other's own branch of each origin. */
  readonly theirHeads: ReadonlyMap<string, BranchTip>
  /** What it is known to hold of other branches. */
  readonly theirTips: readonly BranchTip[]
  /** There may be something new to show of branches, at the next tick. */
  readonly compareAgain: boolean
  /** Whether the other has told what has left it. */
  readonly heardLeft: boolean
  /** Origins of which the other gave another entry under a number that is held here. */
  readonly forked: ReadonlySet<string>
  /** Frames of entries from the other that we have not answered. */
  readonly unanswered: number

  readonly lastHeardMs: number
  readonly silentFromMs: number
  readonly lastTickMs: number
  readonly lastPingMs: number
  readonly nextNonce: number
  readonly pings: readonly {
    readonly nonce: number
    readonly nowMs: number
    readonly wallMs: number
  }[]
  readonly drifts: readonly { readonly roundTripMs: number; readonly driftMs: number }[]
}

export const newSession = (self: SessionSelf): PeerSession => ({
  self,
  phase: 'new',
  peer: null,
  protocol: PEER_PROTOCOL,
  ownOrigin: '',
  ours: new Map(),
  theirs: new Map(),
  told: new Map(),
  inFlight: [],
  nextFrame: 1,
  reading: null,
  heldBack: NOTHING_HELD_BACK,
  fedSinceMs: new Map(),
  notBeforeTick: new Set(),
  refusals: new Map(),
  disputes: new Map(),
  isCompared: false,
  theirHeads: new Map(),
  theirTips: [],
  compareAgain: false,
  heardLeft: false,
  forked: new Set(),
  unanswered: 0,
  lastHeardMs: 0,
  silentFromMs: 0,
  lastTickMs: 0,
  lastPingMs: 0,
  nextNonce: 1,
  pings: [],
  drifts: [],
})

/** Entries that we hold and the other has not said to hold; null before its hello. */
export const theyLack = (session: PeerSession): number | null =>
  session.peer === null ? null : countMissing(session.ours, session.theirs)

/** Entries that the other said to hold and we do not; null before its hello. */
export const weLack = (session: PeerSession): number | null =>
  session.peer === null ? null : countMissing(session.theirs, session.ours)

/** Monotonic; null before its hello. */
export const lastHeardMs = (session: PeerSession): number | null =>
  session.peer === null ? null : session.lastHeardMs

/** Its wall clock minus ours, from the quickest of the last round trips. */
export function driftMs(session: PeerSession): number | null {
  const [first, ...rest] = session.drifts
  if (first === undefined) return null
  return rest.reduce((best, s) => (s.roundTripMs < best.roundTripMs ? s : best), first).driftMs
}

/** What one input leads to. */
export interface SessionStep {
  readonly state: PeerSession
  readonly outputs: readonly SessionOutput[]
}

export const stay = (state: PeerSession): SessionStep => ({ state, outputs: [] })
export const send = (frame: PeerFrame): SessionOutput => ({ type: 'send', frame })

/** Ends with a word to the other side. */
export const end = (session: PeerSession, code: CloseCode, reason: string): SessionStep => ({
  state: { ...session, phase: 'closed' },
  outputs: [send({ type: 'bye', reason: reason.slice(0, 300) }), { type: 'close', code, reason }],
})
