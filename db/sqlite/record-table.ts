import type { Catalog } from '../../domain/catalog.ts'
import { compareStamps, type Stamp } from '../../domain/clock.ts'
import { catalogAt, registerOf, type RecordVersion } from '../../domain/record-versions.ts'
import type { ReadRecordEvent } from '../fold-entries.ts'
import { versionsOf } from '../record-version-rows.ts'
import { recordRow } from '../tables.ts'
import type { Connection } from './connection.ts'
import { prepare, prepareUpsert } from './statements.ts'

/** The table of reference data: every version of every record, the last writer winning in each. */
export interface RecordTable {
  /** Runs inside the caller's transaction. */
  readonly apply: (events: readonly ReadRecordEvent[]) => void
  /** After a transaction that did not commit. */
  readonly forget: () => void
}

export function createRecordTable(connection: Connection): RecordTable {
  const upsert = prepareUpsert(connection, 'records')
  const selectStamps = prepare(
    connection,
    connection.sql
      .selectFrom('records')
      .select(['kind', 'id', 'valid_from', 'clock', 'origin', 'event_index']),
  )
  let stamps = readStamps()

  function readStamps(): Map<string, Stamp> {
    return new Map(
      selectStamps
        .all()
        .map((row) => [
          registerOf({ ...row, validFrom: row.valid_from }),
          { clock: row.clock, origin: row.origin, index: row.event_index },
        ]),
    )
  }

  return {
    apply: (events) => {
      for (const read of events) {
        const register = registerOf(read.event)
        const held = stamps.get(register)
        if (held && compareStamps(held, read.stamp) >= 0) continue
        stamps.set(register, read.stamp)
        upsert.run(...recordRow(read))
      }
    },
    forget: () => {
      stamps = readStamps()
    },
  }
}

/** All that the table holds, dates that have not come among it. */
export const readRecordVersions = (connection: Connection): RecordVersion[] =>
  versionsOf(prepare(connection, connection.sql.selectFrom('records').selectAll()).all())

/** What counts at a moment, straight from the file. */
export const readCatalog = (connection: Connection, atMs: number): Catalog =>
  catalogAt(readRecordVersions(connection), atMs).catalog
