import type { Rejection } from './rejections.ts'

/** An order that is wanted now may name a moment that has just passed. */
const TOLERANCE_MS = 15 * 60_000
/** Further ahead it is a slip of the finger. */
const MOST_AHEAD_MS = 5 * 366 * 86_400_000

/** What is wrong with when an order is wanted, at the moment it is asked for; null: nothing. */
export function schedulingFault(
  scheduledFor: string | null | undefined,
  at: string,
): Rejection | null {
  if (scheduledFor === null || scheduledFor === undefined) return null
  const aheadMs = Date.parse(scheduledFor) - Date.parse(at)
  if (aheadMs < -TOLERANCE_MS) return { code: 'scheduled_in_past', scheduledFor }
  if (aheadMs > MOST_AHEAD_MS) return { code: 'scheduled_too_far', scheduledFor }
  return null
}
