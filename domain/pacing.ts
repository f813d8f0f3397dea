import type { Catalog, Channel } from './catalog.ts'
import type { Pacing } from './pacing-record.ts'
import type { OrderView } from './order-view.ts'
import type { Rejection } from './rejections.ts'

/**
 * When a guest is told that the food will be there, and how much a kitchen takes on in a quarter of
 * an hour. While devices are apart each knows its own promises alone: then a free quarter is a
 * proposal, and two tills may fill it twice.
 */

/** The one record of kind `pacing` has this id. */
export const PACING_ID = 'store'

/** Until the store says otherwise. */
export const USUAL_PACING: Pacing = {
  prepMinutes: 15,
  deliveryMinutes: 20,
  queueMinutes: 1,
  maxOrders: null,
  maxItems: null,
  leadMinutes: 30,
}

export const pacingOf = (catalog: Pick<Catalog, 'pacing'>): Pacing =>
  catalog.pacing.get(PACING_ID) ?? USUAL_PACING

/** What was promised for an order, as far as is known here. */
export interface PromisedOrder {
  readonly orderId: string
  readonly promisedMs: number
  readonly items: number
}

const MINUTE_MS = 60_000
export const SLOT_MS = 15 * MINUTE_MS
/** So far ahead a free quarter is looked for. */
export const LOOK_AHEAD_MS = 24 * 60 * MINUTE_MS
/** A time that is told to a guest ends in 0 or 5. */
const ROUNDED_TO_MS = 5 * MINUTE_MS

/** Time zones differ by whole quarters, so that quarters are the same everywhere. */
export const slotOf = (ms: number): number => Math.floor(ms / SLOT_MS) * SLOT_MS

/** Whether a quarter takes one more order. An order that is larger than the bound has one to itself. */
function isFree(
  slotMs: number,
  items: number,
  promised: readonly PromisedOrder[],
  { maxOrders, maxItems }: Pacing,
): boolean {
  const held = promised.filter(({ promisedMs }) => slotOf(promisedMs) === slotMs)
  if (held.length === 0) return true
  const total = held.reduce((sum, order) => sum + order.items, items)
  return (maxOrders === null || held.length < maxOrders) && (maxItems === null || total <= maxItems)
}

/** The first moment from this one on at which there is room; within a day, or none is said. */
export function nextFreeMs(
  fromMs: number,
  order: { readonly id: string | null; readonly items: number },
  promised: readonly PromisedOrder[],
  pacing: Pacing,
): number | null {
  const others = promised.filter(({ orderId }) => orderId !== order.id)
  for (let slotMs = slotOf(fromMs); slotMs <= fromMs + LOOK_AHEAD_MS; slotMs += SLOT_MS) {
    if (isFree(slotMs, order.items, others, pacing)) return Math.max(slotMs, fromMs)
  }
  return null
}

/** Why the moment cannot be promised; null: it can. */
export function slotFault(
  promisedMs: number,
  order: { readonly id: string | null; readonly items: number },
  promised: readonly PromisedOrder[],
  pacing: Pacing,
): Rejection | null {
  const freeMs = nextFreeMs(promisedMs, order, promised, pacing)
  if (freeMs === promisedMs) return null
  return {
    code: 'slot_full',
    promisedFor: new Date(promisedMs).toISOString(),
    nextFree: freeMs === null ? null : new Date(freeMs).toISOString(),
  }
}

/** What to tell a guest who wants it as soon as it can be had. */
export function soonestMs(
  nowMs: number,
  channel: Channel,
  ordersAhead: number,
  { prepMinutes, deliveryMinutes, queueMinutes }: Pacing,
): number {
  const way = channel === 'delivery' ? deliveryMinutes : 0
  const minutes = prepMinutes + way + queueMinutes * ordersAhead
  return Math.ceil((nowMs + minutes * MINUTE_MS) / ROUNDED_TO_MS) * ROUNDED_TO_MS
}

type Due = Pick<OrderView, 'promisedFor' | 'scheduledFor'>

/** When the guest expects it; null: as soon as it is made. */
export function dueMs({ promisedFor, scheduledFor }: Due): number | null {
  const due = promisedFor ?? scheduledFor
  const ms = due === null ? Number.NaN : Date.parse(due)
  return Number.isNaN(ms) ? null : ms
}

/** When an order for later goes to the kitchen; null: it is none, and goes there when it is sent. */
export function kitchenAtMs(order: Due, { leadMinutes }: Pacing): number | null {
  const ms = order.scheduledFor === null ? null : dueMs(order)
  return ms === null ? null : ms - leadMinutes * MINUTE_MS
}

/** It was promised for a moment that has passed, and is not made yet. */
export const isLate = (order: Due & Pick<OrderView, 'status'>, nowMs: number): boolean =>
  (order.status === 'pending' || order.status === 'confirmed' || order.status === 'preparing') &&
  (dueMs(order) ?? Infinity) < nowMs
