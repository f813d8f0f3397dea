import type { z } from 'zod'
import { recordSchemas, type RecordKind, type RecordValue } from '../../../domain/catalog.ts'
import { fromPgText } from '../../../domain/nul-free-text.ts'
import type { Sql } from '../rows.ts'

/** The people of the back office, whose changes stand in the stores' logs as `office:ID`. */
export async function readUserNames(db: Sql): Promise<ReadonlyMap<string, string>> {
  const rows = await db.selectFrom('office_users').select(['user_id', 'name']).execute()
  return new Map(rows.map((row) => [row.user_id, fromPgText(row.name)]))
}

/** The store's records of one kind as they are now, for the names of what reports speak of. */
export async function readRecords<K extends RecordKind>(
  db: Sql,
  storeId: string,
  kind: K,
): Promise<ReadonlyMap<string, RecordValue<K>>> {
  const rows = await db
    .selectFrom('current_records')
    .select(['id', 'value'])
    .where('store_id', '=', storeId)
    .where('kind', '=', kind)
    .orderBy('id')
    .execute()
  const schema = recordSchemas[kind] as unknown as z.ZodType<RecordValue<K>>
  const records = new Map<string, RecordValue<K>>()
  for (const { id, value } of rows) {
    const parsed = schema.safeParse(JSON.parse(fromPgText(value)))
    if (parsed.success) records.set(fromPgText(id), parsed.data)
  }
  return records
}
