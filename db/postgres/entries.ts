import { sql } from 'kysely'
import type { Entry } from '../../domain/log.ts'
import type { EntriesTable } from '../schema.ts'
import { unnest, type Sql } from './rows.ts'
import { fromPgText, toPgText } from './text.ts'

/** Entries in and out of the log table, many at a time. */

const ENTRY_COLUMNS = [
  'origin',
  'seq',
  'clock',
  'command_id',
  'at',
  'actor',
  'body',
  'hash',
] as const

export async function insertEntries(
  db: Sql,
  storeId: string,
  table: 'entries' | 'quarantine',
  entries: readonly Entry[],
): Promise<void> {
  if (entries.length === 0) return
  const input = unnest([
    { name: 'origin', type: 'text', values: entries.map((e) => toPgText(e.origin)) },
    { name: 'seq', type: 'bigint', values: entries.map((e) => e.seq) },
    { name: 'clock', type: 'bigint', values: entries.map((e) => e.clock) },
    { name: 'command_id', type: 'text', values: entries.map((e) => toPgText(e.commandId)) },
    { name: 'at', type: 'text', values: entries.map((e) => toPgText(e.at)) },
    { name: 'actor', type: 'text', values: entries.map((e) => toPgText(e.actor)) },
    { name: 'body', type: 'text', values: entries.map((e) => toPgText(e.body)) },
    { name: 'hash', type: 'bytea', values: entries.map((e) => Buffer.from(e.hash)) },
  ])
  const columns = sql.join(ENTRY_COLUMNS.map((column) => sql.ref(column)))
  // A fork that comes again is kept aside once; a held number must never be written again.
  const onConflict = table === 'quarantine' ? sql`ON CONFLICT DO NOTHING` : sql``
  await sql`
    INSERT INTO ${sql.table(table)} (store_id, ${columns})
    SELECT ${storeId}, ${columns} FROM ${input} ${onConflict}
  `.execute(db)
}

export const entryOf = (row: EntriesTable): Entry => ({
  origin: fromPgText(row.origin),
  seq: row.seq,
  clock: row.clock,
  commandId: fromPgText(row.command_id),
  at: fromPgText(row.at),
  actor: fromPgText(row.actor),
  body: fromPgText(row.body),
  hash: row.hash,
})

/**
 * The log of a store by origin and number, a chunk at a time: the whole of it, or the entries that
 * hold an event which was unreadable when it came.
 */
export async function* entryChunks(
  db: Sql,
  storeId: string,
  which: 'all' | 'unreadable' = 'all',
): AsyncGenerator<readonly Entry[]> {
  const query = db
    .selectFrom('entries')
    .select(ENTRY_COLUMNS)
    .where('store_id', '=', storeId)
    .$if(which === 'unreadable', (all) =>
      all.where(({ exists, selectFrom }) =>
        exists(
          selectFrom('unreadable')
            .select('unreadable.seq')
            .whereRef('unreadable.store_id', '=', 'entries.store_id')
            .whereRef('unreadable.origin', '=', 'entries.origin')
            .whereRef('unreadable.seq', '=', 'entries.seq'),
        ),
      ),
    )
    .orderBy('origin')
    .orderBy('seq')
    .limit(ENTRY_CHUNK)
  let after: { readonly origin: string; readonly seq: number } = { origin: '', seq: 0 }
  for (;;) {
    const { origin, seq } = after
    const rows: EntriesTable[] = await query
      .where(({ eb, refTuple, tuple }) => eb(refTuple('origin', 'seq'), '>', tuple(origin, seq)))
      .execute()
    const last = rows.at(-1)
    if (last === undefined) return
    yield rows.map(entryOf)
    after = last
  }
}

const ENTRY_CHUNK = 1_000
