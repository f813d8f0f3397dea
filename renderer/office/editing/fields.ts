import { CHANNELS, ROLES, type EditedKind } from '../../../domain/catalog.ts'
import { decimalsOf } from '../../ui/format.ts'
import { CHANNEL_NAMES } from '../../ui/words.ts'
import { decimalText, milliText, parseDecimal, parsePercent, percentText } from './decimals.ts'
import type { FormKind, Records } from './records.ts'

/**
 * What can be edited of each kind, field by field: how it stands in a form, how it is read from
 * there and how it is called. One table for forms, previews and faults.
 */
export type FieldSpec = { readonly name: string; readonly label: string } & (
  | {
      readonly type: 'text'
      readonly maxLength: number
      readonly isOptional?: boolean
      readonly hint?: string
    }
  /** Words without a space in them. */
  | { readonly type: 'list'; readonly hint: string }
  | { readonly type: 'money' }
  | {
      readonly type: 'number'
      readonly min: number
      readonly max: number
      readonly isOptional?: boolean
      readonly suffix?: string
      readonly hint?: string
    }
  | { readonly type: 'percent' }
  /** Up to three decimals, held in thousandths; empty: null. */
  | { readonly type: 'milli'; readonly hint: string }
  | { readonly type: 'time' }
  | {
      readonly type: 'choice'
      readonly options: (records: Records) => readonly Option[]
      readonly none?: string
    }
  | { readonly type: 'flag'; readonly yes: string; readonly no: string }
  | { readonly type: 'ticks'; readonly options: (records: Records) => readonly Option[] }
  | { readonly type: 'pin' }
  | { readonly type: 'modifiers' }
)

interface Option {
  readonly value: string
  readonly label: string
}

/** One line of a modifier group's table, as typed. */
export interface TypedModifier {
  readonly id: string
  readonly name: string
  readonly kitchen_name: string
  readonly price: string
  /** The form shows nothing of these, and loses none. */
  readonly opens?: readonly string[]
  readonly extra_price?: { readonly amount: number } | number | null
  readonly standard?: boolean
}

export type Typed = string | readonly string[] | readonly TypedModifier[]
export type TypedForm = Readonly<Record<string, Typed>>

const namesOf = (
  rows: readonly { readonly id: string; readonly value: { readonly name: string } }[],
) => rows.map(({ id, value }) => ({ value: id, label: value.name }))
const fixed = (names: Readonly<Record<string, string>>) => {
  const options = Object.entries(names).map(([value, label]) => ({ value, label }))
  return () => options
}

export const STAFF_ROLE_NAMES: Record<(typeof ROLES)[number], string> = {
  cashier: 'Cashier',
  kitchen: 'Kitchen',
  manager: 'Manager',
  admin: 'Administrator',
  service: 'Service account',
}

export const COLORS: Readonly<Record<string, string>> = {
  amber: 'Amber',
  red: 'Red',
  green: 'Green',
  blue: 'Blue',
  violet: 'Violet',
  teal: 'Teal',
  rose: 'Rose',
  slate: 'Slate',
}

const NAME: FieldSpec = { name: 'name', label: 'Name', type: 'text', maxLength: 120 }
const POSITION: FieldSpec = {
  name: 'position',
  label: 'Position',
  type: 'number',
  min: 0,
  max: 100_000,
  hint: 'Where it stands; the smallest comes first',
}
const DAY_SECONDS = 86_400

