import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** What happens in the store beside its orders: see domain/journal.ts. */
export const addJournal: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`CREATE TABLE journal (
      kind TEXT NOT NULL,
      id TEXT NOT NULL,
      about TEXT NOT NULL,
      value TEXT NOT NULL,
      at TEXT NOT NULL,
      actor TEXT NOT NULL,
      command_id TEXT NOT NULL,
      PRIMARY KEY (kind, id)
    ) STRICT, WITHOUT ROWID`.execute(db)
    await sql`CREATE INDEX journal_about ON journal (about, at, id)`.execute(db)
    await sql`CREATE INDEX journal_by_id ON journal (id)`.execute(db)
    await sql`CREATE INDEX journal_by_time ON journal (kind, at)`.execute(db)
  },
}
