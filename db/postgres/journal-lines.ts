import type { JournalKind, JournalLine } from '../../domain/journal.ts'
import { fromPgText, toPgText } from '../../domain/nul-free-text.ts'
import type { JournalTable } from '../schema.ts'
import type { Sql } from './rows.ts'

/** All lines of a store's journal about one thing. `storeId` as it is stored. */
export async function journalAbout(
  db: Sql,
  storeId: string,
  about: string,
): Promise<JournalLine[]> {
  const rows = await db
    .selectFrom('journal')
    .select(['kind', 'id', 'about', 'value', 'at', 'actor', 'command_id'])
    .where('store_id', '=', storeId)
    .where('about', '=', toPgText(about))
    .execute()
  return rows.map(lineOf)
}

/** All lines about what was begun in a stretch of time by a line of this kind. */
export async function journalBegun(
  db: Sql,
  storeId: string,
  kind: JournalKind,
  from: string,
  to: string,
): Promise<JournalLine[]> {
  const rows = await db
    .selectFrom('journal')
    .select(['kind', 'id', 'about', 'value', 'at', 'actor', 'command_id'])
    .where('store_id', '=', storeId)
    .where('about', 'in', ({ selectFrom }) =>
      selectFrom('journal as first')
        .select('first.about')
        .where('first.store_id', '=', storeId)
        .where('first.kind', '=', kind)
        .where('first.at', '>=', from)
        .where('first.at', '<', to),
    )
    .execute()
  return rows.map(lineOf)
}

/** What stands in the table was read by this program's schemas on its way in. */
const lineOf = (
  row: Pick<JournalTable, 'kind' | 'id' | 'about' | 'value' | 'at' | 'actor' | 'command_id'>,
): JournalLine =>
  ({
    type: 'journal.written',
    kind: row.kind,
    id: fromPgText(row.id),
    about: fromPgText(row.about),
    at: row.at,
    actor: fromPgText(row.actor),
    commandId: fromPgText(row.command_id),
    value: JSON.parse(fromPgText(row.value)) as unknown,
  }) as JournalLine
