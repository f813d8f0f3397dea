import { lastSeqOf, type Frontier, type LogPart, type MissingRange } from '../domain/log.ts'
import {
  FRAME_TARGET_BYTES,
  MAX_ENTRIES_PER_FRAME,
  MAX_FRAMES_IN_FLIGHT,
} from '../protocol/limits.ts'
import type { PeerFrame } from '../protocol/peer.ts'
import { raised } from './held-back.ts'
import { MAX_REFUSALS } from './limits.ts'
import { end, send, stay, type PeerSession, type SessionStep } from './session-state.ts'

/** The sending half of a session: what goes out, and what becomes of it. */

/** After each step: if the window is open and they lack something, it is asked for. */
export function offer(step: SessionStep): SessionStep {
  const session = step.state
  if (session.phase !== 'open' || !session.isCompared || session.reading !== null) return step
  if (session.inFlight.length >= MAX_FRAMES_IN_FLIGHT) return step
  const wanted = lackedByThem(session)
  if (wanted.length === 0) return step
  const limits = { maxEntries: MAX_ENTRIES_PER_FRAME, maxBytes: FRAME_TARGET_BYTES }
  return {
    state: { ...session, reading: wanted },
    outputs: [...step.outputs, { type: 'read', wanted, limits }],
  }
}

/** What may go out now, own entries first: nobody else has them. */
function lackedByThem(session: PeerSession): MissingRange[] {
  const wanted: MissingRange[] = []
  const expected = expectedThere(session)
  for (const [origin, held] of session.ours) {
    const own = origin === session.ownOrigin
    const mayGo = own ? held : Math.min(held, session.heldBack.ripe.get(origin) ?? 0)
    if (session.disputes.get(origin)?.isBlocked || session.notBeforeTick.has(origin)) continue
    if ((session.refusals.get(origin) ?? 0) >= MAX_REFUSALS) continue
    const range = { origin, fromSeq: (expected.get(origin) ?? 0) + 1, toSeq: mayGo }
    if (range.fromSeq > range.toSeq) continue
    if (own) wanted.unshift(range)
    else wanted.push(range)
  }
  for (const [origin, { nextSeq: fromSeq, toSeq }] of session.disputes) {
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
  const disputes = new Map(session.disputes)
  for (const { origin, fromSeq, toSeq } of sent) {
    const known = disputes.get(origin)
    if (known?.nextSeq === fromSeq) disputes.set(origin, { ...known, nextSeq: toSeq + 1 })
  }
  // What is disputed is shown and not given: an answer says nothing about it.
  const given = sent.filter(({ origin }) => disputes.get(origin)?.isBlocked !== true)
  return {
    state: {
      ...idle,
      disputes,
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
