import { z } from 'zod'
import { ROLES } from '../../domain/catalog.ts'
import { pageOf, timeOut } from './values.ts'

/** Bearer tokens of one device. What opens anything is shown once, when it is made. */

export const tokenIn = z.strictObject({
  role: z.enum(ROLES),
  label: z
    .string()
    .trim()
    .min(1)
    .max(80)
    .regex(/^[^\p{Cc}]*$/u, 'Invalid input: one line of text')
    .refine((value) => value.isWellFormed(), 'Invalid input: cannot be stored')
    .meta({ description: 'What the log will name: who or what uses it.' }),
})

export const tokenOut = z
  .strictObject({ id: z.string(), role: z.enum(ROLES), label: z.string(), created_at: timeOut })
  .meta({ id: 'Token' })

export const madeToken = z.strictObject({
  ...tokenOut.shape,
  token: z.string().meta({ description: 'Shown this once.' }),
})

export const tokenPage = pageOf(tokenOut)
export const tokenParams = z.strictObject({ id: z.string().regex(/^[0-9a-f]{16}$/) })
