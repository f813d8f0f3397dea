import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** For several processes behind one database, and for row-level security. */
export const running: Migration = {
  async up(db: Kysely<unknown>) {
    const statements = [
      `CREATE TABLE code_tries (
         try_id uuid PRIMARY KEY,
         tried_at timestamptz NOT NULL
       )`,
      // The view shows its reader's rows, not its owner's.
      'ALTER VIEW order_events SET (security_invoker = true)',
    ]
    for (const statement of statements) await sql.raw(statement).execute(db)
  },
}
