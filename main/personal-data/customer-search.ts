import type { Connection } from '../../db/sqlite/connection.ts'
import { findNamedCustomers, type NamedCustomer } from '../../db/sqlite/order-queries.ts'
import type { OrderSearch } from '../../domain/order-filter.ts'
import type { KeyRing } from './key-ring.ts'
import { hashOfPhone, openText } from './seal.ts'

/**
 * Names are read one by one: those of so many of the newest orders with a customer, and none before.
 * Opening one takes 20 µs, and a till must not stand still.
 */
const MAX_READ = 1_000

/**
 * Looking for orders by what somebody types. SQLite compares numbers and tables; of the customers it
 * holds cipher text. A whole phone number is found at any age by its keyed hash, which every key
 * makes differently. Parts of names and phones are found among the newest.
 */
export function createOrderSearch(
  connection: Connection,
  ring: Pick<KeyRing, 'all' | 'find'>,
  maxRead = MAX_READ,
): (text: string) => OrderSearch {
  const search = createCustomerSearch(ring)
  return (text) => search(text, findNamedCustomers(connection, maxRead))
}

/** The same among orders that were read elsewhere. */
export function createCustomerSearch(
  ring: Pick<KeyRing, 'all' | 'find'>,
): (text: string, named: readonly NamedCustomer[]) => OrderSearch {
  /** What the last search opened: people type a letter and look again. */
  let opened = new Map<string, string>()

  function clearOf(orderId: string, field: string, stored: string, keyId: string | null) {
    if (keyId === null) return stored
    const key = ring.find(keyId)
    return key && openText(key, stored, { orderId, field })
  }

  function textsOf(named: readonly NamedCustomer[]) {
    const now = new Map<string, string>()
    const read = (orderId: string, field: string, stored: string | null, keyId: string | null) => {
      if (stored === null) return []
      const text = opened.get(stored) ?? clearOf(orderId, field, stored, keyId)?.toLowerCase()
      if (text === undefined) return []
      now.set(stored, text)
      return [text]
    }
    const rows = named.map((row) => ({
      orderId: row.id,
      texts: [
        ...read(row.id, 'name', row.customer_name, row.customer_key),
        ...read(row.id, 'phone', row.customer_phone, row.customer_key),
      ],
    }))
    opened = now
    return rows
  }

  return (text, named) => {
    const part = text.toLowerCase()
    return {
      text,
      phoneHashes: ring.all().flatMap((key) => hashOfPhone(key, text) ?? []),
      orderIds: textsOf(named)
        .filter(({ texts }) => texts.some((read) => read.includes(part)))
        .map(({ orderId }) => orderId),
    }
  }
}
