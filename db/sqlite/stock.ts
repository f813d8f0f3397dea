import { sql } from 'kysely'
import {
  laterBase,
  ONE_MILLI,
  readSubject,
  stockSince,
  type Stock,
  type StockBase,
  type Subject,
} from '../../domain/inventory.ts'
import type { JournalTable } from '../schema.ts'
import type { Connection } from './connection.ts'
import { lineOf } from './journal.ts'

/** What is in stock, summed up from the journal and from what the orders' lines have taken. */
export interface StockTable {
  /** As of all that is known, or of a moment. Null: nobody follows it. */
  readonly of: (subject: string, until?: number) => Stock | null
  /** All that was ever counted. */
  readonly followed: () => readonly string[]
  /** Whether all that an order took was counted since, or is followed by nobody. */
  readonly isBehindCounts: (orderId: string) => boolean
  /** Whether anything that counts was taken at this moment or before. */
  readonly isUsedBefore: (subject: string, stock: Stock, until: number) => boolean
}

const CLOCK = sql`json_extract(value, '$.clock')`

export function createStockTable(connection: Connection): StockTable {
  const { raw } = connection
  const prepared = <Result>(query: ReturnType<typeof sql<Result>>) =>
    raw.prepare<unknown[], Result>(query.compile(connection.sql).sql)
  const v = sql.val(null)
  const baseOfKind = (kind: StockBase['kind']) =>
    prepared<JournalTable>(sql`SELECT * FROM journal
      WHERE about = ${v} AND kind = ${sql.lit(kind)} AND ${CLOCK} <= ${v}
      ORDER BY ${CLOCK} DESC, id DESC LIMIT 1`)
  const selectBases = [baseOfKind('stock_counted'), baseOfKind('stock_carried')]
  const movedOfKind = (kind: string) =>
    prepared<{ sum: number | null }>(sql`SELECT sum(json_extract(value, '$.amountMilli')) AS sum
      FROM journal
      WHERE about = ${v} AND kind = ${sql.lit(kind)} AND ${CLOCK} > ${v} AND ${CLOCK} <= ${v}`)
  const selectDelivered = movedOfKind('stock_delivered')
  const selectWasted = movedOfKind('stock_wasted')
  const selectUsed = {
    item: prepared<{ sum: number | null }>(sql`SELECT sum(quantity) * ${sql.lit(ONE_MILLI)} AS sum
      FROM order_items
      WHERE menu_item_id = ${v} AND used_clock > ${v} AND used_clock <= ${v}`),
    ingredient: prepared<{ sum: number | null }>(sql`SELECT sum(amount_milli) AS sum
      FROM order_item_uses WHERE ingredient_id = ${v} AND clock > ${v} AND clock <= ${v}`),
  }
  const selectTaken = prepared<{ subject: string; clock: number }>(sql`
    SELECT 'item/' || menu_item_id AS subject, used_clock AS clock
    FROM order_items WHERE order_id = ${v} AND used_clock IS NOT NULL
    UNION ALL
    SELECT 'ingredient/' || ingredient_id, clock FROM order_item_uses WHERE order_id = ${v}`)

  const selectCounted = prepared<{ about: string }>(
    sql`SELECT DISTINCT about FROM journal WHERE kind = 'stock_counted'`,
  )

  function baseOf(subject: string, until: number): StockBase | null {
    const bases = selectBases.flatMap((select) => select.all(subject, until)).map(lineOf)
    return (bases as StockBase[]).reduce<StockBase | null>(laterBase, null)
  }

  const used = ({ kind, id }: Subject, from: number, until: number): number =>
    selectUsed[kind].get(id, from, until)?.sum ?? 0

  function of(subject: string, until = Number.MAX_SAFE_INTEGER): Stock | null {
    const named = readSubject(subject)
    const base = named && baseOf(subject, until)
    if (named === null || base === null) return null
    const { clock } = base.value
    return stockSince(base, {
      deliveredMilli: selectDelivered.get(subject, clock, until)?.sum ?? 0,
      wastedMilli: selectWasted.get(subject, clock, until)?.sum ?? 0,
      usedMilli: used(named, clock, until),
    })
  }

  return {
    of,
    followed: () => selectCounted.all().map(({ about }) => about),
    isBehindCounts: (orderId) =>
      selectTaken.all(orderId, orderId).every(({ subject, clock }) => {
        const base = baseOf(subject, Number.MAX_SAFE_INTEGER)
        return base === null || base.value.amountMilli === null || clock <= base.value.clock
      }),
    isUsedBefore: (subject, { base }, until) => {
      const named = readSubject(subject)
      return named !== null && used(named, base.value.clock, until) > 0
    },
  }
}
