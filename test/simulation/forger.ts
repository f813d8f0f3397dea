import { CHAIN_START, chainHash } from '../../db/chain.ts'
import type { EntryContent, EntryLog, EntryRange } from '../../domain/log.ts'
import { PEER_PROTOCOL, type PeerFrame } from '../../protocol/peer.ts'
import { createSessionRunner, openedOn } from '../../sync/session-runner.ts'
import { newSession } from '../../sync/session-state.ts'
import { wallMs, type Process } from './device.ts'
import type { EventQueue } from './event-queue.ts'
import type { Random } from './random.ts'
import type { RunLog } from './run-log.ts'
import { hold } from './violation.ts'

/** A member gone bad: it greets as it should and then sends what nobody ever wrote. */
export interface ForgerDeps {
  readonly queue: EventQueue
  readonly random: Random
  readonly log: RunLog
  /** The log as a session sees it: the power may go in a commit. */
  readonly logOf: (process: Process) => EntryLog
}

export function forge(target: Process, { queue, random, log, logOf }: ForgerDeps): void {
  const kind = random.pick(['tampered', 'rival', 'garbage', 'unchained'] as const)
  const range = kind === 'garbage' ? null : forgedRange(target, kind, random)
  if (kind !== 'garbage' && range === null) return
  const nowMs = queue.nowMs()
  const { store, device } = target
  const answers: PeerFrame[] = []
  let closed: string | null = null
  const runner = createSessionRunner({
    session: newSession({
      storeId: store.storeId,
      deviceId: device.identity.deviceId,
      name: device.place,
      role: 'terminal',
      incarnation: target.incarnation,
    }),
    log: logOf(target),
    nowMs: queue.nowMs,
    send: (frame) => answers.push(frame),
    close: (code) => (closed = code),
    whenMayRead: () => {},
    whenMayIngest: (job) => job(),
    onStorageError: () => {},
  })
  runner.feed(openedOn(store, nowMs))
  const hear = (frame: PeerFrame | null) =>
    runner.feed({ type: 'frameReceived', nowMs, wallMs: wallMs(device, nowMs), frame })
  hear({
    type: 'hello',
    protocol: PEER_PROTOCOL,
    storeId: store.storeId,
    deviceId: 'forger',
    name: 'forger',
    role: 'terminal',
    incarnation: 'forger-1',
    frontier: new Map(),
    hashes: new Map(),
    aside: [],
  })
  hear(range === null ? null : { type: 'entries', frame: 1, ranges: [range] })
  log.step(`a forger at ${device.place}: ${kind}, ${closed ?? 'stays'}`)
  log.count(`forged: ${kind}`)
  if (closed === 'storage_failed') return
  const isShown = store.health().quarantined > 0
  if (kind === 'rival') hold('L2', isShown, () => `${device.place} does not show a forged rival`)
  else hold('L3', closed !== null, () => `${device.place} took ${kind} entries for good`)
}

/** Null where this device holds nothing that could be forged. */
function forgedRange(
  { store }: Process,
  kind: 'tampered' | 'rival' | 'unchained',
  random: Random,
): EntryRange | null {
  const held = [...store.frontier()].filter(([, seq]) => seq > 0)
  if (held.length === 0) return null
  const [origin, seq] = random.pick(held)
  const fromSeq = random.between(1, seq)
  const real = store.readRange(origin, fromSeq, 3, 1_000_000)
  const first = real?.entries[0]
  if (real === null || first === undefined) return null
  if (kind === 'tampered') return { ...real, entries: [changed(first), ...real.entries.slice(1)] }
  if (kind === 'unchained') {
    return {
      origin: `forged-${random.below(99)}`,
      fromSeq: 1,
      entries: [first],
      lastHash: CHAIN_START,
    }
  }
  const entry = changed(first)
  const before = fromSeq === 1 ? CHAIN_START : hashOf(store, origin, fromSeq - 1)
  return { origin, fromSeq, entries: [entry], lastHash: chainHash(before, origin, fromSeq, entry) }
}

const changed = (entry: EntryContent): EntryContent => ({
  ...entry,
  actor: `eve for ${entry.actor}`,
})

const hashOf = (store: Process['store'], origin: string, seq: number): Uint8Array =>
  store.readRange(origin, seq, 1, 1)?.lastHash ?? CHAIN_START
