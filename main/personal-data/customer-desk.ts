import { findLegacyOrderIds, findOrdersOf } from '../../db/sqlite/customer-orders.ts'
import type { Store } from '../../db/sqlite/store.ts'
import type { Stamped } from '../../domain/commands.ts'
import type { Customer } from '../../domain/customer.ts'
import type { CustomerKey } from '../../domain/customer-keys.ts'
import type { JournalEvent } from '../../domain/journal.ts'
import type { Language, NoticeChannel } from '../../domain/notices.ts'
import type { OrderView } from '../../domain/order-view.ts'
import { assert, ok, type Result } from '../../domain/result.ts'
import type { CustomerReader } from './customers.ts'
import type { Contact, CustomerErased, GuestBook } from './guest-book.ts'
import type { KeyRing } from './key-ring.ts'
import {
  erasureOf,
  knownCustomer,
  legacyIdOf,
  noticeLines,
  phoneHashOfLegacy,
  type KnownCustomer,
} from './known-customer.ts'
import { hashOfPhone } from './seal.ts'

/** What is done with customers themselves on a device, beside their orders. */
export interface CustomerDesk {
  readonly find: (contact: Contact) => KnownCustomer[]
  readonly get: (customerId: string) => KnownCustomer | null
  readonly write: (
    stamp: Stamp,
    customerId: string,
    wish: {
      readonly customer: Customer
      readonly language?: Language
      readonly notices: Partial<Record<NoticeChannel, boolean>>
    },
  ) => Result<KnownCustomer, CustomerErased>
  /** Of every customer whose phone or e-mail it is: whether he wants to be written to there. */
  readonly setNotices: (
    stamp: Stamp,
    contact: Contact,
    wishes: Partial<Record<NoticeChannel, boolean>>,
  ) => void
  /** False: nothing is known of one with this id. */
  readonly erase: (stamp: Stamp, customerId: string) => boolean
  /** The newest first. */
  readonly orders: (customerId: string, count: number) => OrderView[]
}

type Stamp = Omit<Stamped<never>, 'command'>

export interface CustomerDeskDeps {
  readonly store: Store
  readonly ring: Pick<KeyRing, 'all'>
  readonly book: GuestBook
  readonly customers: Pick<CustomerReader, 'open'>
  readonly newId: () => string
  readonly writeLines: (
    stamp: Stamp,
    newKey: CustomerKey | null,
    lines: readonly JournalEvent[],
  ) => void
  readonly isErasedOrder: (orderId: string) => boolean
}

/** Of one customer, from before there were keys. */
const MAX_LEGACY_ORDERS = 1_000

export function createCustomerDesk(deps: CustomerDeskDeps): CustomerDesk {
  const { store, ring, book, newId, writeLines } = deps
  const { connection } = store

  const phoneHashesOf = (phone: string | undefined): string[] =>
    phone === undefined ? [] : ring.all().flatMap((key) => hashOfPhone(key, phone) ?? [])

  /** They can only be marked: the key that sealed them lies in the log. */
  function legacyOrdersOf(customerId: string): string[] {
    const hash = phoneHashOfLegacy(customerId)
    const hashes = hash === null ? phoneHashesOf(book.details(customerId)?.phone) : [hash]
    const found = findLegacyOrderIds(connection, customerId, hashes, MAX_LEGACY_ORDERS)
    return found.filter((orderId) => !deps.isErasedOrder(orderId))
  }

  function get(customerId: string): KnownCustomer | null {
    const known = knownCustomer(book, customerId)
    if (known !== null) return known
    const [orderId] = legacyOrdersOf(customerId).toReversed()
    const order = orderId === undefined ? null : store.order(orderId)
    const customer = order && deps.customers.open(order.id, order.customer, order.customerId)
    if (!customer) return null
    const nothingElse = { language: null, unwanted: [], writtenAt: null, erasedAt: null }
    return { id: customerId, customer, ...nothingElse }
  }

  return {
    get,
    find: (contact) => {
      const ids = [
        ...book.findByContact(contact),
        ...phoneHashesOf(contact.phone)
          .map(legacyIdOf)
          .filter((id) => legacyOrdersOf(id).length > 0),
      ]
      return ids.flatMap((id) => get(id) ?? [])
    },
    write: (stamp, customerId, { notices, ...wish }) => {
      const written = book.write({ ...wish, customerId, isWhole: true })
      if (!written.ok) return written
      const { newKey, lines } = written.value
      const said = noticeLines(book, customerId, notices, newId)
      writeLines(stamp, newKey, [...lines, ...said])
      return ok(wellKnown(customerId))
    },
    setNotices: (stamp, contact, wishes) => {
      const lines = book
        .findByContact(contact)
        .flatMap((customerId) => noticeLines(book, customerId, wishes, newId))
      writeLines(stamp, null, lines)
    },
    erase: (stamp, customerId) => {
      const known = get(customerId)
      if (known === null) return false
      if (known.erasedAt !== null) return true
      writeLines(stamp, null, [erasureOf(customerId, legacyOrdersOf(customerId))])
      return true
    },
    orders: (customerId, count) => store.orders(findOrdersOf(connection, customerId, count)),
  }

  function wellKnown(customerId: string): KnownCustomer {
    const known = knownCustomer(book, customerId)
    assert(known, 'whoever was just written down is known')
    return known
  }
}
