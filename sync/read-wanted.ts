import {
  isRun,
  lastSeqOf,
  type EntryLog,
  type EntryRange,
  type LogPart,
  type MissingRange,
} from '../domain/log.ts'
import { MAX_UNSIGNED } from '../domain/signed-log.ts'

/** What one frame or one upload may carry, over all its ranges. */
export interface ReadLimits {
  readonly maxEntries: number
  readonly maxBytes: number
}

/**
 * Reads wanted ranges, in their order, until one of the limits is reached. The last entry may pass
 * the bytes; what did not fit is simply not in the result. What has left is given as its whole run,
 * also where only its end is wanted, and counts as one entry.
 */
export function readWanted(
  log: Pick<EntryLog, 'readRange' | 'runAt'>,
  wanted: readonly MissingRange[],
  limits: ReadLimits,
): LogPart[] {
  const parts: LogPart[] = []
  let { maxEntries, maxBytes } = limits
  for (const { origin, fromSeq, toSeq } of wanted) {
    for (let seq = fromSeq; seq <= toSeq && maxEntries > 0 && maxBytes > 0;) {
      // A signed log goes up to a signature, and so perhaps past what was asked for: a frame that is
      // nearly full stays so.
      if (parts.length > 0 && maxEntries <= 2 * MAX_UNSIGNED) return parts
      const count = Math.min(maxEntries, toSeq - seq + 1)
      const part = log.readRange(origin, seq, count, maxBytes) ?? log.runAt(origin, seq)
      if (part === null) break
      parts.push(part)
      maxEntries -= isRun(part) ? 1 : part.entries.length
      maxBytes -= isRun(part) ? 0 : bytesOf(part)
      seq = lastSeqOf(part) + 1
    }
  }
  return parts
}

const bytesOf = (range: EntryRange): number =>
  range.entries.reduce((sum, entry) => sum + entry.body.length, 0)
