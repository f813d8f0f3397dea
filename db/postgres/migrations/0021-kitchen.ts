import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Rush, handing out and second stations. There were none before, so nothing is folded again. */
export const kitchen: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      ALTER TABLE order_tickets ADD COLUMN rushed_at text COLLATE "C",
        ADD COLUMN handed_at text COLLATE "C"`.execute(db)
    await sql`ALTER TABLE order_items ADD COLUMN also_at text COLLATE "C"`.execute(db)
  },
}
