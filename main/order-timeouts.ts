import type { Store } from '../db/sqlite/store.ts'
import { lookedAfterBy, timeoutCommandId, timesOutAtMs } from '../domain/order-timeout.ts'
import type { OrderView } from '../domain/order-view.ts'
import { messageOf, type Logger } from './logger.ts'

/** Cancels what nobody takes up, for as long as the process runs: see domain/order-timeout.ts. */
export interface TimeoutDeps {
  readonly store: Pick<Store, 'deviceId' | 'catalog' | 'openOrders' | 'execute'>
  readonly timeoutMs: number
  readonly nowMs: () => number
  /** Milliseconds that really pass, whatever happens to the clock on the wall. */
  readonly elapsedMs: () => number
  readonly logger: Pick<Logger, 'error'>
}

/**
 * So long an order is flagged, here and while this process runs, before it is cancelled: a clock that
 * jumps cancels nothing at once, and what others did while this device slept has time to arrive.
 */
export const FLAGGED_FIRST_MS = 5 * 60_000
const LOOK_EVERY_MS = 30_000

export interface OrderTimeouts {
  /** Cancels those whose time is up. */
  readonly look: () => void
  readonly stop: () => void
}

export function startTimeouts(deps: TimeoutDeps): OrderTimeouts {
  const { store, timeoutMs, logger } = deps
  /** Since when they are flagged here, by what really passed; with the version that was seen. */
  const flagged = new Map<string, { readonly version: number; readonly sinceMs: number }>()

  function look(): void {
    const catalog = store.catalog()
    const nowMs = deps.nowMs()
    const elapsedMs = deps.elapsedMs()
    const overdue = store.openOrders().filter((order) => {
      const atMs = timesOutAtMs(order, timeoutMs)
      return atMs !== null && atMs <= nowMs && lookedAfterBy(catalog, order) === store.deviceId
    })
    const ids = new Set(overdue.map(({ id }) => id))
    for (const id of flagged.keys()) if (!ids.has(id)) flagged.delete(id)
    for (const order of overdue) {
      const { id, version } = order
      const known = flagged.get(id)
      if (known?.version !== version) flagged.set(id, { version, sinceMs: elapsedMs })
      else if (elapsedMs - known.sinceMs >= FLAGGED_FIRST_MS) timeOut(order, nowMs)
    }
  }

  /** A disk that fails fails here as well: the next look is soon enough. */
  function timeOut({ id: orderId, version }: OrderView, nowMs: number): void {
    try {
      store.execute(
        {
          id: timeoutCommandId(orderId),
          at: new Date(nowMs).toISOString(),
          actor: `device:${store.deviceId}`,
          command: { type: 'timeOutOrder', orderId },
        },
        version,
      )
    } catch (error) {
      logger.error('an order could not be timed out', { error: messageOf(error) })
    }
  }

  const timer = setInterval(look, LOOK_EVERY_MS)
  return { look, stop: () => clearInterval(timer) }
}
