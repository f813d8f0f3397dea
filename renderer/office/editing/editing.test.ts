import { expect, test } from 'vitest'
import { recordIn } from '../../../protocol/rest/records.ts'
import { changesBody, changesOf, faultsByPlace } from './changes-body.ts'
import { decimalText, parseDecimal, parsePercent, percentText } from './decimals.ts'
import { drafted, EMPTY_DRAFT, withChange, withoutChange } from './drafts.ts'
import { PIN_NONE, readForm, typedOf } from './typed.ts'
import { newRecordId, rowsOf, titleOfRecord, withDraft } from './subjects.ts'
import { valueText } from './change-words.ts'
import { parseClock } from './day-times.ts'
import { fitInto } from './picture-file.ts'
import { storeWords } from '../format.ts'
import type { TypedForm, TypedRow } from './field-spec.ts'
import type { FormKind, Records } from './records.ts'

test.each([
  ['12.5', 2, 1250],
  ['12,50', 2, 1250],
  ['.5', 2, 50],
  ['1000', 0, 1000],
  ['-0.50', 2, -50],
  ['−1', 2, -100],
  ['0.1', 3, 100],
  ['1.234', 2, null],
  ['1,234.00', 2, null],
  ['12e3', 2, null],
  ['', 2, null],
  ['.', 2, null],
  ['9999999999999', 2, null],
])('[M1] %s typed with %i decimals is %s minor units', (text, decimals, minor) => {
  expect(parseDecimal(text, decimals)).toBe(minor)
})

test('[M1] an amount in a form is read back as the same amount', () => {
  for (const minor of [0, 5, 99, 100, 1999, -150, 123_456_789]) {
    expect(parseDecimal(decimalText(minor, 2), 2)).toBe(minor)
  }
  expect([88_750, 100_000, 0, 1, 1_000_000].map(percentText)).toEqual([
    '8.875',
    '10',
    '0',
    '0.0001',
    '100',
  ])
  expect(parsePercent('8.875')).toBe(88_750)
})

const money = (amount: number) => ({ amount, currency: 'USD' })
const VALUES: Readonly<Record<FormKind, Readonly<Record<string, unknown>>>> = {
  menu_item: {
    name: 'Burger',
    kitchen_name: null,
    description: 'With cheese',
    category_id: 'burgers',
    price: money(1250),
    tax_rate_id: 'sales',
    station_id: null,
    modifier_group_ids: ['extras'],
    open: false,
    barcodes: ['5449000000996', 'B-1'],
    position: 3,
  },
  modifier_group: {
    name: 'Extras',
    position: 0,
    min: 0,
    max: 2,
    preparations: ['no', 'extra'],
    modifiers: [
      {
        id: 'm1',
        name: 'Bacon',
        kitchen_name: 'BAC',
        price: money(-50),
        opens: ['sauces'],
        extra_price: money(30),
        standard: true,
      },
    ],
  },
  category: { name: 'Burgers', position: 1, color: 'amber' },
  tax_rate: { name: 'Sales', rate_ppm: 88_750, included: true },
  station: {
    name: 'Grill',
    position: 0,
    warn_after_seconds: 60,
    late_after_seconds: 90,
    kind: 'prep',
    also_shows_item_ids: ['cola'],
    also_shows_category_ids: [],
    also_makes_item_ids: [],
    also_makes_category_ids: ['sides'],
  },
  ingredient: { name: 'Beef', unit: 'g', par_milli: 2_500_500, position: 4 },
  dining_table: { number: '7', room: 'Terrace', seats: 4, position: 6 },
  room: { name: 'Terrace', position: 2 },
  course: { name: 'Starters', category_ids: ['soups', 'salads'] },
  combo: {
    name: 'Lunch',
    description: null,
    category_id: 'burgers',
    position: 1,
    price: money(1400),
    slots: [
      {
        id: 's1',
        name: 'Main',
        min: 1,
        max: 1,
        choices: [
          { menu_item_id: 'burger', surcharge: money(0) },
          { menu_item_id: 'steak', surcharge: money(450) },
        ],
      },
    ],
  },
  price_level: {
    name: 'Happy hour',
    position: 0,
    channels: ['dine_in'],
    windows: [
      { days: [1, 2, 3, 4, 5], from_minutes: 960, to_minutes: 1080 },
      { days: [6], from_minutes: 0, to_minutes: 1440 },
    ],
    prices: [{ menu_item_id: 'cola', price: money(250) }],
    categories: [{ category_id: 'beer', rate_ppm: 800_000 }],
  },
  sale_times: {
    name: 'Breakfast',
    menu_item_ids: ['eggs'],
    category_ids: ['breakfast'],
    windows: [{ days: [7], from_minutes: 420, to_minutes: 660 }],
  },
  item_recipe: {
    uses: [{ ingredient_id: 'beef', amount_milli: 150_000 }],
    modifiers: [{ modifier_id: 'm1', uses: [{ ingredient_id: 'cheese', amount_milli: -20_500 }] }],
  },
  modifier_recipe: {
    modifiers: [{ modifier_id: 'm1', uses: [{ ingredient_id: 'bacon', amount_milli: 30_000 }] }],
  },
  inventory_settings: { sold_out_by: 'items' },
  pacing: {
    prep_minutes: 15,
    delivery_minutes: 20,
    queue_minutes: 1,
    max_orders: null,
    max_items: 40,
    lead_minutes: 30,
  },
  item_details: {
    allergens: ['milk', 'nuts'],
    texts: [{ language: 'it', name: 'Panino', description: null }],
  },
  channel_tax: { dine_in: null, takeout: 'reduced', delivery: 'reduced', online: null },
  item_picture: { picture_id: 'a'.repeat(64) },
  receipt_text: { header: ['Harbour Grill', '', '  Pier 4'], footer: [] },
  message_text: { subject: '{store}: ready', text: 'Come, {name}! {link}' },
  staff: { name: 'Ana', role: 'cashier', has_pin: true },
  store: {
    name: 'Test',
    currency: 'USD',
    time_zone: 'Europe/Rome',
    day_starts_at_minutes: 330,
    tax_rounding: 'order',
    service_charge_ppm: 125_000,
    service_charge_from_guests: 6,
    pay_later_channels: ['dine_in'],
    confirm_by_hand_channels: ['online'],
  },
}

