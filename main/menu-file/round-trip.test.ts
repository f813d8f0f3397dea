import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { emptyCatalog, type Catalog } from '../../domain/catalog.ts'
import { demoRecords } from '../demo/demo-records.ts'
import { demoStockRecords } from '../demo/stock.ts'
import {
  MENU_KINDS,
  PLAIN_KINDS,
  withRecords,
  type CatalogRecord,
  type MenuRecord,
} from './catalog-record.ts'
import { exportMenuCsv } from './export-csv.ts'
import { exportMenuJson } from './export-json.ts'
import { parseMenuCsv } from './parse-csv.ts'
import { parseMenuJson } from './parse-json.ts'

/** Names and ids with everything that a file format could trip over. */
const nasty = fc.string({
  unit: fc.constantFrom(
    'a',
    'B',
    'é',
    'é',
    '寿',
    '🍔',
    '"',
    ',',
    ';',
    '\\',
    '\n',
    '\r',
    '\t',
    ' ',
    "'",
    '=',
    ':',
    '#',
    '{',
    '0',
    '\ufeff',
  ),
  minLength: 1,
  maxLength: 12,
})
const text = fc.oneof(nasty, fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }))
const position = fc.nat(100_000)
const ids = fc.uniqueArray(text, { minLength: 1, maxLength: 4 })
const records = <V>(value: fc.Arbitrary<V>) =>
  fc
    .tuple(ids, fc.array(value, { minLength: 4, maxLength: 4 }))
    .map(([keys, values]) => keys.map((id, index) => ({ id, value: values[index] as V })))
const of = <K extends string, R extends object>(kind: K, rows: readonly R[]) =>
  rows.map((row) => ({ kind, ...row }))

const shared = fc.record({
  taxRates: records(fc.record({ name: text, ratePpm: fc.nat(1_000_000), included: fc.boolean() })),
  stations: records(
    fc.record({
      name: text,
      position,
      warnAfterSeconds: fc.integer({ min: 1, max: 500 }),
      lateAfterSeconds: fc.integer({ min: 500, max: 1000 }),
    }),
  ),
  categories: records(fc.record({ name: text, position, color: fc.constantFrom('amber', 'red') })),
  groupIds: ids,
  modifier: fc.record(
    { name: text, priceMinor: fc.integer({ min: -500, max: 500 }), kitchenName: text },
    { requiredKeys: ['name', 'priceMinor'] },
  ),
})

const menu: fc.Arbitrary<Catalog> = shared.chain(
  ({ taxRates, stations, categories, groupIds, modifier }) => {
    // Each opens the one after it.
    const groups = groupIds.map((id, index) => ({
      id,
      value: {
        name: modifier.name,
        position: index,
        min: 0,
        max: index + 1,
        modifiers: [
          {
            id: `modifier ${index}`,
            ...modifier,
            ...(index + 1 < groupIds.length && { opens: groupIds.slice(index + 1, index + 2) }),
          },
        ],
      },
    }))
    const idOf = (rows: readonly { id: string }[]) => fc.constantFrom(...rows.map((row) => row.id))
    const item = fc.record(
      {
        name: text,
        kitchenName: text,
        description: text,
        categoryId: idOf(categories),
        priceMinor: fc.nat(100_000_000),
        taxRateId: idOf(taxRates),
        stationId: fc.option(idOf(stations)),
        modifierGroupIds: fc.subarray(groupIds),
        open: fc.constant(true as const),
        barcodes: fc.uniqueArray(fc.stringMatching(/^[!-~]{1,20}$/), {
          minLength: 1,
          maxLength: 3,
        }),
        position,
      },
      {
        requiredKeys: [
          'name',
          'categoryId',
          'priceMinor',
          'taxRateId',
          'stationId',
          'modifierGroupIds',
          'position',
        ],
      },
    )
    return records(item).map((items) =>
      withRecords(emptyCatalog(), [
        ...of('tax_rate', taxRates),
        ...of('station', stations),
        ...of('category', categories),
        ...of('modifier_group', groups),
        ...of('menu_item', items),
      ]),
    )
  },
)

const menuOf = (catalog: Catalog) =>
  Object.fromEntries([...MENU_KINDS, ...PLAIN_KINDS].map((kind) => [kind, catalog[kind]]))

const readBack = (parsed: ReturnType<typeof parseMenuJson>): readonly MenuRecord[] => {
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
  return parsed.value
}

describe('what is exported reads back as the same records', () => {
  test('JSON, with what stands in it as it is in the log', () => {
    const catalog = withRecords(emptyCatalog(), [
      ...demoRecords(),
      ...demoStockRecords().flatMap((event) =>
        event.type === 'record.set' && event.value !== null ? [event as CatalogRecord] : [],
      ),
    ])
    const json = exportMenuJson(catalog)
    const back = withRecords(emptyCatalog(), readBack(parseMenuJson(json, emptyCatalog())))
    expect(menuOf(back)).toEqual(menuOf(catalog))
    expect(back.combo.size + back.item_recipe.size).toBeGreaterThan(3)
    const broken = json.replace('"surchargeMinor": 150', '"surchargeMinor": -150')
    expect(parseMenuJson(broken, emptyCatalog())).toMatchObject({
      ok: false,
      error: [{ message: expect.stringContaining('surchargeMinor') as string }],
    })
  })

  test('JSON, into an empty store', () => {
    fc.assert(
      fc.property(menu, (catalog) => {
        const back = readBack(parseMenuJson(exportMenuJson(catalog), emptyCatalog()))
        expect(menuOf(withRecords(emptyCatalog(), back))).toEqual(menuOf(catalog))
      }),
    )
  })

  test('CSV, into a store with the same taxes, stations, groups and categories, with 0 to 3 decimals', () => {
    fc.assert(
      fc.property(menu, fc.nat(3), (catalog, digits) => {
        const store = { ...catalog, menu_item: new Map() }
        const back = readBack(parseMenuCsv(exportMenuCsv(catalog, digits), store, digits))
        expect(menuOf(withRecords(store, back))).toEqual(menuOf(catalog))
      }),
    )
  })

  test('the demo menu, and a second export is the same text', () => {
    const demo = withRecords(emptyCatalog(), demoRecords())
    const json = exportMenuJson(demo)
    const fromJson = withRecords(emptyCatalog(), readBack(parseMenuJson(json, emptyCatalog())))
    expect(menuOf(fromJson)).toEqual(menuOf(demo))
    expect(exportMenuJson(fromJson)).toBe(json)
    const csv = exportMenuCsv(demo, 2)
    expect(exportMenuCsv(withRecords(demo, readBack(parseMenuCsv(csv, demo, 2))), 2)).toBe(csv)
  })

  test('an empty menu is a file too', () => {
    expect(readBack(parseMenuJson(exportMenuJson(emptyCatalog()), emptyCatalog()))).toEqual([])
    expect(readBack(parseMenuCsv(exportMenuCsv(emptyCatalog(), 2), emptyCatalog(), 2))).toEqual([])
  })
})
