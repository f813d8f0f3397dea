import { missingRanges, type EntryLog, type Frontier } from '../domain/log.ts'

/**
 * How long the centre has been lacking something: when the oldest entry was written that it does not
 * hold, by the wall clock of whoever wrote it, for people. Asked for about once a second by every
 * screen, so it is read from the log only when something else is the first that is missing.
 */
export interface OldestMissing {
  /** Null: nothing is missing. */
  readonly writtenMs: (theirs: Frontier) => number | null
}

export function createOldestMissing(log: Pick<EntryLog, 'frontier' | 'readRange'>): OldestMissing {
  let read: ReadonlyMap<string, First> = new Map()

  return {
    writtenMs(theirs) {
      const firsts = missingRanges(log.frontier(), theirs).map(({ origin, fromSeq }): First => {
        const known = read.get(origin)
        if (known?.seq === fromSeq) return known
        const at = log.readRange(origin, fromSeq, 1, 1)?.entries[0]?.at
        return { origin, seq: fromSeq, writtenMs: at === undefined ? NaN : Date.parse(at) }
      })
      read = new Map(firsts.map((first) => [first.origin, first]))
      const known = firsts.map(({ writtenMs }) => writtenMs).filter(Number.isFinite)
      return known.length === 0 ? null : Math.min(...known)
    },
  }
}

interface First {
  readonly origin: string
  readonly seq: number
  /** NaN: it has left this device, or says no time that can be read. */
  readonly writtenMs: number
}
