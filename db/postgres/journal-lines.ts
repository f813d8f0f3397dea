import type { JournalLine } from '../../domain/journal.ts'
import { fromPgText, toPgText } from '../../domain/nul-free-text.ts'
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
  // What stands in the table was read by this program's schemas on its way in.
  return rows.map(
    (row) =>
      ({
        type: 'journal.written',
        kind: row.kind,
        id: fromPgText(row.id),
        about,
        at: row.at,
        actor: fromPgText(row.actor),
        commandId: fromPgText(row.command_id),
        value: JSON.parse(fromPgText(row.value)) as unknown,
      }) as JournalLine,
  )
}
