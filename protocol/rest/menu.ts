import { z } from 'zod'
import { recordSchemas } from '../../domain/catalog.ts'
import { deviceScreenRecord } from '../../domain/device-screen.ts'
import { PREPARATIONS } from '../../domain/preparations.ts'
import { recordOut } from './records.ts'
import { validFromIn } from './changes.ts'
import { menuRecordOut } from './menu-records.ts'
import { isStorable, money, pageOf, pageQuery, text } from './values.ts'

/** The menu, the tables and the devices of the store. */

export const modifierGroup = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    position: z.int(),
    min: z.int(),
    max: z.int(),
    preparations: z.array(z.enum(PREPARATIONS)).meta({
      description: 'How its modifiers can be wanted: in front of the id, as in `extra:cheese`.',
    }),
    modifiers: z.array(
      z.strictObject({
        id: z.string(),
        name: z.string(),
        kitchen_name: z.string(),
        price: money,
        opens: z
          .array(z.string())
          .meta({ description: 'Groups to choose from as well, once this is chosen.' }),
        extra_price: money
          .nullable()
          .meta({ description: 'What `extra` costs beside it; null: its price once more.' }),
        standard: z.boolean().meta({ description: 'The dish comes with it: it costs nothing.' }),
      }),
    ),
  })
  .meta({ id: 'ModifierGroup' })
export type RestModifierGroup = z.infer<typeof modifierGroup>

export const menuItem = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    kitchen_name: z.string(),
    description: z.string().nullable(),
    category_id: z.string(),
    price: money,
    tax_rate_id: z.string(),
    station_id: z.string().nullable(),
    modifier_group_ids: z.array(z.string()),
    open: z.boolean().meta({ description: 'Its name and its price are typed at the till.' }),
    barcodes: z.array(z.string()),
    position: z.int(),
    available: z.boolean(),
    image_url: z.string().nullable().meta({
      description: 'Where its picture is, by its bytes: another picture is at another one.',
    }),
  })
  .meta({ id: 'MenuItem' })
export type RestMenuItem = z.infer<typeof menuItem>

export const menuItemWhole = menuItem.extend({
  modifier_groups: z
    .array(modifierGroup)
    .meta({ description: 'Also those that a modifier opens, behind the others.' }),
  allergens: menuRecordOut.item_details.shape.allergens,
  texts: menuRecordOut.item_details.shape.texts,
})

export const menuListQuery = pageQuery.extend({
  category: text(80).optional(),
  available: z.enum(['true', 'false']).optional(),
})
export const menuItemParams = z.strictObject({ id: text(80).min(1) })
export const availabilityIn = z.strictObject({ available: z.boolean() })

export const menuItemPage = pageOf(menuItem)
export const modifierGroupPage = pageOf(modifierGroup)

export const diningTable = z.strictObject({
  id: z.string(),
  number: z.string(),
  room: z
    .string()
    .meta({ description: 'The id of a room, or, where there is no such record, its name.' }),
  room_name: z.string(),
  seats: z.int(),
  position: z.int(),
  place: recordOut.table_place.nullable().meta({ description: 'Null: nobody has placed it yet.' }),
})
export const tablePage = pageOf(diningTable)

const screenShape = deviceScreenRecord.shape
const screenUse = screenShape.use.meta({
  description: 'A till at tables or over a counter, a station that makes, or the pass.',
})
export const deviceScreenIn = z.strictObject({
  use: screenUse,
  station_ids: screenShape.stationIds
    .default([])
    .meta({ description: 'Of `prep`: the stations that it shows. Empty: all.' }),
  guest_display: z
    .boolean()
    .default(false)
    .meta({ description: 'A till that opens its guest’s display too, in the desktop program.' }),
})
export const deviceScreenOut = z.strictObject({
  use: screenUse,
  station_ids: z.array(z.string()),
  guest_display: z.boolean(),
})

export const device = z.strictObject({
  id: z.string(),
  name: z.string(),
  role: z.enum(['terminal', 'kitchen', 'central']),
  code: z.string(),
  origin: z.string(),
  admitted_by: z.string().nullable(),
  this_device: z.boolean(),
  /** It was removed from the store and stays here for what it has written. */
  revoked: z.boolean(),
  screen: deviceScreenOut.nullable().meta({
    description: 'What its screen is there for. Null: nobody has said; then its role decides.',
  }),
})
export const deviceParams = z.strictObject({ id: text(80).min(1) })
export const devicePage = pageOf(device)

/** Kinds that a menu is made of. Staff, devices and the store itself have their own doors. */
export const IMPORT_KINDS = [
  'tax_rate',
  'station',
  'category',
  'modifier_group',
  'menu_item',
  'availability',
  'dining_table',
  'combo',
  'price_level',
  'channel_tax',
  'sale_times',
  'item_details',
  'ingredient',
  'item_recipe',
  'modifier_recipe',
  'inventory_settings',
  'room',
  'table_place',
  'course',
  'picture',
  'item_picture',
] as const
export type ImportKind = (typeof IMPORT_KINDS)[number]

const recordId = text(80).min(1)
const recordOf = <K extends ImportKind>(kind: K) =>
  z.strictObject({
    kind: z.literal(kind),
    id: recordId,
    value: recordSchemas[kind].nullable(),
  })

const importRecord = z.discriminatedUnion('kind', [
  recordOf('tax_rate'),
  recordOf('station'),
  recordOf('category'),
  recordOf('modifier_group'),
  recordOf('menu_item'),
  recordOf('availability'),
  recordOf('dining_table'),
  recordOf('combo'),
  recordOf('price_level'),
  recordOf('channel_tax'),
  recordOf('sale_times'),
  recordOf('item_details'),
  recordOf('ingredient'),
  recordOf('item_recipe'),
  recordOf('modifier_recipe'),
  recordOf('inventory_settings'),
  recordOf('room'),
  recordOf('table_place'),
  recordOf('course'),
  recordOf('picture'),
  recordOf('item_picture'),
])

function holdsOnlyStorableText(value: unknown): boolean {
  if (typeof value === 'string') return isStorable(value)
  if (typeof value !== 'object' || value === null) return true
  return Object.values(value).every(holdsOnlyStorableText)
}

export const menuImportIn = z
  .strictObject({
    valid_from: validFromIn.optional(),
    records: z.array(importRecord).min(1).max(10_000),
  })
  .refine(holdsOnlyStorableText, 'Invalid input: a text in it cannot be stored')
  .meta({ description: 'All of it is taken, or nothing. `value` null removes the record.' })
export type MenuImportIn = z.infer<typeof menuImportIn>

export const menuImportOut = z.strictObject({ imported: z.int() })
