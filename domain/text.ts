import { z } from 'zod'

/** Text that every store on the way can hold: no NUL, no half of a surrogate pair. */
export const plainText = (max: number): z.ZodString =>
  z
    .string()
    .max(max)
    .refine((text) => text.isWellFormed() && !text.includes('\0'), {
      message: 'must not contain NUL or broken characters',
    })
