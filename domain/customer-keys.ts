import { z } from 'zod'

/**
 * The key of a customer, as it lies on every disk: wrapped with the store's data key, beside what
 * the customer's phone and e-mail hash to. It is no part of the log, whose hashes would not let it
 * go: destroying it erases what was sealed with it, wherever that was copied to.
 */
export const customerKeySchema = z.strictObject({
  /** A hash of the key itself. */
  id: z.string().regex(/^[0-9a-f]{32}$/),
  /** Bound into the wrapping: nobody can say of a key that it is another customer's. */
  customerId: z.string().min(1).max(120),
  /** The data key that it is wrapped with. */
  dataKey: z.string().regex(/^[0-9a-f]{32}$/),
  wrapped: z
    .string()
    .max(200)
    .regex(/^[A-Za-z0-9_-]+$/),
  /** Null: the customer left none. */
  phoneHash: hashOf().nullable(),
  emailHash: hashOf().nullable(),
})
export type CustomerKey = z.infer<typeof customerKeySchema>

function hashOf() {
  return z.string().regex(/^[A-Za-z0-9_-]{22}$/)
}

/** Carries the keys from one holder to the next, beside the log. */
export interface KeyExchange {
  /** Ids of keys that the log names and that are not here. */
  readonly wanted: () => readonly string[]
  readonly held: (ids: readonly string[]) => readonly CustomerKey[]
  /** True: some of them were new here. Those of erased customers are not taken. */
  readonly take: (keys: readonly CustomerKey[]) => boolean
  /** Hears of keys that are new here, and of ids that are wanted from now on. */
  readonly onChange: (listener: (change: KeyChange) => void) => () => void
}

export interface KeyChange {
  readonly fresh: readonly CustomerKey[]
  readonly wanted: readonly string[]
}
