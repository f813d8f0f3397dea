import type { Channel } from '../../domain/catalog.ts'
import type { OrderStatus } from '../../domain/order-status.ts'
import type { LineKitchenStatus, ShownOrder } from '../../domain/order-view.ts'

/** The words that screens use for what the domain names. */
export const CHANNEL_NAMES: Record<Channel, string> = {
  dine_in: 'Dine-in',
  takeout: 'Takeout',
  delivery: 'Delivery',
  online: 'Online',
}

export const STATUS_NAMES: Record<OrderStatus, string> = {
  pending: 'Not sent',
  confirmed: 'Sent',
  preparing: 'Preparing',
  ready: 'Ready',
  cancelled: 'Cancelled',
  completed: 'Completed',
}

export const LINE_STATUS_NAMES: Record<LineKitchenStatus, string> = {
  new: 'New',
  none: '',
  queued: 'Queued',
  preparing: 'Preparing',
  ready: 'Ready',
}

/** Where the food goes: the table, or who waits for it. */
export function placeOf(order: Pick<ShownOrder, 'channel' | 'table' | 'customer'>): string {
  if (order.channel === 'dine_in') {
    return order.table === null ? CHANNEL_NAMES.dine_in : `Table ${order.table}`
  }
  const name = order.customer?.name
  return name ? `${CHANNEL_NAMES[order.channel]} · ${name}` : CHANNEL_NAMES[order.channel]
}
