import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Comps, how modifiers are wanted, how many sit there, and what they are called by. None was before. */
export const ringingUp: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`ALTER TABLE orders ADD COLUMN guests integer`.execute(db)
    await sql`ALTER TABLE orders ADD COLUMN pager text COLLATE "C"`.execute(db)
    await sql`ALTER TABLE order_items ADD COLUMN comp_reason text COLLATE "C"`.execute(db)
    await sql`ALTER TABLE order_items ADD COLUMN comp_minor bigint NOT NULL DEFAULT 0`.execute(db)
    await sql`ALTER TABLE order_modifiers ADD COLUMN preparation text COLLATE "C"`.execute(db)
  },
}