test.each(Object.keys(VALUES) as FormKind[])(
  '[B4] a form of %s that nobody touched says what was there, as the centre takes it',
  (kind) => {
    const value = VALUES[kind]
    const read = readForm(kind, typedOf(kind, value, 'USD'), 'USD')
    expect(read).toMatchObject({ ok: true })
    const sent = read.ok ? read.value : {}
    expect(recordIn[kind].safeParse(sent).error).toBeUndefined()
    const { has_pin: _, ...written } = value
    const amounts = JSON.stringify(written).replaceAll(
      /\{"amount":(-?\d+),"currency":"USD"\}/g,
      '$1',
    )
    expect(sent).toEqual(JSON.parse(amounts))
  },
)

test('[B4] what cannot be read is named beside its field', () => {
  const typed = { ...typedOf('menu_item', VALUES.menu_item, 'USD'), price: '12.345', name: ' ' }
  const read = readForm('menu_item', typed, 'USD')
  expect(read.ok ? [] : Object.keys(read.faults)).toEqual(['name', 'price'])
  const pin = (text: string) =>
    readForm('staff', { ...typedOf('staff', VALUES.staff, 'USD'), pin: text }, 'USD')
  expect(pin('12')).toMatchObject({ ok: false, faults: { pin: expect.any(String) as string } })
  expect(pin(PIN_NONE)).toMatchObject({ ok: true, value: { pin: null } })
  expect(pin('123456')).toMatchObject({ ok: true, value: { pin: '123456' } })
})