export const FIELDS: Readonly<Record<FormKind, readonly FieldSpec[]>> = {
  menu_item: [
    NAME,
    { name: 'price', label: 'Price', type: 'money' },
    {
      name: 'category_id',
      label: 'Category',
      type: 'choice',
      options: ({ category }) => namesOf(category),
    },
    {
      name: 'tax_rate_id',
      label: 'Tax',
      type: 'choice',
      options: ({ tax_rate: rates }) => namesOf(rates),
    },
    {
      name: 'station_id',
      label: 'Made at',
      type: 'choice',
      none: 'Nothing to make',
      options: ({ station }) => namesOf(station),
    },
    {
      name: 'modifier_group_ids',
      label: 'Modifiers',
      type: 'ticks',
      options: ({ modifier_group: groups }) => namesOf(groups),
    },
    {
      name: 'kitchen_name',
      label: 'Name in the kitchen',
      type: 'text',
      maxLength: 120,
      isOptional: true,
      hint: 'Empty: as above',
    },
    { name: 'description', label: 'Description', type: 'text', maxLength: 500, isOptional: true },
    {
      name: 'open',
      label: 'Name and price',
      type: 'flag',
      yes: 'are typed at the till (open item)',
      no: 'are these',
    },
    { name: 'barcodes', label: 'Barcodes', type: 'list', hint: 'With spaces between them' },
    POSITION,
  ],
  modifier_group: [
    NAME,
    { name: 'min', label: 'At least', type: 'number', min: 0, max: 50 },
    { name: 'max', label: 'At most', type: 'number', min: 1, max: 50 },
    { name: 'modifiers', label: 'Modifiers', type: 'modifiers' },
    {
      name: 'preparations',
      label: 'Can be wanted as',
      type: 'ticks',
      options: fixed({ no: 'No', extra: 'Extra', side: 'On the side' }),
    },
    POSITION,
  ],
  category: [
    NAME,
    { name: 'color', label: 'Colour', type: 'choice', options: fixed(COLORS) },
    POSITION,
  ],
  tax_rate: [
    NAME,
    { name: 'rate_ppm', label: 'Rate', type: 'percent' },
    {
      name: 'included',
      label: 'Prices',
      type: 'flag',
      yes: 'contain this tax already',
      no: 'are without this tax',
    },
  ],
  station: [
    NAME,
    {
      name: 'kind',
      label: 'Kind',
      type: 'choice',
      options: fixed({ prep: 'Prep: something is made there', expo: 'Expo: puts orders together' }),
    },
    {
      name: 'warn_after_seconds',
      label: 'Soon late after',
      type: 'number',
      min: 1,
      max: DAY_SECONDS,
      suffix: 's',
    },
    {
      name: 'late_after_seconds',
      label: 'Late after',
      type: 'number',
      min: 1,
      max: DAY_SECONDS,
      suffix: 's',
    },
    {
      name: 'also_shows_category_ids',
      label: 'Also shows (made elsewhere)',
      type: 'ticks',
      options: ({ category }) => namesOf(category),
    },
    {
      name: 'also_shows_item_ids',
      label: 'Also shows these items',
      type: 'ticks',
      options: ({ menu_item: items }) => namesOf(items),
    },
    {
      name: 'also_makes_category_ids',
      label: 'Makes a part of, too',
      type: 'ticks',
      options: ({ category }) => namesOf(category),
    },
    {
      name: 'also_makes_item_ids',
      label: 'Makes a part of these items, too',
      type: 'ticks',
      options: ({ menu_item: items }) => namesOf(items),
    },
    POSITION,
  ],
  ingredient: [
    NAME,
    { name: 'unit', label: 'Unit', type: 'text', maxLength: 20, hint: 'Such as g, l or piece' },
    {
      name: 'par_milli',
      label: 'Par level',
      type: 'milli',
      hint: 'Below it, it is low; empty: nobody wants to know',
    },
    POSITION,
  ],
  dining_table: [
    { name: 'number', label: 'Number', type: 'text', maxLength: 20 },
    { name: 'room', label: 'Room', type: 'text', maxLength: 120 },
    { name: 'seats', label: 'Seats', type: 'number', min: 1, max: 100 },
    POSITION,
  ],
  staff: [
    NAME,
    { name: 'role', label: 'Role', type: 'choice', options: fixed(STAFF_ROLE_NAMES) },
    { name: 'pin', label: 'PIN', type: 'pin' },
  ],
  store: [
    NAME,
    {
      name: 'currency',
      label: 'Currency',
      type: 'text',
      maxLength: 3,
      hint: 'Three letters, such as USD',
    },
    {
      name: 'time_zone',
      label: 'Time zone',
      type: 'text',
      maxLength: 64,
      hint: 'Such as Europe/Rome',
    },
    { name: 'day_starts_at_minutes', label: 'The business day starts at', type: 'time' },
    {
      name: 'tax_rounding',
      label: 'Tax is rounded',
      type: 'choice',
      options: fixed({ line: 'for each item', order: 'once for the order' }),
    },
    { name: 'service_charge_ppm', label: 'Service charge', type: 'percent' },
    {
      name: 'service_charge_from_guests',
      label: 'Service charge from so many guests',
      type: 'number',
      min: 1,
      max: 999,
      isOptional: true,
      hint: 'Empty: for all',
    },
    {
      name: 'pay_later_channels',
      label: 'May be sent before they are paid',
      type: 'ticks',
      options: () => CHANNELS.map((value) => ({ value, label: CHANNEL_NAMES[value] })),
    },
    {
      name: 'confirm_by_hand_channels',
      label: 'Wait for a person to confirm them, paid or not',
      type: 'ticks',
      options: () => CHANNELS.map((value) => ({ value, label: CHANNEL_NAMES[value] })),
    },
  ],
}

