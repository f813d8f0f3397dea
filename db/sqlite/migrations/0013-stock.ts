import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** What is in stock, and what lines take from it; combos and price levels (domain/inventory.ts). */
export const addStock: Migration = {
  async up(db: Kysely<unknown>) {
    for (const column of [
      'combo_id TEXT',
      'combo_line_id TEXT',
      'combo_name TEXT',
      'price_level_id TEXT',
      'price_level_name TEXT',
      'used_clock INTEGER',
    ]) {
      await sql.raw(`ALTER TABLE order_items ADD COLUMN ${column}`).execute(db)
    }
    await sql`CREATE INDEX items_used ON order_items (menu_item_id, used_clock, quantity)
      WHERE used_clock IS NOT NULL`.execute(db)
    await sql`CREATE TABLE order_item_uses (
      order_id TEXT NOT NULL,
      order_item_id TEXT NOT NULL,
      ingredient_id TEXT NOT NULL,
      amount_milli INTEGER NOT NULL,
      clock INTEGER NOT NULL,
      PRIMARY KEY (order_id, order_item_id, ingredient_id)
    ) STRICT, WITHOUT ROWID`.execute(db)
    await sql`CREATE INDEX ingredients_used
      ON order_item_uses (ingredient_id, clock, amount_milli)`.execute(db)
    // Lines of stock stand in the journal; they are summed up by the moment of which they speak.
    await sql`CREATE INDEX stock_lines
      ON journal (about, kind, json_extract(value, '$.clock'), id)`.execute(db)
  },
}
