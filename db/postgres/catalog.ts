import type { RecordKind } from '../../domain/catalog.ts'
import { fromPgText } from '../../domain/nul-free-text.ts'
import type { RecordVersion } from '../../domain/record-versions.ts'
import { versionsOf } from '../record-version-rows.ts'
import type { Sql } from './rows.ts'

/**
 * A store's reference data with all its dates, as its devices have it: of one kind, or all of it but
 * the bytes of pictures.
 */
export async function readRecordVersions(
  db: Sql,
  storeId: string,
  kind?: RecordKind,
): Promise<RecordVersion[]> {
  const rows = await db
    .selectFrom('records')
    .selectAll()
    .where('store_id', '=', storeId)
    .$if(kind === undefined, (all) => all.where('kind', '!=', 'picture'))
    .$if(kind !== undefined, (all) => all.where('kind', '=', kind ?? ''))
    .orderBy('kind')
    .orderBy('id')
    .orderBy('valid_from')
    .execute()
  return versionsOf(
    rows.map((row) => ({
      ...row,
      id: fromPgText(row.id),
      value: row.value === null ? null : fromPgText(row.value),
      origin: fromPgText(row.origin),
    })),
  )
}
