import { z } from 'zod'
import { CHANNELS } from './channels.ts'
import { courseRecord } from './course-records.ts'
import { roomRecord, tablePlaceRecord } from './floor-records.ts'
import {
  ingredientRecord,
  inventorySettingsRecord,
  itemRecipeRecord,
  modifierRecipeRecord,
} from './inventory-records.ts'
import {
  channelTaxRecord,
  comboRecord,
  favouritesRecord,
  itemDetailsRecord,
  priceLevelRecord,
  saleTimesRecord,
} from './menu-records.ts'

import { paperLanguageRecord, staffLanguageRecord } from './language-records.ts'
import { messageTextRecord } from './message-texts.ts'
import { pacingRecord } from './pacing-record.ts'
import { itemPictureRecord, pictureRecord } from './picture-records.ts'
import { receiptTextRecord } from './receipt-text-record.ts'
import { deviceScreenRecord } from './device-screen.ts'
import { PREPARATIONS } from './preparations.ts'

export { CHANNELS, type Channel } from './channels.ts'

/**
 * Reference data: what the store sells, taxes, seats, employs and owns. Each piece is a record,
 * known by kind and id; its whole value is one last-writer-wins register (rule F1).
 */

export const ROLES = ['cashier', 'kitchen', 'manager', 'admin', 'service'] as const
export type Role = (typeof ROLES)[number]

const id = z.string().min(1).max(80)
const name = z.string().min(1).max(120)
const minor = z.int().min(-100_000_000).max(100_000_000)
const position = z.int().min(0).max(100_000)

/** So many people sit at one table. */
export const MAX_GUESTS = 999

export const storeRecord = z.strictObject({
  name,
  currency: z.string().regex(/^[A-Z]{3}$/),
  /** IANA name; business days are cut in this zone. */
  timeZone: z.string().min(1).max(64),
  /** Minutes after midnight at which a new business day starts. */
  dayStartsAtMinutes: z.int().min(0).max(1439),
  taxRounding: z.enum(['line', 'order']),
  serviceChargePpm: z.int().min(0).max(1_000_000),
  /** Channels that may go to the kitchen before they are paid (rule S1). */
  payLaterChannels: z.array(z.enum(CHANNELS)),
  /** The service charge is for parties of so many and more; absent: for all. */
  serviceChargeFromGuests: z.int().min(1).max(MAX_GUESTS).optional(),
  /** Channels whose orders a person confirms, paid or not (rule S1); absent: none. */
  confirmByHandChannels: z.array(z.enum(CHANNELS)).max(CHANNELS.length).optional(),
})

export const categoryRecord = z.strictObject({
  name,
  position,
  /** One of the colour tokens of the screens. */
  color: z.string().max(24),
})

export const taxRateRecord = z.strictObject({
  name,
  ratePpm: z.int().min(0).max(1_000_000),
  /** True: prices contain this tax already. */
  included: z.boolean(),
})

export const STATION_KINDS = ['prep', 'expo'] as const

const also = z.array(id).max(500).optional()

export const stationRecord = z.strictObject({
  name,
  position,
  /** Seconds after which a ticket turns to "soon late" and to "late". */
  warnAfterSeconds: z.int().min(1),
  lateAfterSeconds: z.int().min(1),
  /** Absent: something is made there. An expo puts orders together and makes nothing itself. */
  kind: z.enum(STATION_KINDS).optional(),
  /** What another station makes and this one is told of as well (see domain/also-at.ts). */
  alsoShowsItemIds: also,
  alsoShowsCategoryIds: also,
  /** What another station makes and this one makes its own part of. */
  alsoMakesItemIds: also,
  alsoMakesCategoryIds: also,
})

export const modifierGroupRecord = z
  .strictObject({
    name,
    position,
    min: z.int().min(0).max(50),
    max: z.int().min(1).max(50),
    /** How its modifiers can be wanted, beside as they are. */
    preparations: z.array(z.enum(PREPARATIONS)).max(PREPARATIONS.length).optional(),
    modifiers: z
      .array(
        z.strictObject({
          id,
          name,
          priceMinor: minor,
          kitchenName: name.optional(),
          /** Groups that are to be chosen from as well, once this is chosen. */
          opens: z.array(id).max(20).optional(),
          /** What "extra" costs beside it; absent: its price once more. */
          extraPriceMinor: minor.optional(),
          /** The dish comes with it: it is had without being chosen, and costs nothing. */
          standard: z.literal(true).optional(),
        }),
      )
      .min(1)
      .max(100),
  })
  .refine((group) => group.min <= group.max, {
    message: 'min must not be above max',
    path: ['min'],
  })

const barcode = z.string().max(64).regex(/^\S+$/)

export const menuItemRecord = z.strictObject({
  name,
  kitchenName: name.optional(),
  description: z.string().max(500).optional(),
  categoryId: id,
  priceMinor: z.int().min(0).max(100_000_000),
  taxRateId: id,
  /** Null: nothing to make, it is handed over as it is. */
  stationId: id.nullable(),
  modifierGroupIds: z.array(id).max(20),
  /** Its name and its price are typed at the till. */
  open: z.literal(true).optional(),
  /** What a scanner reads off it, or people type: EAN, UPC, an article number. */
  barcodes: z.array(barcode).max(20).optional(),
  /** Fixed cell in the category's grid. */
  position,
})

