import { recordSchemas, type RecordValue } from '../../domain/catalog.ts'
import type { Connection } from './connection.ts'
import { prepare } from './statements.ts'

/** Bytes of pictures, straight from the file: they are in no memory and in no catalog. */
export interface PictureTable {
  /** Null: there is none of that name here. */
  readonly get: (id: string) => RecordValue<'picture'> | null
  /** Of all that are there, the one that was written first in front. */
  readonly ids: () => readonly string[]
}

export function createPictureTable(connection: Connection): PictureTable {
  const { sql } = connection
  const select = prepare(
    connection,
    sql
      .selectFrom('records')
      .select('value')
      .where('kind', '=', '')
      .where('id', '=', '')
      .where('value', 'is not', null),
  )
  const selectIds = prepare(
    connection,
    sql
      .selectFrom('records')
      .select('id')
      .where('kind', '=', '')
      .where('value', 'is not', null)
      .orderBy('clock')
      .orderBy('id'),
  )
  return {
    get: (id) => {
      const row = select.get('picture', id)
      if (row?.value == null) return null
      return recordSchemas.picture.safeParse(JSON.parse(row.value)).data ?? null
    },
    ids: () => selectIds.all('picture').map(({ id }) => id),
  }
}
