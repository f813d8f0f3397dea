import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** What has left this device. Keyed by where a run ends: that is what is asked for. */
const runs = `
CREATE TABLE runs (
  origin TEXT NOT NULL,
  to_seq INTEGER NOT NULL,
  from_seq INTEGER NOT NULL,
  last_hash BLOB NOT NULL,
  last_clock INTEGER NOT NULL,
  PRIMARY KEY (origin, to_seq)
) STRICT, WITHOUT ROWID
`

/** What has left others and is not settled here yet. */
const leftElsewhere = `
CREATE TABLE left_elsewhere (
  origin TEXT NOT NULL,
  to_seq INTEGER NOT NULL,
  from_seq INTEGER NOT NULL,
  last_clock INTEGER NOT NULL,
  PRIMARY KEY (origin, to_seq)
) STRICT, WITHOUT ROWID
`

export const addRuns: Migration = {
  async up(db: Kysely<unknown>) {
    await sql.raw(runs).execute(db)
    await sql.raw(leftElsewhere).execute(db)
  },
}
