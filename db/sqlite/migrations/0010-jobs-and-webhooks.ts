import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/**
 * What this device was asked to do later, and whom it tells of what happens: its own business, so not
 * in the log. `given` and `secret` are sealed with the device's own key.
 */
const jobs = `
CREATE TABLE jobs (
  num INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  command_id TEXT NOT NULL,
  role TEXT NOT NULL,
  actor TEXT NOT NULL,
  token_hash TEXT NOT NULL,
  created_at TEXT NOT NULL,
  finished_at TEXT,
  total INTEGER NOT NULL,
  done INTEGER NOT NULL DEFAULT 0,
  failed INTEGER NOT NULL DEFAULT 0
) STRICT
`

const jobCommands = `
CREATE TABLE job_commands (
  job_num INTEGER NOT NULL,
  place INTEGER NOT NULL,
  operation TEXT NOT NULL,
  given TEXT,
  tries INTEGER NOT NULL DEFAULT 0,
  next_try_ms INTEGER NOT NULL DEFAULT 0,
  status INTEGER,
  order_id TEXT,
  problem TEXT,
  PRIMARY KEY (job_num, place)
) STRICT, WITHOUT ROWID
`

const webhooks = `
CREATE TABLE webhooks (
  id TEXT PRIMARY KEY,
  url TEXT NOT NULL,
  types TEXT,
  secret TEXT NOT NULL,
  shows_guests INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  command_id TEXT NOT NULL,
  position TEXT NOT NULL,
  disabled_because TEXT,
  failures INTEGER NOT NULL DEFAULT 0,
  failing_since_ms INTEGER,
  next_try_ms INTEGER NOT NULL DEFAULT 0,
  last_failure TEXT,
  last_delivered_at TEXT
) STRICT, WITHOUT ROWID
`

export const jobsAndWebhooks: Migration = {
  async up(db: Kysely<unknown>) {
    await sql.raw(jobs).execute(db)
    await sql.raw(jobCommands).execute(db)
    await sql
      .raw(
        'CREATE INDEX job_commands_waiting ON job_commands (job_num, place) WHERE status IS NULL',
      )
      .execute(db)
    await sql.raw('CREATE INDEX jobs_by_end ON jobs (finished_at)').execute(db)
    await sql.raw(webhooks).execute(db)
  },
}
