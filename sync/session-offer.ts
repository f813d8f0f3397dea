import {
  lastSeqOf,
  type BranchTip,
  type Frontier,
  type LogPart,
  type MissingRange,
} from '../domain/log.ts'
import {
  FRAME_TARGET_BYTES,
  MAX_ENTRIES_PER_FRAME,
  MAX_FRAMES_IN_FLIGHT,
} from '../protocol/limits.ts'
import type { PeerFrame } from '../protocol/peer.ts'
import { raised } from './held-back.ts'
import { MAX_REFUSALS, MAX_TIPS } from './limits.ts'
import type { ReadLimits } from './read-wanted.ts'
import {
  end,
  send,
  stay,
  type PeerSession,
  type SessionInput,
  type SessionStep,
} from './session-state.ts'

/** The sending half of a session: what goes out, and what becomes of it. */

/** What one frame carries. */
export const FRAME_LIMITS: ReadLimits = {
  maxEntries: MAX_ENTRIES_PER_FRAME,
  maxBytes: FRAME_TARGET_BYTES,
}

/** After each step: if the window is open and they lack something, it is asked for. */
export function offer(step: SessionStep): SessionStep {
  const session = step.state
  if (session.phase !== 'open' || !session.isCompared || session.reading !== null) return step
  if (session.inFlight.length >= MAX_FRAMES_IN_FLIGHT) return step
  const wanted = lackedByThem(session)
  if (wanted.length === 0) return step
  return {
    state: { ...session, reading: wanted },
    outputs: [...step.outputs, { type: 'read', wanted, limits: FRAME_LIMITS }],
  }
}

/** What may go out now, own entries first: nobody else has them. */
function lackedByThem(session: PeerSession): MissingRange[] {
  const wanted: MissingRange[] = []
  const expected = expectedThere(session)
  for (const [origin, held] of session.ours) {
    const own = origin === session.ownOrigin
    const mayGo = own ? held : Math.min(held, session.heldBack.ripe.get(origin) ?? 0)
    if (session.disputes.has(origin) || session.notBeforeTick.has(origin)) continue
    if ((session.refusals.get(origin) ?? 0) >= MAX_REFUSALS) continue
    const range = { origin, fromSeq: (expected.get(origin) ?? 0) + 1, toSeq: mayGo }
    if (range.fromSeq > range.toSeq) continue
    if (own) wanted.unshift(range)
    else wanted.push(range)
  }
  // Of a disputed origin ours is shown, whatever numbers they hold.
  for (const [origin, fromSeq] of session.disputes) {
    const toSeq = session.ours.get(origin) ?? 0
    if (fromSeq <= toSeq && !session.notBeforeTick.has(origin)) {
      wanted.push({ origin, fromSeq, toSeq })
    }
  }
  return wanted.slice(0, MAX_ENTRIES_PER_FRAME)
}

/** What they will hold once all that is on its way has been taken. */
const expectedThere = (session: PeerSession): Frontier =>
  session.inFlight.reduce(
    (expected, sent) => raised(expected, new Map(sent.ranges.map((r) => [r.origin, r.toSeq]))),
    session.theirs,
  )

/** What was read goes out as one frame and counts as on its way. */
export function sendRanges(
  session: PeerSession,
  ranges: readonly LogPart[],
  nowMs: number,
): SessionStep {
  const asked = session.reading ?? []
  const idle: PeerSession = { ...session, reading: null }
  if (session.phase !== 'open') return stay(idle)
  if (ranges.length === 0) {
    // The log cannot give what its frontier names. Not again before the next tick.
    const notBeforeTick = new Set([...session.notBeforeTick, ...asked.map((want) => want.origin)])
    return stay({ ...idle, notBeforeTick })
  }
  const frame = session.nextFrame
  const askedFrom = new Map(asked.map(({ origin, fromSeq }) => [origin, fromSeq]))
  const sent = ranges.map((range): MissingRange => ({
    origin: range.origin,
    // A run is given as a whole; what the other lacks of it is what was asked for.
    fromSeq: Math.max(range.fromSeq, askedFrom.get(range.origin) ?? 1),
    toSeq: lastSeqOf(range),
  }))
  const shown = ranges.filter(({ origin }) => session.disputes.has(origin))
  const lastSeqs = shown.map((range) => [range.origin, lastSeqOf(range) + 1] as const)
  // An answer says nothing about what is disputed: it counts as theirs from here on.
  const given = sent.filter(({ origin }) => !session.disputes.has(origin))
  return {
    state: {
      ...idle,
      disputes: raised(session.disputes, new Map(lastSeqs)),
      theirTips: withTips(session.theirTips, shown.map(tipOfRange)),
      theirHeads: withHeads(session.theirHeads, ranges, session.disputes),
      nextFrame: frame + 1,
      inFlight: [...session.inFlight, { frame, sentMs: nowMs, ranges: given }],
      told: raised(session.told, new Map(sent.map((range) => [range.origin, range.toSeq]))),
    },
    outputs: [send({ type: 'entries', frame, ranges })],
  }
}

