import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/**
 * Wrong PINs since the last right one, of a person (`staff:ID`) or of the device: they outlast a
 * restart. This device's own business; the waits that came of them stand in the journal.
 */
export const addSignInTries: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`CREATE TABLE sign_in_tries (
      subject TEXT PRIMARY KEY,
      wrong INTEGER NOT NULL,
      locks INTEGER NOT NULL,
      locked_until_ms INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID`.execute(db)
  },
}
