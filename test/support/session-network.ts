import { isRange, type EntryLog, type Frontier } from '../../domain/log.ts'
import { decodeFrame, encodeFrame, type PeerFrame } from '../../protocol/peer.ts'
import { TICK_MS } from '../../sync/limits.ts'
import {
  createSessionRunner,
  openedOn,
  frontierOf,
  type SessionRunner,
} from '../../sync/session-runner.ts'
import { newSession, type CloseCode, type PeerSession } from '../../sync/session-state.ts'

/**
 * Devices on a network that exists only here: time stands still until it is moved, frames travel
 * as bytes, and links are slow, doubled, overtaken and cut as the script says.
 */
export interface VirtualNetwork {
  readonly nowMs: () => number
  readonly add: (deviceId: string, log: EntryLog, wallOffsetMs?: number) => void
  /** Takes a device off and forgets its sessions; its log is the caller's. */
  readonly remove: (deviceId: string) => void
  /** Opens a link. One that is open already stays as it is. */
  readonly link: (a: string, b: string, quality?: LinkQuality) => void
  readonly cut: (a: string, b: string) => void
  readonly run: (forMs: number) => void
  /** What `a` knows of `b`; null without a link. */
  readonly session: (a: string, b: string) => PeerSession | null
  readonly sent: readonly SentFrame[]
  readonly closes: readonly ClosedSession[]
}

export interface LinkQuality {
  readonly delayMs?: number
  /** Added to the delay of the nth frame: frames overtake each other. */
  readonly jitterMs?: (nth: number) => number
  /** Whether the nth frame arrives twice. */
  readonly doubled?: (nth: number) => boolean
}

export interface SentFrame {
  readonly from: string
  readonly to: string
  readonly atMs: number
  readonly frame: PeerFrame
}

export interface ClosedSession {
  readonly at: string
  readonly with: string
  readonly code: CloseCode
  readonly reason: string
}

interface Device {
  readonly log: EntryLog
  readonly wallOffsetMs: number
  readonly runners: Map<string, SessionRunner>
  readonly unsubscribe: () => void
}

interface Delivery {
  readonly atMs: number
  readonly number: number
  readonly run: () => void
}

