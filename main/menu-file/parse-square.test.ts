import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { catalogFaults } from '../../domain/catalog-faults.ts'
import { emptyCatalog, type Catalog } from '../../domain/catalog.ts'
import { writeRow } from './csv-cells.ts'
import { withRecords } from './catalog-record.ts'
import { parseMenuFile } from './menu-file.ts'
import { parseSquareCsv, type SquareMenu, type SquareWish } from './parse-square.ts'

const FIXTURE = join(import.meta.dirname, '../../test/fixtures/square-item-library.csv')
const AS_GROUP: SquareWish = { variations: 'group', stationId: null }

function store(): Catalog {
  const extra = { id: 'bacon', name: 'Bacon', priceMinor: 200 }
  return withRecords(emptyCatalog(), [
    {
      kind: 'modifier_group',
      id: 'extras',
      value: { name: 'Extras', position: 0, min: 0, max: 1, modifiers: [extra] },
    },
    {
      kind: 'station',
      id: 'bar',
      value: { name: 'Bar', position: 0, warnAfterSeconds: 60, lateAfterSeconds: 90 },
    },
  ])
}

function read(text: string, existing = store(), wish = AS_GROUP): SquareMenu {
  const parsed = parseSquareCsv(text, existing, 2, wish)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
  return parsed.value
}

const fixture = () => readFileSync(FIXTURE, 'utf8')

describe("Square's item library", () => {
  test('becomes items, categories and taxes; variations a group to choose one from', () => {
    const { records, notes } = read(fixture())
    const menu = withRecords(store(), records)
    expect(catalogFaults(menu)).toEqual([])
    expect([...menu.menu_item]).toMatchObject([
      [
        'flat-white',
        {
          name: 'Flat White',
          description: 'Double shot',
          categoryId: 'coffee',
          priceMinor: 380,
          taxRateId: 'state-tax-city-tax',
          modifierGroupIds: ['flat-white-variation'],
        },
      ],
      ['harbour-burger', { priceMinor: 1_450, categoryId: 'mains', modifierGroupIds: ['extras'] }],
      ['gift-basket', { priceMinor: 125_000, taxRateId: 'no-tax', categoryId: 'shop' }],
    ])
    expect(menu.modifier_group.get('flat-white-variation')).toMatchObject({
      min: 1,
      max: 1,
      modifiers: [
        { name: 'Small', priceMinor: 0 },
        { name: 'Large', priceMinor: 80 },
      ],
    })
    expect(menu.tax_rate.get('state-tax-city-tax')).toMatchObject({
      name: 'State Tax + City Tax',
      ratePpm: 65_000,
      included: false,
    })
    expect(notes.some((note) => note.includes('the modifier set "Milk" was left out'))).toBe(true)
    expect(notes.some((note) => note.includes('archived'))).toBe(true)
    expect(notes.some((note) => note.includes('--station'))).toBe(true)
  })

  test('taken again changes nothing, and keeps what was done to an item here', () => {
    const menu = withRecords(store(), read(fixture()).records)
    const burger = menu.menu_item.get('harbour-burger')!
    const edited = { ...burger, kitchenName: 'HB', stationId: 'bar', position: 7 }
    const here = withRecords(menu, [{ kind: 'menu_item', id: 'harbour-burger', value: edited }])
    expect(withRecords(here, read(fixture(), here).records)).toEqual(here)
  })

  test('has an item for each variation, where that is wished, and a station for all', () => {
    const { records } = read(fixture(), store(), { variations: 'items', stationId: 'bar' })
    const items = records.filter(({ kind }) => kind === 'menu_item')
    expect(items.map(({ id }) => id)).toEqual([
      'flat-white-small',
      'flat-white-large',
      'harbour-burger',
      'gift-basket',
    ])
    expect(items.every(({ value }) => 'stationId' in value && value.stationId === 'bar')).toBe(true)
  })

  test('is known by its columns, among our own CSV files', () => {
    const parsed = parseMenuFile(readFileSync(FIXTURE), 'csv', store())
    expect(parsed).toMatchObject({ ok: true, value: { notes: expect.any(Array) as unknown[] } })
    const own = parseMenuFile(Buffer.from('name,price\nTea,3'), 'csv', store())
    expect(own).toMatchObject({ ok: false })
  })

  test.each([
    ['Item Name,Price\nTea,variable\n', 2, 5, 'no fixed price'],
    ['Item Name,Price\nTea,-1\n', 2, 5, 'no fixed price'],
    ['Item Name,Price\n,3\n', 2, 1, 'Item Name'],
    ['Item Name,Variation Name,Price\nTea,Big,3\nTea,big,4\n', 3, 5, 'earlier row'],
    ['Item Name,Price,Tax - VAT\nTea,3,Y\n', 1, 17, 'its rate'],
    ['Item Name,Price,Price\nTea,3,4\n', 1, 17, 'stands twice'],
  ])('names the line of what is wrong: %j', (text, line, column, words) => {
    expect(parseSquareCsv(text, store(), 2, AS_GROUP)).toMatchObject({
      ok: false,
      error: [{ line, column, message: expect.stringContaining(words) as string }],
    })
  })

  test('whatever names stand in it, ids are unique and the menu holds together', () => {
    const name = fc.string({
      unit: fc.constantFrom('a', 'B', 'é', ' ', ',', '"', '寿', '-', '\n', '1'),
    })
    const row = fc.record({
      item: name.filter((text) => text.trim() !== ''),
      variation: name,
      category: name,
      price: fc.nat(999_999),
      yes: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(row, { maxLength: 12 }), fc.boolean(), (rows, isGroup) => {
        const text = [
          writeRow([
            'Item Name',
            'Variation Name',
            'Category',
            'Price',
            'Modifier Set - Extras',
            'Tax - A (5%)',
          ]),
          ...rows.map((one) =>
            writeRow([
              one.item.trim(),
              one.variation.trim(),
              one.category.trim(),
              (one.price / 100).toFixed(2),
              one.yes ? 'Y' : 'N',
              one.yes ? 'N' : 'Y',
            ]),
          ),
        ].join('')
        const parsed = parseSquareCsv(text, store(), 2, {
          variations: isGroup ? 'group' : 'items',
          stationId: null,
        })
        if (!parsed.ok) {
          expect(parsed.error.every(({ message }) => message.includes('earlier row'))).toBe(true)
          return
        }
        const { records } = parsed.value
        const keys = records.map(({ kind, id }) => `${kind} ${id}`)
        expect(new Set(keys).size).toBe(keys.length)
        expect(catalogFaults(withRecords(store(), records))).toEqual([])
      }),
      { numRuns: 200 },
    )
  })
})
