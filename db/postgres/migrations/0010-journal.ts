import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** What happens in the stores beside their orders: see domain/journal.ts. */
export const addJournal: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`CREATE TABLE journal (
      store_id text COLLATE "C" NOT NULL,
      kind text COLLATE "C" NOT NULL,
      id text COLLATE "C" NOT NULL,
      about text COLLATE "C" NOT NULL,
      value text COLLATE "C" NOT NULL,
      at text COLLATE "C" NOT NULL,
      actor text COLLATE "C" NOT NULL,
      command_id text COLLATE "C" NOT NULL,
      PRIMARY KEY (store_id, kind, id)
    )`.execute(db)
    await sql`CREATE INDEX journal_by_time ON journal (store_id, kind, at)`.execute(db)
  },
}
