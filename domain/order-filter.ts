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
  /** Part of the order number, the table, the customer's name or phone. */
  readonly q?: string
}

/** Where an order stands in the lists: newest first, by creation and id. */
export interface OrderPosition {
  readonly createdAt: string
  readonly id: string
}
