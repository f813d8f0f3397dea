import { CHANNELS, type Channel } from '../../../domain/channels.ts'
import type { ALLERGENS } from '../../../domain/menu-records.ts'
import type { FieldSpec } from './field-spec.ts'
import {
  categoryOptions,
  channelOptions,
  fixed,
  namesOf,
  itemOptions,
  NAME,
  POSITION,
  soldOptions,
} from './options.ts'

/** Combos, other prices at other times and in other channels, and when things are sold. */

const WINDOW_FIELDS: readonly FieldSpec[] = [
  { name: 'days', label: 'Days', type: 'days' },
  { name: 'from_minutes', label: 'From', type: 'clock' },
  { name: 'to_minutes', label: 'To', type: 'clock', isEnd: true },
]

const windows = (hint: string, min = 0): FieldSpec => ({
  name: 'windows',
  label: 'Hours',
  type: 'rows',
  of: 'stretch of hours',
  fields: WINDOW_FIELDS,
  min,
  max: 50,
  hint,
})

export const PRICE_LEVEL_FIELDS: readonly FieldSpec[] = [
  NAME,
  windows('None: at all times. Past midnight: an end that is not after the beginning'),
  {
    name: 'channels',
    label: 'Only for',
    type: 'ticks',
    options: channelOptions,
    hint: 'None: for every order',
  },
  {
    name: 'prices',
    label: 'Prices',
    type: 'rows',
    of: 'price',
    unique: 'menu_item_id',
    max: 2_000,
    fields: [
      { name: 'menu_item_id', label: 'Item', type: 'choice', options: soldOptions },
      { name: 'price', label: 'Price', type: 'money' },
    ],
  },
  {
    name: 'categories',
    label: 'All else of a category',
    type: 'rows',
    of: 'category',
    unique: 'category_id',
    max: 200,
    hint: 'So much of its own price: 80 % makes $10 eight',
    fields: [
      { name: 'category_id', label: 'Category', type: 'choice', options: categoryOptions },
      { name: 'rate_ppm', label: 'Of its price', type: 'percent', maxPpm: 10_000_000 },
    ],
  },
  {
    ...POSITION,
    hint: 'Where two have a price for an item, the smaller position counts',
  } as FieldSpec,
]

export const SALE_TIMES_FIELDS: readonly FieldSpec[] = [
  NAME,
  windows('Past midnight: an end that is not after the beginning', 1),
  {
    name: 'category_ids',
    label: 'Whole categories',
    type: 'picks',
    of: 'category',
    options: categoryOptions,
  },
  { name: 'menu_item_ids', label: 'Items', type: 'picks', of: 'item', options: soldOptions },
]

export const COMBO_FIELDS: readonly FieldSpec[] = [
  NAME,
  { name: 'price', label: 'Price', type: 'money' },
  { name: 'category_id', label: 'Category', type: 'choice', options: categoryOptions },
  {
    name: 'slots',
    label: 'Slots',
    type: 'rows',
    of: 'slot',
    isKeyed: true,
    min: 1,
    max: 20,
    hint: 'What a guest picks from, such as “Main” and “Drink”',
    fields: [
      NAME,
      { name: 'min', label: 'At least', type: 'number', min: 0, max: 20 },
      { name: 'max', label: 'At most', type: 'number', min: 1, max: 20 },
      {
        name: 'choices',
        label: 'Choices',
        type: 'rows',
        of: 'choice',
        unique: 'menu_item_id',
        min: 1,
        max: 200,
        fields: [
          { name: 'menu_item_id', label: 'Item', type: 'choice', options: itemOptions },
          { name: 'surcharge', label: 'Surcharge', type: 'money', whenEmpty: 'zero' },
        ],
      },
    ],
  },
  { name: 'description', label: 'Description', type: 'text', maxLength: 500, isOptional: true },
  POSITION,
]

const ALLERGEN_NAMES: Readonly<Record<(typeof ALLERGENS)[number], string>> = {
  gluten: 'Gluten',
  crustaceans: 'Crustaceans',
  eggs: 'Eggs',
  fish: 'Fish',
  peanuts: 'Peanuts',
  soybeans: 'Soybeans',
  milk: 'Milk',
  nuts: 'Nuts',
  celery: 'Celery',
  mustard: 'Mustard',
  sesame: 'Sesame',
  sulphites: 'Sulphites',
  lupin: 'Lupin',
  molluscs: 'Molluscs',
}

export const ITEM_DETAILS_FIELDS: readonly FieldSpec[] = [
  {
    name: 'allergens',
    label: 'Allergens',
    type: 'ticks',
    options: fixed(ALLERGEN_NAMES),
    unsaid: 'Nobody has said',
    hint: 'None ticked: it has none of them',
  },
  {
    name: 'texts',
    label: 'In other languages',
    type: 'rows',
    of: 'language',
    unique: 'language',
    max: 40,
    fields: [
      { name: 'language', label: 'Language', type: 'text', maxLength: 20, hint: 'Such as it' },
      { name: 'name', label: 'Name', type: 'text', maxLength: 120, isOptional: true },
    ],
    more: [
      {
        name: 'description',
        label: 'Description',
        type: 'text',
        maxLength: 500,
        isOptional: true,
      },
    ],
  },
]

/** Said here: a table is made before the language of a screen is known. */
const CHANNEL_LABELS: Readonly<Record<Channel, string>> = {
  dine_in: 'Dine-in',
  takeout: 'Takeout',
  delivery: 'Delivery',
  online: 'Online',
}

const rateIn = (channel: Channel): FieldSpec => ({
  name: channel,
  label: CHANNEL_LABELS[channel],
  type: 'choice',
  none: 'This tax itself',
  options: ({ tax_rate: rates }) => namesOf(rates),
})

/** Of a tax: which one counts in its place. */
export const CHANNEL_TAX_FIELDS: readonly FieldSpec[] = CHANNELS.map(rateIn)
