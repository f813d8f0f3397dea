import { emptyCatalog, recordSchemas, type Catalog, type RecordKind } from '../../domain/catalog.ts'
import { compareStamps, type Stamp } from '../../domain/clock.ts'
import type { ReadRecordEvent } from '../fold-entries.ts'
import type { Connection } from './connection.ts'
import { prepare, prepareUpsert } from './statements.ts'

/**
 * Reference data: last writer wins per record, in the table and as the catalog in memory. Writes run
 * inside the caller's transaction and count in memory after `settle(true)`.
 */
export interface RecordProjection {
  readonly catalog: () => Catalog
  readonly apply: (events: readonly ReadRecordEvent[]) => void
  /** Reads the catalog from the table again. */
  readonly reload: () => void
  readonly settle: (committed: boolean) => void
}

export function createRecordProjection(connection: Connection): RecordProjection {
  const upsert = prepareUpsert(connection, 'records')
  const selectAll = prepare(connection, connection.sql.selectFrom('records').selectAll())
  const stamps = new Map<string, Stamp>()
  let catalog: Catalog = readAll()
  let isStaged = false

  function readAll(): Catalog {
    const records = emptyCatalog()
    stamps.clear()
    for (const row of selectAll.iterate()) {
      const stamp = { clock: row.clock, origin: row.origin, index: row.event_index }
      stamps.set(keyOf(row.kind, row.id), stamp)
      if (row.value === null || !(row.kind in recordSchemas)) continue
      const kind = row.kind as RecordKind
      const parsed = recordSchemas[kind].safeParse(JSON.parse(row.value))
      if (parsed.success) (records[kind] as Map<string, unknown>).set(row.id, parsed.data)
    }
    return records
  }

  function apply(events: readonly ReadRecordEvent[]): void {
    for (const { event, stamp } of events) {
      const key = keyOf(event.kind, event.id)
      const held = stamps.get(key)
      if (held && compareStamps(held, stamp) >= 0) continue
      stamps.set(key, stamp)
      isStaged = true
      const value = event.value === null ? null : JSON.stringify(event.value)
      upsert.run(event.kind, event.id, value, stamp.clock, stamp.origin, stamp.index)
    }
  }

  return {
    catalog: () => catalog,
    apply,
    reload: () => {
      catalog = readAll()
    },
    settle: () => {
      // Menus change seldom: reading all of a few hundred rows again is simpler than patching.
      if (isStaged) catalog = readAll()
      isStaged = false
    },
  }
}

const keyOf = (kind: string, id: string): string => `${kind}\n${id}`