test('[B5] a record changed twice is one change, and what is left out is as it was', () => {
  const rows = [
    { id: 'a', value: { name: 'A', price: 1 } },
    { id: 'b', value: { name: 'B', price: 2 } },
  ]
  const kind = 'menu_item'
  const first = withChange(EMPTY_DRAFT, { kind, id: 'a', value: { price: 5 }, title: 'A' })
  const second = withChange(first, { kind, id: 'a', value: { price: 6 }, title: 'A' })
  const third = withChange(second, { kind, id: 'b', value: null, title: 'B' })
  const all = withChange(third, { kind, id: 'c', value: { name: 'C' }, title: 'C' })
  expect(changesBody(changesOf(all), '2026-12-01T05:00:00.000Z')).toEqual({
    valid_from: '2026-12-01T05:00:00.000Z',
    changes: [
      { kind, id: 'a', value: { price: 6 } },
      { kind, id: 'b', value: null },
      { kind, id: 'c', value: { name: 'C' } },
    ],
  })
  expect(
    drafted(rows, all, kind).map(({ id, state, value }) => [id, state, value['price']]),
  ).toEqual([
    ['a', 'changed', 6],
    ['b', 'removed', 2],
    ['c', 'new', undefined],
  ])
  expect(drafted(rows, all, 'category').every(({ state }) => state === 'as_is')).toBe(true)
  expect(withoutChange(all, kind, 'a')).not.toHaveProperty('menu_item/a')
})

test('[B5] a fault stands beside the change that it is in', () => {
  const { byPlace, rest } = faultsByPlace(
    [
      { path: 'changes.1.value.tax_rate_id', message: 'There is no such tax.' },
      { path: 'changes.1', message: 'It is used.' },
      { path: 'changes.0.value.slots.0.choices.2.menu_item_id', message: 'It is gone.' },
      { path: 'valid_from', message: 'That is over.' },
    ],
    [{ kind: 'combo' }, { kind: 'menu_item' }],
  )
  expect(byPlace.get(0)).toEqual(['Slots, 1, Choices, 3, Item: It is gone.'])
  expect(byPlace.get(1)).toEqual(['Tax: There is no such tax.', 'It is used.'])
  expect(rest).toEqual(['valid_from: That is over.'])
})

const readOf = (kind: FormKind, change: (typed: TypedForm) => TypedForm) => {
  const read = readForm(kind, change(typedOf(kind, VALUES[kind], 'USD')), 'USD')
  return read.ok ? {} : read.faults
}
/** The first row of a field, otherwise than it was. */
const inFirst = (typed: TypedForm, field: string, values: TypedForm): TypedForm => {
  const [first, ...rest] = typed[field] as readonly TypedRow[]
  if (first === undefined) throw new Error(`${field} has no row`)
  return { ...typed, [field]: [{ ...first, values: { ...first.values, ...values } }, ...rest] }
}

test('[B4] what cannot be read in a row is named beside its field, also what the schema alone says', () => {
  expect(
    readOf('price_level', (typed) =>
      inFirst(typed, 'windows', { from_minutes: '25:00', days: [] }),
    ),
  ).toEqual({
    'windows.0.days': 'At least one day.',
    'windows.0.from_minutes': 'A time, such as 17:30.',
  })
  expect(
    readOf('price_level', (typed) => ({
      ...typed,
      prices: [...(typed['prices'] as readonly TypedRow[]), ...(typed['prices'] as TypedRow[])],
    })),
  ).toEqual({ 'prices.1.menu_item_id': 'It stands here twice.' })
  expect(readOf('combo', (typed) => inFirst(typed, 'slots', { min: '2' }))).toEqual({
    'slots.0.min': 'min must not be above max',
  })
  expect(readOf('combo', (typed) => inFirst(typed, 'slots', { choices: [] }))).toEqual({
    'slots.0.choices': 'At least 1 choice.',
  })
  expect(readOf('sale_times', (typed) => ({ ...typed, windows: [] }))).toHaveProperty('windows')
  const lines = (header: string) => readOf('receipt_text', (typed) => ({ ...typed, header }))
  expect(lines('1\n2\n3\n4\n5\n6\n7\n8\n9')).toEqual({ header: 'At most 8 lines.' })
  expect(lines(`fine\n${'x'.repeat(81)}`)).toEqual({
    header: 'Line 2 has more than 80 characters.',
  })
})

test.each([
  ['9', false, 540],
  ['09.30', false, 570],
  ['23:59', false, 1439],
  ['24:00', true, 1440],
  ['24:00', false, null],
  ['24:01', true, null],
  ['7:60', false, null],
  ['noon', false, null],
])('[B4] %s typed as a time of day, an end: %s, is %s minutes', (text, isEnd, minutes) => {
  expect(parseClock(text, isEnd)).toBe(minutes)
})

