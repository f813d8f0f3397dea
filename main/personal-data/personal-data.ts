import type { Store } from '../../db/sqlite/store.ts'
import type { OrderSearch } from '../../domain/order-filter.ts'
import { createCustomers, type Customers } from './customers.ts'
import { createOrderSearch } from './customer-search.ts'
import { createKeyRing, type KeyRing, type KeyRingDeps } from './key-ring.ts'

/** What a device knows of guests, and what it needs to read and write it. */
export interface PersonalData {
  readonly ring: KeyRing
  readonly customers: Customers
  readonly searchOrders: (text: string) => OrderSearch
}

export function openPersonalData(deps: KeyRingDeps & { readonly store: Store }): PersonalData {
  const ring = createKeyRing(deps)
  return {
    ring,
    customers: createCustomers(ring),
    searchOrders: createOrderSearch(deps.store.connection, ring),
  }
}
