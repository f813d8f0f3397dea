import { createCustomerKeyTable } from '../../db/sqlite/customer-keys.ts'
import type { Commit, Store } from '../../db/sqlite/store.ts'
import type { OpenCommand, Stamped } from '../../domain/commands.ts'
import { isSealed } from '../../domain/customer.ts'
import type { CustomerKey, KeyChange, KeyExchange } from '../../domain/customer-keys.ts'
import type { JournalEvent } from '../../domain/journal.ts'
import type { OrderView } from '../../domain/order-view.ts'
import type { Rejection } from '../../domain/rejections.ts'
import { ok, type Result } from '../../domain/result.ts'
import { createCustomerDesk, type CustomerDesk } from './customer-desk.ts'
import { createCustomers, type Customers } from './customers.ts'
import { createGuestBook, type GuestBook } from './guest-book.ts'
import type { KeyRing } from './key-ring.ts'
import { openText } from './seal.ts'

/** The store's customers, as one device has them. */
export interface Guests {
  readonly book: GuestBook
  readonly customers: Customers
  readonly ring: Pick<KeyRing, 'find'>
  /** How their keys come and go. */
  readonly exchange: KeyExchange
  /** `Store.execute`, of what people typed: a guest's data is sealed on the way. */
  readonly execute: (
    stamped: Stamped<OpenCommand>,
    expectedVersion?: number,
  ) => Result<OrderView, Rejection>
  readonly desk: CustomerDesk
  /** Something of what can be read has changed, without any order. */
  readonly onReadable: (listener: () => void) => () => void
  readonly stop: () => void
}

type Stamp = Omit<Stamped<never>, 'command'>

export interface GuestsDeps {
  readonly store: Store
  readonly ring: Pick<KeyRing, 'sealing' | 'find' | 'all'>
  readonly newId: () => string
}

/** Keys that are asked for at one time; more wait for a later turn. */
const MAX_WANTED = 5_000
/** More than were ever erased on one store. */
const MAX_ERASED = 1_000_000

export function openGuests({ store, ring, newId }: GuestsDeps): Guests {
  const table = createCustomerKeyTable(store.connection)
  const { journal } = store
  const book = createGuestBook({ ring, keys: table, linesAbout: journal.about, newId })
  const changeListeners = new Set<(change: KeyChange) => void>()
  const readableListeners = new Set<() => void>()
  const wanted = new Set(table.missing(MAX_WANTED))
  let erased = readErased()

  function readErased() {
    const lines = journal.newest('customer_erased', MAX_ERASED)
    const orderIds = lines.flatMap((line) =>
      line.kind === 'customer_erased' ? line.value.orderIds : [],
    )
    return { customers: new Set(lines.map(({ id }) => id)), orders: new Set(orderIds) }
  }

  const customers = createCustomers({
    ring,
    book,
    customerIdOf: (orderId) => store.order(orderId)?.customerId ?? null,
    isErased: (customerId, orderId) =>
      (customerId !== null && erased.customers.has(customerId)) || erased.orders.has(orderId),
    want,
  })

  function want(keyId: string): void {
    if (wanted.has(keyId) || wanted.size >= MAX_WANTED) return
    // A data key that this device was not given: nobody gives it by this way.
    if (store.catalog().data_key.has(keyId)) return
    wanted.add(keyId)
    tell({ fresh: [], wanted: [keyId] })
  }

  const tell = (change: KeyChange): void => changeListeners.forEach((listener) => listener(change))
  const readable = (): void => readableListeners.forEach((listener) => listener())

  function keep(keys: readonly CustomerKey[]): boolean {
    const fresh = table.keep(keys)
    for (const { id } of keys) wanted.delete(id)
    if (fresh.length > 0) tell({ fresh, wanted: [] })
    return fresh.length > 0
  }

  /** One that says of a key that it is another customer's does not open. */
  function isGenuine({ id, customerId, dataKey, wrapped }: CustomerKey): boolean {
    const wrapping = ring.find(dataKey)
    return wrapping === null || openText(wrapping, wrapped, { customerId, keyId: id }) !== null
  }

  function noteCommit({ orders, entries }: Commit): void {
    if (entries.some(({ body }) => body.includes('"customer_erased"'))) {
      erased = readErased()
      readable()
    }
    for (const { customer, customerId, id } of orders) {
      if (customer === null || !isSealed(customer) || ring.find(customer.key) !== null) continue
      if (erased.orders.has(id) || erased.customers.has(customerId ?? '')) continue
      if (table.find(customer.key) === null) want(customer.key)
    }
  }

  function execute(stamped: Stamped<OpenCommand>, expectedVersion?: number) {
    const sealed = customers.seal(stamped.command)
    if (!sealed.ok) return sealed
    const { command, newKey, lines } = sealed.value
    if (newKey !== null) keep([newKey])
    const result = store.execute({ ...stamped, command }, expectedVersion, lines)
    // A key that anything was sealed with is never dropped: it could not be read again.
    if (newKey !== null && !isWritten(lines) && !isIn(result, newKey)) table.drop(newKey.id)
    return result
  }

  const isIn = (result: Result<OrderView, Rejection>, { id }: CustomerKey): boolean =>
    result.ok &&
    result.value.customer !== null &&
    isSealed(result.value.customer) &&
    result.value.customer.key === id

  const isWritten = (lines: readonly JournalEvent[]): boolean =>
    lines.every(({ id }) => journal.line(id) !== null)

  function writeLines(
    stamp: Stamp,
    newKey: CustomerKey | null,
    lines: readonly JournalEvent[],
  ): void {
    if (lines.length === 0) return
    if (newKey !== null) keep([newKey])
    store.writeJournal(stamp, () => ok(lines))
    if (newKey !== null && !isWritten(lines)) table.drop(newKey.id)
  }

  const unsubscribe = store.onCommit(noteCommit)

  return {
    book,
    customers,
    ring,
    execute,
    desk: createCustomerDesk({
      store,
      ring,
      book,
      customers,
      newId,
      writeLines,
      isErasedOrder: (orderId) => erased.orders.has(orderId),
    }),
    exchange: {
      wanted: () => [...wanted],
      held: (ids) => ids.flatMap((id) => table.find(id) ?? []),
      take: (keys) => {
        const brought = keep(keys.filter(isGenuine))
        if (brought) readable()
        return brought
      },
      onChange: (listener) => {
        changeListeners.add(listener)
        return () => void changeListeners.delete(listener)
      },
    },
    onReadable: (listener) => {
      readableListeners.add(listener)
      return () => void readableListeners.delete(listener)
    },
    stop: unsubscribe,
  }
}
