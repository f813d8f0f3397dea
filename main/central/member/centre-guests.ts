import {
  dropCustomerKey,
  findLegacyOrderIds,
  keepCustomerKeys,
  readCustomerKeys,
  readErasedOrderIds,
  readLinesAbout,
} from '../../../db/postgres/customer-keys.ts'
import { loadOrders } from '../../../db/postgres/projections.ts'
import type { Sql } from '../../../db/postgres/rows.ts'
import type { OpenCommand } from '../../../domain/commands.ts'
import { isSealed, type Customer, type StoredCustomer } from '../../../domain/customer.ts'
import type { CustomerKey } from '../../../domain/customer-keys.ts'
import type { JournalEvent, JournalLine } from '../../../domain/journal.ts'
import type { Result } from '../../../domain/result.ts'
import { createCustomers, type Customers, type SealedWish } from '../../personal-data/customers.ts'
import {
  createGuestBook,
  type Contact,
  type CustomerErased,
  type GuestBook,
} from '../../personal-data/guest-book.ts'
import type { KeyRing } from '../../personal-data/key-ring.ts'
import { phoneHashOfLegacy } from '../../personal-data/known-customer.ts'
import { hashOfEmail, hashOfPhone } from '../../personal-data/seal.ts'

/**
 * A store's customers for one call at the centre. The book of a device asks its own file; here what
 * it will ask for is read beforehand, and the book asks what was read.
 */
export interface CentreGuests {
  /** Reads what it takes to show these orders. */
  readonly readFor: (trx: Sql, orders: readonly OrderHead[]) => Promise<void>
  /** Reads what is known of customers, by id and by phone or e-mail. */
  readonly readCustomers: (trx: Sql, ring: Ring, who: Who) => Promise<void>
  readonly readKeys: (trx: Sql, ids: readonly string[]) => Promise<void>
  readonly book: (ring: Ring) => GuestBook
  readonly customers: (ring: Ring) => Customers
  readonly seal: (
    trx: Sql,
    ring: Ring,
    command: OpenCommand,
  ) => Promise<Result<SealedWish, CustomerErased>>
  readonly keep: (trx: Sql, newKey: CustomerKey | null) => Promise<void>
  /** Where nothing came of what was to be sealed with it. */
  readonly dropUnused: (
    trx: Sql,
    newKey: CustomerKey | null,
    lines: readonly JournalEvent[],
  ) => Promise<void>
  readonly legacyOrdersOf: (trx: Sql, ring: Ring, customerId: string) => Promise<string[]>
}

type Ring = Pick<KeyRing, 'sealing' | 'find' | 'all'>

interface OrderHead {
  readonly id: string
  readonly customerId: string | null
  readonly customer: StoredCustomer | null
}

interface Who {
  readonly customerIds?: readonly string[]
  readonly contacts?: readonly Contact[]
}

const MAX_LEGACY_ORDERS = 1_000