const records = (known: Partial<Records>): Records => ({
  ...(Object.fromEntries(Object.keys(VALUES).map((kind) => [kind, []])) as unknown as Records),
  ...known,
})
const rowsIn = <K extends FormKind>(...rows: readonly [kind: K, id: string, value: object][]) =>
  rows.map(([, id, value]) => ({ id, value })) as unknown as Records[K]

test('[B5] a preview writes names for ids, hours for minutes and units for thousandths', () => {
  const known = records({
    menu_item: rowsIn(
      ['menu_item', 'burger', { name: 'Burger' }],
      ['menu_item', 'steak', { name: 'Steak' }],
    ),
    ingredient: rowsIn(['ingredient', 'beef', { name: 'Beef', unit: 'g' }]),
  })
  const at = { id: 'x', records: known, words: storeWords('USD', 'UTC') }
  const told = (kind: FormKind, field: string) =>
    valueText(field, VALUES[kind][field], { ...at, kind })
  expect(told('combo', 'slots')).toBe('Main 1 to 1: Burger, Steak $4.50')
  expect(told('price_level', 'windows')).toBe('Mon–Fri 16:00–18:00; Sat 00:00–24:00')
  expect(told('price_level', 'prices')).toBe('cola $2.50')
  expect(told('price_level', 'categories')).toBe('beer 80 %')
  expect(told('item_recipe', 'uses')).toBe('Beef 150 g')
  expect(told('modifier_group', 'modifiers')).toBe('Bacon -$0.50')
  expect(told('pacing', 'max_orders')).toBe('–')
  expect(told('pacing', 'prep_minutes')).toBe('15 min')
})

test('[B5] what says more of another record has a place before anybody made it, also beside a draft', () => {
  const known = records({
    menu_item: rowsIn(['menu_item', 'burger', { name: 'Burger' }]),
    item_recipe: rowsIn(),
    dining_table: rowsIn(['dining_table', 't1', { number: '1', room: 'Bar' }]),
    course: rowsIn(['course', '1', { name: 'Starters' }], ['course', '3', { name: 'Sweet' }]),
  })
  const cake = { kind: 'menu_item', id: 'cake', value: { name: 'Cake' }, title: 'Cake' } as const
  const draft = withChange(EMPTY_DRAFT, cake)
  const around = withDraft(known, draft)
  const recipes = drafted(rowsOf('item_recipe', known, around), draft, 'item_recipe')
  expect(recipes.map(({ id, state }) => [id, state])).toEqual([
    ['burger', 'none'],
    ['cake', 'none'],
  ])
  expect(titleOfRecord('item_recipe', 'cake', null, around)).toBe('Cake')
  const [bar] = drafted(rowsOf('room', known, around), draft, 'room')
  expect(bar).toMatchObject({ id: 'Bar', value: { name: 'Bar' }, state: 'none' })
  expect(newRecordId('course', drafted(known.course, draft, 'course'))).toBe('2')
})

test.each([
  [4000, 3000, 320, 240],
  [3000, 4000, 180, 240],
  [1000, 10, 320, 3],
  [10_000, 1, 320, 1],
  [100, 80, 100, 80],
])('[G8] a photograph of %i × %i is shown at %i × %i', (width, height, toWidth, toHeight) => {
  expect(fitInto({ width, height })).toEqual({ width: toWidth, height: toHeight })
})

test('[B4] that nobody has said of allergens and that there are none are two things', () => {
  const read = (allergens: readonly string[] | null) => {
    const value = { ...VALUES.item_details, allergens }
    const form = readForm('item_details', typedOf('item_details', value, 'USD'), 'USD')
    return form.ok ? form.value['allergens'] : form.faults
  }
  expect([read(null), read([]), read(['fish'])]).toEqual([null, [], ['fish']])
  const at = {
    kind: 'item_details',
    id: 'x',
    records: records({}),
    words: storeWords('USD', 'UTC'),
  }
  expect(valueText('allergens', null, at)).toBe('Nobody has said')
  expect(valueText('allergens', ['milk', 'nuts'], at)).toBe('Milk, Nuts')
})
