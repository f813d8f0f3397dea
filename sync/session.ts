import { isRun, lastSeqOf, type BranchTip, type Frontier } from '../domain/log.ts'
import {
  MAX_ENTRIES_PER_FRAME,
  MAX_FRAMES_IN_FLIGHT,
  MAX_KEYS_PER_FRAME,
  MAX_ORIGINS,
  PEER_SILENT_AFTER_MS,
  PING_EVERY_MS,
  RELAY_AFTER_MS,
} from '../protocol/limits.ts'
import type { PeerFrame } from '../protocol/peer.ts'
import { holdAgain, holdBack, raised, ripen } from './held-back.ts'
import {
  ACK_WAIT_MS,
  DRIFT_SAMPLES,
  FED_WAIT_MAX_MS,
  LATE_TICK_MS,
  MAX_OPEN_PINGS,
} from './limits.ts'
import {
  FRAME_LIMITS,
  offer,
  sendRanges,
  showBranches,
  takeAck,
  laterHeads,
  withHeads,
  withTips,
} from './session-offer.ts'
import {
  end,
  send,
  stay,
  type PeerSession,
  type SessionInput,
  type SessionOutput,
  type SessionStep,
} from './session-state.ts'

/**
 * One connection with another device of the store, as a pure machine: no socket, no timer, no clock.
 *
 *     we                                         they
 *      │── hello {what we hold} ──────────────────▶│   first on both sides, or the end
 *      │◀────────────────── hello {what they hold}─│
 *      │── left {runs} ───────────────────────────▶│   where they lack what has left us, before it
 *      │── entries 1 ─────────────────────────────▶│   at most MAX_FRAMES_IN_FLIGHT unanswered
 *      │── entries 2 ─────────────────────────────▶│
 *      │◀──────────────── ack 1 {what they hold} ──│   after their commit
 *      │── aside 3 {rivals of what they hold} ────▶│   answered as entries are (rule L2)
 *      │── have {what grew here from others} ─────▶│   gathered over a tick; a fork shows by the hash
 *      │── keys {of customers} ─ want_keys {ids} ──│   beside the log (decision 0115)
 *      │── ping ─ pong ────────────────────────────│
 *
 * What to send is never remembered as a to-do list. It is derived each time from what we hold, what
 * they said they hold, and what is on its way; so whatever is lost, doubled or refused in between,
 * the next derivation is right again.
 */
export function stepSession(session: PeerSession, input: SessionInput): SessionStep {
  if (session.phase === 'closed') return stay(session)
  switch (input.type) {
    case 'opened':
      return offer(open(session, input))
    case 'frameReceived':
      return offer(receive(session, input))
    case 'ingested':
      return offer(answer(session, input))
    case 'compared':
      return offer(showBranches(session, input))
    case 'localAdvanced':
      return offer(stay(advance(session, input)))
    case 'rangesRead':
      return offer(sendRanges(session, input.ranges, input.nowMs))
    case 'keysChanged':
      return tellKeys(session, input)
    case 'tick':
      return offer(tick(session, input))
    case 'stopped':
      return end(session, input.code, input.reason)
  }
}

type Input<T extends SessionInput['type']> = Extract<SessionInput, { type: T }>

function open(session: PeerSession, input: Input<'opened'>): SessionStep {
  const { nowMs, protocol, ownOrigin, frontier, hashes, aside } = input
  if (session.phase !== 'new') return stay(session)
  const others = new Map(frontier)
  others.delete(ownOrigin)
  return {
    state: {
      ...session,
      phase: 'greeting',
      protocol,
      ownOrigin,
      ours: frontier,
      told: frontier,
      heldBack: ripen(holdBack(session.heldBack, others), nowMs, RELAY_AFTER_MS),
      lastHeardMs: nowMs,
      silentFromMs: nowMs,
      lastTickMs: nowMs,
      lastPingMs: nowMs,
    },
    outputs: [send({ type: 'hello', protocol, ...session.self, frontier, hashes, aside })],
  }
}

