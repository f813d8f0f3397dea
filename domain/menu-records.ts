import { z } from 'zod'
import { CHANNELS } from './channels.ts'

/**
 * What a menu says beside its items: combos, other prices at other times and in other channels, when
 * things are sold, and what guests want to know of them. Each is a record of its own, so that older
 * devices go on with the items as they know them.
 */

const id = z.string().min(1).max(80)
const name = z.string().min(1).max(120)
const position = z.int().min(0).max(100_000)
const priceMinor = z.int().min(0).max(100_000_000)
const ids = z.array(id).max(2_000)

/**
 * A stretch of the store's local day. It begins on each of `days` (1 is Monday, 7 Sunday) and ends
 * before `toMinutes`, on the next day where that is not after `fromMinutes`.
 */
const timeWindow = z.strictObject({
  days: z.array(z.int().min(1).max(7)).min(1).max(7),
  fromMinutes: z.int().min(0).max(1439),
  toMinutes: z.int().min(0).max(1440),
})
export type TimeWindow = z.infer<typeof timeWindow>
const windows = z.array(timeWindow).max(50)

/** A fixed price for picks out of slots. It is sold like an item, by its id. */
export const comboRecord = z.strictObject({
  name,
  description: z.string().max(500).optional(),
  categoryId: id,
  position,
  priceMinor,
  slots: z
    .array(
      z
        .strictObject({
          id,
          name,
          min: z.int().min(0).max(20),
          max: z.int().min(1).max(20),
          /** What can be picked, and what it costs beside the combo's price. */
          choices: z
            .array(z.strictObject({ itemId: id, surchargeMinor: priceMinor }))
            .min(1)
            .max(200),
        })
        .refine((slot) => slot.min <= slot.max, {
          message: 'min must not be above max',
          path: ['min'],
        }),
    )
    .min(1)
    .max(20),
})

/** Other prices for a time or a channel: happy hour, delivery. */
export const priceLevelRecord = z.strictObject({
  name,
  /** Where several levels have a price for an item, the lowest position counts, then the lower id. */
  position,
  /** Empty: in every channel. */
  channels: z.array(z.enum(CHANNELS)).max(CHANNELS.length),
  /** Empty: at all times. */
  windows,
  prices: z.array(z.strictObject({ itemId: id, priceMinor })).max(2_000),
  /** Of every other item of these categories: its own price, times this. */
  categories: z
    .array(z.strictObject({ categoryId: id, ratePpm: z.int().min(0).max(10_000_000) }))
    .max(200),
})

/** Its id is a tax rate's: in a channel that is named, another rate counts in its place. */
export const channelTaxRecord = z.strictObject({
  dineIn: id.optional(),
  takeout: id.optional(),
  delivery: id.optional(),
  online: id.optional(),
})

/** When items are sold: "breakfast until 11:00". What several name is sold while any of them says so. */
export const saleTimesRecord = z.strictObject({
  name,
  itemIds: ids,
  /** All of a category. */
  categoryIds: ids,
  windows: windows.min(1),
})

/** The fourteen that have to be named in the European Union (regulation 1169/2011, annex II). */
export const ALLERGENS = [
  'gluten',
  'crustaceans',
  'eggs',
  'fish',
  'peanuts',
  'soybeans',
  'milk',
  'nuts',
  'celery',
  'mustard',
  'sesame',
  'sulphites',
  'lupin',
  'molluscs',
] as const

/** What guests want to know of an item; its id is the item's. */
export const itemDetailsRecord = z.strictObject({
  /** Null: nobody has said. Empty: it has none. */
  allergens: z.array(z.enum(ALLERGENS)).max(ALLERGENS.length).nullable(),
  texts: z
    .array(
      z.strictObject({
        /** As BCP 47 has it, such as `it` or `pt-BR`. */
        language: z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/),
        name: name.nullable(),
        description: z.string().max(500).nullable(),
      }),
    )
    .max(40),
})

/** What managers have put in front of all categories, in this order. There is one, by this id. */
export const FAVOURITES_ID = 'till'
export const MAX_FAVOURITES = 60
export const favouritesRecord = z.strictObject({
  /** Of items and combos. One that is no longer sold keeps its place, and is not shown. */
  itemIds: z.array(id).max(MAX_FAVOURITES),
})