export const KIND_NAMES: Readonly<Record<EditedKind, string>> = {
  menu_item: 'Item',
  modifier_group: 'Modifier group',
  category: 'Category',
  tax_rate: 'Tax',
  station: 'Station',
  dining_table: 'Table',
  ingredient: 'Ingredient',
  combo: 'Combo',
  price_level: 'Price level',
  channel_tax: 'Tax by channel',
  sale_times: 'Sale times',
  item_details: 'Details of an item',
  favourites: 'Favourites',
  item_recipe: 'Recipe',
  modifier_recipe: 'Recipe of modifiers',
  inventory_settings: 'Stock settings',
  room: 'Room',
  table_place: 'Place of a table',
  course: 'Course',
  staff: 'Person',
  store: 'Store',
}

/** PIN fields hold one of these, or the digits of a new one. */
export const PIN_KEPT = ''
export const PIN_NONE = 'none'

type Value = Readonly<Record<string, unknown>>

/** A value as it stands in a form; null: a new record's. */
export function typedOf(kind: FormKind, value: Value | null, currency: string): TypedForm {
  return Object.fromEntries(
    FIELDS[kind].map((field) => [field.name, typedField(field, value?.[field.name], currency)]),
  )
}

function typedField(field: FieldSpec, value: unknown, currency: string): Typed {
  switch (field.type) {
    case 'money':
      return value === undefined ? '' : decimalText(minorOf(value), decimalsOf(currency))
    case 'percent':
      return value === undefined ? '0' : percentText(Number(value))
    case 'milli':
      return value === undefined || value === null ? '' : milliText(Number(value))
    case 'time':
      return timeText(Number(value ?? 0))
    case 'number':
      if (field.isOptional === true) return String((value as number | null | undefined) ?? '')
      return String((value as number | undefined) ?? field.min)
    case 'flag':
      return value === true ? 'yes' : 'no'
    case 'list':
      return ((value as readonly string[] | undefined) ?? []).join(' ')
    case 'ticks':
      return (value as readonly string[] | undefined) ?? []
    case 'pin':
      return PIN_KEPT
    case 'modifiers':
      return ((value as readonly ModifierValue[] | undefined) ?? []).map((one) => ({
        id: one.id,
        name: one.name,
        kitchen_name: one.kitchen_name ?? '',
        price: decimalText(minorOf(one.price), decimalsOf(currency)),
        ...(one.opens !== undefined && { opens: one.opens }),
        ...(one.extra_price !== undefined && { extra_price: one.extra_price }),
        ...(one.standard !== undefined && { standard: one.standard }),
      }))
    case 'text':
    case 'choice':
      return (value as string | null | undefined) ?? ''
  }
}

interface ModifierValue {
  readonly id: string
  readonly name: string
  readonly kitchen_name: string | null
  readonly price: { readonly amount: number } | number
  readonly opens?: readonly string[]
  readonly extra_price?: { readonly amount: number } | number | null
  readonly standard?: boolean
}

/** Minor units of an amount as the centre writes it, or as the draft holds it. */
export const minorOf = (value: unknown): number =>
  typeof value === 'number' ? value : (value as { amount: number }).amount

const timeText = (minutes: number): string =>
  [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':')