function receive(session: PeerSession, input: Input<'frameReceived'>): SessionStep {
  const { frame, nowMs } = input
  if (session.phase === 'new') return stay(session)
  if (frame === null) return end(session, 'misbehaved', 'that was no frame of this protocol')
  if (frame.type === 'bye') {
    const state: PeerSession = { ...session, phase: 'closed' }
    return { state, outputs: [{ type: 'close', code: 'bye', reason: frame.reason }] }
  }
  if (frame.type === 'hello') return greet(session, frame, nowMs)
  if (session.phase !== 'open') return end(session, 'misbehaved', 'a hello comes first')
  const heard: PeerSession = { ...session, lastHeardMs: nowMs, silentFromMs: nowMs }
  switch (frame.type) {
    case 'entries':
    case 'aside':
      return takeEntries(heard, frame)
    case 'left':
      // Once is enough, and more would be work for our disk (rule P3).
      return session.heardLeft
        ? stay(heard)
        : {
            state: { ...heard, heardLeft: true },
            outputs: [{ type: 'noteLeft', left: frame.left }],
          }
    case 'ack':
      return takeAck(heard, frame)
    case 'have':
      return bounded(takeHave(heard, frame, nowMs))
    case 'keys':
      return { state: heard, outputs: [{ type: 'takeKeys', keys: frame.keys }] }
    case 'want_keys':
      return { state: heard, outputs: [{ type: 'giveKeys', ids: frame.ids }] }
    case 'ping': {
      const { nonce, sentMs } = frame
      return {
        state: heard,
        outputs: [send({ type: 'pong', nonce, sentMs, nowMs: Math.max(0, input.wallMs) })],
      }
    }
    case 'pong':
      return stay(takePong(heard, frame, nowMs))
  }
}

function greet(
  session: PeerSession,
  hello: Extract<PeerFrame, { type: 'hello' }>,
  nowMs: number,
): SessionStep {
  const { type: _, frontier, hashes, aside, ...peer } = hello
  if (session.peer !== null) {
    // A hello that arrives twice says nothing new; one from someone else is no repeat.
    return session.peer.incarnation === peer.incarnation
      ? stay(session)
      : end(session, 'misbehaved', 'a second hello, from someone else')
  }
  const { storeId, deviceId } = session.self
  if (peer.protocol !== session.protocol) {
    const versions = `we speak protocol ${session.protocol}, you speak ${peer.protocol}`
    return end(session, 'wrong_protocol', versions)
  }
  if (peer.storeId !== storeId) return end(session, 'wrong_store', 'this is another store')
  if (peer.deviceId === deviceId) return end(session, 'self', 'you are the device that you called')
  const { state, outputs } = bounded({
    ...session,
    phase: 'open',
    peer,
    theirs: raised(session.theirs, frontier),
    theirHeads: headsOf(frontier, hashes),
    theirTips: withTips([], aside),
    lastHeardMs: nowMs,
    silentFromMs: nowMs,
  })
  if (state.phase === 'closed') return { state, outputs }
  return { state, outputs: [compare(state), { type: 'askKeys' }] }
}

const headsOf = (frontier: Frontier, hashes: ReadonlyMap<string, Uint8Array>) =>
  new Map<string, BranchTip>(
    [...hashes].map(([origin, hash]) => [origin, { origin, seq: frontier.get(origin) ?? 0, hash }]),
  )

const compare = (session: PeerSession): SessionOutput => ({
  type: 'compare',
  theirs: {
    frontier: session.theirs,
    heads: [...session.theirHeads.values()],
    tips: session.theirTips,
  },
  limits: FRAME_LIMITS,
})

/** Rule P3: no peer makes us remember more origins than a store can have. */
const bounded = (session: PeerSession): SessionStep =>
  session.theirs.size > MAX_ORIGINS
    ? end(session, 'misbehaved', 'it names more origins than a store can have')
    : stay(session)