/** Kept apart from the item, so that taking it off the menu and changing its price never collide. */
export const availabilityRecord = z.strictObject({ available: z.boolean() })

export const diningTableRecord = z.strictObject({
  number: z.string().min(1).max(20),
  room: name,
  seats: z.int().min(1).max(100),
  position,
})

export const staffRecord = z.strictObject({
  name,
  role: z.enum(ROLES),
  /** What `main/pin.ts` made of it; null: this person cannot sign in. */
  pinHash: z.string().max(300).nullable(),
})

/**
 * The same PIN, hashed anew at a sign-in. `of`: the `pinHash` that it stands for. Kept apart from the
 * person, so that renewing it never collides with a change of role, or with a leaving.
 */
export const pinRenewalRecord = z.strictObject({
  of: z.string().min(1).max(300),
  hash: z.string().min(1).max(300),
})

/** What a reason is asked for at the till. */
export const REASON_KINDS = ['void', 'comp', 'cancel', 'discount', 'refund', 'no_sale'] as const
export type ReasonKind = (typeof REASON_KINDS)[number]

export const MOST_IDLE_MINUTES = 240

/** What a cashier may do alone, and the reasons that are offered for what is done (rule A3). */
export const tillRulesRecord = z.strictObject({
  /** Of the order: a larger discount takes a manager. */
  discountLimitPpm: z.int().min(0).max(1_000_000),
  /** A dearer open item takes a manager; absent: each does. */
  openItemLimitMinor: z.int().min(0).max(100_000_000).optional(),
  /** Of a kind that is not named the till offers its own. */
  reasons: z.partialRecord(z.enum(REASON_KINDS), z.array(z.string().trim().min(1).max(80)).max(12)),
  /** A till that nobody touches for so long signs whoever is there out (rule A9); absent: never. */
  signOutAfterMinutes: z.int().min(1).max(MOST_IDLE_MINUTES).optional(),
})

export const deviceRecord = z.strictObject({
  name,
  role: z.enum(['terminal', 'kitchen', 'central']),
  /** The letters in front of this device's order numbers (rule N1). */
  code: z.string().min(1).max(12),
  origin: id,
  admittedBy: id.nullable(),
  /** SubjectPublicKeyInfo in base64url; the device's id is a hash of it. Absent: not known yet. */
  publicKey: z.string().max(300).optional(),
  /** Logs that it began after a restore, beside `origin` (rule L6). */
  laterOrigins: z.array(id).max(200).optional(),
})

/**
 * A device that has been removed from the store. It is a record of its own, so that nothing written
 * about the device elsewhere meanwhile undoes it, and it is the one kind that cannot be taken away.
 */
export const revocationRecord = z.strictObject({
  /** The member on which it was decided. */
  revokedBy: id,
  /** Of each log of the device, the last number that the remover held (see late-entries.ts). */
  held: z.record(id, z.int().min(0)).optional(),
})

/** A manager's word that what a removed device wrote in one log is right. Its id is the origin. */
export const lateEntriesRecord = z.strictObject({ acceptedUpTo: z.int().min(1) })

const keyBytes = z
  .string()
  .max(300)
  .regex(/^[A-Za-z0-9_-]+$/)

/** A key for personal data. Its id is a hash of the key itself (see data-keys.ts). */
export const dataKeyRecord = z.strictObject({
  generation: z.int().min(1).max(1_000_000_000),
  madeBy: id,
  /** Devices that its maker knew to be removed. */
  without: z.array(id).max(2_000),
  /** By the maker's device key, over all of the above and the id. */
  signature: keyBytes,
})

/**
 * A data key, readable for one device. Known by both their ids. Null: the device asks for it again,
 * because what stood here did not open.
 */
export const keyWrapRecord = z.strictObject({ wrapped: keyBytes.nullable() })

/** What a receipt printer of Epson's kind can be told to read bytes as. */
export const PRINTER_CODEPAGES = [
  'cp437',
  'cp850',
  'cp852',
  'cp857',
  'cp858',
  'cp866',
  'cp737',
  'windows1250',
  'windows1251',
  'windows1252',
  'windows1253',
  'windows1254',
  'windows1257',
] as const
export type PrinterCodepage = (typeof PRINTER_CODEPAGES)[number]

/** Characters in a line: 58 mm paper, and the two widths of 80 mm paper. */
export const PRINTER_COLUMNS = [32, 42, 48] as const

