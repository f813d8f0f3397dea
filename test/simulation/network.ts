import { lastSeqOf, type EntryLog } from '../../domain/log.ts'
import { decodeFrame, encodeFrame, type PeerFrame } from '../../protocol/peer.ts'
import {
  createSessionRunner,
  openedOn,
  frontierOf,
  type SessionRunner,
} from '../../sync/session-runner.ts'
import { newSession } from '../../sync/session-state.ts'
import { wallMs, type Process } from './device.ts'
import { DiskError, PowerCut } from './disk.ts'
import type { EventQueue } from './event-queue.ts'
import type { Plant } from './plant.ts'
import type { Random } from './random.ts'
import type { RunLog } from './run-log.ts'
import { speaksWith } from './members.ts'
import { hold } from './violation.ts'

/**
 * Connections between processes. Each is a pipe of bytes in both directions, first in, first out,
 * as TCP is; it may be slow, stand still, and be cut with a frame half across. Where the two ends
 * learn of it at different times, a new connection is up before the old one has ended, and frames
 * of both overtake each other.
 */
export interface End {
  readonly process: Process
  readonly runner: SessionRunner
  readonly delayMs: number
  other: End
  /** Frames under way to the other end, the oldest first. */
  flying: Flight[]
  lastArrivalMs: number
  standsUntilMs: number
  ended: boolean
  /** The line between the two is gone, whether they know or not. */
  severed: boolean
  delayedRead: (() => void) | null
}

interface Flight {
  readonly bytes: Uint8Array
  readonly arrivesMs: number
}

export interface Network {
  readonly connect: (a: Process, b: Process) => void
  readonly tick: (process: Process) => void
  /** Its roster may have changed: whom it does not know any more is sent away. */
  readonly part: (process: Process) => void
  /** A process is gone. Its peers hear of it, unless the power went. */
  readonly killed: (process: Process, peersHear: boolean) => void
  readonly cut: (end: End) => void
  readonly stand: (end: End, forMs: number) => void
  /** Which ways are closed from now on; what waits there goes on where a way is open again. */
  readonly partition: (isClosed: (from: string, to: string) => boolean) => void
  readonly isClosed: (from: string, to: string) => boolean
  /** A device's log as a session sees it. */
  readonly logOf: (process: Process) => EntryLog
}

export interface NetworkDeps {
  readonly queue: EventQueue
  readonly random: Random
  readonly log: RunLog
  readonly plant: Plant | null
  /** The power went inside a commit that a peer's frame caused. */
  readonly onPowerCut: (process: Process) => void
  readonly onError: (error: unknown) => void
}

/** Entries are read only for a pipe with less than this in it; far less than in life, to get there. */
const ROOM_BYTES = 3_000
/** A pipe with more than this in it belongs to somebody who does not read: it is cut. */
const MAX_PIPE_BYTES = 60_000
/** How long two connections of one pair may stand beside each other. */
const GHOST_MS = 300

