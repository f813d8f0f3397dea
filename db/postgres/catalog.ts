import { emptyCatalog, recordSchemas, type Catalog, type RecordKind } from '../../domain/catalog.ts'
import { fromPgText } from '../../domain/nul-free-text.ts'
import type { Sql } from './rows.ts'

/** A store's reference data, as its devices have it in memory. */
export async function readCatalog(db: Sql, storeId: string): Promise<Catalog> {
  const rows = await db
    .selectFrom('records')
    .select(['kind', 'id', 'value'])
    .where('store_id', '=', storeId)
    .where('value', 'is not', null)
    .execute()
  const catalog = emptyCatalog()
  for (const { kind, id, value } of rows) {
    if (value === null || !(kind in recordSchemas)) continue
    const parsed = recordSchemas[kind as RecordKind].safeParse(JSON.parse(fromPgText(value)))
    if (parsed.success) {
      ;(catalog[kind as RecordKind] as Map<string, unknown>).set(fromPgText(id), parsed.data)
    }
  }
  return catalog
}
