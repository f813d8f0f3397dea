import type { Entry, EntryRange, IngestReport } from '../../domain/log.ts'
import { CHAIN_START, chainRange } from '../chain.ts'
import { isSignatureOf, signedPart } from '../signing.ts'

/** What arrived, held against what is there. Pure: the store reads before and writes after. */

export interface Head {
  readonly seq: number
  readonly hash: Uint8Array
  /** The highest number ever shown, held or not. */
  readonly knownSeq: number
}

export interface SortedRanges {
  readonly report: IngestReport
  /** To be appended. */
  readonly fresh: readonly Entry[]
  /** Other content under a held number, and what follows it: kept aside (rule L2). */
  readonly quarantined: readonly Entry[]
  /** The heads that moved. */
  readonly heads: ReadonlyMap<string, Head>
}

export const NO_HEAD: Head = { seq: 0, hash: CHAIN_START, knownSeq: 0 }

export const positionOf = (origin: string, seq: number): string => `${origin}\n${seq}`

/** Held numbers whose hashes `sortRanges` needs. A range that starts at the head needs none. */
export function neededHashes(
  ranges: readonly EntryRange[],
  heads: ReadonlyMap<string, Head>,
): { readonly origin: string; readonly fromSeq: number; readonly toSeq: number }[] {
  return ranges.flatMap(({ origin, fromSeq, entries }) => {
    const { seq: held } = heads.get(origin) ?? NO_HEAD
    if (fromSeq > held) return []
    return {
      origin,
      fromSeq: Math.max(1, fromSeq - 1),
      toSeq: Math.min(held, fromSeq + entries.length - 1),
    }
  })
}

/** `heldHashes` is keyed by `positionOf`. */
export function sortRanges(
  ranges: readonly EntryRange[],
  headsBefore: ReadonlyMap<string, Head>,
  heldHashes: ReadonlyMap<string, Uint8Array>,
): SortedRanges {
  const heads = new Map<string, Head>()
  const hashes = new Map(heldHashes)
  const fresh: Entry[] = []
  const quarantined: Entry[] = []
  const gaps: { origin: string; expectedSeq: number }[] = []
  const broken: { origin: string; fromSeq: number }[] = []
  let repeated = 0

  for (const range of ranges.toSorted(byPosition)) {
    const { origin, fromSeq } = range
    const before = heads.get(origin) ?? headsBefore.get(origin) ?? NO_HEAD
    const lastSeq = fromSeq + range.entries.length - 1
    if (fromSeq > before.seq + 1) {
      gaps.push({ origin, expectedSeq: before.seq + 1 })
      heads.set(origin, { ...before, knownSeq: Math.max(before.knownSeq, lastSeq) })
      continue
    }
    const previous = hashBefore(origin, fromSeq, before)
    const chained = chainRange(previous, range)
    const isHeld =
      chained !== null &&
      isEqual(hashes.get(positionOf(origin, lastSeq)), chained.at(-1)?.hash ?? CHAIN_START)
    const entries = isHeld ? chained : chained && signedPart(previous, chained, isSignatureOf)
    if (entries === null) {
      broken.push({ origin, fromSeq })
      continue
    }
    if (entries.length === 0) {
      gaps.push({ origin, expectedSeq: before.seq + 1 })
      continue
    }
    let head = before
    let isForked = false
    for (const entry of entries) {
      if (!isForked && entry.seq <= before.seq) {
        if (isEqual(hashes.get(positionOf(origin, entry.seq)), entry.hash)) {
          repeated += 1
          continue
        }
        isForked = true
      }
      if (isForked) quarantined.push(entry)
      else {
        fresh.push(entry)
        hashes.set(positionOf(origin, entry.seq), entry.hash)
        const knownSeq = Math.max(before.knownSeq, entry.seq)
        head = { seq: entry.seq, hash: entry.hash, knownSeq }
      }
    }
    if (head !== before) heads.set(origin, head)
  }

  const forks = quarantined.map(({ origin, seq }) => ({ origin, seq }))
  const report = { accepted: fresh.length, repeated, gaps, forks, broken }
  return { report, fresh, quarantined, heads }

  function hashBefore(origin: string, seq: number, head: Head): Uint8Array {
    if (seq === 1) return CHAIN_START
    if (seq === head.seq + 1) return head.hash
    const hash = hashes.get(positionOf(origin, seq - 1))
    if (hash === undefined) throw new Error(`entry ${origin}:${seq - 1} is not held`)
    return hash
  }
}

const byPosition = (a: EntryRange, b: EntryRange): number =>
  a.origin === b.origin ? a.fromSeq - b.fromSeq : a.origin < b.origin ? -1 : 1

const isEqual = (a: Uint8Array | undefined, b: Uint8Array): boolean =>
  a !== undefined && Buffer.compare(a, b) === 0