function takeEntries(
  session: PeerSession,
  { type, frame, ranges }: Extract<PeerFrame, { type: 'entries' | 'aside' }>,
): SessionStep {
  if (session.unanswered >= MAX_FRAMES_IN_FLIGHT) {
    return end(session, 'misbehaved', 'it sends entries without waiting for answers')
  }
  const count = ranges.reduce((sum, part) => sum + (isRun(part) ? 1 : part.entries.length), 0)
  if (count > MAX_ENTRIES_PER_FRAME) {
    return end(session, 'misbehaved', 'a frame with too many entries')
  }
  // Whoever sends an entry holds it: it need not be offered back.
  const held = type === 'aside' ? [] : ranges.map((r) => [r.origin, lastSeqOf(r)] as const)
  const theirs = raised(session.theirs, new Map(held))
  const unanswered = session.unanswered + 1
  const theirHeads =
    type === 'aside' ? session.theirHeads : withHeads(session.theirHeads, ranges, session.disputes)
  const { state, outputs } = bounded({ ...session, theirs, theirHeads, unanswered })
  if (state.phase === 'closed') return { state, outputs }
  return { state, outputs: [{ type: 'ingest', kind: type, frame, ranges }] }
}

/** Their frame is committed here: now, and not before, it is acknowledged (rule L1). */
function answer(session: PeerSession, input: Input<'ingested'>): SessionStep {
  const { newTips, forks } = input.report
  const forked = new Set([...session.forked, ...forks.map(({ origin }) => origin)])
  // Where something has left, nobody can say where two branches parted: of an origin that has two,
  // it is no lie if something chains to nothing here (decision 0022).
  const mayBeOther = (origin: string): boolean =>
    input.kind === 'aside' || forked.has(origin) || session.disputes.has(origin)
  const broken = input.report.broken.find(({ origin }) => !mayBeOther(origin))
  if (broken !== undefined) {
    const where = `${broken.origin} from number ${broken.fromSeq} on`
    return end(session, 'broken_entries', `the hashes of ${where} do not chain`)
  }
  return {
    state: {
      ...session,
      theirTips: withTips(session.theirTips, newTips),
      forked,
      ours: raised(session.ours, input.frontier),
      told: raised(session.told, input.frontier),
      unanswered: Math.max(0, session.unanswered - 1),
    },
    outputs: [send({ type: 'ack', frame: input.frame, frontier: input.frontier })],
  }
}

/**
 * They grew by someone else. An origin that is being fed to them already waits once more here, or a
 * device that comes back would get everything from each of its neighbours.
 */
function takeHave(
  session: PeerSession,
  { frontier: said, hashes }: Extract<PeerFrame, { type: 'have' }>,
  nowMs: number,
): PeerSession {
  const theirHeads = laterHeads(
    session.theirHeads,
    headsOf(said, hashes).values(),
    session.disputes,
  )
  // Who of the two hears it last holds an entry under that number, and sees whether it is the same.
  const compareAgain =
    session.compareAgain ||
    [...hashes.keys()].some((origin) => (session.ours.get(origin) ?? 0) >= (said.get(origin) ?? 0))
  const theirs = raised(session.theirs, said)
  const refusals = new Map(session.refusals)
  const fedSinceMs = new Map(session.fedSinceMs)
  let { heldBack } = session
  for (const [origin, seq] of said) {
    const grew = seq > (session.theirs.get(origin) ?? 0)
    const held = session.ours.get(origin) ?? 0
    if (grew) refusals.delete(origin)
    if (seq >= held) {
      fedSinceMs.delete(origin)
    } else if (grew && origin !== session.ownOrigin) {
      const sinceMs = fedSinceMs.get(origin) ?? nowMs
      fedSinceMs.set(origin, sinceMs)
      if (nowMs - sinceMs < FED_WAIT_MAX_MS) heldBack = holdAgain(heldBack, origin, held)
    }
  }
  return { ...session, theirs, theirHeads, compareAgain, refusals, fedSinceMs, heldBack }
}

