import { MAX_GUESTS, type EditedKind, type Role } from '../../../domain/catalog.ts'
import type { FieldSpec } from './field-spec.ts'
import {
  CHANNEL_TAX_FIELDS,
  COMBO_FIELDS,
  ITEM_DETAILS_FIELDS,
  PRICE_LEVEL_FIELDS,
  SALE_TIMES_FIELDS,
} from './menu-fields.ts'
import { channelOptions, fixed, namesOf, NAME, POSITION, roomOptions } from './options.ts'
import type { FormKind } from './records.ts'
import { INGREDIENT_FIELDS, ITEM_RECIPE_FIELDS, MODIFIER_RECIPE_FIELDS } from './stock-fields.ts'

/** What can be edited of each kind, field by field. One table for forms, previews and faults. */

export const STAFF_ROLE_NAMES: Record<Role, string> = {
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

const DAY_SECONDS = 86_400

const minutes = (name: string, label: string, max: number, hint?: string): FieldSpec => ({
  name,
  label,
  type: 'number',
  min: 0,
  max,
  suffix: 'min',
  ...(hint !== undefined && { hint }),
})

const PAPER = { maxLines: 8, maxLength: 80, hint: 'Up to 8 lines; long ones break' } as const

const MODIFIERS: FieldSpec = {
  name: 'modifiers',
  label: 'Modifiers',
  type: 'rows',
  of: 'modifier',
  isKeyed: true,
  min: 1,
  max: 100,
  fields: [
    NAME,
    { name: 'price', label: 'Price', type: 'money', isSigned: true, whenEmpty: 'zero' },
  ],
  more: [
    {
      name: 'kitchen_name',
      label: 'Name in the kitchen',
      type: 'text',
      maxLength: 120,
      isOptional: true,
      hint: 'Empty: as above',
    },
    {
      name: 'extra_price',
      label: 'What “extra” costs beside it',
      type: 'money',
      isSigned: true,
      whenEmpty: 'null',
    },
    {
      name: 'standard',
      label: 'The dish',
      type: 'flag',
      yes: 'comes with it: it costs nothing',
      no: 'comes without it',
    },
    {
      name: 'opens',
      label: 'Then choose from',
      type: 'ticks',
      options: ({ modifier_group: groups }) => namesOf(groups),
    },
  ],
}

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
    MODIFIERS,
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
      type: 'picks',
      of: 'item',
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
      type: 'picks',
      of: 'item',
      options: ({ menu_item: items }) => namesOf(items),
    },
    POSITION,
  ],
  combo: COMBO_FIELDS,
  price_level: PRICE_LEVEL_FIELDS,
  sale_times: SALE_TIMES_FIELDS,
  item_details: ITEM_DETAILS_FIELDS,
  channel_tax: CHANNEL_TAX_FIELDS,
  ingredient: INGREDIENT_FIELDS,
  item_recipe: ITEM_RECIPE_FIELDS,
  modifier_recipe: MODIFIER_RECIPE_FIELDS,
  inventory_settings: [
    {
      name: 'sold_out_by',
      label: 'Off the menu by itself',
      type: 'choice',
      options: fixed({
        nothing: 'Nothing: stock is only counted',
        items: 'Items whose own count has run out',
        items_and_ingredients: 'Those, and items of which an ingredient has run out',
      }),
    },
  ],
  course: [
    { name: 'name', label: 'Name', type: 'text', maxLength: 40 },
    {
      name: 'category_ids',
      label: 'Comes with it unless somebody says otherwise',
      type: 'ticks',
      options: ({ category }) => namesOf(category),
    },
  ],
  room: [NAME, POSITION],
  pacing: [
    minutes('prep_minutes', 'To make an order', 240, 'With nothing else to make'),
    minutes('delivery_minutes', 'On the way to a guest’s door', 240),
    minutes('queue_minutes', 'More for each order ahead', 60),
    {
      name: 'max_orders',
      label: 'Orders in a quarter of an hour',
      type: 'number',
      min: 1,
      max: 500,
      isOptional: true,
      hint: 'Empty: as many as there are guests',
    },
    {
      name: 'max_items',
      label: 'Items in a quarter of an hour',
      type: 'number',
      min: 1,
      max: 5_000,
      isOptional: true,
      hint: 'Empty: as many as are ordered',
    },
    minutes(
      'lead_minutes',
      'An order for later goes to the kitchen',
      1_440,
      'So long before it is due',
    ),
  ],
  item_picture: [{ name: 'picture_id', label: 'Picture', type: 'text', maxLength: 64 }],
  message_text: [
    {
      name: 'subject',
      label: 'Subject',
      type: 'text',
      maxLength: 120,
      hint: 'Of a mail, and the title of a message in the browser',
    },
    {
      name: 'text',
      label: 'Text',
      type: 'text',
      maxLength: 400,
      hint: 'Filled in: {store}, {order}, {name} and {link}. Without {link} the link stands at the end.',
    },
  ],
  receipt_text: [
    { name: 'header', label: 'Over the order', type: 'lines', ...PAPER },
    { name: 'footer', label: 'Under the order', type: 'lines', ...PAPER },
  ],
  dining_table: [
    { name: 'number', label: 'Number', type: 'text', maxLength: 20 },
    { name: 'room', label: 'Room', type: 'choice', options: roomOptions },
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
      max: MAX_GUESTS,
      isOptional: true,
      hint: 'Empty: for all',
    },
    {
      name: 'pay_later_channels',
      label: 'May be sent before they are paid',
      type: 'ticks',
      options: channelOptions,
    },
    {
      name: 'confirm_by_hand_channels',
      label: 'Wait for a person to confirm them, paid or not',
      type: 'ticks',
      options: channelOptions,
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
  pacing: 'Promises to guests',
  receipt_text: 'Text on receipts',
  message_text: 'Message to guests',
  item_picture: 'Picture',
  staff: 'Person',
  store: 'Store',
}
