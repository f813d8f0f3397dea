import { z } from 'zod'
import { LANGUAGES, PAPER_LANGUAGES } from './languages.ts'

/**
 * What a till speaks with one person. Its id is the person's. Kept apart from the person, so that a
 * cashier who chooses a language writes no record with a role and a PIN in it.
 */
export const staffLanguageRecord = z.strictObject({ language: z.enum(LANGUAGES) })

/** What stands on paper: for guests, and for the kitchen. */
export const paperLanguageRecord = z.strictObject({
  receipts: z.enum(PAPER_LANGUAGES),
  kitchen: z.enum(PAPER_LANGUAGES),
})
