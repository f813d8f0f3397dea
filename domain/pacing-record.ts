import { z } from 'zod'

/** What a store says of its promises to guests: see pacing.ts. */

export const pacingRecord = z.strictObject({
  /** From the sending until it can be handed over, with nothing else to make. */
  prepMinutes: z.int().min(0).max(240),
  /** And from there to the guest's door. */
  deliveryMinutes: z.int().min(0).max(240),
  /** What each order that the kitchen has adds to it. */
  queueMinutes: z.int().min(0).max(60),
  /** Promised for one quarter of an hour; null: as many as there are guests. */
  maxOrders: z.int().min(1).max(500).nullable(),
  maxItems: z.int().min(1).max(5_000).nullable(),
  /** So long before it is due an order for later goes to the kitchen. */
  leadMinutes: z.int().min(0).max(1_440),
})
export type Pacing = z.infer<typeof pacingRecord>