/** The other has committed a frame of ours, and says what it holds of the touched origins. */
export function takeAck(
  session: PeerSession,
  ack: Extract<PeerFrame, { type: 'ack' }>,
): SessionStep {
  if (ack.frame >= session.nextFrame) {
    return end(session, 'misbehaved', 'it answers a frame that was never sent')
  }
  const answered = session.inFlight.find((sent) => sent.frame === ack.frame)
  if (answered === undefined) return stay(session)
  const theirs = new Map(session.theirs)
  const notBeforeTick = new Set(session.notBeforeTick)
  const refusals = new Map(session.refusals)
  for (const { origin, fromSeq, toSeq } of answered.ranges) {
    const held = theirs.get(origin) ?? 0
    const said = ack.frontier.get(origin) ?? held
    if (said >= toSeq) {
      theirs.set(origin, Math.max(held, said))
      refusals.delete(origin)
      continue
    }
    // It did not take: what they say now is the truth, and another try waits for the next tick.
    theirs.set(origin, said)
    notBeforeTick.add(origin)
    if (said === fromSeq - 1) refusals.set(origin, (refusals.get(origin) ?? 0) + 1)
  }
  const inFlight = session.inFlight.filter((sent) => sent !== answered)
  return stay({ ...session, theirs, notBeforeTick, refusals, inFlight })
}

/**
 * Rule L2. Whoever has entries that are not in our branch is shown ours, from where it lacks it, and
 * the branches that we keep aside: whoever wrote them has to hear of them, also by way of others
 * (rule L6). What cannot be shown now waits for a tick.
 */
export function showBranches(
  session: PeerSession,
  { disputed, aside, isWhole, left, nowMs }: Extract<SessionInput, { type: 'compared' }>,
): SessionStep {
  const from = new Map(disputed.map(({ origin, fromSeq }) => [origin, fromSeq]))
  const hasRoom = session.inFlight.length < MAX_FRAMES_IN_FLIGHT
  const ranges = hasRoom ? aside : []
  const compared: PeerSession = {
    ...session,
    disputes: raised(session.disputes, from),
    isCompared: true,
    compareAgain: !isWhole || ranges.length < aside.length,
  }
  const isTold = session.isCompared || left.length === 0
  const told = isTold ? [] : [send({ type: 'left', left })]
  if (ranges.length === 0) return { state: compared, outputs: told }
  const frame = session.nextFrame
  return {
    state: {
      ...compared,
      nextFrame: frame + 1,
      inFlight: [...session.inFlight, { frame, sentMs: nowMs, ranges: [] }],
      theirTips: withTips(session.theirTips, ranges.map(tipOfRange)),
    },
    outputs: [...told, send({ type: 'aside', frame, ranges })],
  }
}

/** Rule P3. What is forgotten is only shown once more. */
export const withTips = (
  tips: readonly BranchTip[],
  more: readonly BranchTip[],
): readonly BranchTip[] => (more.length === 0 ? tips : [...tips, ...more].slice(-MAX_TIPS))

/** Of ranges that came or went. */
export const withHeads = (
  heads: ReadonlyMap<string, BranchTip>,
  ranges: readonly LogPart[],
  disputes: Frontier,
): ReadonlyMap<string, BranchTip> => laterHeads(heads, ranges.map(tipOfRange), disputes)

/** As long as there is one branch alone. */
export function laterHeads(
  heads: ReadonlyMap<string, BranchTip>,
  tips: Iterable<BranchTip>,
  disputes: Frontier,
): ReadonlyMap<string, BranchTip> {
  const later = [...tips].filter(
    (tip) => !disputes.has(tip.origin) && tip.seq > (heads.get(tip.origin)?.seq ?? 0),
  )
  return later.length === 0
    ? heads
    : new Map([...heads, ...later.map((tip) => [tip.origin, tip] as const)])
}

const tipOfRange = (part: LogPart): BranchTip => ({
  origin: part.origin,
  seq: lastSeqOf(part),
  hash: part.lastHash,
})
