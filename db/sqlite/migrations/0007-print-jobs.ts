import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/**
 * What this device has to print and has printed: its own business, so not in the log. `key` is drawn
 * from what the job is for: the same ticket is asked for once.
 */
const printJobs = `
CREATE TABLE print_jobs (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  printer_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  order_id TEXT,
  ticket_id TEXT,
  paper TEXT,
  state TEXT NOT NULL,
  maybe_printed INTEGER NOT NULL,
  confirmed INTEGER NOT NULL,
  created_ms INTEGER NOT NULL,
  finished_ms INTEGER
) STRICT
`

export const addPrintJobs: Migration = {
  async up(db: Kysely<unknown>) {
    await sql.raw(printJobs).execute(db)
    await sql
      .raw('CREATE INDEX print_jobs_by_printer ON print_jobs (printer_id, state, id)')
      .execute(db)
    await sql.raw('CREATE INDEX print_jobs_by_end ON print_jobs (finished_ms)').execute(db)
    await sql.raw('CREATE INDEX print_jobs_by_order ON print_jobs (order_id)').execute(db)
  },
}
