import { findOrdersOf, readNewestLines } from '../../../db/postgres/customer-keys.ts'
import type { Sql } from '../../../db/postgres/rows.ts'
import type { Catalog } from '../../../domain/catalog.ts'
import type { JournalEvent } from '../../../domain/journal.ts'
import type { OrderView } from '../../../domain/order-view.ts'
import { isOnRoster } from '../../../domain/roster.ts'
import { assert, ok } from '../../../domain/result.ts'
import type { RestStore, Stamp } from '../../api/rest-store.ts'
import type { KeyRing } from '../../personal-data/key-ring.ts'
import {
  erasureOf,
  knownCustomer,
  legacyIdOf,
  noticeLines,
  type KnownCustomer,
} from '../../personal-data/known-customer.ts'
import { hashOfPhone } from '../../personal-data/seal.ts'
import type { CentreGuests } from './centre-guests.ts'
import type { AsCentre } from './writing.ts'

/** What is done with a store's customers at the centre. */
type CustomerCalls = Pick<
  RestStore,
  | 'findCustomers'
  | 'customer'
  | 'writeCustomer'
  | 'eraseCustomer'
  | 'setNotices'
  | 'noticeLines'
  | 'erasedOn'
  | 'ordersOfCustomer'
>

interface CentreCustomersDeps {
  readonly deps: { readonly newId: () => string }
  /** The store's id as it is stored. */
  readonly stored: string
  readonly guests: CentreGuests
  /** Null: the centre holds none of the store's keys. */
  readonly ring: () => Promise<KeyRing | null>
  readonly about: () => Promise<{ readonly catalog: Catalog }>
  readonly reading: <T>(work: (trx: Sql) => Promise<T>) => Promise<T>
  readonly write: <T>(work: (as: AsCentre) => Promise<T>) => Promise<T>
  readonly ordersOf: (trx: Sql, orderIds: readonly string[]) => Promise<OrderView[]>
}

export function createCentreCustomers({
  deps,
  stored,
  guests,
  ring,
  about,
  reading,
  write,
  ordersOf,
}: CentreCustomersDeps): CustomerCalls {
  const { newId } = deps

  /** Of what was written now, or by a device meanwhile. */
  async function known(
    trx: Sql,
    keys: KeyRing,
    held: CentreGuests,
    customerId: string,
  ): Promise<KnownCustomer | null> {
    await held.readCustomers(trx, keys, { customerIds: [customerId] })
    const found = knownCustomer(held.book(keys), customerId)
    if (found !== null) return found
    const [orderId] = (await held.legacyOrdersOf(trx, keys, customerId)).toReversed()
    const [order] = orderId === undefined ? [] : await ordersOf(trx, [orderId])
    const customer =
      order && guests.customers(keys).open(order.id, order.customer, order.customerId)
    if (!customer) return null
    return {
      ...{ id: customerId, customer, language: null, unwanted: [] },
      ...{ writtenAt: null, erasedAt: null },
    }
  }

  const writeLines = ({ desk }: AsCentre, stamp: Stamp, command: readonly JournalEvent[]): void =>
    desk.writeJournal(stamp, () => command)

  return {
    findCustomers: async (contact) => {
      const keys = await ring()
      if (keys === null) return []
      return reading(async (trx) => {
        await guests.readCustomers(trx, keys, { contacts: [contact] })
        const { phone } = contact
        const hashes =
          phone === undefined ? [] : keys.all().flatMap((key) => hashOfPhone(key, phone) ?? [])
        const ids = [...guests.book(keys).findByContact(contact), ...hashes.map(legacyIdOf)]
        const found: KnownCustomer[] = []
        for (const id of ids) {
          const one = await known(trx, keys, guests, id)
          if (one !== null) found.push(one)
        }
        return found
      })
    },
    customer: async (customerId) => {
      const keys = await ring()
      return keys === null ? null : reading((trx) => known(trx, keys, guests, customerId))
    },
    writeCustomer: (stamp, customerId, { notices, ...wish }) =>
      write(async (as) => {
        as.mustKnowGuests()
        const { trx, ring: keys, guests: held } = as
        await held.readCustomers(trx, keys, { customerIds: [customerId] })
        const book = held.book(keys)
        const written = book.write({ ...wish, customerId, isWhole: true })
        if (!written.ok) return written
        if (!(await as.desk.isTaken(stamp.id))) {
          await held.keep(trx, written.value.newKey)
          const said = noticeLines(book, customerId, notices, newId)
          writeLines(as, stamp, [...written.value.lines, ...said])
          await as.desk.flush()
        }
        const now = await known(trx, keys, guests, customerId)
        assert(now, 'whoever was just written down is known')
        return ok(now)
      }),
    eraseCustomer: (stamp, customerId) =>
      write(async (as) => {
        const { trx, ring: keys, guests: held } = as
        const one = await known(trx, keys, held, customerId)
        if (one === null) return false
        if (one.erasedAt !== null) return true
        const orderIds = await held.legacyOrdersOf(trx, keys, customerId)
        writeLines(as, stamp, [erasureOf(customerId, orderIds)])
        return true
      }),
    setNotices: (stamp, contact, wishes) =>
      write(async (as) => {
        const { trx, ring: keys, guests: held } = as
        if (await as.desk.isTaken(stamp.id)) return
        await held.readCustomers(trx, keys, { contacts: [contact] })
        const book = held.book(keys)
        const ids = book.findByContact(contact)
        writeLines(
          as,
          stamp,
          ids.flatMap((customerId) => noticeLines(book, customerId, wishes, newId)),
        )
      }),
    noticeLines: (count) =>
      reading(async (trx) => [
        ...(await readNewestLines(trx, stored, 'notice_claimed', 2 * count)),
        ...(await readNewestLines(trx, stored, 'notice_ended', count)),
      ]),
    // The centre hears devices when they upload, and not of what they hold.
    erasedOn: async () => {
      const { catalog } = await about()
      return [...catalog.device]
        .filter(([deviceId]) => isOnRoster(catalog, deviceId))
        .map(([deviceId, { name, role }]) => ({
          deviceId,
          name,
          erased: role === 'central' ? true : null,
        }))
    },
    ordersOfCustomer: (customerId, count) =>
      reading(async (trx) => ordersOf(trx, await findOrdersOf(trx, stored, customerId, count))),
  }
}
