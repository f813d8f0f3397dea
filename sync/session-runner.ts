import type { KeyChange, KeyExchange } from '../domain/customer-keys.ts'
import type { EntryLog, Frontier, Holdings, MissingRange } from '../domain/log.ts'
import { MAX_RUNS_TOLD } from '../protocol/limits.ts'
import { PEER_PROTOCOL, type PeerFrame, type PeerProtocol } from '../protocol/peer.ts'
import { MUCH_TO_READ } from './limits.ts'
import { readWanted, type ReadLimits } from './read-wanted.ts'
import type { CloseCode, PeerSession, SessionInput, SessionOutput } from './session-state.ts'
import { stepSession } from './session.ts'

/**
 * Does what a session asks for, on a log and on whatever carries the frames. The same runner stands
 * between the real socket and the real store, and in the simulation.
 */
export interface SessionRunner {
  readonly state: () => PeerSession
  readonly feed: (input: SessionInput) => void
}

export interface RunnerDeps {
  readonly session: PeerSession
  readonly log: Pick<
    EntryLog,
    | 'frontier'
    | 'headHashes'
    | 'readRange'
    | 'runAt'
    | 'leftFor'
    | 'noteLeft'
    | 'compare'
    | 'ingest'
  >
  /** Absent: this device carries no keys of customers. */
  readonly keys?: Pick<KeyExchange, 'wanted' | 'held' | 'take'>
  /** Monotonic. */
  readonly nowMs: () => number
  readonly send: (frame: PeerFrame) => void
  readonly close: (code: CloseCode, reason: string) => void
  /** Runs the job at once, or when the carrier has room again. `isMuch`: the other lacks a lot. */
  readonly whenMayRead: (job: () => void, isMuch: boolean) => void
  /** Runs the job at once, or when the other peers have had their turn. */
  readonly whenMayIngest: (job: () => void) => void
  readonly onStorageError: (error: unknown) => void
}

export function createSessionRunner(deps: RunnerDeps): SessionRunner {
  const { log, nowMs } = deps
  let state = deps.session
  const waiting: SessionInput[] = []
  let busy = false

  /** A commit tells all sessions of it, also the one that is asking for it: inputs wait in line. */
  function feed(input: SessionInput): void {
    waiting.push(input)
    if (busy) return
    busy = true
    try {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const step = stepSession(state, next)
        state = step.state
        step.outputs.forEach(perform)
      }
    } finally {
      busy = false
    }
  }

  function perform(output: SessionOutput): void {
    switch (output.type) {
      case 'send':
        return deps.send(output.frame)
      case 'close':
        return deps.close(output.code, output.reason)
      case 'tell':
        return tell(output.origins)
      case 'compare':
        return compare(output.theirs, output.limits)
      case 'read':
        return deps.whenMayRead(() => read(output.wanted, output.limits), isMuch(output.wanted))
      case 'ingest':
        return deps.whenMayIngest(() => ingest(output))
      case 'askKeys':
        return giveKeys({ fresh: [], wanted: deps.keys?.wanted() ?? [] })
      case 'giveKeys':
        return giveKeys({ fresh: atStorage(() => deps.keys?.held(output.ids)) ?? [], wanted: [] })
      case 'takeKeys':
        return void atStorage(() => deps.keys?.take(output.keys))
      case 'noteLeft':
        return deps.whenMayIngest(() => void atStorage(() => log.noteLeft(output.left)))
    }
  }

  function giveKeys(change: KeyChange): void {
    if (change.fresh.length + change.wanted.length === 0) return
    feed({ type: 'keysChanged', nowMs: nowMs(), ...change })
  }

  function tell(origins: readonly string[]): void {
    const frontier = frontierOf(log.frontier(), origins)
    const heads = state.protocol < 5 ? [] : log.headHashes()
    const hashes = new Map([...heads].filter(([origin]) => frontier.has(origin)))
    deps.send({ type: 'have', frontier, hashes })
  }

  function compare(theirs: Holdings, limits: ReadLimits): void {
    const found = atStorage(() => ({
      ...log.compare(theirs, limits),
      left: state.isCompared ? [] : log.leftFor(theirs.frontier, MAX_RUNS_TOLD),
    }))
    if (found !== null) feed({ type: 'compared', nowMs: nowMs(), ...found })
  }

  function read(wanted: readonly MissingRange[], limits: ReadLimits): void {
    if (state.phase === 'closed') return
    const ranges = atStorage(() => readWanted(log, wanted, limits))
    if (ranges !== null) feed({ type: 'rangesRead', nowMs: nowMs(), ranges })
  }

  function ingest({ kind, frame, ranges }: Extract<SessionOutput, { type: 'ingest' }>): void {
    if (state.phase === 'closed') return
    const report = atStorage(() => log.ingest(ranges))
    if (report === null) return
    const frontier = frontierOf(log.frontier(), new Set(ranges.map((range) => range.origin)))
    feed({ type: 'ingested', nowMs: nowMs(), kind, frame, report, frontier })
  }

  /** Rule L1: what could not be stored is not acknowledged; the session ends instead. */
  function atStorage<T>(job: () => T): T | null {
    try {
      return job()
    } catch (error) {
      deps.onStorageError(error)
      const reason = 'its storage failed'
      feed({ type: 'stopped', nowMs: nowMs(), code: 'storage_failed', reason })
      return null
    }
  }

  return { state: () => state, feed }
}

/** A connection begins: what the log holds now is what is said in the hello. */
export const openedOn = (
  log: Pick<EntryLog, 'ownOrigin' | 'frontier' | 'headHashes' | 'asideTips'>,
  nowMs: number,
  protocol: PeerProtocol = PEER_PROTOCOL,
): SessionInput => ({
  type: 'opened',
  nowMs,
  protocol,
  ownOrigin: log.ownOrigin(),
  frontier: log.frontier(),
  hashes: log.headHashes(),
  aside: log.asideTips(),
})

const isMuch = (wanted: readonly MissingRange[]): boolean =>
  wanted.reduce((sum, { fromSeq, toSeq }) => sum + toSeq - fromSeq + 1, 0) > MUCH_TO_READ

/** The part of a frontier that is about some origins. */
export const frontierOf = (frontier: Frontier, origins: Iterable<string>): Frontier =>
  new Map([...origins].map((origin) => [origin, frontier.get(origin) ?? 0]))
