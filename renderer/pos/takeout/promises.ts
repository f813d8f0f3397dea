import type { Catalog, Channel } from '../../../domain/catalog.ts'
import { isLive, type ShownOrder } from '../../../domain/order-view.ts'
import {
  dueMs,
  nextFreeMs,
  pacingOf,
  SLOT_MS,
  slotOf,
  soonestMs,
  type PromisedOrder,
} from '../../../domain/pacing.ts'
import type { DeviceStatus } from '../../../protocol/screens.ts'
import { isOpen } from '../open-orders.ts'

/** What the till proposes to a guest, from the orders that it knows. Pure. */

export interface Slot {
  readonly ms: number
  readonly orders: number
  readonly isFull: boolean
}

export interface Proposal {
  readonly soonestMs: number
  readonly ordersAhead: number
  /** The quarters of an hour after it. */
  readonly slots: readonly Slot[]
}

interface Asked {
  readonly id: string | null
  readonly channel: Channel
  readonly items: number
}

const SLOTS_SHOWN = 8

export function proposalFor(
  asked: Asked,
  orders: Iterable<ShownOrder>,
  catalog: Pick<Catalog, 'pacing'>,
  nowMs: number,
): Proposal {
  const pacing = pacingOf(catalog)
  const open = [...orders].filter((order) => order.status !== 'cancelled')
  const promised = open.flatMap(promisedIn)
  const ordersAhead = open.filter((order) => isWithKitchen(order) && order.id !== asked.id).length
  const wishMs = soonestMs(nowMs, asked.channel, ordersAhead, pacing)
  const first = nextFreeMs(wishMs, asked, promised, pacing) ?? wishMs
  const others = promised.filter(({ orderId }) => orderId !== asked.id)
  const slots = Array.from({ length: SLOTS_SHOWN }, (_, place): Slot => {
    const ms = slotOf(wishMs) + (place + 1) * SLOT_MS
    return {
      ms,
      orders: others.filter(({ promisedMs }) => slotOf(promisedMs) === ms).length,
      isFull: nextFreeMs(ms, asked, others, pacing) !== ms,
    }
  })
  return { soonestMs: first, ordersAhead, slots }
}

const promisedIn = (order: ShownOrder): PromisedOrder[] =>
  order.promisedFor === null
    ? []
    : [{ orderId: order.id, promisedMs: Date.parse(order.promisedFor), items: itemsIn(order) }]

export const itemsIn = (order: ShownOrder | null): number =>
  (order?.lines ?? []).filter(isLive).reduce((sum, { quantity }) => sum + quantity, 0)

const isWithKitchen = (order: ShownOrder): boolean =>
  (order.status === 'confirmed' || order.status === 'preparing') && order.tickets.length > 0

/** Those that came from outside and got neither a time nor a no yet, the oldest first. */
export const inboxOf = (orders: Iterable<ShownOrder>): ShownOrder[] =>
  [...orders]
    .filter(
      (order) =>
        (order.channel === 'online' || order.channel === 'delivery') &&
        !order.createdBy.startsWith('staff:') &&
        order.promisedFor === null &&
        (order.status === 'pending' ||
          order.status === 'confirmed' ||
          order.status === 'preparing'),
    )
    .toSorted((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt))

/** Nobody would know where to drive. What this device cannot read is somebody else's to know. */
export const lacksAddress = ({ channel, customer }: ShownOrder): boolean =>
  channel === 'delivery' && customer?.locked !== true && (customer?.address ?? '').trim() === ''

/** Open orders that are wanted or promised for a time, by it. */
export const comingUp = (orders: Iterable<ShownOrder>): ShownOrder[] =>
  [...orders]
    .filter((order) => isOpen(order) && dueMs(order) !== null)
    .toSorted((a, b) => (dueMs(a) ?? 0) - (dueMs(b) ?? 0))

/** Another till may be promising the same quarter of an hour. */
export const isApart = (status: Pick<DeviceStatus, 'peers'> | null): boolean =>
  status === null || status.peers.some(({ role, connected }) => role === 'terminal' && !connected)

/** What an input of type `datetime-local` holds, by the clock of this screen. */
export function localInput(ms: number): string {
  const date = new Date(ms)
  const two = (value: number) => String(value).padStart(2, '0')
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`
}
