import type { DecideContext } from './decision.ts'
import type { OrderEvent } from './events.ts'
import { pacingOf, slotFault } from './pacing.ts'
import type { Rejection } from './rejections.ts'
import { ok, refuse, type Result } from './result.ts'
import { schedulingFault } from './scheduling.ts'

interface PromiseWish {
  readonly orderId: string
  readonly promisedFor?: string | null | undefined
  /** The quarter of an hour is full, and somebody takes it on all the same. */
  readonly overbook?: true | undefined
}

/** What is promised to a guest, in an event of its own: a device from before it reads all the rest. */
export function promise(
  { orderId, promisedFor, overbook }: PromiseWish,
  items: number,
  at: string,
  { catalog, promisedFrom }: DecideContext,
): Result<readonly OrderEvent[], Rejection> {
  if (promisedFor === undefined) return ok([])
  if (promisedFor === null) return ok([{ type: 'order.promised', orderId, promisedFor }])
  const fault = schedulingFault(promisedFor, at)
  if (fault !== null) return refuse(fault)
  const promisedMs = Date.parse(promisedFor)
  const pacing = pacingOf(catalog)
  if (overbook !== true && (pacing.maxOrders !== null || pacing.maxItems !== null)) {
    const full = slotFault(promisedMs, { id: orderId, items }, promisedFrom(promisedMs), pacing)
    if (full !== null) return refuse(full)
  }
  return ok([{ type: 'order.promised', orderId, promisedFor: new Date(promisedMs).toISOString() }])
}