/** Keys are no part of the log: what is lacked is asked for by its id, and nothing is counted. */
function tellKeys(session: PeerSession, { fresh, wanted }: Input<'keysChanged'>): SessionStep {
  if (session.phase !== 'open' || session.protocol < 5) return stay(session)
  return {
    state: session,
    outputs: [
      ...chunksOf(fresh).map((keys) => send({ type: 'keys', keys })),
      ...chunksOf(wanted).map((ids) => send({ type: 'want_keys', ids })),
    ],
  }
}

const chunksOf = <T>(items: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(items.length / MAX_KEYS_PER_FRAME) }, (_, n) =>
    items.slice(n * MAX_KEYS_PER_FRAME, (n + 1) * MAX_KEYS_PER_FRAME),
  )

function takePong(
  session: PeerSession,
  pong: Extract<PeerFrame, { type: 'pong' }>,
  nowMs: number,
): PeerSession {
  const ping = session.pings.find((sent) => sent.nonce === pong.nonce)
  if (ping === undefined) return session
  const roundTripMs = nowMs - ping.nowMs
  const driftMs = pong.nowMs - (ping.wallMs + roundTripMs / 2)
  return {
    ...session,
    pings: session.pings.filter((sent) => sent !== ping),
    drifts: [...session.drifts, { roundTripMs, driftMs }].slice(-DRIFT_SAMPLES),
  }
}

function advance(session: PeerSession, input: Input<'localAdvanced'>): PeerSession {
  const fromOthers = new Map(input.frontier)
  fromOthers.delete(input.ownOrigin)
  return {
    ...session,
    ownOrigin: input.ownOrigin,
    ours: raised(session.ours, input.frontier),
    compareAgain: session.compareAgain || input.keptAside,
    heldBack: fromOthers.size === 0 ? session.heldBack : holdBack(session.heldBack, fromOthers),
  }
}

function tick(session: PeerSession, { nowMs, wallMs }: Input<'tick'>): SessionStep {
  if (session.phase === 'new') return stay(session)
  const late = nowMs - session.lastTickMs > LATE_TICK_MS
  const silentFromMs = late ? nowMs : session.silentFromMs
  if (nowMs - silentFromMs >= PEER_SILENT_AFTER_MS) {
    return end(session, 'silent', `nothing heard for ${PEER_SILENT_AFTER_MS} ms`)
  }
  const oldest = session.inFlight[0]
  if (oldest !== undefined && nowMs - oldest.sentMs >= ACK_WAIT_MS) {
    return end(session, 'silent', `entries unanswered for ${ACK_WAIT_MS} ms`)
  }
  const ticked: PeerSession = {
    ...session,
    lastTickMs: nowMs,
    silentFromMs,
    notBeforeTick: new Set(),
    heldBack: ripen(session.heldBack, nowMs, RELAY_AFTER_MS),
  }
  if (session.phase !== 'open') return stay(ticked)
  const told = tellGrowth(ticked)
  const pinged = ping(told.state, nowMs, wallMs)
  const looks = ticked.compareAgain ? [compare(ticked)] : []
  return { state: pinged.state, outputs: [...told.outputs, ...pinged.outputs, ...looks] }
}

function tellGrowth(session: PeerSession): SessionStep {
  const grown = [...session.ours].filter(([origin, seq]) => seq > (session.told.get(origin) ?? 0))
  if (grown.length === 0) return stay(session)
  const frontier = new Map(grown.slice(0, MAX_ORIGINS))
  return {
    state: { ...session, told: raised(session.told, frontier) },
    outputs: [{ type: 'tell', origins: [...frontier.keys()] }],
  }
}

function ping(session: PeerSession, nowMs: number, wallMs: number): SessionStep {
  if (nowMs - session.lastPingMs < PING_EVERY_MS) return stay(session)
  const nonce = session.nextNonce
  return {
    state: {
      ...session,
      lastPingMs: nowMs,
      nextNonce: nonce + 1,
      pings: [...session.pings, { nonce, nowMs, wallMs }].slice(-MAX_OPEN_PINGS),
    },
    outputs: [send({ type: 'ping', nonce, sentMs: Math.max(0, wallMs) })],
  }
}
