import type { Catalog, RecordKind, RecordValue } from './catalog.ts'
import { catalogFaults, lostFaults, type CatalogFault } from './catalog-faults.ts'
import { nextClock } from './clock.ts'
import type { RecordEvent } from './events.ts'
import {
  AT_ONCE,
  catalogAt,
  recordKey,
  registerOf,
  validFromMs,
  type RecordVersion,
} from './record-versions.ts'

/**
 * What a set of changes to reference data would do, before it is written: what it replaces, since
 * when and until when, and what would no longer hold together: on the day from which it is valid and
 * on each later one for which something is scheduled. What was wrong before it is not held against it.
 */
export interface RecordPlan {
  /** One for each event, in their order. */
  readonly effects: readonly RecordEffect[]
  readonly faults: readonly CatalogFault[]
}

export interface RecordEffect {
  readonly kind: RecordKind
  readonly id: string
  readonly before: AnyValue | null
  readonly after: AnyValue | null
  /** The moment from which it counts. */
  readonly atMs: number
  /** When the next scheduled change of the same record takes over; Infinity: none is known. */
  readonly untilMs: number
}

type AnyValue = RecordValue<RecordKind>

export function planRecords(
  versions: readonly RecordVersion[],
  events: readonly RecordEvent[],
  nowMs: number,
): RecordPlan {
  const next = withEvents(versions, events, nowMs)
  const before = byRecord(versions)
  const after = byRecord(next)
  const momentOf = ({ validFrom = AT_ONCE }: RecordEvent): number =>
    Math.max(nowMs, validFromMs({ validFrom }))
  const effects = events.map((event): RecordEffect => {
    const atMs = momentOf(event)
    const own = after.get(recordKey(event)) ?? []
    return {
      kind: event.kind,
      id: event.id,
      before: valueAt(before.get(recordKey(event)) ?? [], atMs),
      after: valueAt(own, atMs),
      atMs,
      untilMs: catalogAt(own, atMs).untilMs,
    }
  })
  const from = Math.min(...effects.map(({ atMs }) => atMs))
  const moments = new Set([...effects.map(({ atMs }) => atMs), ...datesAfter(next, from)])
  return {
    effects,
    faults: newFaults(
      versions,
      next,
      [...moments].toSorted((a, b) => a - b),
    ),
  }
}

/** Moments after this one at which something is scheduled to change. */
export function datesAfter(versions: readonly RecordVersion[], afterMs: number): Set<number> {
  const dates = versions.filter(({ withdrawn }) => !withdrawn).map(validFromMs)
  return new Set(dates.filter((ms) => ms > afterMs))
}

/** The table as it would be, the events being the newest in it. */
export function withEvents(
  versions: readonly RecordVersion[],
  events: readonly RecordEvent[],
  nowMs: number,
): RecordVersion[] {
  const newest = versions.reduce((highest, { stamp }) => Math.max(highest, stamp.clock), 0)
  const clock = nextClock(newest, nowMs)
  const table = new Map(versions.map((version) => [registerOf(version), version]))
  for (const [index, event] of events.entries()) {
    table.set(registerOf(event), {
      kind: event.kind,
      id: event.id,
      validFrom: event.validFrom ?? AT_ONCE,
      value: event.type === 'record.withdrawn' ? null : event.value,
      withdrawn: event.type === 'record.withdrawn',
      stamp: { clock, origin: '', index },
    })
  }
  return [...table.values()]
}

export const byRecord = (
  versions: readonly RecordVersion[],
): ReadonlyMap<string, readonly RecordVersion[]> => Map.groupBy(versions, recordKey)

/** Of the versions of one record. */
export function valueAt(versions: readonly RecordVersion[], atMs: number): AnyValue | null {
  const [first] = versions
  if (first === undefined) return null
  return catalogAt(versions, atMs).catalog[first.kind].get(first.id) ?? null
}

function newFaults(
  versions: readonly RecordVersion[],
  next: readonly RecordVersion[],
  moments: readonly number[],
): CatalogFault[] {
  const found = new Map<string, CatalogFault>()
  for (const ms of moments) {
    const before = catalogAt(versions, ms).catalog
    const after = catalogAt(next, ms).catalog
    for (const fault of faultsBetween(before, after)) {
      const when = ms === moments[0] ? '' : `, from ${new Date(ms).toISOString()} on`
      const key = keyOf(fault)
      if (!found.has(key)) found.set(key, { ...fault, message: `${fault.message}${when}` })
    }
  }
  return [...found.values()]
}

function faultsBetween(before: Catalog, after: Catalog): CatalogFault[] {
  const known = new Set(catalogFaults(before).map(keyOf))
  const fresh = catalogFaults(after).filter((fault) => !known.has(keyOf(fault)))
  return [...fresh, ...lostFaults(before, after)]
}

const keyOf = ({ about, message }: CatalogFault): string => JSON.stringify([about, message])
