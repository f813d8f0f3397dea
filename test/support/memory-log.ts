import { createHash } from 'node:crypto'
import {
  isRange,
  type EntryContent,
  type EntryLog,
  type EntryRange,
  type LogPart,
  type LogReport,
} from '../../domain/log.ts'

/**
 * A log in memory that keeps the promises of `EntryLog`: gap-free numbers, chained hashes, forks
 * kept aside. Nothing ever leaves it, and it takes no runs. The hash is a stand-in, of the same shape as the real one.
 */
export interface MemoryLog extends EntryLog {
  /** Writes entries of the own origin, one commit for all of them. */
  readonly append: (...bodies: readonly string[]) => void
  readonly bodies: (origin: string) => readonly string[]
  /** A log with the same entries: what a device finds after a crash. */
  readonly copy: () => MemoryLog
}

/** When its nth entry was written: one each second. */
export const writtenAt = (nth: number): string => new Date(nth * 1_000).toISOString()

interface Held {
  readonly content: EntryContent
  readonly hash: Uint8Array
}

export function createMemoryLog(
  storeId: string,
  origin: string,
  found: ReadonlyMap<string, readonly Held[]> = new Map(),
): MemoryLog {
  const heldByOrigin = new Map([...found].map(([name, held]) => [name, [...held]]))
  const listeners = new Set<Parameters<EntryLog['onAdvance']>[0]>()

  function heldOf(name: string): Held[] {
    const held = heldByOrigin.get(name) ?? []
    heldByOrigin.set(name, held)
    return held
  }

  function tell(origins: Iterable<string>): void {
    const grown = [...origins]
    if (grown.length > 0) listeners.forEach((listener) => listener(grown, false))
  }

  function append(...bodies: readonly string[]): void {
    if (bodies.length === 0) return
    const held = heldOf(origin)
    for (const body of bodies) {
      const count = held.length + 1
      const content = {
        clock: count,
        commandId: `${origin}-${count}`,
        at: writtenAt(count),
        actor: 'me',
        body,
      }
      held.push({ content, hash: chain(held.at(-1)?.hash, content) })
    }
    tell([origin])
  }

  function ingest(ranges: readonly LogPart[]): LogReport {
    const report = {
      accepted: 0,
      repeated: 0,
      gaps: [],
      forks: [],
      broken: [],
      newTips: [],
    } as Writable
    const grown = new Set<string>()
    for (const range of ranges.filter(isRange)) takeRange(range, report, grown)
    tell(grown)
    return report
  }

  function takeRange(range: EntryRange, report: Writable, grown: Set<string>): void {
    const held = heldByOrigin.get(range.origin) ?? []
    if (range.fromSeq > held.length + 1) {
      report.gaps.push({ origin: range.origin, expectedSeq: held.length + 1 })
      return
    }
    let hash = held[range.fromSeq - 2]?.hash
    const taken: Held[] = []
    for (const [index, content] of range.entries.entries()) {
      hash = chain(hash, content)
      const there = held[range.fromSeq - 1 + index]
      if (there === undefined) {
        taken.push({ content, hash })
      } else if (Buffer.compare(there.hash, hash) !== 0) {
        report.forks.push({ origin: range.origin, seq: range.fromSeq + index })
        return
      }
    }
    if (hash === undefined || Buffer.compare(hash, range.lastHash) !== 0) {
      report.broken.push({ origin: range.origin, fromSeq: range.fromSeq })
      return
    }
    report.accepted += taken.length
    report.repeated += range.entries.length - taken.length
    if (taken.length === 0) return
    heldOf(range.origin).push(...taken)
    grown.add(range.origin)
  }

  return {
    storeId,
    ownOrigin: () => origin,
    frontier: () => new Map([...heldByOrigin].map(([name, held]) => [name, held.length])),
    readRange(name, fromSeq, maxEntries, maxBytes) {
      const entries: EntryContent[] = []
      let bytes = 0
      let lastHash: Uint8Array | undefined
      for (const held of (heldByOrigin.get(name) ?? []).slice(
        fromSeq - 1,
        fromSeq - 1 + maxEntries,
      )) {
        entries.push(held.content)
        lastHash = held.hash
        bytes += held.content.body.length
        if (bytes >= maxBytes) break
      }
      return lastHash === undefined ? null : { origin: name, fromSeq, entries, lastHash }
    },
    runAt: () => null,
    leftFor: () => [],
    noteLeft: () => undefined,
    headHashes: () =>
      new Map(
        [...heldByOrigin].flatMap(([name, held]) => {
          const last = held.at(-1)
          return last === undefined ? [] : [[name, last.hash] as const]
        }),
      ),
    asideTips: () => [],
    compare: ({ heads }) => ({
      disputed: heads.flatMap(({ origin: name, seq, hash }) => {
        const held = heldByOrigin.get(name)?.[seq - 1]
        const isOurs = held === undefined || Buffer.compare(held.hash, hash) === 0
        return isOurs ? [] : [{ origin: name, fromSeq: 1 }]
      }),
      aside: [],
      isWhole: true,
    }),
    ingest,
    onAdvance(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    append,
    bodies: (name) => (heldByOrigin.get(name) ?? []).map((held) => held.content.body),
    copy: () => createMemoryLog(storeId, origin, heldByOrigin),
  }
}

type Writable = { -readonly [K in keyof LogReport]: WritableList<LogReport[K]> }
type WritableList<T> = T extends readonly (infer Item)[] ? Item[] : T

function chain(before: Uint8Array | undefined, content: EntryContent): Uint8Array {
  const hash = createHash('sha256').update(before ?? new Uint8Array(32))
  const { clock, commandId, at, actor, body } = content
  return hash.update([clock, commandId, at, actor, body].join('\n')).digest()
}
