import type { Entry, EntryRange, Frontier } from '../domain/log.ts'
import { isSignedBody, signingKeyOf } from '../domain/signed-log.ts'

/** Entries as a shape brings them, one by one and in any order, made into ranges for the log. */

/**
 * At most `maxEntries` in a range; within an origin by number, each number once. No range reaches
 * over the end of what is `held`: what lies before it may have left this device, and then what lies
 * behind could not be chained to it.
 */
export function rangesOf(
  entries: readonly Entry[],
  held: Frontier,
  maxEntries: number,
): EntryRange[] {
  const ranges: EntryRange[] = []
  for (const [origin, ofOrigin] of Map.groupBy(entries, (entry) => entry.origin)) {
    const sorted = ofOrigin.toSorted((a, b) => a.seq - b.seq)
    const firstNew = (held.get(origin) ?? 0) + 1
    let run: Entry[] = []
    for (const entry of sorted) {
      const last = run.at(-1)
      if (last !== undefined && entry.seq === last.seq) continue
      const goesOn = entry.seq === (last?.seq ?? 0) + 1 && entry.seq !== firstNew
      if (last !== undefined && (!goesOn || run.length === maxEntries)) {
        const count = goesOn ? signedCount(origin, run) : run.length
        ranges.push(rangeOf(origin, run.slice(0, count)))
        run = run.slice(count)
      }
      run.push(entry)
    }
    ranges.push(rangeOf(origin, run))
  }
  return ranges
}

/** Where a range of a signed log is cut it ends with a signature: without one nobody takes it. */
function signedCount(origin: string, run: readonly Entry[]): number {
  if (signingKeyOf(origin) === null) return run.length
  return run.findLastIndex(({ body }) => isSignedBody(body)) + 1 || run.length
}

function rangeOf(origin: string, run: readonly Entry[]): EntryRange {
  const [first] = run
  const last = run.at(-1)
  if (first === undefined || last === undefined) throw new Error('a range has an entry')
  return {
    origin,
    fromSeq: first.seq,
    entries: run.map(({ clock, commandId, at, actor, body }) => ({
      clock,
      commandId,
      at,
      actor,
      body,
    })),
    lastHash: last.hash,
  }
}

/** Ranges put together so that a transaction takes at most `maxEntries`; each range fits in one. */
export function batchesOf(ranges: readonly EntryRange[], maxEntries: number): EntryRange[][] {
  const batches: EntryRange[][] = []
  let room = 0
  for (const range of ranges) {
    if (range.entries.length > room) {
      batches.push([])
      room = maxEntries
    }
    batches.at(-1)?.push(range)
    room -= range.entries.length
  }
  return batches
}