export function createNetwork(deps: NetworkDeps): Network {
  const { queue, random, log, plant } = deps
  let isClosed = (_from: string, _to: string): boolean => false

  function connect(a: Process, b: Process): void {
    if (!speaksWith(a, b.deviceId, plant) || !speaksWith(b, a.deviceId, plant)) {
      return log.count('calls of removed devices')
    }
    log.step(`${a.device.place} calls ${b.device.place}`)
    log.count('connections')
    const delayMs = random.weighted([
      [6, 1],
      [3, random.between(2, 30)],
      [1, random.between(30, 250)],
    ])
    const near = openEnd(a, delayMs)
    const far = openEnd(b, delayMs)
    near.other = far
    far.other = near
    for (const end of [near, far]) {
      retireGhosts(end)
      end.process.ends.add(end)
      const { store } = end.process
      end.runner.feed(openedOn(store, queue.nowMs()))
    }
  }

  function openEnd(process: Process, delayMs: number): End {
    const { device, store } = process
    const end: End = {
      process,
      delayMs,
      other: undefined as unknown as End,
      flying: [],
      lastArrivalMs: 0,
      standsUntilMs: 0,
      ended: false,
      severed: false,
      delayedRead: null,
      runner: createSessionRunner({
        session: newSession({
          storeId: store.storeId,
          deviceId: device.identity.deviceId,
          name: device.place,
          role: 'terminal',
          incarnation: process.incarnation,
        }),
        log: plantedLog(process, () => end.other.process.device.place),
        nowMs: queue.nowMs,
        send: (frame) => send(end, frame),
        close(code, reason) {
          log.count(`closed: ${code}`)
          log.note(`${nameOf(end)} closes: ${code}, ${reason}`)
          finish(end)
        },
        whenMayRead(job) {
          if (bytesIn(end) <= ROOM_BYTES) return job()
          log.count('reads that waited')
          end.delayedRead = job
        },
        whenMayIngest: (job) => whenDiskIsFree(process, job),
        onStorageError(error) {
          log.note(`${device.place}: ${(error as Error).message}`)
          const isExpected = error instanceof DiskError || error instanceof PowerCut
          if (!isExpected && !device.isDamaged) deps.onError(error)
        },
      }),
    }
    return end
  }

  /** A power cut inside a commit must not look like a mere storage failure. */
  const logOf = (process: Process): EntryLog => ({
    ...process.store,
    ingest(ranges) {
      try {
        return process.store.ingest(ranges)
      } catch (error) {
        if (error instanceof PowerCut) {
          process.alive = false
          deps.onPowerCut(process)
        }
        throw error
      }
    },
  })

  function plantedLog(process: Process, to: () => string): EntryLog {
    if (plant?.log === undefined) return logOf(process)
    const at = process.device.place
    const later = (delayMs: number, run: () => void) =>
      queue.later(delayMs, () => process.alive && run())
    return plant.log(logOf(process), { at, to, later })
  }

  /** Peers take turns at a device's disk, in the order in which they came. */
  function whenDiskIsFree(process: Process, job: () => void): void {
    const nowMs = queue.nowMs()
    const { slowDiskMs } = process.device
    const takesMs = slowDiskMs > 0 ? random.between(1, slowDiskMs) : random.below(3)
    const startMs = Math.max(nowMs, process.busyUntilMs)
    process.busyUntilMs = startMs + takesMs
    if (process.busyUntilMs === nowMs) return job()
    queue.later(process.busyUntilMs - nowMs, () => process.alive && job())
  }

  function send(end: End, wanted: PeerFrame): void {
    if (end.ended || !end.process.alive) return
    const frame = plant?.frame === undefined ? wanted : plant.frame(wanted)
    if (frame === null) return
    if (bytesIn(end) > MAX_PIPE_BYTES) {
      log.count('pipes that overflowed')
      return cut(end)
    }
    if (end.severed) return
    const nowMs = queue.nowMs()
    const lost = random.chance(0.02) ? random.between(20, 400) : 0
    if (lost > 0) log.count('packets lost')
    const arrivesMs = Math.max(end.lastArrivalMs, nowMs + end.delayMs + lost)
    end.lastArrivalMs = arrivesMs
    end.flying.push({ bytes: encodeFrame(frame), arrivesMs })
    queue.later(arrivesMs - nowMs, () => deliverDue(end))
  }

  function deliverDue(end: End): void {
    const nowMs = queue.nowMs()
    for (;;) {
      const first = end.flying[0]
      if (first === undefined || first.arrivesMs > nowMs || nowMs < end.standsUntilMs) return
      if (isClosed(end.process.device.place, end.other.process.device.place)) return
      end.flying.shift()
      deliver(end.other, first.bytes)
      readIfRoom(end)
    }
  }

  function deliver(to: End, bytes: Uint8Array): void {
    if (to.ended || !to.process.alive) return
    const from = to.other.process.deviceId
    hold('P1', speaksWith(to.process, from, null), () => {
      return `${nameOf(to)} listens to a device that it knows to be removed`
    })
    const frame = decodeFrame(bytes)
    noteFrame(to, frame)
    const nowMs = queue.nowMs()
    const wall = wallMs(to.process.device, nowMs)
    to.runner.feed({ type: 'frameReceived', nowMs, wallMs: wall, frame })
    checkBeliefs(to)
  }

  function noteFrame(to: End, frame: PeerFrame | null): void {
    if (frame?.type === 'ping' || frame?.type === 'pong') return
    const what = frame === null ? 'no frame' : `${frame.type}${contentsOf(frame)}`
    log.step(`${nameOf(to.other)}: ${what}`)
  }

  /** Rules L1 and P3: nobody believes more of another than a crash there would leave. */
  function checkBeliefs(end: End): void {
    const other = end.other.process
    if (!other.alive || end.ended) return
    for (const [origin, seq] of end.runner.state().theirs) {
      const held = other.device.witness.heldSeq(origin)
      hold('L1', seq <= held, () => {
        return `${nameOf(end.other)} let believe that it holds ${origin}:${seq}, it holds ${held}`
      })
    }
  }

  function readIfRoom(end: End): void {
    const job = end.delayedRead
    if (job === null || end.ended || !end.process.alive || bytesIn(end) > ROOM_BYTES) return
    end.delayedRead = null
    job()
  }

  /** An orderly end: what was sent still arrives, then the other hears that nothing follows. */
  function finish(end: End): void {
    if (end.ended) return
    end.ended = true
    end.process.ends.delete(end)
    const waitMs = Math.max(0, end.lastArrivalMs - queue.nowMs()) + end.delayMs
    queue.later(waitMs, () => {
      const { device } = end.process
      if (!isClosed(device.place, end.other.process.device.place)) finish(end.other)
    })
  }

  function cut(end: End): void {
    const halfAcross = [...end.flying, ...end.other.flying]
    log.count('cuts')
    if (halfAcross.length > 0) log.count('cuts in mid-frame')
    log.note(`${nameOf(end)} is cut, ${halfAcross.length} frames under way`)
    const first = end.flying[0]
    end.flying = []
    end.other.flying = []
    // A carrier that does not keep frames together would hand over half of one.
    if (first !== undefined && random.chance(0.2)) {
      deliver(end.other, first.bytes.subarray(0, random.below(first.bytes.length)))
    }
    for (const side of [end, end.other]) {
      // Who does not notice goes on talking, and nothing of it arrives: TCP loses no frame and
      // carries the next one.
      side.severed = true
      if (random.chance(0.7)) finish(side)
    }
  }

  /** A newer connection with the same device takes over, after a while beside the old one. */
  function retireGhosts(fresh: End): void {
    for (const old of fresh.process.ends) {
      if (old.other.process.device !== fresh.other.process.device) continue
      log.count('two connections at once')
      queue.later(random.below(GHOST_MS), () => {
        if (old.ended || !old.process.alive) return
        const reason = 'another connection between us stays'
        old.runner.feed({ type: 'stopped', nowMs: queue.nowMs(), code: 'superseded', reason })
      })
    }
  }

  return {
    connect,
    tick(process) {
      const nowMs = queue.nowMs()
      const wall = wallMs(process.device, nowMs)
      for (const end of process.ends) {
        deliverDue(end)
        readIfRoom(end)
        if (!end.ended) end.runner.feed({ type: 'tick', nowMs, wallMs: wall })
      }
    },
    part(process) {
      for (const end of [...process.ends]) {
        if (speaksWith(process, end.other.process.deviceId, plant)) continue
        const reason = 'this device was removed from the store'
        end.runner.feed({ type: 'stopped', nowMs: queue.nowMs(), code: 'not_member', reason })
      }
    },
    killed(process, peersHear) {
      process.alive = false
      for (const end of process.ends) {
        end.ended = true
        if (peersHear && random.chance(0.8)) queue.later(end.delayMs, () => finish(end.other))
      }
      process.ends.clear()
    },
    cut,
    stand(end, forMs) {
      end.standsUntilMs = queue.nowMs() + forMs
      queue.later(forMs, () => deliverDue(end))
    },
    partition(next) {
      isClosed = next
    },
    isClosed: (from, to) => isClosed(from, to),
    logOf,
  }
}

