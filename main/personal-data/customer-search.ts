import type { Connection } from '../../db/sqlite/connection.ts'
import {
  findNamedCustomers,
  type CustomerRow,
  type OrderSearch,
} from '../../db/sqlite/order-queries.ts'
import type { KeyRing } from './key-ring.ts'
import { hashOfPhone, openText } from './seal.ts'

/** Names are read one by one: so many of the newest orders with a customer, and none before them. */
const MAX_READ = 2_000

/**
 * Looking for orders by what somebody types. SQLite compares numbers and tables; of the customers it
 * holds cipher text. A whole phone number is found at any age by its keyed hash, which every key
 * makes differently. Parts of names and phones are found among the newest.
 */
export function createOrderSearch(
  connection: Connection,
  ring: Pick<KeyRing, 'all' | 'find'>,
): (text: string) => OrderSearch {
  function readsLike(row: CustomerRow, part: string): boolean {
    const { id: orderId, customer_key: keyId } = row
    const key = keyId === null ? null : ring.find(keyId)
    const fields = { name: row.customer_name, phone: row.customer_phone }
    return Object.entries(fields).some(([field, stored]) => {
      if (stored === null || (keyId !== null && key === null)) return false
      const text = key === null ? stored : openText(key, stored, { orderId, field })
      return text?.toLowerCase().includes(part) === true
    })
  }

  return (text) => {
    const part = text.toLowerCase()
    return {
      text,
      phoneHashes: ring.all().flatMap((key) => hashOfPhone(key, text) ?? []),
      orderIds: findNamedCustomers(connection, MAX_READ)
        .filter((row) => readsLike(row, part))
        .map(({ id }) => id),
    }
  }
}
