import { sql } from 'kysely'
import { ONE_MILLI, stockSince, type Stock, type StockBase } from '../../domain/inventory.ts'
import { fromPgText } from '../../domain/nul-free-text.ts'
import type { Sql } from './rows.ts'

/** What is in stock in a store, all of it by one query; what nobody follows is not among it. */
export async function readStock(db: Sql, storeId: string): Promise<ReadonlyMap<string, Stock>> {
  const { rows } = await sql<StockRow>`
    WITH lines AS (
      SELECT about, kind, id, at, actor, command_id, value,
        (value::jsonb->>'clock')::bigint AS clock,
        (value::jsonb->>'amountMilli')::bigint AS amount
      FROM journal WHERE store_id = ${storeId} AND kind LIKE 'stock%'
    ), base AS (
      SELECT DISTINCT ON (about) * FROM lines
      WHERE kind IN ('stock_counted', 'stock_carried')
      ORDER BY about, clock DESC, id DESC
    )
    SELECT base.*,
      coalesce((SELECT sum(amount) FROM lines WHERE lines.about = base.about
        AND lines.kind = 'stock_delivered' AND lines.clock > base.clock), 0)::bigint AS delivered,
      coalesce((SELECT sum(amount) FROM lines WHERE lines.about = base.about
        AND lines.kind = 'stock_wasted' AND lines.clock > base.clock), 0)::bigint AS wasted,
      coalesce(CASE WHEN base.about LIKE 'item/%'
        THEN (SELECT sum(quantity) * ${ONE_MILLI} FROM order_items WHERE store_id = ${storeId}
          AND menu_item_id = substr(base.about, 6) AND used_clock > base.clock)
        ELSE (SELECT sum(amount_milli) FROM order_item_uses WHERE store_id = ${storeId}
          AND ingredient_id = substr(base.about, 12) AND order_item_uses.clock > base.clock)
        END, 0)::bigint AS used
    FROM base
  `.execute(db)
  return new Map(rows.flatMap((row) => stockOfRow(row) ?? []))
}

interface StockRow {
  readonly about: string
  readonly kind: string
  readonly id: string
  readonly at: string
  readonly actor: string
  readonly command_id: string
  readonly value: string
  readonly delivered: number
  readonly wasted: number
  readonly used: number
}

function stockOfRow(row: StockRow): [[string, Stock]] | null {
  const about = fromPgText(row.about)
  const base = {
    type: 'journal.written',
    kind: row.kind,
    id: fromPgText(row.id),
    about,
    at: row.at,
    actor: fromPgText(row.actor),
    commandId: fromPgText(row.command_id),
    value: JSON.parse(fromPgText(row.value)) as unknown,
  } as StockBase
  const stock = stockSince(base, {
    deliveredMilli: row.delivered,
    wastedMilli: row.wasted,
    usedMilli: row.used,
  })
  return stock === null ? null : [[about, stock]]
}
