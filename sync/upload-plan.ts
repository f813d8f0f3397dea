import type { Frontier, MissingRange } from '../domain/log.ts'
import {
  FRAME_TARGET_BYTES,
  MAX_ENTRIES_PER_FRAME,
  UPLOAD_RETRY_MAX_MS,
  UPLOAD_RETRY_MIN_MS,
} from '../protocol/limits.ts'
import type { UploadAnswer } from '../protocol/upstream.ts'
import { fullJitterMs } from './backoff.ts'
import { holdBack, NOTHING_HELD_BACK, ripen, type HeldBack } from './held-back.ts'
import {
  FRONTIER_FRESH_MS,
  MAX_ENTRIES_WHILE_SELLING,
  MAX_RANGES_PER_UPLOAD,
  MAX_YIELD_MS,
  SELLING_FOR_MS,
  TICK_MS,
  UPLOAD_POLL_MS,
  UPLOAD_RELAY_AFTER_MS,
} from './limits.ts'
import type { ReadLimits } from './read-wanted.ts'

/**
 * What to do next for the centre to hold what this device holds. Pure; upstream.ts does it. As
 * between peers, what to send follows each time from both frontiers, and the centre's own word about
 * its frontier is the truth.
 */
export interface UploadPlan {
  /** Null: it has never answered. */
  readonly centre: Frontier | null
  /** When it said so; null: it has to be asked before anything is sent. */
  readonly saidMs: number | null
  readonly heldBack: HeldBack
  readonly failures: number
  readonly retryAtMs: number
  /** Origins of which the centre does not take the next entries, and until when they rest. */
  readonly refused: ReadonlyMap<string, Refusal>
  /** One origin in each upload, after one with several was refused as a whole. */
  readonly oneByOne: boolean
  readonly maxEntries: number
  /** When somebody last wrote here: while that is just now, a backlog gives way to the selling. */
  readonly soldMs: number
  /** Until when it does. */
  readonly yieldUntilMs: number
}

interface Refusal {
  readonly times: number
  readonly untilMs: number
}

export type UploadStep =
  | { readonly do: 'ask' }
  | { readonly do: 'upload'; readonly wanted: readonly MissingRange[]; readonly limits: ReadLimits }
  | { readonly do: 'wait'; readonly untilMs: number }

/** Why a call to the centre came to nothing. */
export type UploadFailure =
  /** Not there, too slow, broken, or not what we speak. */
  | 'unavailable'
  | 'unauthorised'
  /** This upload, as it is: another one may pass. */
  | 'refused'
  | 'too_large'

export function newUploadPlan(ours: Frontier, ownOrigin: string, nowMs: number): UploadPlan {
  const plan: UploadPlan = {
    centre: null,
    saidMs: null,
    heldBack: NOTHING_HELD_BACK,
    failures: 0,
    retryAtMs: 0,
    refused: new Map(),
    oneByOne: false,
    maxEntries: MAX_ENTRIES_PER_FRAME,
    soldMs: -Infinity,
    yieldUntilMs: 0,
  }
  return { ...planAdvanced(plan, ours, ownOrigin, nowMs), soldMs: -Infinity }
}

/** Our log grew. Entries of others wait a little: their writer probably uploads them itself. */
export function planAdvanced(
  plan: UploadPlan,
  grown: Frontier,
  ownOrigin: string,
  nowMs: number,
): UploadPlan {
  const fromOthers = new Map(grown)
  fromOthers.delete(ownOrigin)
  const heldBack = fromOthers.size === 0 ? plan.heldBack : holdBack(plan.heldBack, fromOthers)
  const soldMs = grown.has(ownOrigin) ? nowMs : plan.soldMs
  return planAtTime({ ...plan, heldBack, soldMs }, nowMs)
}

export const planAtTime = (plan: UploadPlan, nowMs: number): UploadPlan => ({
  ...plan,
  heldBack: ripen(plan.heldBack, nowMs, UPLOAD_RELAY_AFTER_MS),
})

export function nextUploadStep(
  plan: UploadPlan,
  ours: Frontier,
  ownOrigin: string,
  nowMs: number,
): UploadStep {
  if (nowMs < plan.retryAtMs) return { do: 'wait', untilMs: plan.retryAtMs }
  if (plan.centre === null || plan.saidMs === null) return { do: 'ask' }
  const lacked = lackedByCentre(plan, plan.centre, ours, ownOrigin, nowMs)
  const isFresh = nowMs - plan.saidMs <= FRONTIER_FRESH_MS
  const wanted = lacked.filter((range) => isFresh || range.origin === ownOrigin)
  if (wanted.length > 0) {
    const isSelling = nowMs - plan.soldMs < SELLING_FOR_MS
    if (isSelling && nowMs < plan.yieldUntilMs) return { do: 'wait', untilMs: plan.yieldUntilMs }
    const most = isSelling ? MAX_ENTRIES_WHILE_SELLING : MAX_ENTRIES_PER_FRAME
    const limits = { maxEntries: Math.min(plan.maxEntries, most), maxBytes: FRAME_TARGET_BYTES }
    const atOnce = plan.oneByOne ? 1 : MAX_RANGES_PER_UPLOAD
    return { do: 'upload', wanted: wanted.slice(0, atOnce), limits }
  }
  if (lacked.length > 0 || nowMs - plan.saidMs >= UPLOAD_POLL_MS) return { do: 'ask' }
  return { do: 'wait', untilMs: nextChangeMs(plan, plan.saidMs, nowMs) }
}

