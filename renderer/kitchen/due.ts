import type { ShownOrder } from '../../domain/order-view.ts'
import { dueMs } from '../../domain/pacing.ts'
import type { Pacing } from '../../domain/pacing-record.ts'
import type { Urgency } from './tickets.ts'

/** When something was promised, as the kitchen needs it: pure. */
export interface Due {
  /** What the guest was told. */
  readonly dueMs: number
  /** When it has to leave the kitchen: of a delivery, so much earlier as the way takes. */
  readonly outMs: number
}

/** Null: as soon as it is made. */
export function dueOf(order: ShownOrder, { deliveryMinutes }: Pacing): Due | null {
  const ms = dueMs(order)
  if (ms === null) return null
  const wayMs = order.channel === 'delivery' ? deliveryMinutes * 60_000 : 0
  return { dueMs: ms, outMs: ms - wayMs }
}

/** So long before it a promise begins to press. */
const SOON_MS = 5 * 60_000

export const urgencyOfDue = ({ outMs }: Due, nowMs: number): Urgency =>
  nowMs >= outMs ? 'late' : nowMs >= outMs - SOON_MS ? 'soon' : 'fresh'
