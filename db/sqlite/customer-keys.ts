import type { CustomerKey } from '../../domain/customer-keys.ts'
import type { CustomerKeysTable } from '../schema.ts'
import type { Connection } from './connection.ts'

/**
 * The keys of customers that are on this disk. What is sealed with one that was destroyed is erased,
 * so a destroyed one has to be gone from the file's bytes: `secure_delete` overwrites what a page no
 * longer uses, and the row keeps its length, so that it is overwritten where it lies.
 */
export interface CustomerKeyTable {
  readonly find: (id: string) => CustomerKey | null
  readonly ofCustomer: (customerId: string) => CustomerKey[]
  /** Of those whose phone or e-mail hashes to one of these. */
  readonly withHash: (hashes: readonly string[]) => CustomerKey[]
  /** Those that were new here. A key of an erased customer is not taken. */
  readonly keep: (keys: readonly CustomerKey[]) => CustomerKey[]
  /** From a number on, in the order in which they came. */
  readonly after: (num: number, count: number) => { readonly last: number; keys: CustomerKey[] }
  /** As if it had never been: what was to be sealed with it was not written. */
  readonly drop: (id: string) => void
  /** Keys that orders name and that are not here, of customers who were not erased. */
  readonly missing: (count: number) => string[]
}

export function createCustomerKeyTable({ raw }: Connection): CustomerKeyTable {
  const columns = 'id, customer_id, data_key, wrapped, phone_hash, email_hash'
  const select = (where: string) =>
    raw.prepare<unknown[], CustomerKeysTable>(
      `SELECT ${columns} FROM customer_keys WHERE destroyed = 0 AND ${where}`,
    )
  const byId = select('id = ?')
  const byCustomer = select('customer_id = ? ORDER BY num')
  const byPhone = select('phone_hash = ?')
  const byEmail = select('email_hash = ?')
  const insert = raw.prepare(
    `INSERT INTO customer_keys (${columns}, destroyed)
      SELECT ?, ?, ?, ?, ?, ?, 0
      WHERE NOT EXISTS (SELECT 1 FROM journal WHERE kind = 'customer_erased' AND id = ?)
      ON CONFLICT DO NOTHING`,
  )
  const selectAfter = raw.prepare<[number, number], CustomerKeysTable & { num: number }>(
    `SELECT num, ${columns} FROM customer_keys
      WHERE num > ? AND destroyed = 0 ORDER BY num LIMIT ?`,
  )
  const overwriteOne = raw.prepare(`${OVERWRITE} WHERE id = ?`)
  const selectMissing = raw.prepare<[number], { key: string }>(
    `SELECT DISTINCT customer_key AS key FROM orders
      WHERE customer_key IS NOT NULL AND customer_id IS NOT NULL
        AND customer_key NOT IN (SELECT id FROM customer_keys)
        AND NOT EXISTS (SELECT 1 FROM records WHERE kind = 'data_key' AND id = customer_key)
        AND NOT EXISTS
          (SELECT 1 FROM journal WHERE kind = 'customer_erased' AND id = orders.customer_id)
      LIMIT ?`,
  )
  return {
    find: (id) => byId.all(id).map(keyOf)[0] ?? null,
    ofCustomer: (customerId) => byCustomer.all(customerId).map(keyOf),
    withHash: (hashes) => {
      const found = hashes.flatMap((hash) => [...byPhone.all(hash), ...byEmail.all(hash)])
      return [...new Map(found.map((row) => [row.id, keyOf(row)])).values()]
    },
    keep: (keys) =>
      raw
        .transaction(() =>
          keys.filter(
            ({ id, customerId, dataKey, wrapped, phoneHash, emailHash }) =>
              insert.run(id, customerId, dataKey, wrapped, phoneHash, emailHash, customerId)
                .changes > 0,
          ),
        )
        .immediate(),
    after: (num, count) => {
      const rows = selectAfter.all(num, count)
      return { last: rows.at(-1)?.num ?? num, keys: rows.map(keyOf) }
    },
    drop: (id) => void raw.transaction(() => overwriteOne.run(id)).immediate(),
    missing: (count) => selectMissing.all(count).map(({ key }) => key),
  }
}

/** Each text by one of the same length: the row stays where it is, and so does every other. */
const overwritten = (column: string): string =>
  `${column} = substr(hex(zeroblob(length(${column}))), 1, length(${column}))`
const OVERWRITE = `UPDATE customer_keys SET destroyed = 1, ${['wrapped', 'phone_hash', 'email_hash']
  .map(overwritten)
  .join(', ')}`

/** Runs inside the caller's transaction, which writes down that the customer is erased. */
export function createKeyDestruction({ raw }: Connection): (customerId: string) => void {
  const overwrite = raw.prepare(`${OVERWRITE} WHERE customer_id = ? AND destroyed = 0`)
  return (customerId) => void overwrite.run(customerId)
}

const keyOf = (row: CustomerKeysTable): CustomerKey => ({
  id: row.id,
  customerId: row.customer_id,
  dataKey: row.data_key,
  wrapped: row.wrapped,
  phoneHash: row.phone_hash,
  emailHash: row.email_hash,
})
