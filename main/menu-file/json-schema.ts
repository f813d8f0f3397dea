import { z } from 'zod'
import { recordSchemas } from '../../domain/catalog.ts'
import { MAX_PICTURE_BYTES } from '../../domain/picture-records.ts'
import { PLAIN_KINDS, type MenuKind } from './catalog-record.ts'

/**
 * The JSON menu file, version 1: the domain's records in snake_case, each with its id. The limits
 * are the domain's own; only names and what may be left out are said here.
 */
export const MENU_FILE_VERSION = 1

const {
  category,
  tax_rate: taxRate,
  station,
  modifier_group: group,
  menu_item: item,
} = recordSchemas
const id = item.shape.categoryId
const position = item.shape.position.optional()
const modifier = group.shape.modifiers.element.shape

/** Of the largest picture, with what stands in front of it. */
const MAX_DATA_URI = Math.ceil(MAX_PICTURE_BYTES / 3) * 4 + 40

export const menuFileSchema = z.strictObject({
  version: z.literal(MENU_FILE_VERSION),
  tax_rates: z
    .array(
      z.strictObject({
        id,
        name: taxRate.shape.name,
        rate_ppm: taxRate.shape.ratePpm,
        included: taxRate.shape.included,
      }),
    )
    .optional(),
  stations: z
    .array(
      z.strictObject({
        id,
        name: station.shape.name,
        position,
        warn_after_seconds: station.shape.warnAfterSeconds,
        late_after_seconds: station.shape.lateAfterSeconds,
        kind: station.shape.kind,
        also_shows_item_ids: station.shape.alsoShowsItemIds,
        also_shows_category_ids: station.shape.alsoShowsCategoryIds,
        also_makes_item_ids: station.shape.alsoMakesItemIds,
        also_makes_category_ids: station.shape.alsoMakesCategoryIds,
      }),
    )
    .optional(),
  categories: z
    .array(z.strictObject({ id, name: category.shape.name, position, color: category.shape.color }))
    .optional(),
  modifier_groups: z
    .array(
      z.strictObject({
        id,
        name: group.shape.name,
        position,
        min: group.shape.min,
        max: group.shape.max,
        preparations: group.shape.preparations,
        modifiers: z
          .array(
            z.strictObject({
              id: modifier.id,
              name: modifier.name,
              price: modifier.priceMinor,
              kitchen_name: modifier.kitchenName,
              opens: modifier.opens,
              extra_price: modifier.extraPriceMinor,
              standard: modifier.standard,
            }),
          )
          .min(1)
          .max(100),
      }),
    )
    .optional(),
  items: z
    .array(
      z.strictObject({
        id,
        name: item.shape.name,
        kitchen_name: item.shape.kitchenName,
        description: item.shape.description,
        category: item.shape.categoryId,
        price: item.shape.priceMinor,
        tax_rate: item.shape.taxRateId,
        station: item.shape.stationId.optional(),
        modifier_groups: item.shape.modifierGroupIds.optional(),
        open: item.shape.open,
        barcodes: item.shape.barcodes,
        position,
      }),
    )
    .optional(),
  /** What items and combos look like: a file beside this one, or the picture itself. */
  pictures: z
    .array(
      z.strictObject({
        item: id,
        file: z.string().min(1).max(300).optional(),
        data: z.string().min(1).max(MAX_DATA_URI).optional(),
      }),
    )
    .max(2_000)
    .optional(),
  records: z
    .array(z.strictObject({ kind: z.enum(PLAIN_KINDS), id, value: z.unknown() }))
    .optional(),
})
export type MenuFileContent = z.infer<typeof menuFileSchema>

/** The list of the file in which each kind of record stands. */
export const SECTION_OF = {
  tax_rate: 'tax_rates',
  station: 'stations',
  category: 'categories',
  modifier_group: 'modifier_groups',
  menu_item: 'items',
} as const satisfies Record<MenuKind, keyof MenuFileContent>

/** What a value should be, for the message of a fault. */
export const EXPECTED: Readonly<Record<string, string>> = {
  version: `the number ${MENU_FILE_VERSION}`,
  id: 'a text of 1 to 80 characters that names this one thing and never changes',
  name: 'a text of 1 to 120 characters',
  kitchen_name: 'a text of 1 to 120 characters, or left out',
  description: 'a text of at most 500 characters, or left out',
  color: 'a text such as "amber", "red", "green", "blue", "violet", "teal", "rose" or "slate"',
  price: 'a whole number of minor units: 12.50 dollars is 1250',
  rate_ppm: 'a whole number of parts per million from 0 to 1000000: 8.875 % is 88750',
  included: 'true where prices contain this tax, else false',
  position: 'a whole number from 0 to 100000, or left out',
  min: 'a whole number from 0 to 50',
  max: 'a whole number from 1 to 50',
  warn_after_seconds: 'a whole number of seconds, 1 or more',
  late_after_seconds: 'a whole number of seconds, 1 or more',
  category: "a category's id",
  tax_rate: "a tax rate's id",
  station: "a station's id, or null where nothing is to be made",
  modifiers: 'a list of 1 to 100 modifiers',
  preparations: 'a list of some of "no", "extra" and "side", or left out',
  extra_price: 'a whole number of minor units, or left out',
  standard: 'true, or left out',
  open: 'true, or left out',
  barcodes: 'at most 20 codes of up to 64 characters, without spaces around them',
  opens: "a list of at most 20 modifier groups' ids, or left out",
  item: 'the id of an item or a combo',
  file: 'the name of a file beside this one, such as "pictures/burger.webp"',
  data: 'a picture as data:image/webp;base64,… or data:image/jpeg;base64,…',
  kind: `one of ${PLAIN_KINDS.join(', ')}`,
}
