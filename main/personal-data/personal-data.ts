import type { Store } from '../../db/sqlite/store.ts'
import type { OrderSearch } from '../../domain/order-filter.ts'
import { createOrderSearch } from './customer-search.ts'
import { openGuests, type Guests } from './guests.ts'
import { createKeyRing, type KeyRing, type KeyRingDeps } from './key-ring.ts'

/** What a device knows of guests, and what it needs to read and write it. */
export interface PersonalData {
  readonly ring: KeyRing
  readonly guests: Guests
  readonly searchOrders: (text: string) => OrderSearch
}

export function openPersonalData(deps: KeyRingDeps & { readonly store: Store }): PersonalData {
  const ring = createKeyRing(deps)
  const guests = openGuests({ ...deps, ring })
  const find = (keyId: string) => ring.find(keyId) ?? guests.book.open(keyId)
  return {
    ring,
    guests,
    searchOrders: createOrderSearch(deps.store.connection, { all: ring.all, find }),
  }
}