/** `storeId`: as stored. */
export function createCentreGuests(storeId: string, newId: () => string): CentreGuests {
  const keys = new Map<string, CustomerKey>()
  const lines = new Map<string, JournalLine>()
  const customerIds = new Map<string, string | null>()
  let erasedOrders: ReadonlySet<string> | null = null

  const linesAbout = (customerId: string): JournalLine[] =>
    [...lines.values()].filter(({ about }) => about === customerId)

  const isErased = (customerId: string | null, orderId: string): boolean =>
    erasedOrders?.has(orderId) === true ||
    (customerId !== null && linesAbout(customerId).some(({ kind }) => kind === 'customer_erased'))

  function noteKeys(found: readonly CustomerKey[]): void {
    for (const key of found) keys.set(key.id, key)
  }

  async function readLines(trx: Sql, ids: readonly string[]): Promise<void> {
    for (const line of await readLinesAbout(trx, storeId, [...new Set(ids)])) {
      lines.set(`${line.kind}\n${line.id}`, line)
    }
  }

  async function readKeys(trx: Sql, ids: readonly string[]): Promise<void> {
    noteKeys(await readCustomerKeys(trx, storeId, { ids }))
  }

  async function readFor(trx: Sql, orders: readonly OrderHead[]): Promise<void> {
    const named = orders.filter(({ customer }) => customer !== null)
    for (const { id, customerId } of orders) customerIds.set(id, customerId)
    if (named.length === 0) return
    erasedOrders ??= new Set(await readErasedOrderIds(trx, storeId))
    const ids = named.flatMap(({ customer }) =>
      customer !== null && isSealed(customer) ? [customer.key] : [],
    )
    await readKeys(trx, [...new Set(ids)])
    await readLines(
      trx,
      named.flatMap(({ customerId }) => customerId ?? []),
    )
  }

  async function readCustomers(
    trx: Sql,
    ring: Ring,
    { customerIds: ids = [], contacts = [] }: Who,
  ): Promise<void> {
    const hashes = contacts.flatMap((contact) => hashesOf(ring, contact))
    const found = await readCustomerKeys(trx, storeId, { customerIds: ids, hashes })
    const owners = [...new Set([...ids, ...found.map(({ customerId }) => customerId)])]
    noteKeys(found)
    noteKeys(await readCustomerKeys(trx, storeId, { customerIds: owners }))
    await readLines(trx, owners)
  }

  const book = (ring: Ring): GuestBook =>
    createGuestBook({
      ring,
      newId,
      linesAbout,
      keys: {
        find: (id) => keys.get(id) ?? null,
        ofCustomer: (customerId) =>
          [...keys.values()].filter((key) => key.customerId === customerId),
        withHash: (hashes) =>
          [...keys.values()].filter(
            ({ phoneHash, emailHash }) =>
              hashes.includes(phoneHash ?? '') || hashes.includes(emailHash ?? ''),
          ),
      },
    })

  const customers = (ring: Ring): Customers =>
    createCustomers({
      ring,
      book: book(ring),
      customerIdOf: (orderId) => customerIds.get(orderId) ?? null,
      isErased,
      // Whoever made the key brings it with the next exchange.
      want: () => {},
    })

  return {
    readFor,
    readCustomers,
    readKeys,
    book,
    customers,
    seal: async (trx, ring, command) => {
      const customer: Customer | null = 'customer' in command ? (command.customer ?? null) : null
      if (customer !== null) {
        const [held] = await loadOrders(trx, storeId, [command.orderId])
        const heldId = held?.view?.customerId ?? null
        customerIds.set(command.orderId, heldId)
        const given = 'customerId' in command ? (command.customerId ?? null) : null
        await readCustomers(trx, ring, {
          customerIds: [heldId, given].filter((id) => id !== null),
          contacts: [customer],
        })
      }
      return customers(ring).seal(command)
    },
    keep: async (trx, newKey) => {
      if (newKey !== null) await keepCustomerKeys(trx, storeId, [newKey])
    },
    dropUnused: async (trx, newKey, [line]) => {
      if (newKey === null || line === undefined) return
      const written = await readLinesAbout(trx, storeId, [line.about])
      if (!written.some(({ id }) => id === line.id)) await dropCustomerKey(trx, storeId, newKey.id)
    },
    legacyOrdersOf: async (trx, ring, customerId) => {
      erasedOrders ??= new Set(await readErasedOrderIds(trx, storeId))
      const hash = phoneHashOfLegacy(customerId)
      const phone = book(ring).details(customerId)?.phone
      const hashes = hash === null ? hashesOf(ring, phone === undefined ? {} : { phone }) : [hash]
      const found = await findLegacyOrderIds(trx, storeId, customerId, hashes, MAX_LEGACY_ORDERS)
      return found.filter((orderId) => erasedOrders?.has(orderId) !== true)
    },
  }
}

const hashesOf = (ring: Ring, { phone, email }: Contact): string[] =>
  ring
    .all()
    .flatMap((key) => [
      ...(phone === undefined ? [] : [hashOfPhone(key, phone) ?? []].flat()),
      ...(email === undefined ? [] : [hashOfEmail(key, email)]),
    ])
