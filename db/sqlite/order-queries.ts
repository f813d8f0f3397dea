import { sql as literal } from 'kysely'
import type { OrderFilter, OrderPosition } from '../../domain/order-filter.ts'
import type { OrdersTable } from '../schema.ts'
import type { Connection } from './connection.ts'
import { prepare } from './statements.ts'

/** Ids of a page of orders, newest first, after a position. */
export function findOrderIds(
  connection: Connection,
  filter: OrderFilter,
  after: OrderPosition | null,
  limit: number,
): OrderPosition[] {
  let query = connection.sql
    .selectFrom('orders')
    .select(['id', 'created_at'])
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
  if (filter.status) query = query.where('status', 'in', filter.status)
  if (filter.orderType) query = query.where('order_type', '=', filter.orderType)
  if (filter.tableNumber) query = query.where('table_number', '=', filter.tableNumber)
  if (filter.from) query = query.where('created_at', '>=', filter.from)
  if (filter.to) query = query.where('created_at', '<', filter.to)
  if (filter.businessDay) query = query.where('business_day', '=', filter.businessDay)
  if (filter.q) {
    const { text, phoneHashes, orderIds } = filter.q
    const pattern = `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
    const like = (column: string) =>
      literal<boolean>`${literal.ref(column)} LIKE ${pattern} ESCAPE '\\'`
    const isOneOf = (column: string, values: readonly string[]) =>
      literal<boolean>`${literal.ref(column)} IN (SELECT value FROM json_each(${JSON.stringify(values)}))`
    query = query.where(({ or }) =>
      or([
        like('order_number'),
        like('table_number'),
        isOneOf('customer_phone_hash', phoneHashes),
        literal<boolean>`customer_key IN (SELECT id FROM customer_keys
          WHERE destroyed = 0 AND phone_hash IN (SELECT value FROM json_each(${JSON.stringify(phoneHashes)})))`,
        isOneOf('id', orderIds),
      ]),
    )
  }
  if (after) {
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('created_at', 'id'), '<', tuple(after.createdAt, after.id)),
    )
  }
  const compiled = query.compile()
  return connection.raw
    .prepare<unknown[], { id: string; created_at: string }>(compiled.sql)
    .all(...compiled.parameters)
    .map((row) => ({ id: row.id, createdAt: row.created_at }))
}

/** A customer as an order has it in the tables. */
export type NamedCustomer = Pick<
  OrdersTable,
  'id' | 'customer_key' | 'customer_name' | 'customer_phone'
>

/** The newest orders that name a customer, as they lie there. */
export function findNamedCustomers(connection: Connection, limit: number): NamedCustomer[] {
  const query = connection.sql
    .selectFrom('orders')
    .select(['id', 'customer_key', 'customer_name', 'customer_phone'])
    .where(literal<boolean>`customer_name IS NOT NULL OR customer_phone IS NOT NULL`)
    .orderBy('created_at', 'desc')
    .limit(limit)
  return prepare(connection, query).all(limit)
}
