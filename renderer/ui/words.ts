import type { Channel } from '../../domain/catalog.ts'
import type { OrderStatus } from '../../domain/order-status.ts'
import type { LineKitchenStatus, ShownOrder } from '../../domain/order-view.ts'
import { say } from '../words/say.ts'
import { spoken } from '../words/spoken.ts'

/** The words that screens use for what the domain names. */
export const CHANNEL_NAMES: Readonly<Record<Channel, string>> = spoken({
  dine_in: 'trade.dine_in',
  takeout: 'trade.takeout',
  delivery: 'trade.delivery',
  online: 'trade.online',
})

export const STATUS_NAMES: Readonly<Record<OrderStatus, string>> = spoken({
  pending: 'trade.pending',
  confirmed: 'trade.confirmed',
  preparing: 'trade.preparing',
  ready: 'trade.ready',
  cancelled: 'trade.cancelled',
  completed: 'trade.completed',
})

export const LINE_STATUS_NAMES: Readonly<Record<LineKitchenStatus, string>> = spoken({
  new: 'trade.line_new',
  none: 'common.nothing',
  queued: 'trade.line_queued',
  preparing: 'trade.line_preparing',
  ready: 'trade.line_ready',
})

/** Where the food goes: the table, or who waits for it. */
export function placeOf(order: Pick<ShownOrder, 'channel' | 'table' | 'customer'>): string {
  if (order.channel === 'dine_in') {
    return order.table === null ? CHANNEL_NAMES.dine_in : say('trade.table', { table: order.table })
  }
  const name = order.customer?.name
  return name ? `${CHANNEL_NAMES[order.channel]} · ${name}` : CHANNEL_NAMES[order.channel]
}
