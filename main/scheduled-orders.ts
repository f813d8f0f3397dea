import type { Store } from '../db/sqlite/store.ts'
import { lookedAfterBy } from '../domain/order-timeout.ts'
import { liveLines } from '../domain/order-parts.ts'
import type { OrderView } from '../domain/order-view.ts'
import { kitchenAtMs, pacingOf } from '../domain/pacing.ts'
import { messageOf, type Logger } from './logger.ts'

/**
 * Sends orders for later to the kitchen when their time has come. The device that took one does it;
 * where it has not a little later, any till does: a line that two devices send is cooked once
 * (rule K1), and one that nobody sends is a guest who waits.
 */
export interface ScheduledDeps {
  readonly store: Pick<Store, 'deviceId' | 'catalog' | 'openOrders' | 'execute'>
  readonly nowMs: () => number
  readonly logger: Pick<Logger, 'error'>
}

const OTHERS_WAIT_MS = 60_000
const LOOK_EVERY_MS = 10_000

export interface ScheduledOrders {
  readonly look: () => void
  readonly stop: () => void
}

export function startScheduledOrders({ store, nowMs, logger }: ScheduledDeps): ScheduledOrders {
  function look(): void {
    const catalog = store.catalog()
    const pacing = pacingOf(catalog)
    const now = nowMs()
    for (const order of store.openOrders()) {
      const atMs = isHeldBack(order) ? kitchenAtMs(order, pacing) : null
      if (atMs === null || atMs > now) continue
      const isOwn = lookedAfterBy(catalog, order) === store.deviceId
      if (isOwn || atMs + OTHERS_WAIT_MS <= now) send(order, now)
    }
  }

  /** A disk that fails fails here as well: the next look is soon enough. */
  function send({ id: orderId, version }: OrderView, now: number): void {
    try {
      store.execute({
        // What was added since has a version of its own, and is sent as well.
        id: `due.${store.deviceId}.${orderId}.${version}`,
        at: new Date(now).toISOString(),
        actor: `device:${store.deviceId}`,
        command: { type: 'sendToKitchen', orderId },
      })
    } catch (error) {
      logger.error('an order for later could not be sent', { error: messageOf(error) })
    }
  }

  const timer = setInterval(look, LOOK_EVERY_MS)
  return { look, stop: () => clearInterval(timer) }
}

/** Somebody sent it, or paid for it, and none of it is with the kitchen yet. */
const isHeldBack = (order: OrderView): boolean =>
  order.scheduledFor !== null &&
  order.status === 'confirmed' &&
  order.tickets.length === 0 &&
  liveLines(order).some((line) => !line.fired)
