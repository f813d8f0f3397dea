import { MAX_PEERS } from '../protocol/limits.ts'
import { PENALTY_BROKEN_MAX_MS, PENALTY_MAX_MS, PENALTY_MIN_MS } from './limits.ts'
import type { LinkEnd } from './peer-link.ts'

/**
 * A member that misbehaves may not talk for a while, longer each time: what it costs to hear it is
 * then bounded, whatever it sends (rule P3). It is refused by its key, before anything is read.
 */
export interface Penalties {
  readonly isOut: (deviceId: string) => boolean
  /** A link has ended. A good one wipes the slate. */
  readonly ended: (deviceId: string, code: LinkEnd, wasGood: boolean) => void
}

/** Where a fault of ours is as likely as one of theirs, the wait stays short. */
const LONGEST_MS: Partial<Record<LinkEnd, number>> = {
  misbehaved: PENALTY_MAX_MS,
  broken_entries: PENALTY_BROKEN_MAX_MS,
}

export function createPenalties(monotonicNow: () => number): Penalties {
  const slates = new Map<string, { readonly strikes: number; readonly untilMs: number }>()
  return {
    isOut: (deviceId) => (slates.get(deviceId)?.untilMs ?? 0) > monotonicNow(),
    ended(deviceId, code, wasGood) {
      const longestMs = LONGEST_MS[code]
      if (longestMs === undefined) {
        if (wasGood) slates.delete(deviceId)
        return
      }
      const strikes = (slates.get(deviceId)?.strikes ?? 0) + 1
      const waitMs = Math.min(longestMs, PENALTY_MIN_MS * 2 ** Math.min(strikes - 1, 10))
      slates.delete(deviceId)
      slates.set(deviceId, { strikes, untilMs: monotonicNow() + waitMs })
      for (const oldest of slates.keys()) {
        if (slates.size <= MAX_PEERS) break
        slates.delete(oldest)
      }
    },
  }
}
