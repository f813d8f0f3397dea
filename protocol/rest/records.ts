import { z } from 'zod'
import { messageTextRecord } from '../../domain/message-texts.ts'
import {
  CHANNELS,
  recordSchemas,
  ROLES,
  STATION_KINDS,
  type EditedKind,
} from '../../domain/catalog.ts'
import { PREPARATIONS } from '../../domain/preparations.ts'
import { MAX_MINOR } from '../../domain/money.ts'
import { menuRecordIn, menuRecordOut } from './menu-records.ts'
import { pacingBody, receiptTextBody } from './settings.ts'
import { isStorable, money, moneyIn, text, type AmountIn } from './values.ts'

/**
 * Reference data as REST spells it: what a caller may write of each kind (`…In`), and what it reads.
 * A value is always whole. The limits are the domain's own; what may be left out or be null is said
 * here.
 */

const {
  menu_item: item,
  modifier_group: group,
  category,
  tax_rate: taxRate,
  station,
  dining_table: diningTable,
  store,
} = recordSchemas

export const recordId = text(80).min(1)
const label = z
  .string()
  .trim()
  .min(1)
  .max(120)
  .refine(isStorable, 'Invalid input: this text cannot be stored')
const position = category.shape.position
/** Null says the same as leaving it out. */
const openLabel = label.nullable().default(null)

const signedMinor = z.int().min(-MAX_MINOR).max(MAX_MINOR)
const signedMoneyIn = z
  .union([
    signedMinor,
    z.strictObject({ amount: signedMinor, currency: z.string().regex(/^[A-Z]{3}$/) }),
  ])
  .transform((value): AmountIn =>
    typeof value === 'number' ? { amount: value, currency: null } : value,
  )
  .meta({ description: 'Minor units, or an object with the currency. May be below 0.' })

const menuItemIn = z.strictObject({
  name: label,
  kitchen_name: openLabel,
  description: text(500).nullable().default(null),
  category_id: recordId,
  price: moneyIn,
  tax_rate_id: recordId,
  /** Null: nothing to make, it is handed over as it is. */
  station_id: recordId.nullable(),
  modifier_group_ids: z.array(recordId).max(20),
  /** Its name and its price are typed at the till. */
  open: z.boolean().default(false),
  /** What a scanner reads off it. */
  barcodes: z
    .array(text(64).min(1).refine(isBarcode, 'Invalid input: no barcode'))
    .max(20)
    .default([]),
  position: item.shape.position,
})

function isBarcode(value: string): boolean {
  return recordSchemas.menu_item.shape.barcodes.safeParse([value]).success
}

const modifierGroupIn = z
  .strictObject({
    name: label,
    position,
    min: group.shape.min,
    max: group.shape.max,
    /** How its modifiers can be wanted, beside as they are. */
    preparations: z.array(z.enum(PREPARATIONS)).max(PREPARATIONS.length).default([]),
    modifiers: z
      .array(
        z.strictObject({
          id: recordId,
          name: label,
          kitchen_name: openLabel,
          price: signedMoneyIn,
          /** Groups that are to be chosen from as well, once this is chosen. */
          opens: z.array(recordId).max(20).optional(),
          /** What "extra" costs beside it; left out: its price once more. */
          extra_price: signedMoneyIn.nullable().optional(),
          /** The dish comes with it: it costs nothing. */
          standard: z.boolean().optional(),
        }),
      )
      .min(1)
      .max(100),
  })
  .refine(({ min, max }) => min <= max, { message: 'min must not be above max', path: ['min'] })

const categoryIn = z.strictObject({ name: label, position, color: text(24) })

const taxRateIn = z.strictObject({
  name: label,
  /** Parts per million: 8.875 % is 88750. */
  rate_ppm: taxRate.shape.ratePpm,
  /** True: prices contain this tax already. */
  included: taxRate.shape.included,
})

const alsoIds = (description: string) => z.array(recordId).max(500).optional().meta({ description })

const stationIn = z
  .strictObject({
    name: label,
    position,
    warn_after_seconds: station.shape.warnAfterSeconds,
    late_after_seconds: station.shape.lateAfterSeconds,
    kind: z.enum(STATION_KINDS).optional().meta({
      description: '`prep` unless it is said: an `expo` puts orders together and makes nothing.',
    }),
    also_shows_item_ids: alsoIds('What another station makes and this one is told of.'),
    also_shows_category_ids: alsoIds('The same of whole categories.'),
    also_makes_item_ids: alsoIds('What this station makes a part of beside another one.'),
    also_makes_category_ids: alsoIds('The same of whole categories.'),
  })
  .refine((value) => value.warn_after_seconds <= value.late_after_seconds, {
    message: 'warn_after_seconds must not be above late_after_seconds',
    path: ['warn_after_seconds'],
  })

const diningTableIn = z.strictObject({
  number: z.string().trim().min(1).max(20).refine(isStorable, 'Invalid input: cannot be stored'),
  room: label,
  seats: diningTable.shape.seats,
  position,
})

const { room, table_place: tablePlace } = recordSchemas

const roomIn = z.strictObject({ name: label, position: room.shape.position })

/** In cells of the room's grid. The domain's own schema says what fits. */
const tablePlaceIn = z.strictObject(tablePlace.shape)

const courseIn = z.strictObject({
  name: z.string().trim().min(1).max(40).refine(isStorable, 'Invalid input: cannot be stored'),
  /** What is rung up of these categories comes with this course. */
  category_ids: z.array(recordId).max(100),
})

/** In braces stand the facts that are filled in: `{store}`, `{order}`, `{name}` and `{link}`. */
const messageTextBody = z.strictObject(messageTextRecord.shape).meta({ id: 'MessageText' })

