import { sql } from 'kysely'
import { orderIdsOf } from '../../domain/events.ts'
import type { Entry } from '../../domain/log.ts'
import type { OrderFilter, OrderPosition } from '../../domain/order-filter.ts'
import { readEntry } from '../fold-entries.ts'
import { entryOf } from './entries.ts'
import type { Sql } from './rows.ts'
import { fromPgText, toPgText } from '../../domain/nul-free-text.ts'

/** Orders with the entries that they are folded from, for a device which they have left. */
export interface FoundOrders {
  /** Newest first. */
  readonly orderIds: readonly string[]
  /** Of these, and of all orders that share an entry with one of them. */
  readonly entries: readonly Entry[]
}

/** A page of the orders that fit. */
export async function findOrders(
  db: Sql,
  storeId: string,
  filter: OrderFilter,
  after: OrderPosition | null,
  limit: number,
): Promise<FoundOrders> {
  const found = await findOrderIds(db, storeId, filter, after, limit)
  return withEntries(
    db,
    storeId,
    found.map(({ id }) => toPgText(id)),
  )
}

/** As `findOrderIds` finds them on a device. */
export async function findOrderIds(
  db: Sql,
  storeId: string,
  filter: OrderFilter,
  after: OrderPosition | null,
  limit: number,
): Promise<OrderPosition[]> {
  let query = db
    .selectFrom('orders')
    .select(['id', 'created_at'])
    .where('store_id', '=', storeId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
  if (filter.status) query = query.where('status', 'in', filter.status)
  if (filter.orderType) query = query.where('order_type', '=', filter.orderType)
  if (filter.tableNumber) query = query.where('table_number', '=', toPgText(filter.tableNumber))
  if (filter.from) query = query.where('created_at', '>=', filter.from)
  if (filter.to) query = query.where('created_at', '<', filter.to)
  if (filter.businessDay) query = query.where('business_day', '=', filter.businessDay)
  if (filter.q) {
    const { text, phoneHashes, orderIds } = filter.q
    const pattern = `%${toPgText(text).replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
    query = query.where(({ eb, or }) =>
      or([
        eb('order_number', 'ilike', pattern),
        eb('table_number', 'ilike', pattern),
        sql<boolean>`customer_phone_hash = ANY(${phoneHashes}::text[])`,
        sql<boolean>`customer_key IN (SELECT id FROM customer_keys
          WHERE store_id = ${storeId} AND phone_hash = ANY(${phoneHashes}::text[]))`,
        sql<boolean>`id = ANY(${orderIds.map(toPgText)}::text[])`,
      ]),
    )
  }
  if (after) {
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('created_at', 'id'), '<', tuple(after.createdAt, toPgText(after.id))),
    )
  }
  const rows = await query.execute()
  return rows.map((row) => ({ id: fromPgText(row.id), createdAt: row.created_at }))
}

export async function findOrder(db: Sql, storeId: string, orderId: string): Promise<FoundOrders> {
  const row = await db
    .selectFrom('orders')
    .select('id')
    .where('store_id', '=', storeId)
    .where('id', '=', toPgText(orderId))
    .executeTakeFirst()
  return withEntries(db, storeId, row ? [row.id] : [])
}

/** Two queries at most: what lent lines is named by an entry that both share. */
async function withEntries(
  db: Sql,
  storeId: string,
  orderIds: readonly string[],
): Promise<FoundOrders> {
  const own = await entriesOf(db, storeId, orderIds)
  const named = own.flatMap((entry) =>
    readEntry(entry).orderEvents.flatMap(({ event }) => orderIdsOf(event).map(toPgText)),
  )
  const others = [...new Set(named)].filter((id) => !orderIds.includes(id))
  const entries = [...own, ...(await entriesOf(db, storeId, others))]
  const byPosition = new Map(entries.map((entry) => [`${entry.origin}\n${entry.seq}`, entry]))
  return { orderIds: orderIds.map(fromPgText), entries: [...byPosition.values()] }
}

/** Ids as they are stored. */
export async function entriesOf(
  db: Sql,
  storeId: string,
  orderIds: readonly string[],
): Promise<Entry[]> {
  if (orderIds.length === 0) return []
  const rows = await db
    .selectFrom('order_entries as link')
    .innerJoin('entries as entry', (join) =>
      join
        .onRef('entry.store_id', '=', 'link.store_id')
        .onRef('entry.origin', '=', 'link.origin')
        .onRef('entry.seq', '=', 'link.seq'),
    )
    .selectAll('entry')
    .where('link.store_id', '=', storeId)
    .where(sql<boolean>`link.order_id = ANY(${orderIds}::text[])`)
    .execute()
  return rows.map(entryOf)
}
