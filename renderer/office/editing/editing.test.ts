import { expect, test } from 'vitest'
import { recordIn } from '../../../protocol/rest/records.ts'
import { changesBody, changesOf, faultsByPlace } from './changes-body.ts'
import { decimalText, parseDecimal, parsePercent, percentText } from './decimals.ts'
import { drafted, EMPTY_DRAFT, withChange, withoutChange } from './drafts.ts'
import { PIN_NONE, readForm, typedOf } from './fields.ts'
import type { FormKind } from './records.ts'

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
  const { byPlace, rest } = faultsByPlace([
    { path: 'changes.1.value.tax_rate_id', message: 'There is no such tax.' },
    { path: 'changes.1', message: 'It is used.' },
    { path: 'valid_from', message: 'That is over.' },
  ])
  expect(byPlace.get(1)).toEqual(['tax rate id: There is no such tax.', 'It is used.'])
  expect(rest).toEqual(['valid_from: That is over.'])
})
