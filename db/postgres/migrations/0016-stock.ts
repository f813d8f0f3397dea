import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** What is in stock, and what lines take from it; combos and price levels (domain/inventory.ts). */
export const addStock: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`ALTER TABLE order_items
      ADD COLUMN combo_id text COLLATE "C",
      ADD COLUMN combo_line_id text COLLATE "C",
      ADD COLUMN combo_name text COLLATE "C",
      ADD COLUMN price_level_id text COLLATE "C",
      ADD COLUMN price_level_name text COLLATE "C",
      ADD COLUMN used_clock bigint`.execute(db)
    await sql`CREATE INDEX items_used ON order_items (store_id, menu_item_id, used_clock, quantity)
      WHERE used_clock IS NOT NULL`.execute(db)
    await sql`CREATE TABLE order_item_uses (
      store_id text COLLATE "C" NOT NULL,
      order_id text COLLATE "C" NOT NULL,
      order_item_id text COLLATE "C" NOT NULL,
      ingredient_id text COLLATE "C" NOT NULL,
      amount_milli bigint NOT NULL,
      clock bigint NOT NULL,
      PRIMARY KEY (store_id, order_id, order_item_id, ingredient_id)
    )`.execute(db)
    await sql`CREATE INDEX ingredients_used
      ON order_item_uses (store_id, ingredient_id, clock, amount_milli)`.execute(db)
    // Lines of stock stand in the journal; they are summed up by the moment of which they speak.
    await sql`CREATE INDEX stock_lines ON journal (store_id, about, kind)
      WHERE kind LIKE 'stock%'`.execute(db)
  },
}
