import { sql } from 'kysely'
import type { Entry } from '../../domain/log.ts'
import type { EntriesTable } from '../schema.ts'
import { unnest, type Sql } from './rows.ts'
import { fromPgText, toPgText } from '../../domain/nul-free-text.ts'

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

/**
 * Appends entries to a store's log. The caller holds the store's lock, so positions are given in the
 * order of the commits; who waits for the log to grow hears of it with the commit.
 */
export async function appendEntries(
  db: Sql,
  storeId: string,
  entries: readonly Entry[],
): Promise<void> {
  if (entries.length === 0) return
  const columns = columnList()
  await sql`
    INSERT INTO entries (store_id, ${columns}, pos)
    SELECT ${storeId}, ${columns},
      nth + (SELECT coalesce(max(pos), 0) FROM entries WHERE store_id = ${storeId})
    FROM ${entryInput(entries)}
  `.execute(db)
  await sql`SELECT pg_notify(${LOG_GREW}, ${storeId})`.execute(db)
}

/** Told, when a transaction has committed, of the store whose log grew by it. */
export const LOG_GREW = 'aura_log_grew'

/** A fork that comes again is kept aside once. */
export async function keepAside(
  db: Sql,
  storeId: string,
  entries: readonly Entry[],
): Promise<void> {
  if (entries.length === 0) return
  const columns = columnList()
  await sql`
    INSERT INTO quarantine (store_id, ${columns})
    SELECT ${storeId}, ${columns} FROM ${entryInput(entries)} ON CONFLICT DO NOTHING
  `.execute(db)
}

const columnList = () => sql.join(ENTRY_COLUMNS.map((column) => sql.ref(column)))

const entryInput = (entries: readonly Entry[]) =>
  unnest([
    { name: 'origin', type: 'text', values: entries.map((e) => toPgText(e.origin)) },
    { name: 'seq', type: 'bigint', values: entries.map((e) => e.seq) },
    { name: 'clock', type: 'bigint', values: entries.map((e) => e.clock) },
    { name: 'command_id', type: 'text', values: entries.map((e) => toPgText(e.commandId)) },
    { name: 'at', type: 'text', values: entries.map((e) => toPgText(e.at)) },
    { name: 'actor', type: 'text', values: entries.map((e) => toPgText(e.actor)) },
    { name: 'body', type: 'text', values: entries.map((e) => toPgText(e.body)) },
    { name: 'hash', type: 'bytea', values: entries.map((e) => Buffer.from(e.hash)) },
    { name: 'nth', type: 'bigint', values: entries.map((_, index) => index + 1) },
  ])

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
