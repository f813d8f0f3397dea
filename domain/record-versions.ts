import { emptyCatalog, type Catalog, type RecordKind, type RecordValue } from './catalog.ts'
import { clockToMs, compareStamps, type Stamp } from './clock.ts'

/**
 * A record is not one register but one for each date from which a value of it is to be valid, the
 * last writer winning in each: so the table of versions is a join like the rest of the fold (rule
 * F1), and says nothing of what the time is. Which version counts at a moment is computed from it:
 *
 *     written:   Fri "7.50 from Mon"      Sat "6.90 at once"        Tue "7.00 at once"
 *     counts:    what was before   │ Sat 6.90   │ Mon 7.50   │ Tue 7.00  →
 *
 * Each version is in effect since it was written or since its date, whichever came later, and the
 * one that came into effect last counts. Dates are for people and are read off the wall clock; the
 * order of what was written is the hybrid clock's (rule T1).
 */
export interface RecordVersion {
  readonly kind: RecordKind
  readonly id: string
  /** ISO 8601 in UTC with milliseconds, or `AT_ONCE`. */
  readonly validFrom: string
  /** Null: from then on there is no such record. */
  readonly value: RecordValue<RecordKind> | null
  /** As if it had never been written; its stamp keeps what was written before from coming back. */
  readonly withdrawn: boolean
  readonly stamp: Stamp
}

/** The date of a version that has none. */
export const AT_ONCE = ''

/** What names a version: the last writer wins in each. */
export const registerOf = ({
  kind,
  id,
  validFrom = AT_ONCE,
}: {
  readonly kind: string
  readonly id: string
  readonly validFrom?: string
}): string => `${kind}\n${validFrom}\n${id}`

/** What counts at a moment, and from when until when it is just that. */
export interface CatalogPeriod {
  readonly catalog: Catalog
  readonly fromMs: number
  /** The moment of the next scheduled change; Infinity where none is known. */
  readonly untilMs: number
}

export function catalogAt(versions: Iterable<RecordVersion>, atMs: number): CatalogPeriod {
  const counting = new Map<string, RecordVersion>()
  let fromMs = -Infinity
  let untilMs = Infinity
  for (const version of versions) {
    const dateMs = validFromMs(version)
    if (dateMs > atMs) {
      if (!version.withdrawn) untilMs = Math.min(untilMs, dateMs)
      continue
    }
    fromMs = Math.max(fromMs, dateMs)
    if (version.withdrawn) continue
    const key = recordKey(version)
    const other = counting.get(key)
    if (other === undefined || compareEffect(version, other) > 0) counting.set(key, version)
  }
  const catalog = emptyCatalog()
  for (const { kind, id, value } of counting.values()) {
    if (value !== null) (catalog[kind] as Map<string, unknown>).set(id, value)
  }
  return { catalog, fromMs, untilMs }
}

/** -Infinity where it has no date: a clock that runs ahead keeps no change from counting (rule T2). */
export const validFromMs = ({ validFrom }: Pick<RecordVersion, 'validFrom'>): number =>
  validFrom === AT_ONCE ? -Infinity : Date.parse(validFrom)

/** Which of two versions, whose dates have both come, came into effect later. */
function compareEffect(a: RecordVersion, b: RecordVersion): number {
  const difference = inEffectSinceMs(a) - inEffectSinceMs(b)
  return difference === 0 ? compareStamps(a.stamp, b.stamp) : difference
}

const inEffectSinceMs = (version: RecordVersion): number =>
  Math.max(validFromMs(version), clockToMs(version.stamp.clock))

export const recordKey = ({ kind, id }: Pick<RecordVersion, 'kind' | 'id'>): string =>
  `${kind}\n${id}`
