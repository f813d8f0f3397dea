import { z } from 'zod'
import { storeRecord, taxRateRecord } from '../domain/catalog.ts'

/** What a new store is asked for at its first screen: little, and all of it can be changed later. */

const name = z.string().trim().min(1).max(120)

/** A menu file at the first screen; a larger one is taken by `menu import` afterwards. */
export const MAX_FIRST_MENU_BYTES = 600_000
export const MAX_FIRST_TABLES = 200

const menuFile = z.strictObject({
  /** Its ending says what it is. */
  fileName: z.string().min(1).max(255),
  base64: z.base64().max(Math.ceil(MAX_FIRST_MENU_BYTES / 3) * 4),
})

const firstStore = storeRecord.pick({
  name: true,
  currency: true,
  timeZone: true,
  dayStartsAtMinutes: true,
})

export const foundingForm = z.strictObject({
  store: firstStore.extend({ name }),
  manager: z.strictObject({ name, pin: z.string().regex(/^\d{4}$/) }),
  /** None: a counter without tables. */
  tables: z.int().min(0).max(MAX_FIRST_TABLES),
  /** Null: prices are all there is. */
  tax: taxRateRecord.nullable(),
  deviceName: name,
  menu: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('demo') }),
    z.strictObject({ kind: z.literal('file'), file: menuFile }),
    z.strictObject({
      kind: z.literal('typed'),
      items: z
        .array(z.strictObject({ name, priceMinor: z.int().min(0).max(100_000_000) }))
        .max(200),
    }),
  ]),
  /** What is made with it, in the language of whoever opens the store. */
  words: z.strictObject({ room: name, kitchen: name, menu: name, noTax: name }),
})
export type FoundingForm = z.infer<typeof foundingForm>

export const menuFileCheck = z.strictObject({
  file: menuFile,
  currency: storeRecord.shape.currency,
})

/** What a menu file would bring. */
export interface MenuFileFound {
  readonly items: number
  readonly categories: number
  readonly notes: readonly string[]
}
