import { z } from 'zod'
import { recordSchemas } from '../domain/catalog.ts'

/** What managers set at a till: records of the store, whole, as they stand in its log. */

const id = z.string().min(1).max(80)
const set = <
  K extends 'store' | 'tax_rate' | 'pacing' | 'receipt_text' | 'till_rules' | 'paper_language',
>(
  kind: K,
) => z.strictObject({ kind: z.literal(kind), id, value: recordSchemas[kind] })

export const settingsRecord = z.discriminatedUnion('kind', [
  set('store'),
  z.strictObject({
    kind: z.literal('tax_rate'),
    id,
    /** Null: it goes away, where nothing is sold with it. */
    value: recordSchemas.tax_rate.nullable(),
  }),
  z.strictObject({
    kind: z.literal('printer'),
    id,
    /** Null: it goes away, and what waits for it is dropped. */
    value: recordSchemas.printer.nullable(),
  }),
  set('pacing'),
  set('receipt_text'),
  set('till_rules'),
  set('paper_language'),
])
export type SettingsRecord = z.infer<typeof settingsRecord>
