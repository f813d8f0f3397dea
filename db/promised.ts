import { LOOK_AHEAD_MS, slotOf, type PromisedOrder } from '../domain/pacing.ts'

/** The moments between which promises are read for one that is asked for: ISO 8601 UTC. */
export function promisedBetween(fromMs: number): { readonly from: string; readonly to: string } {
  const from = slotOf(fromMs)
  return { from: isoOf(from), to: isoOf(from + LOOK_AHEAD_MS) }
}

/** A year beyond four digits is no promise: what cannot be written is as far as can be. */
const isoOf = (ms: number): string => new Date(Math.min(ms, Date.UTC(9999, 0))).toISOString()

export const promisedOf = (row: {
  readonly id: string
  readonly promised_for: string
  readonly items: number | string | null
}): PromisedOrder => ({
  orderId: row.id,
  promisedMs: Date.parse(row.promised_for),
  items: Number(row.items ?? 0),
})
