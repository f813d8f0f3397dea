import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Seats and courses of lines, orders that went into others, and bills that are shared. There was none of it before. */
export const courses: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`ALTER TABLE orders ADD COLUMN merged_into TEXT`.execute(db)
    await sql`ALTER TABLE orders ADD COLUMN split TEXT`.execute(db)
    await sql`ALTER TABLE order_items ADD COLUMN seat INTEGER`.execute(db)
    await sql`ALTER TABLE order_items ADD COLUMN course INTEGER`.execute(db)
    await sql`ALTER TABLE order_items ADD COLUMN held INTEGER NOT NULL DEFAULT 0`.execute(db)
  },
}
