import { ok, refuse, type Result } from '../../domain/result.ts'
import { problemOf, type Problem } from './problems.ts'

/**
 * How much one caller may ask: so much a minute, and for a moment a good deal more, as a screen does
 * that has just been opened. Each caller has a bucket that fills with time; what is empty is told when
 * to come again.
 */
export interface RateLimit {
  readonly take: (caller: string) => Result<null, Problem>
}

/** Saved up by who asks little: so many seconds' worth. */
const BURST_SECONDS = 10
/** Who has not asked for longest is forgotten first, and begins with a full bucket. */
const MAX_CALLERS = 10_000

interface Bucket {
  readonly left: number
  readonly atMs: number
}

export function createRateLimit(perMinute: number, elapsedMs: () => number): RateLimit {
  const perMs = perMinute / 60_000
  const most = Math.max(1, perMs * BURST_SECONDS * 1_000)
  const buckets = new Map<string, Bucket>()

  function take(caller: string): Result<null, Problem> {
    const atMs = elapsedMs()
    const before = buckets.get(caller) ?? { left: most, atMs }
    const left = Math.min(most, before.left + (atMs - before.atMs) * perMs)
    buckets.delete(caller)
    buckets.set(caller, { left: left >= 1 ? left - 1 : left, atMs })
    const [oldest] = buckets.size > MAX_CALLERS ? buckets.keys() : []
    if (oldest !== undefined) buckets.delete(oldest)
    return left >= 1 ? ok(null) : refuse(tooMany(perMinute, Math.ceil((1 - left) / perMs / 1_000)))
  }

  return { take }
}

const tooMany = (perMinute: number, waitS: number): Problem =>
  problemOf(
    'too_many_requests',
    `This token may ask ${perMinute} times a minute. Ask again in ${waitS} s.`,
    { headers: { 'retry-after': String(waitS) }, members: { retry_after: waitS } },
  )