function lackedByCentre(
  plan: UploadPlan,
  centre: Frontier,
  ours: Frontier,
  ownOrigin: string,
  nowMs: number,
): MissingRange[] {
  const lacked: MissingRange[] = []
  for (const [origin, held] of ours) {
    const own = origin === ownOrigin
    const toSeq = own ? held : Math.min(held, plan.heldBack.ripe.get(origin) ?? 0)
    const fromSeq = (centre.get(origin) ?? 0) + 1
    if (fromSeq > toSeq || nowMs < (plan.refused.get(origin)?.untilMs ?? 0)) continue
    if (own) lacked.unshift({ origin, fromSeq, toSeq })
    else lacked.push({ origin, fromSeq, toSeq })
  }
  return lacked
}

function nextChangeMs(plan: UploadPlan, saidMs: number, nowMs: number): number {
  const { fresh, waves } = plan.heldBack
  const rests = [...plan.refused.values()].map((refusal) => refusal.untilMs)
  return Math.min(
    saidMs + UPLOAD_POLL_MS,
    fresh.size > 0 ? nowMs + TICK_MS : Infinity,
    waves[0]?.dueMs ?? Infinity,
    ...rests.filter((untilMs) => untilMs > nowMs),
  )
}

/** The centre answered a question about its frontier. */
export const centreSaid = (plan: UploadPlan, frontier: Frontier, nowMs: number): UploadPlan => ({
  ...plan,
  centre: frontier,
  saidMs: nowMs,
  failures: 0,
  refused: new Map(
    [...plan.refused].filter(
      ([origin]) => (frontier.get(origin) ?? 0) <= (plan.centre?.get(origin) ?? 0),
    ),
  ),
})

/**
 * The centre took an upload, or some of it. What made no progress rests for a while; and after much at
 * once, whoever sells here is left alone for as long as it took.
 */
export function centreTook(
  plan: UploadPlan,
  sent: readonly MissingRange[],
  answer: UploadAnswer,
  nowMs: number,
  random: () => number,
  tookMs = 0,
): UploadPlan {
  const said = centreSaid(plan, answer.frontier, nowMs)
  const stuck = sent.filter((range) => (answer.frontier.get(range.origin) ?? 0) < range.fromSeq)
  return {
    ...rest(said, stuck, nowMs, random),
    oneByOne: plan.oneByOne && plan.refused.size > 0,
    maxEntries: Math.min(MAX_ENTRIES_PER_FRAME, plan.maxEntries * 2),
    yieldUntilMs: isMuch(sent) ? nowMs + Math.min(tookMs, MAX_YIELD_MS) : 0,
  }
}

const isMuch = (sent: readonly MissingRange[]): boolean =>
  sent.reduce((sum, range) => sum + range.toSeq - range.fromSeq + 1, 0) >= MAX_ENTRIES_WHILE_SELLING

/** A call failed. `sent` is null when only the frontier was asked for. */
export function centreFailed(
  plan: UploadPlan,
  failure: UploadFailure,
  sent: readonly MissingRange[] | null,
  nowMs: number,
  random: () => number,
): UploadPlan {
  const failures = failure === 'unauthorised' ? HOPELESS : plan.failures + 1
  const waitMs = fullJitterMs(failures, UPLOAD_RETRY_MIN_MS, UPLOAD_RETRY_MAX_MS, random)
  // What became of an upload that was not answered is for the centre to say.
  const later: UploadPlan = { ...plan, failures, saidMs: null, retryAtMs: nowMs + waitMs }
  if (sent === null || failure === 'unavailable' || failure === 'unauthorised') return later
  const soon: UploadPlan = { ...later, failures: 0, retryAtMs: nowMs + UPLOAD_RETRY_MIN_MS }
  if (failure === 'too_large' && plan.maxEntries > 1) {
    return { ...soon, maxEntries: Math.ceil(plan.maxEntries / 4) }
  }
  if (sent.length > 1) return { ...soon, oneByOne: true }
  return rest(soon, sent, nowMs, random)
}

/** So many failures that the wait is the longest at once: a token does not heal by asking. */
const HOPELESS = 10

function rest(
  plan: UploadPlan,
  ranges: readonly MissingRange[],
  nowMs: number,
  random: () => number,
): UploadPlan {
  const refused = new Map(plan.refused)
  for (const { origin } of ranges) {
    const times = (refused.get(origin)?.times ?? 0) + 1
    const waitMs = fullJitterMs(times, UPLOAD_RETRY_MIN_MS, UPLOAD_RETRY_MAX_MS, random)
    refused.set(origin, { times, untilMs: nowMs + waitMs })
  }
  return { ...plan, refused }
}
