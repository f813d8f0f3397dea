import { sql } from 'kysely'
import type { CustomerKey } from '../../domain/customer-keys.ts'
import type { JournalKind, JournalLine } from '../../domain/journal.ts'
import { fromPgText, toPgText } from '../../domain/nul-free-text.ts'
import type { CustomerKeysTable, JournalTable } from '../schema.ts'
import { unnest, type Sql } from './rows.ts'

/** Keys of a store's customers at the centre. `storeId`: as stored. */

const COLUMNS = [
  'id',
  'customer_id',
  'data_key',
  'wrapped',
  'phone_hash',
  'email_hash',
] as const satisfies readonly (keyof CustomerKeysTable)[]

export interface WantedKeys {
  readonly ids?: readonly string[]
  readonly customerIds?: readonly string[]
  readonly hashes?: readonly string[]
}

export async function readCustomerKeys(
  db: Sql,
  storeId: string,
  { ids = [], customerIds = [], hashes = [] }: WantedKeys,
): Promise<CustomerKey[]> {
  if (ids.length + customerIds.length + hashes.length === 0) return []
  const rows = await db
    .selectFrom('customer_keys')
    .select(COLUMNS)
    .where('store_id', '=', storeId)
    .where(({ or }) =>
      or([
        sql<boolean>`id = ANY(${ids}::text[])`,
        sql<boolean>`customer_id = ANY(${customerIds.map(toPgText)}::text[])`,
        sql<boolean>`phone_hash = ANY(${hashes}::text[])`,
        sql<boolean>`email_hash = ANY(${hashes}::text[])`,
      ]),
    )
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    customerId: fromPgText(row.customer_id),
    dataKey: row.data_key,
    wrapped: row.wrapped,
    phoneHash: row.phone_hash,
    emailHash: row.email_hash,
  }))
}

/** A key of a customer who was erased is not taken. */
export async function keepCustomerKeys(
  db: Sql,
  storeId: string,
  keys: readonly CustomerKey[],
): Promise<void> {
  if (keys.length === 0) return
  const input = unnest([
    { name: 'id', type: 'text', values: keys.map(({ id }) => id) },
    { name: 'customer_id', type: 'text', values: keys.map((key) => toPgText(key.customerId)) },
    { name: 'data_key', type: 'text', values: keys.map(({ dataKey }) => dataKey) },
    { name: 'wrapped', type: 'text', values: keys.map(({ wrapped }) => wrapped) },
    { name: 'phone_hash', type: 'text', values: keys.map(({ phoneHash }) => phoneHash) },
    { name: 'email_hash', type: 'text', values: keys.map(({ emailHash }) => emailHash) },
  ])
  await sql`
    INSERT INTO customer_keys (store_id, id, customer_id, data_key, wrapped, phone_hash, email_hash)
    SELECT ${storeId}, id, customer_id, data_key, wrapped, phone_hash, email_hash FROM ${input}
    WHERE NOT EXISTS (
      SELECT 1 FROM journal
      WHERE store_id = ${storeId} AND kind = 'customer_erased' AND journal.id = input.customer_id)
    ON CONFLICT DO NOTHING
  `.execute(db)
}

export async function dropCustomerKey(db: Sql, storeId: string, id: string): Promise<void> {
  await db
    .deleteFrom('customer_keys')
    .where('store_id', '=', storeId)
    .where('id', '=', id)
    .execute()
}

export async function destroyKeysOf(
  db: Sql,
  storeId: string,
  customerIds: readonly string[],
): Promise<void> {
  if (customerIds.length === 0) return
  await db
    .deleteFrom('customer_keys')
    .where('store_id', '=', storeId)
    .where(sql<boolean>`customer_id = ANY(${customerIds.map(toPgText)}::text[])`)
    .execute()
}

/** What the journal says about these. */
export async function readLinesAbout(
  db: Sql,
  storeId: string,
  abouts: readonly string[],
): Promise<JournalLine[]> {
  if (abouts.length === 0) return []
  const rows = await db
    .selectFrom('journal')
    .select(['kind', 'id', 'about', 'value', 'at', 'actor', 'command_id'])
    .where('store_id', '=', storeId)
    .where(sql<boolean>`about = ANY(${abouts.map(toPgText)}::text[])`)
    .orderBy('at')
    .orderBy('id')
    .execute()
  return rows.map(lineOf)
}

/** The newest first. */
export async function readNewestLines(
  db: Sql,
  storeId: string,
  kind: JournalKind,
  count: number,
): Promise<JournalLine[]> {
  const rows = await db
    .selectFrom('journal')
    .select(['kind', 'id', 'about', 'value', 'at', 'actor', 'command_id'])
    .where('store_id', '=', storeId)
    .where('kind', '=', kind)
    .orderBy('at', 'desc')
    .orderBy('id')
    .limit(count)
    .execute()
  return rows.map(lineOf)
}

const lineOf = ({ command_id: commandId, ...row }: JournalTable): JournalLine =>
  ({
    type: 'journal.written',
    kind: row.kind,
    id: fromPgText(row.id),
    about: fromPgText(row.about),
    at: row.at,
    actor: fromPgText(row.actor),
    commandId: fromPgText(commandId),
    value: JSON.parse(fromPgText(row.value)) as unknown,
  }) as JournalLine

/** Orders from before customers had keys that an erasure named. */
export async function readErasedOrderIds(db: Sql, storeId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('journal')
    .select('value')
    .where('store_id', '=', storeId)
    .where('kind', '=', 'customer_erased')
    .where('value', '<>', '{"orderIds":[]}')
    .execute()
  return rows.flatMap(
    ({ value }) => (JSON.parse(fromPgText(value)) as { orderIds: string[] }).orderIds,
  )
}

/** Ids of a customer's orders, newest first. */
export async function findOrdersOf(
  db: Sql,
  storeId: string,
  customerId: string,
  count: number,
): Promise<string[]> {
  const rows = await db
    .selectFrom('orders')
    .select('id')
    .where('store_id', '=', storeId)
    .where('customer_id', '=', toPgText(customerId))
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(count)
    .execute()
  return rows.map(({ id }) => fromPgText(id))
}

/** As a device finds them: see db/sqlite/customer-orders.ts. */
export async function findLegacyOrderIds(
  db: Sql,
  storeId: string,
  customerId: string,
  phoneHashes: readonly string[],
  count: number,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM orders
    WHERE store_id = ${storeId}
      AND (customer_id = ${toPgText(customerId)}
        OR customer_phone_hash = ANY(${phoneHashes}::text[]))
      AND coalesce(customer_name, customer_phone, customer_email, customer_address) IS NOT NULL
      AND (customer_key IS NULL OR EXISTS (SELECT 1 FROM records
        WHERE store_id = ${storeId} AND kind = 'data_key' AND records.id = customer_key))
    ORDER BY id LIMIT ${count}
  `.execute(db)
  return rows.map(({ id }) => fromPgText(id))
}
