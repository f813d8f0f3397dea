import type { Catalog } from '../../domain/catalog.ts'
import { catalogAt, type RecordVersion } from '../../domain/record-versions.ts'
import type { ReadRecordEvent } from '../fold-entries.ts'
import { versionsOf } from '../record-version-rows.ts'
import { recordRow } from '../tables.ts'
import type { Connection } from './connection.ts'
import { prepare, prepareRecordUpsert } from './statements.ts'

/**
 * Writes versions into the table of reference data, the last writer winning in each; of one moment, that
 * whose row sorts after (see `laterRecord`). It runs inside the caller's transaction.
 */
export function createRecordWriter(
  connection: Connection,
): (events: readonly ReadRecordEvent[]) => void {
  const upsert = prepareRecordUpsert(connection)
  return (events) => {
    for (const read of events) upsert.run(...recordRow(read))
  }
}

/** All that the table holds, dates that have not come among it; without the bytes of pictures. */
export const readRecordVersions = (connection: Connection): RecordVersion[] =>
  versionsOf(
    prepare(
      connection,
      connection.sql.selectFrom('records').selectAll().where('kind', '!=', ''),
    ).all('picture'),
  )

/** What counts at a moment, straight from the file. */
export const readCatalog = (connection: Connection, atMs: number): Catalog =>
  catalogAt(readRecordVersions(connection), atMs).catalog
