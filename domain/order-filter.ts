import type { Channel } from './catalog.ts'
import type { OrderStatus } from './order-status.ts'

/** What a list of orders is asked for, on a device and at the centre alike. */
export interface OrderFilter {
  readonly status?: readonly OrderStatus[]
  readonly orderType?: Channel
  readonly tableNumber?: string
  /** ISO 8601 UTC, inclusive. */
  readonly from?: string
  /** ISO 8601 UTC, exclusive. */
  readonly to?: string
  readonly businessDay?: string
  readonly q?: OrderSearch
}

/** What somebody typed to find orders by. Customers lie sealed, so a device prepares it. */
export interface OrderSearch {
  /** Part of the order number or the table. */
  readonly text: string
  /** What the phone that was typed hashes to, by each key. */
  readonly phoneHashes: readonly string[]
  /** Orders whose customer was found to be the one. */
  readonly orderIds: readonly string[]
}

/** Where an order stands in the lists: newest first, by creation and id. */
export interface OrderPosition {
  readonly createdAt: string
  readonly id: string
}
