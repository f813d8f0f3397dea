import type { Role } from '../../domain/catalog.ts'
import type { OpenCommand, OrderCommand } from '../../domain/commands.ts'
import {
  ERASED_CUSTOMER,
  isSealed,
  LOCKED_CUSTOMER,
  type Customer,
  type SealedCustomer,
  type ShownCustomer,
  type StoredCustomer,
} from '../../domain/customer.ts'
import type { CustomerKey } from '../../domain/customer-keys.ts'
import type { JournalEvent } from '../../domain/journal.ts'
import type { OrderView, ShownOrder } from '../../domain/order-view.ts'
import { ok, type Result } from '../../domain/result.ts'
import { maySeeCustomers } from '../../domain/roles.ts'
import { openFields, sealFields, type CustomerErased, type GuestBook } from './guest-book.ts'
import type { KeyRing } from './key-ring.ts'

/** Reads what the log holds of customers, for somebody to whom it is shown. */
export interface CustomerReader {
  readonly show: (order: OrderView) => ShownOrder
  /** `customerId`: as the order names him, where that is known. */
  readonly open: (
    orderId: string,
    customer: StoredCustomer | null,
    customerId?: string | null,
  ) => ShownCustomer | null
}

/** The door between what people see of a guest and what is written down. */
export interface Customers extends CustomerReader {
  /** Once, where the command comes in. */
  readonly seal: (command: OpenCommand) => Result<SealedWish, CustomerErased>
}

/** What a command becomes, and what has to be written with it. */
export interface SealedWish {
  readonly command: OrderCommand
  /** To be kept before the command is run, and dropped where nothing came of it. */
  readonly newKey: CustomerKey | null
  readonly lines: readonly JournalEvent[]
}

export interface CustomersDeps {
  readonly ring: Pick<KeyRing, 'find'>
  readonly book: Pick<GuestBook, 'open' | 'write'>
  /** Whom an order names. */
  readonly customerIdOf: (orderId: string) => string | null
  /** Erased for good: a customer, or what an order from before customers' keys says. */
  readonly isErased: (customerId: string | null, orderId: string) => boolean
  /** Hears of a key that is not here. */
  readonly want: (keyId: string) => void
}

export function createCustomers(deps: CustomersDeps): Customers {
  const { ring, book, isErased } = deps
  /** What the fold hands on is the same object for as long as it is in memory. */
  const opened = new WeakMap<SealedCustomer, Customer>()

  const open: CustomerReader['open'] = (orderId, customer, customerId = null) => {
    if (customer === null) return customer
    if (isErased(customerId, orderId)) return ERASED_CUSTOMER
    if (!isSealed(customer)) return customer
    const key = ring.find(customer.key) ?? book.open(customer.key)
    if (key === null) {
      deps.want(customer.key)
      return LOCKED_CUSTOMER
    }
    const known = opened.get(customer)
    if (known !== undefined) return known
    const read = openFields(key, customer.sealed, (field) => ({ orderId, field }))
    if (read === null) return LOCKED_CUSTOMER
    opened.set(customer, read)
    return read
  }

  return {
    open,
    show: showWith(open),
    seal: (command) => {
      if (command.type !== 'createOrder' && command.type !== 'changeDetails') return plain(command)
      const { customer, ...rest } = command
      if (customer === undefined || customer === null) {
        return plain(customer === null ? { ...rest, customer } : rest)
      }
      const { orderId } = command
      const written = book.write({
        customerId: command.customerId ?? null,
        heldId: deps.customerIdOf(orderId),
        customer,
      })
      if (!written.ok) return written
      const { customerId, key, newKey, lines } = written.value
      const sealed = sealFields(key, customer, (field) => ({ orderId, field }))
      return ok({
        command: { ...rest, customerId, customer: { key: key.id, sealed } } as OrderCommand,
        newKey,
        lines,
      })
    },
  }
}

const plain = (command: object): Result<SealedWish, never> =>
  ok({ command: command as OrderCommand, newKey: null, lines: [] })

/** Most orders name nobody, and are shown as they are. */
const showWith =
  (open: CustomerReader['open']): CustomerReader['show'] =>
  (order) =>
    order.customer === null
      ? (order as ShownOrder)
      : { ...order, customer: open(order.id, order.customer, order.customerId) }

/** Roles that have nothing to do with guests are shown that there is one, and no more. */
export const readerFor = (customers: CustomerReader, role: Role | null): CustomerReader =>
  role !== null && maySeeCustomers(role) ? customers : LOCKED_READER

const openNothing: CustomerReader['open'] = (_orderId, customer) =>
  customer === null ? null : LOCKED_CUSTOMER

export const LOCKED_READER: CustomerReader = { open: openNothing, show: showWith(openNothing) }

/** What a kitchen screen calls out: nobody signs in there, so it is told no more. */
export function nameReader(customers: CustomerReader): CustomerReader {
  const open: CustomerReader['open'] = (orderId, stored, customerId) => {
    const customer = customers.open(orderId, stored, customerId)
    if (customer === null || customer.locked === true) return customer
    return customer.name === undefined ? {} : { name: customer.name }
  }
  return { open, show: showWith(open) }
}
