import type { EntryLog, EntryRange, MissingRange } from '../domain/log.ts'

/** What one frame or one upload may carry, over all its ranges. */
export interface ReadLimits {
  readonly maxEntries: number
  readonly maxBytes: number
}

/**
 * Reads wanted ranges, in their order, until one of the limits is reached. The last entry may pass
 * the bytes; what did not fit is simply not in the result.
 */
export function readWanted(
  log: Pick<EntryLog, 'readRange'>,
  wanted: readonly MissingRange[],
  limits: ReadLimits,
): EntryRange[] {
  const ranges: EntryRange[] = []
  let { maxEntries, maxBytes } = limits
  for (const want of wanted) {
    if (maxEntries <= 0 || maxBytes <= 0) break
    const count = Math.min(maxEntries, want.toSeq - want.fromSeq + 1)
    const range = log.readRange(want.origin, want.fromSeq, count, maxBytes)
    if (range === null) continue
    ranges.push(range)
    maxEntries -= range.entries.length
    maxBytes -= range.entries.reduce((sum, entry) => sum + entry.body.length, 0)
  }
  return ranges
}

export const lastSeqOf = (range: EntryRange): number => range.fromSeq + range.entries.length - 1