const bytesIn = (end: End): number =>
  end.flying.reduce((sum, flight) => sum + flight.bytes.length, 0)

const nameOf = (end: End): string => `${end.process.device.place}>${end.other.process.device.place}`

function contentsOf(frame: PeerFrame): string {
  if (frame.type === 'entries' || frame.type === 'aside') {
    const ranges = frame.ranges.map(
      (range) => `${range.origin}:${range.fromSeq}+${lastSeqOf(range) - range.fromSeq + 1}`,
    )
    return ` ${frame.frame} ${ranges.join(' ')}`
  }
  if (frame.type === 'ack' || frame.type === 'have' || frame.type === 'hello') {
    return ` ${[...frame.frontier].map(([origin, seq]) => `${origin}:${seq}`).join(' ')}`
  }
  return frame.type === 'bye' ? ` ${frame.reason}` : ''
}

/** What every session of a process is told after a commit. */
export function tellSessions(
  process: Process,
  origins: readonly string[],
  keptAside: boolean,
  nowMs: number,
): void {
  const { store } = process
  const frontier = frontierOf(store.frontier(), origins)
  const ownOrigin = store.ownOrigin()
  for (const end of process.ends) {
    end.runner.feed({ type: 'localAdvanced', nowMs, ownOrigin, frontier, keptAside })
  }
}
