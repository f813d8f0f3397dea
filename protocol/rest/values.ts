import { z } from 'zod'
import { MAX_MINOR } from '../../domain/money.ts'
import { DEFAULT_PAGE, MAX_PAGE } from '../limits.ts'

/** The small parts of which REST bodies are made. What comes in is forgiving, what goes out is not. */

/** PostgreSQL stores no NUL, and half of a surrogate pair is no character at all. */
export const isStorable = (value: string): boolean => !value.includes('\0') && value.isWellFormed()

export const text = (max: number) =>
  z.string().max(max).refine(isStorable, 'Invalid input: this text cannot be stored')

/** An id that we or another system gave; numbers are taken as their digits. */
export const idIn = z
  .union([z.int().min(0), text(120).min(1)])
  .transform(String)
  .meta({ description: 'A string, or a number that is read as one.' })

export const tableNumberIn = z
  .union([z.int().min(0).max(99_999_999), text(20)])
  .transform(String)
  .meta({ description: 'A string, or a number that is read as one.' })

/** Null: the currency was left open, so it is the store's. */
export interface AmountIn {
  readonly amount: number
  readonly currency: string | null
}

/** `1250` or `{ "amount": 1250, "currency": "USD" }`: minor units, never a fraction. */
const moneyFrom = (least: number) => {
  const minorIn = z.int().min(least).max(MAX_MINOR)
  return z
    .union([minorIn, z.strictObject({ amount: minorIn, currency: z.string().regex(/^[A-Z]{3}$/) })])
    .transform((value): AmountIn =>
      typeof value === 'number' ? { amount: value, currency: null } : value,
    )
    .meta({ description: 'An integer of minor units, or an object with the currency.' })
}

export const moneyIn = moneyFrom(0)
/** Where nothing at all would be no payment. */
export const someMoneyIn = moneyFrom(1)

export const money = z
  .strictObject({ amount: z.int(), currency: z.string() })
  .meta({ id: 'Money', description: 'Minor units (cents) and an ISO 4217 currency.' })
export type Money = z.infer<typeof money>

export const moneyOf = (amount: number, currency: string): Money => ({ amount, currency })

export const timeOut = z.string().meta({ format: 'date-time' })

/** A moment, or a day that stands for its first moment in UTC. */
export const timeIn = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()])
  .transform((value) => new Date(value).toISOString())

export const pageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(DEFAULT_PAGE),
  cursor: z
    .string()
    .max(1_000)
    .optional()
    .meta({ description: '`next_cursor` of the page before.' }),
})

/** A page of a list. `next_cursor` is null on the last one. */
export const pageOf = <S extends z.ZodType>(item: S) =>
  z.strictObject({ data: z.array(item), next_cursor: z.string().nullable() })

export const noQuery = z.strictObject({})
