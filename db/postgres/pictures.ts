import { recordSchemas, type RecordValue } from '../../domain/catalog.ts'
import { fromPgText, toPgText } from '../../domain/nul-free-text.ts'
import type { Sql } from './rows.ts'

/** As `db/sqlite/pictures.ts`. `storeId` as it is stored. */
export async function readPicture(
  db: Sql,
  storeId: string,
  id: string,
): Promise<RecordValue<'picture'> | null> {
  const row = await db
    .selectFrom('records')
    .select('value')
    .where('store_id', '=', storeId)
    .where('kind', '=', 'picture')
    .where('id', '=', toPgText(id))
    .where('value', 'is not', null)
    .executeTakeFirst()
  if (row?.value == null) return null
  return recordSchemas.picture.safeParse(JSON.parse(fromPgText(row.value))).data ?? null
}

export async function readPictureIds(db: Sql, storeId: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('records')
    .select('id')
    .where('store_id', '=', storeId)
    .where('kind', '=', 'picture')
    .where('value', 'is not', null)
    .orderBy('clock')
    .orderBy('id')
    .execute()
  return rows.map(({ id }) => fromPgText(id))
}
