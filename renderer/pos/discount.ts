import type { Discount } from '../../domain/events.ts'

export const PERCENT = 10_000
export const ALL_PPM = 100 * PERCENT

/** What was typed, as long as it is something and not more than all. */
export function discountOf(
  of: Discount['kind'],
  typed: number,
  subtotalMinor: number,
): Discount | null {
  if (typed === 0) return null
  if (of === 'amount') return typed > subtotalMinor ? null : { kind: 'amount', amountMinor: typed }
  return typed > 100 ? null : { kind: 'percent', ratePpm: typed * PERCENT }
}

/** Whether a cashier needs a manager for it; the device decides, this says so before. */
export const isAbove = (limitPpm: number, discount: Discount, subtotalMinor: number): boolean =>
  discount.kind === 'percent'
    ? discount.ratePpm > limitPpm
    : BigInt(discount.amountMinor) * BigInt(ALL_PPM) > BigInt(limitPpm) * BigInt(subtotalMinor)