/** A receipt printer on the store's network, and what it is for. */
export const printerRecord = z.strictObject({
  name,
  /** `HOST:PORT`; each device that prints on it has to reach it there. */
  address: z.string().min(3).max(120),
  columns: z.union(PRINTER_COLUMNS.map((columns) => z.literal(columns))),
  codepage: z.enum(PRINTER_CODEPAGES),
  /** Devices whose receipts and reports come out here. */
  receiptsOf: z.array(id).max(100),
  /** Stations that read paper: each of their tickets is printed as it is sent. */
  slipsOf: z.array(id).max(100),
  /** Stations whose tickets are printed when no kitchen screen has shown them in time (rule K2). */
  fallbackFor: z.array(id).max(100),
  /** A cash drawer hangs on it: those devices open it. */
  drawer: z.boolean(),
})

export const recordSchemas = {
  store: storeRecord,
  category: categoryRecord,
  tax_rate: taxRateRecord,
  station: stationRecord,
  modifier_group: modifierGroupRecord,
  menu_item: menuItemRecord,
  availability: availabilityRecord,
  dining_table: diningTableRecord,
  staff: staffRecord,
  device: deviceRecord,
  revocation: revocationRecord,
  late_entries: lateEntriesRecord,
  data_key: dataKeyRecord,
  key_wrap: keyWrapRecord,
  printer: printerRecord,
  pin_renewal: pinRenewalRecord,
  till_rules: tillRulesRecord,
  combo: comboRecord,
  price_level: priceLevelRecord,
  channel_tax: channelTaxRecord,
  sale_times: saleTimesRecord,
  item_details: itemDetailsRecord,
  favourites: favouritesRecord,
  ingredient: ingredientRecord,
  item_recipe: itemRecipeRecord,
  modifier_recipe: modifierRecipeRecord,
  inventory_settings: inventorySettingsRecord,
  room: roomRecord,
  table_place: tablePlaceRecord,
  course: courseRecord,
  pacing: pacingRecord,
  receipt_text: receiptTextRecord,
  message_text: messageTextRecord,
  picture: pictureRecord,
  item_picture: itemPictureRecord,
  staff_language: staffLanguageRecord,
  paper_language: paperLanguageRecord,
  device_screen: deviceScreenRecord,
} as const

export type RecordKind = keyof typeof recordSchemas
export const RECORD_KINDS = Object.keys(recordSchemas) as RecordKind[]
export type RecordValue<K extends RecordKind> = z.infer<(typeof recordSchemas)[K]>

/** The kinds that people edit. A change of one may be valid from a date on (see record-versions.ts). */
export const EDITED_KINDS = [
  'menu_item',
  'modifier_group',
  'category',
  'tax_rate',
  'station',
  'dining_table',
  'staff',
  'store',
  'combo',
  'price_level',
  'channel_tax',
  'sale_times',
  'item_details',
  'favourites',
  'ingredient',
  'item_recipe',
  'modifier_recipe',
  'inventory_settings',
  'room',
  'table_place',
  'course',
  'pacing',
  'receipt_text',
  'message_text',
  'item_picture',
] as const satisfies readonly RecordKind[]
export type EditedKind = (typeof EDITED_KINDS)[number]
export const isEdited = (kind: RecordKind): kind is EditedKind =>
  (EDITED_KINDS as readonly RecordKind[]).includes(kind)

/** Records that stay once they are there: an event that takes one away is none. */
export const isLasting = (kind: RecordKind): boolean =>
  kind === 'revocation' || kind === 'data_key' || kind === 'key_wrap'

/**
 * All live records, as the screens and `decide` read them; of pictures none: their bytes are asked for
 * one by one (see pictures.ts), and nothing of an order depends on them.
 */
export type Catalog = {
  readonly [K in RecordKind]: ReadonlyMap<string, RecordValue<K>>
}

export type ModifierGroup = RecordValue<'modifier_group'>
export type MenuItem = RecordValue<'menu_item'>
export type StoreSettings = RecordValue<'store'>
export type Printer = RecordValue<'printer'>

/** The one record of kind `store` has this id. */
export const STORE_RECORD_ID = 'store'
/** And so has the one of kind `inventory_settings`. */
export const INVENTORY_SETTINGS_ID = 'store'

export function emptyCatalog(): { [K in RecordKind]: Map<string, RecordValue<K>> } {
  return {
    store: new Map(),
    category: new Map(),
    tax_rate: new Map(),
    station: new Map(),
    modifier_group: new Map(),
    menu_item: new Map(),
    availability: new Map(),
    dining_table: new Map(),
    staff: new Map(),
    device: new Map(),
    revocation: new Map(),
    late_entries: new Map(),
    data_key: new Map(),
    key_wrap: new Map(),
    printer: new Map(),
    pin_renewal: new Map(),
    till_rules: new Map(),
    combo: new Map(),
    price_level: new Map(),
    channel_tax: new Map(),
    sale_times: new Map(),
    item_details: new Map(),
    favourites: new Map(),
    ingredient: new Map(),
    item_recipe: new Map(),
    modifier_recipe: new Map(),
    inventory_settings: new Map(),
    room: new Map(),
    table_place: new Map(),
    course: new Map(),
    pacing: new Map(),
    receipt_text: new Map(),
    message_text: new Map(),
    picture: new Map(),
    item_picture: new Map(),
    staff_language: new Map(),
    paper_language: new Map(),
    device_screen: new Map(),
  }
}
