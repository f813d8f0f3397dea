import { z } from 'zod'

/** How a bill is shared, as commands and the log say it. */
export const MAX_CHECKS = 99
const minor = z.int().min(1).max(9_000_000_000)
const lineIds = z.array(z.string().min(1).max(120)).min(1).max(500)

export const splitSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('equal'), parts: z.int().min(2).max(MAX_CHECKS) }),
  /** And what is left, as the last one. */
  z.strictObject({
    kind: z.literal('amounts'),
    amountsMinor: z
      .array(minor)
      .min(1)
      .max(MAX_CHECKS - 1),
  }),
  /** A check for each seat, and one for what is the whole table's. */
  z.strictObject({ kind: z.literal('seats') }),
  /** A check for each group, and one for what is in none. */
  z.strictObject({
    kind: z.literal('items'),
    groups: z
      .array(lineIds)
      .min(1)
      .max(MAX_CHECKS - 1),
  }),
])
export type Split = z.infer<typeof splitSchema>
