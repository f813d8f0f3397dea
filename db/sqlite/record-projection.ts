import type { Catalog } from '../../domain/catalog.ts'
import { AT_ONCE, catalogAt, type RecordVersion } from '../../domain/record-versions.ts'
import type { ReadRecordEvent } from '../fold-entries.ts'
import type { Connection } from './connection.ts'
import { createRecordWriter, readRecordVersions } from './record-table.ts'

/**
 * Reference data as it counts now, in memory. It is read anew when a record changes, and when the
 * clock passes a date from which a change is valid: the catalog carries the moment of its next one,
 * so asking for it costs a comparison. Writes run inside the caller's transaction and count in memory
 * after `settle`.
 */
export interface RecordProjection {
  /** The same object for as long as the same counts. */
  readonly catalog: () => Catalog
  readonly versions: () => readonly RecordVersion[]
  readonly apply: (events: readonly ReadRecordEvent[]) => void
  readonly settle: () => void
}

export function createRecordProjection(
  connection: Connection,
  nowMs: () => number,
): RecordProjection {
  const write = createRecordWriter(connection)
  let versions = readRecordVersions(connection)
  let period = periodNow()
  let isStaged = false

  /** Where nothing has a date, the time does not matter and is not looked at. */
  function periodNow() {
    const isDated = versions.some(({ validFrom }) => validFrom !== AT_ONCE)
    return catalogAt(versions, isDated ? nowMs() : 0)
  }

  /** A clock that was put back over a date leaves the period too. */
  function isOver(): boolean {
    const { fromMs, untilMs } = period
    if (fromMs === -Infinity && untilMs === Infinity) return false
    const now = nowMs()
    return now < fromMs || now >= untilMs
  }

  return {
    catalog: () => {
      if (!isStaged && isOver()) period = periodNow()
      return period.catalog
    },
    versions: () => (isStaged ? readRecordVersions(connection) : versions),
    apply: (events) => {
      // Before it is written: where the disk fails in the middle, what was begun is to be forgotten.
      isStaged ||= events.length > 0
      write(events)
    },
    settle: () => {
      if (!isStaged) return
      // Menus change seldom: reading all of a few hundred rows again is simpler than patching.
      versions = readRecordVersions(connection)
      period = periodNow()
      isStaged = false
    },
  }
}
