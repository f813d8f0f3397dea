import { z } from 'zod'
import { MAX_AMOUNT_MILLI } from '../../domain/inventory-records.ts'
import { pageOf, pageQuery, text, timeOut } from './values.ts'

/** Stock, as REST shows it. Amounts are integers of thousandths of the unit. */

const amount = z.int().min(0).max(MAX_AMOUNT_MILLI)
const subject = text(91).regex(/^(ingredient|item)\/.+$/s, 'Invalid input: ingredient/… or item/…')
const note = text(500).nullable().optional()

export const stockQuery = pageQuery.extend({
  state: z
    .enum(['low', 'oversold', 'followed'])
    .optional()
    .meta({ description: 'Only what is below its par level, below nothing, or followed at all.' }),
})

const linesOf = <S extends z.ZodType>(amountMilli: S) =>
  z
    .array(z.strictObject({ subject, amount_milli: amountMilli }))
    .min(1)
    .max(500)

export const countIn = z.strictObject({
  lines: linesOf(
    amount.nullable().meta({ description: 'What is there now; null: it is followed no more.' }),
  ),
  note,
})
export const deliveryIn = z.strictObject({ lines: linesOf(amount.min(1)), note })
export const wasteIn = z.strictObject({
  lines: linesOf(amount.min(1)),
  reason: text(500).trim().min(1),
})

export const stockRow = z
  .strictObject({
    subject: z.string().meta({ description: '`ingredient/ID` or `item/ID`.' }),
    kind: z.enum(['ingredient', 'item']),
    id: z.string(),
    name: z.string(),
    unit: z.string(),
    par_milli: z.int().nullable(),
    level_milli: z.int().nullable().meta({ description: 'Null: nobody follows it.' }),
    low: z.boolean(),
    oversold: z.boolean(),
    delivered_milli: z.int().meta({ description: 'Since the last count, as the next two.' }),
    wasted_milli: z.int(),
    used_milli: z.int(),
    counted_at: timeOut.nullable(),
    counted_by: z.string().nullable(),
  })
  .meta({ id: 'StockRow' })
export type RestStockRow = z.infer<typeof stockRow>

export const stockPage = pageOf(stockRow)
export const stockAnswer = z.strictObject({ data: z.array(stockRow) })