export type Read =
  | { readonly ok: true; readonly value: Value }
  /** By field. */
  | { readonly ok: false; readonly faults: Readonly<Record<string, string>> }

/** What was typed, as the centre takes it. It looks at the whole once more, with all records in sight. */
export function readForm(kind: FormKind, typed: TypedForm, currency: string): Read {
  const value: Record<string, unknown> = {}
  const faults: Record<string, string> = {}
  for (const field of FIELDS[kind]) {
    const read = readField(field, typed[field.name] ?? '', currency)
    if ('fault' in read) faults[field.name] = read.fault
    else if (read.value !== undefined) value[field.name] = read.value
  }
  return Object.keys(faults).length > 0 ? { ok: false, faults } : { ok: true, value }
}

type ReadField = { readonly value: unknown } | { readonly fault: string }

function readField(field: FieldSpec, typed: Typed, currency: string): ReadField {
  switch (field.type) {
    case 'text': {
      const text = (typed as string).trim()
      if (text !== '') return { value: text }
      return field.isOptional === true ? { value: null } : { fault: 'This is needed.' }
    }
    case 'money': {
      const minor = parseDecimal(typed as string, decimalsOf(currency))
      if (minor === null)
        return {
          fault: `An amount in ${currency}, such as ${decimalText(1250, decimalsOf(currency))}.`,
        }
      return minor < 0 ? { fault: 'A price is not below 0.' } : { value: minor }
    }
    case 'percent': {
      const ppm = parsePercent(typed as string)
      return ppm === null || ppm < 0 || ppm > 1_000_000
        ? { fault: 'A percentage from 0 to 100, with up to four decimals.' }
        : { value: ppm }
    }
    case 'milli': {
      if ((typed as string).trim() === '') return { value: null }
      const milli = parseDecimal(typed as string, 3)
      return milli === null || milli < 0
        ? { fault: 'A number with up to three decimals, or nothing.' }
        : { value: milli }
    }
    case 'number': {
      if (field.isOptional === true && typed === '') return { value: null }
      const number = Number(typed)
      const isFine =
        typed !== '' && Number.isInteger(number) && number >= field.min && number <= field.max
      return isFine
        ? { value: number }
        : { fault: `A whole number from ${String(field.min)} to ${String(field.max)}.` }
    }
    case 'time': {
      const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(typed as string)
      return match === null
        ? { fault: 'A time, such as 05:00.' }
        : { value: Number(match[1]) * 60 + Number(match[2]) }
    }
    case 'choice':
      if (typed !== '') return { value: typed }
      return field.none === undefined ? { fault: 'Choose one.' } : { value: null }
    case 'flag':
      return { value: typed === 'yes' }
    case 'list':
      return { value: (typed as string).split(/\s+/).filter((part) => part !== '') }
    case 'ticks':
      return { value: typed }
    case 'pin':
      if (typed === PIN_KEPT) return { value: undefined }
      if (typed === PIN_NONE) return { value: null }
      return /^\d{4,8}$/.test(typed as string)
        ? { value: typed }
        : { fault: 'A PIN has 4 to 8 digits.' }
    case 'modifiers':
      return readModifiers(typed as readonly TypedModifier[], currency)
  }
}

function readModifiers(typed: readonly TypedModifier[], currency: string): ReadField {
  if (typed.length === 0) return { fault: 'A group has at least one modifier.' }
  const value = typed.map(({ id, name, kitchen_name, price, opens, extra_price, standard }) => ({
    id,
    name: name.trim(),
    kitchen_name: kitchen_name.trim() === '' ? null : kitchen_name.trim(),
    price: parseDecimal(price, decimalsOf(currency)),
    ...(opens !== undefined && { opens }),
    ...(extra_price !== undefined && { extra_price: extra_price && minorOf(extra_price) }),
    ...(standard !== undefined && { standard }),
  }))
  const nameless = value.findIndex(({ name }) => name === '')
  if (nameless >= 0) return { fault: `Modifier ${String(nameless + 1)} needs a name.` }
  const priceless = value.find(({ price }) => price === null)
  return priceless === undefined
    ? { value }
    : { fault: `The price of ${priceless.name} is not an amount in ${currency}.` }
}