const staffIn = z.strictObject({
  name: label,
  role: z.enum(ROLES),
  /** Left out: as it is. Null: this person cannot sign in. It is stored hashed, and never shown. */
  pin: z
    .string()
    .regex(/^\d{4,8}$/, 'Invalid input: a PIN has 4 to 8 digits')
    .nullable()
    .optional(),
})

const storeIn = z.strictObject({
  name: label,
  currency: z.string().refine(isCurrency, 'Invalid input: no ISO 4217 currency, such as USD'),
  /** IANA name; business days are cut in this zone. */
  time_zone: z
    .string()
    .max(64)
    .refine(isTimeZone, 'Invalid input: no time zone, such as Europe/Rome'),
  /** Minutes after midnight at which a new business day starts. */
  day_starts_at_minutes: store.shape.dayStartsAtMinutes,
  tax_rounding: store.shape.taxRounding,
  service_charge_ppm: store.shape.serviceChargePpm,
  /** Channels that may go to the kitchen before they are paid. */
  pay_later_channels: z.array(z.enum(CHANNELS)).max(CHANNELS.length),
  /** The service charge is for parties of so many and more; null: for all. */
  service_charge_from_guests: store.shape.serviceChargeFromGuests.unwrap().nullable().default(null),
  /** Channels whose orders a person confirms, paid or not. */
  confirm_by_hand_channels: z.array(z.enum(CHANNELS)).max(CHANNELS.length).default([]),
})

function isCurrency(value: string): boolean {
  return Intl.supportedValuesOf('currency').includes(value)
}

function isTimeZone(value: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: value })
    return true
  } catch {
    return false
  }
}

export const recordIn = {
  menu_item: menuItemIn,
  modifier_group: modifierGroupIn,
  category: categoryIn,
  tax_rate: taxRateIn,
  station: stationIn,
  dining_table: diningTableIn,
  staff: staffIn,
  store: storeIn,
  room: roomIn,
  table_place: tablePlaceIn,
  course: courseIn,
  pacing: pacingBody,
  receipt_text: receiptTextBody,
  message_text: messageTextBody,
  ...menuRecordIn,
} as const satisfies Record<EditedKind, z.ZodType>
export type RecordIn<K extends EditedKind> = z.output<(typeof recordIn)[K]>

export const recordOut = {
  menu_item: z
    .strictObject({
      name: z.string(),
      kitchen_name: z.string().nullable(),
      description: z.string().nullable(),
      category_id: z.string(),
      price: money,
      tax_rate_id: z.string(),
      station_id: z.string().nullable(),
      modifier_group_ids: z.array(z.string()),
      open: z.boolean(),
      barcodes: z.array(z.string()),
      position: z.int(),
    })
    .meta({ id: 'MenuItemValue' }),
  modifier_group: z
    .strictObject({
      name: z.string(),
      position: z.int(),
      min: z.int(),
      max: z.int(),
      preparations: z.array(z.enum(PREPARATIONS)),
      modifiers: z.array(
        z.strictObject({
          id: z.string(),
          name: z.string(),
          kitchen_name: z.string().nullable(),
          price: money,
          opens: z.array(z.string()),
          extra_price: money.nullable(),
          standard: z.boolean(),
        }),
      ),
    })
    .meta({ id: 'ModifierGroupValue' }),
  category: z
    .strictObject({ name: z.string(), position: z.int(), color: z.string() })
    .meta({ id: 'CategoryValue' }),
  tax_rate: z
    .strictObject({ name: z.string(), rate_ppm: z.int(), included: z.boolean() })
    .meta({ id: 'TaxRateValue' }),
  station: z
    .strictObject({
      name: z.string(),
      position: z.int(),
      warn_after_seconds: z.int(),
      late_after_seconds: z.int(),
      kind: z.enum(STATION_KINDS),
      also_shows_item_ids: z.array(z.string()),
      also_shows_category_ids: z.array(z.string()),
      also_makes_item_ids: z.array(z.string()),
      also_makes_category_ids: z.array(z.string()),
    })
    .meta({ id: 'StationValue' }),
  dining_table: z
    .strictObject({
      number: z.string(),
      room: z.string(),
      seats: z.int(),
      position: z.int(),
    })
    .meta({ id: 'DiningTableValue' }),
  staff: z
    .strictObject({ name: z.string(), role: z.enum(ROLES), has_pin: z.boolean() })
    .meta({ id: 'StaffValue' }),
  store: z
    .strictObject({
      name: z.string(),
      currency: z.string(),
      time_zone: z.string(),
      day_starts_at_minutes: z.int(),
      tax_rounding: z.enum(['line', 'order']),
      service_charge_ppm: z.int(),
      pay_later_channels: z.array(z.enum(CHANNELS)),
      service_charge_from_guests: z.int().nullable(),
      confirm_by_hand_channels: z.array(z.enum(CHANNELS)),
    })
    .meta({ id: 'StoreValue' }),
  room: z.strictObject({ name: z.string(), position: z.int() }).meta({ id: 'RoomValue' }),
  table_place: z
    .strictObject({
      x: z.int(),
      y: z.int(),
      width: z.int(),
      height: z.int(),
      shape: z.enum(['square', 'round']),
    })
    .meta({ id: 'TablePlaceValue' }),
  course: z
    .strictObject({ name: z.string(), category_ids: z.array(z.string()) })
    .meta({ id: 'CourseValue' }),
  pacing: pacingBody,
  receipt_text: receiptTextBody,
  message_text: messageTextBody,
  ...menuRecordOut,
} as const satisfies Record<EditedKind, z.ZodType>
export type RecordOut<K extends EditedKind> = z.infer<(typeof recordOut)[K]>
