import { sql } from 'kysely'
import type { JournalKind, JournalLine } from '../../domain/journal.ts'
import type { ReadJournalEvent } from '../fold-entries.ts'
import type { JournalTable } from '../schema.ts'
import { journalRow, journalTable } from '../tables.ts'
import type { Connection } from './connection.ts'
import { createKeyDestruction } from './customer-keys.ts'
import { prepare } from './statements.ts'

/** The journal: a set of lines, in the table alone. Writes run inside the caller's transaction. */
export interface Journal {
  /** Whoever hears that a customer is erased destroys the keys, in the same commit. */
  readonly apply: (events: readonly ReadJournalEvent[]) => void
  /** All lines about one thing, in the order in which they were written. */
  readonly about: (about: string) => JournalLine[]
  /** The newest lines of a kind, newest first. */
  readonly newest: (kind: JournalKind, count: number) => JournalLine[]
  /** All lines about what began, by a line of this kind, in a stretch of time. */
  readonly begun: (kind: JournalKind, from: string, to: string) => JournalLine[]
  readonly line: (id: string) => JournalLine | null
  /** All lines about whatever a line of this kind has begun, however long ago. */
  readonly everBegun: (kind: JournalKind) => JournalLine[]
}

export function createJournal(connection: Connection): Journal {
  const columns = sql.join(journalTable.columns.map((column) => sql.ref(column)))
  const values = sql.join(journalTable.columns.map(() => sql.val(null)))
  const changes = sql.join(
    journalTable.columns.slice(journalTable.keyColumns).map((column) => {
      return sql`${sql.ref(column)} = excluded.${sql.ref(column)}`
    }),
  )
  // Of two that are not the same, which only a forger writes, one stands everywhere.
  const insert = connection.raw.prepare(
    sql`INSERT INTO journal (${columns}) VALUES (${values})
      ON CONFLICT (kind, id) DO UPDATE SET ${changes}
      WHERE (excluded.at, excluded.command_id, excluded.actor, excluded.about, excluded.value)
        > (journal.at, journal.command_id, journal.actor, journal.about, journal.value)`.compile(
      connection.sql,
    ).sql,
  )
  const lines = connection.sql
    .selectFrom('journal')
    .select(['kind', 'id', 'about', 'value', 'at', 'actor', 'command_id'])
  const selectAbout = prepare(connection, lines.where('about', '=', '').orderBy('at').orderBy('id'))
  const selectNewest = prepare(
    connection,
    lines.where('kind', '=', '').orderBy('at', 'desc').orderBy('id').limit(1),
  )
  const selectBegun = prepare(
    connection,
    lines.where('about', 'in', ({ selectFrom }) =>
      selectFrom('journal as first')
        .select('first.about')
        .where('first.kind', '=', '')
        .where('first.at', '>=', '')
        .where('first.at', '<', ''),
    ),
  )
  const selectLine = prepare(connection, lines.where('id', '=', ''))
  const destroyKeysOf = createKeyDestruction(connection)
  return {
    apply: (events) => {
      for (const read of events) {
        insert.run(...journalRow(read))
        if (read.event.kind === 'customer_erased') destroyKeysOf(read.event.id)
      }
    },
    about: (about) => selectAbout.all(about).map(lineOf),
    newest: (kind, count) => selectNewest.all(kind, count).map(lineOf),
    everBegun: (kind) => selectBegun.all(kind, '', '~').map(lineOf),
    begun: (kind, from, to) => selectBegun.all(kind, from, to).map(lineOf),
    line: (id) => selectLine.all(id).map(lineOf)[0] ?? null,
  }
}

/** What stands in the table was read by this program's schemas on its way in. */
export function lineOf(
  row: Pick<JournalTable, 'kind' | 'id' | 'about' | 'value' | 'at' | 'actor' | 'command_id'>,
): JournalLine {
  const { kind, id, about, at, actor, command_id: commandId } = row
  const value = JSON.parse(row.value) as unknown
  return { type: 'journal.written', kind, id, about, at, actor, commandId, value } as JournalLine
}
