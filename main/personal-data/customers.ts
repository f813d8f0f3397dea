import type { Role } from '../../domain/catalog.ts'
import type { OpenCommand, OrderCommand } from '../../domain/commands.ts'
import {
  CUSTOMER_FIELDS,
  isSealed,
  LOCKED_CUSTOMER,
  type Customer,
  type SealedCustomer,
  type ShownCustomer,
  type StoredCustomer,
} from '../../domain/customer.ts'
import type { OrderView, ShownOrder } from '../../domain/order-view.ts'
import { maySeeCustomers } from '../../domain/roles.ts'
import type { KeyRing } from './key-ring.ts'
import { hashOfPhone, openText, sealText } from './seal.ts'

/** Reads what the log holds of customers, for somebody to whom it is shown. */
export interface CustomerReader {
  readonly show: (order: OrderView) => ShownOrder
  readonly open: (orderId: string, customer: StoredCustomer | null) => ShownCustomer | null
}

/** The door between what people see of a guest and what is written down. */
export interface Customers extends CustomerReader {
  /** Once, where the command comes in. */
  readonly seal: (command: OpenCommand) => OrderCommand
}

export function createCustomers(ring: Pick<KeyRing, 'sealing' | 'find'>): Customers {
  /** What the fold hands on is the same object for as long as it is in memory. */
  const opened = new WeakMap<SealedCustomer, Customer>()

  function open(orderId: string, customer: StoredCustomer | null): ShownCustomer | null {
    if (customer === null || !isSealed(customer)) return customer
    const known = opened.get(customer)
    if (known !== undefined) return known
    const read = openSealed(orderId, customer)
    if (read === null) return LOCKED_CUSTOMER
    opened.set(customer, read)
    return read
  }

  function openSealed(orderId: string, { key: keyId, sealed }: SealedCustomer): Customer | null {
    const key = ring.find(keyId)
    if (key === null) return null
    const fields: Partial<Record<keyof Customer, string>> = {}
    for (const field of CUSTOMER_FIELDS) {
      const text = sealed[field]
      if (text === undefined) continue
      const read = openText(key, text, { orderId, field })
      if (read === null) return null
      fields[field] = read
    }
    return fields
  }

  function sealCustomer(orderId: string, customer: Customer): SealedCustomer {
    const key = ring.sealing()
    const sealed: Partial<Record<keyof Customer, string>> = {}
    for (const field of CUSTOMER_FIELDS) {
      const text = customer[field]
      if (text !== undefined) sealed[field] = sealText(key, text, { orderId, field })
    }
    const phoneHash = customer.phone === undefined ? null : hashOfPhone(key, customer.phone)
    return { key: key.id, sealed, ...(phoneHash !== null && { phoneHash }) }
  }

  return {
    open,
    show: showWith(open),
    seal: (command) => {
      if (command.type !== 'createOrder' && command.type !== 'changeDetails') return command
      const { customer, ...rest } = command
      if (customer === undefined) return rest as OrderCommand
      const sealed = customer === null ? null : sealCustomer(command.orderId, customer)
      return { ...rest, customer: sealed } as OrderCommand
    },
  }
}

/** Most orders name nobody, and are shown as they are. */
const showWith =
  (open: CustomerReader['open']): CustomerReader['show'] =>
  (order) =>
    order.customer === null
      ? (order as ShownOrder)
      : { ...order, customer: open(order.id, order.customer) }

/** Roles that have nothing to do with guests are shown that there is one, and no more. */
export const readerFor = (customers: CustomerReader, role: Role | null): CustomerReader =>
  role !== null && maySeeCustomers(role) ? customers : LOCKED_READER

const openNothing: CustomerReader['open'] = (_orderId, customer) =>
  customer === null ? null : LOCKED_CUSTOMER

export const LOCKED_READER: CustomerReader = { open: openNothing, show: showWith(openNothing) }

/** What a kitchen screen calls out: nobody signs in there, so it is told no more. */
export function nameReader(customers: CustomerReader): CustomerReader {
  const open: CustomerReader['open'] = (orderId, stored) => {
    const customer = customers.open(orderId, stored)
    if (customer === null || customer.locked === true) return customer
    return customer.name === undefined ? {} : { name: customer.name }
  }
  return { open, show: showWith(open) }
}
