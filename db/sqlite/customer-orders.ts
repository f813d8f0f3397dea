import type { Connection } from './connection.ts'

/** Ids of a customer's orders, newest first. */
export function findOrdersOf(connection: Connection, customerId: string, count: number): string[] {
  return connection.raw
    .prepare<[string, number], string>(
      'SELECT id FROM orders WHERE customer_id = ? ORDER BY created_at DESC, id LIMIT ?',
    )
    .pluck()
    .all(customerId, count)
}

/**
 * Orders that say something of a customer which is sealed with a data key, or lies in the clear:
 * they were written before customers had keys. `phoneHashes`: of his phone, by each data key.
 */
export function findLegacyOrderIds(
  connection: Connection,
  customerId: string,
  phoneHashes: readonly string[],
  count: number,
): string[] {
  return connection.raw
    .prepare<[string, string, number], string>(
      `SELECT id FROM orders
        WHERE (customer_id = ?
            OR customer_phone_hash IN (SELECT value FROM json_each(?)))
          AND coalesce(customer_name, customer_phone, customer_email, customer_address)
            IS NOT NULL
          AND (customer_key IS NULL OR EXISTS
            (SELECT 1 FROM records WHERE kind = 'data_key' AND id = customer_key))
        ORDER BY id LIMIT ?`,
    )
    .pluck()
    .all(customerId, JSON.stringify(phoneHashes), count)
}
