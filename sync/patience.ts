import { MAX_PEERS } from '../protocol/limits.ts'
import {
  COMMON_PATIENCE_MS,
  COMMON_PATIENCE_PER_MS,
  PATIENCE_MS,
  PATIENCE_PER_MS,
  PAUSE_MAX_MS,
  PAUSED_TOO_LONG_MS,
} from './limits.ts'

/**
 * How much of our time a member may take with what is of no use (rule P3). Its frames may all be
 * allowed: pings, answers, entries that we hold. Each costs little, and nothing in the protocol says
 * how many there may be. So the time is counted that they take here; whoever has used up what it had
 * is read no further until it has some again, and its own sending then waits in its own socket.
 * Whoever brings entries that are new may have all the time there is.
 */
export interface Patience {
  readonly spend: (ms: number) => void
  /** Something new has come: what was spent on it was well spent. */
  readonly restore: () => void
  /** How long nothing more is to be read; 0 for no wait. */
  readonly waitMs: () => number
  /** It was made to wait for so long that it cannot mean well. */
  readonly isOver: () => boolean
}

/** One for each member, whatever number of connections it opens one after the other. */
export function createPatienceByMember(monotonicMs: () => number): (deviceId: string) => Patience {
  const byMember = new Map<string, Patience>()
  const common = createBucket(COMMON_PATIENCE_MS, COMMON_PATIENCE_PER_MS, monotonicMs)
  return (deviceId) => {
    const patience = byMember.get(deviceId) ?? createPatience(common, monotonicMs)
    byMember.delete(deviceId)
    byMember.set(deviceId, patience)
    for (const oldest of byMember.keys()) {
      if (byMember.size <= MAX_PEERS) break
      byMember.delete(oldest)
    }
    return patience
  }
}

/** Several that misbehave at once share what there is; whoever asks little does not feel them. */
function createPatience(common: Bucket, monotonicMs: () => number): Patience {
  const own = createBucket(PATIENCE_MS, PATIENCE_PER_MS, monotonicMs)
  let pausedMs = 0

  return {
    spend(ms) {
      own.take(ms)
      common.take(ms)
    },
    restore() {
      own.fill()
      pausedMs = 0
    },
    waitMs() {
      if (own.isFull()) pausedMs = 0
      const forOthersMs = own.isHalfFull() ? 0 : common.waitMs()
      const ms = Math.min(PAUSE_MAX_MS, Math.max(own.waitMs(), forOthersMs))
      pausedMs += ms
      return ms
    },
    isOver: () => pausedMs > PAUSED_TOO_LONG_MS,
  }
}

interface Bucket {
  readonly take: (ms: number) => void
  readonly fill: () => void
  readonly isFull: () => boolean
  readonly isHalfFull: () => boolean
  /** Until there is something in it again. */
  readonly waitMs: () => number
}

function createBucket(sizeMs: number, perMs: number, monotonicMs: () => number): Bucket {
  let leftMs = sizeMs
  let countedMs = monotonicMs()

  function left(): number {
    const nowMs = monotonicMs()
    leftMs = Math.min(sizeMs, leftMs + (nowMs - countedMs) * perMs)
    countedMs = nowMs
    return leftMs
  }

  return {
    take(ms) {
      // One expensive frame costs one long pause, and not the link.
      leftMs = Math.max(left() - ms, -PAUSE_MAX_MS * perMs)
    },
    fill() {
      leftMs = sizeMs
    },
    isFull: () => left() === sizeMs,
    isHalfFull: () => left() >= sizeMs / 2,
    waitMs: () => (left() >= 0 ? 0 : Math.ceil(-leftMs / perMs)),
  }
}
