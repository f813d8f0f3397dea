import type { ShownOrder } from '../../../domain/order-view.ts'
import { kitchenAtMs, pacingOf } from '../../../domain/pacing.ts'
import { useLive } from '../../ui/live-store.ts'
import { dueText } from './DueMark.tsx'
import { say } from '../../words/say.ts'

/** When the kitchen gets an order that was sent and is for later; null: it has it. */
export function waitsText(order: ShownOrder): string | null {
  const { catalog } = useLive.getState()
  if (catalog === null || order.tickets.length > 0) return null
  const nowMs = Date.now()
  const atMs = kitchenAtMs(order, pacingOf(catalog))
  return atMs === null || atMs <= nowMs
    ? null
    : say('front.waits', { number: order.number, time: dueText(atMs, nowMs) })
}