export function createVirtualNetwork(): VirtualNetwork {
  let nowMs = 1_000
  let number = 0
  let incarnations = 0
  const devices = new Map<string, Device>()
  const incarnationOf = new Map<string, string>()
  let deliveries: Delivery[] = []
  const sent: SentFrame[] = []
  const closes: ClosedSession[] = []

  function later(delayMs: number, run: () => void): void {
    number += 1
    deliveries.push({ atMs: nowMs + delayMs, number, run })
  }

  function add(deviceId: string, log: EntryLog, wallOffsetMs = 0): void {
    const runners = new Map<string, SessionRunner>()
    const unsubscribe = log.onAdvance((origins, keptAside) => {
      const frontier = frontierOf(log.frontier(), origins)
      const ownOrigin = log.ownOrigin()
      for (const runner of runners.values()) {
        runner.feed({ type: 'localAdvanced', nowMs, ownOrigin, frontier, keptAside })
      }
    })
    incarnations += 1
    incarnationOf.set(deviceId, `run-${incarnations}`)
    devices.set(deviceId, { log, wallOffsetMs, runners, unsubscribe })
  }

  function link(a: string, b: string, quality: LinkQuality = {}): void {
    if (devices.get(a)?.runners.has(b)) return
    const runners = [openEnd(a, b, quality), openEnd(b, a, quality)]
    for (const { runner, device } of runners) {
      runner.feed(openedOn(device.log, nowMs))
    }
  }

  function openEnd(at: string, to: string, quality: LinkQuality) {
    const device = devices.get(at)
    if (device === undefined) throw new Error(`no device ${at}`)
    let count = 0
    const runner = createSessionRunner({
      session: newSession({
        storeId: device.log.storeId,
        deviceId: at,
        name: at,
        role: 'terminal',
        incarnation: incarnationOf.get(at) ?? '',
      }),
      log: device.log,
      nowMs: () => nowMs,
      send(frame) {
        count += 1
        sent.push({ from: at, to, atMs: nowMs, frame })
        const times = quality.doubled?.(count) ? 2 : 1
        for (let i = 0; i < times; i += 1) {
          const delayMs = (quality.delayMs ?? 1) + (quality.jitterMs?.(count + i) ?? 0)
          carry(runner, at, to, encodeFrame(frame), delayMs)
        }
      },
      close(code, reason) {
        closes.push({ at, with: to, code, reason })
        later(1, () => {
          if (device.runners.get(to) === runner) cut(at, to)
        })
      },
      whenMayRead: (job) => job(),
      whenMayIngest: (job) => job(),
      onStorageError: () => {},
    })
    device.runners.set(to, runner)
    return { runner, device }
  }

  /** Bytes reach only the session that stood at the other end when they left. */
  function carry(
    runner: SessionRunner,
    at: string,
    to: string,
    bytes: Uint8Array,
    delayMs: number,
  ) {
    const other = () => devices.get(to)?.runners.get(at)
    const addressee = other()
    later(delayMs, () => {
      const target = addressee ?? other()
      if (target === undefined || target !== other()) return
      if (devices.get(at)?.runners.get(to) !== runner) return
      const wallMs = nowMs + (devices.get(to)?.wallOffsetMs ?? 0)
      target.feed({ type: 'frameReceived', nowMs, wallMs, frame: decodeFrame(bytes) })
    })
  }

  function cut(a: string, b: string): void {
    devices.get(a)?.runners.delete(b)
    devices.get(b)?.runners.delete(a)
  }

  function run(forMs: number): void {
    const endMs = nowMs + forMs
    for (;;) {
      const nextTickMs = (Math.floor(nowMs / TICK_MS) + 1) * TICK_MS
      deliveries.sort((x, y) => x.atMs - y.atMs || x.number - y.number)
      const next = deliveries[0]
      if (next !== undefined && next.atMs <= Math.min(nextTickMs, endMs)) {
        deliveries = deliveries.slice(1)
        nowMs = Math.max(nowMs, next.atMs)
        next.run()
      } else if (nextTickMs <= endMs) {
        nowMs = nextTickMs
        tickAll()
      } else {
        nowMs = endMs
        return
      }
    }
  }

  function tickAll(): void {
    for (const { runners, wallOffsetMs } of devices.values()) {
      for (const runner of [...runners.values()]) {
        runner.feed({ type: 'tick', nowMs, wallMs: nowMs + wallOffsetMs })
      }
    }
  }

  return {
    nowMs: () => nowMs,
    add,
    remove(deviceId) {
      for (const other of devices.keys()) cut(deviceId, other)
      devices.get(deviceId)?.unsubscribe()
      devices.delete(deviceId)
    },
    link,
    cut,
    run,
    session: (a, b) => devices.get(a)?.runners.get(b)?.state() ?? null,
    sent,
    closes,
  }
}

/** How often each entry went over a wire, by `origin:seq`. */
export function transmissions(sent: readonly SentFrame[]): ReadonlyMap<string, number> {
  const times = new Map<string, number>()
  for (const { frame } of sent) {
    if (frame.type !== 'entries') continue
    for (const range of frame.ranges.filter(isRange)) {
      for (let seq = range.fromSeq; seq < range.fromSeq + range.entries.length; seq += 1) {
        const key = `${range.origin}:${seq}`
        times.set(key, (times.get(key) ?? 0) + 1)
      }
    }
  }
  return times
}

/**
 * Oracle: nobody may believe more of another than that one really holds. Gives the first lie.
 * `logOf` is what the device would find on its disk after a crash.
 */
export function falseBelief(
  network: VirtualNetwork,
  deviceIds: readonly string[],
  logOf: (deviceId: string) => { readonly frontier: () => Frontier },
): string | null {
  for (const a of deviceIds) {
    for (const b of deviceIds) {
      const held = logOf(b).frontier()
      for (const [origin, seq] of network.session(a, b)?.theirs ?? []) {
        if (seq > (held.get(origin) ?? 0)) return `${a} believes that ${b} holds ${origin}:${seq}`
      }
    }
  }
  return null
}

/** Oracle: all hold the same. Gives the first difference. */
export function difference(logs: readonly { readonly frontier: () => Frontier }[]): string | null {
  const [first, ...rest] = logs.map((log) => written(log.frontier()))
  return rest.find((frontier) => frontier !== first) ?? null
}

const written = (frontier: Frontier): string =>
  JSON.stringify([...frontier].toSorted(([a], [b]) => (a < b ? -1 : 1)))
