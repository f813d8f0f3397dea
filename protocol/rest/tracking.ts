import { preparedName } from '../../domain/preparations.ts'
import { z } from 'zod'
import { CHANNELS } from '../../domain/catalog.ts'
import { ORDER_STATUSES, type OrderStatus } from '../../domain/order-status.ts'
import type { OrderView } from '../../domain/order-view.ts'
import { timeOut } from './values.ts'

/**
 * What a guest sees who follows an order by its link: whoever has the link may see it, so nothing of
 * it says who ordered, where it goes, what was paid, or what somebody wrote into a free field.
 */
export const TRACK_PATH = '/api/v1/track/{token}'

export const trackParams = z.strictObject({ token: z.string().min(1).max(200) })

const timeOrNull = timeOut.nullable()

export const trackedOrder = z
  .strictObject({
    store: z.string(),
    order_number: z.string(),
    status: z.enum(ORDER_STATUSES),
    order_type: z.enum(CHANNELS),
    scheduled_for: timeOrNull,
    placed_at: timeOut,
    confirmed_at: timeOrNull,
    preparing_at: timeOrNull,
    ready_at: timeOrNull,
    completed_at: timeOrNull,
    cancelled_at: timeOrNull,
    items: z.array(
      z.strictObject({
        name: z.string(),
        quantity: z.int(),
        modifiers: z.array(z.string()),
        kitchen_status: z.string(),
      }),
    ),
  })
  .meta({ id: 'TrackedOrder' })
export type TrackedOrder = z.infer<typeof trackedOrder>

export function orderToTracked(order: OrderView, storeName: string): TrackedOrder {
  const since = (status: OrderStatus): string | null =>
    order.statusHistory.find((fact) => fact.status === status)?.at ?? null
  return {
    store: storeName,
    order_number: order.number,
    status: order.status,
    order_type: order.channel,
    scheduled_for: order.scheduledFor,
    placed_at: order.createdAt,
    confirmed_at: since('confirmed'),
    preparing_at: since('preparing'),
    ready_at: since('ready'),
    completed_at: since('completed'),
    cancelled_at: since('cancelled'),
    items: order.lines
      .filter((line) => !line.voided && line.movedTo === null)
      .map(({ name, quantity, modifiers, kitchenStatus }) => ({
        name,
        quantity,
        modifiers: modifiers.map(preparedName),
        kitchen_status: kitchenStatus,
      })),
  }
}
