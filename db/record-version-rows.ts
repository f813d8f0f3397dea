import { recordSchemas, type RecordKind } from '../domain/catalog.ts'
import type { RecordVersion } from '../domain/record-versions.ts'
import type { RecordsTable } from './schema.ts'

/** Rows of the table of records as the domain reads them; what cannot be read is left out. */
export function versionsOf(rows: readonly RecordsTable[]): RecordVersion[] {
  return rows.flatMap(({ kind, id, value, ...row }) => {
    if (!(kind in recordSchemas)) return []
    const known = kind as RecordKind
    const parsed = value === null ? null : recordSchemas[known].safeParse(JSON.parse(value))
    if (parsed?.success === false) return []
    return {
      kind: known,
      id,
      validFrom: row.valid_from,
      value: parsed?.data ?? null,
      withdrawn: row.withdrawn === 1,
      stamp: { clock: row.clock, origin: row.origin, index: row.event_index },
    }
  })
}
