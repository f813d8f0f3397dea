import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** A record has a version for each date from which one is valid. What is there was valid at once. */
export const validFrom: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`CREATE TABLE record_versions (
      kind TEXT NOT NULL,
      id TEXT NOT NULL,
      valid_from TEXT NOT NULL,
      value TEXT,
      withdrawn INTEGER NOT NULL,
      clock INTEGER NOT NULL,
      origin TEXT NOT NULL,
      event_index INTEGER NOT NULL,
      PRIMARY KEY (kind, id, valid_from)
    ) STRICT, WITHOUT ROWID`.execute(db)
    await sql`INSERT INTO record_versions
      SELECT kind, id, '', value, 0, clock, origin, event_index FROM records`.execute(db)
    await sql`DROP TABLE records`.execute(db)
    await sql`ALTER TABLE record_versions RENAME TO records`.execute(db)
  },
}
