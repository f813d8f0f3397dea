import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { emptyCatalog } from '../../domain/catalog.ts'
import { demoRecords } from '../demo/demo-records.ts'
import { withRecords } from './catalog-record.ts'
import { MAX_FAULTS } from './menu-fault.ts'
import { parseMenuCsv } from './parse-csv.ts'
import { parseMenuJson } from './parse-json.ts'

const demo = withRecords(emptyCatalog(), demoRecords())
const guide = readFileSync(new URL('../../docs/menu-file.md', import.meta.url), 'utf8')
const examples = (language: string): string[] =>
  [...guide.matchAll(/^```(\w+)\n([\s\S]*?)^```/gm)]
    .filter((block) => block[1] === language)
    .map((block) => block[2] ?? '')

/** A file on several lines, so that a line number can be wrong. */
const fileWith = (items: string, more = '') => `{
  "version": 1,${more}
  "items": [
${items}
  ]
}`
const item = (rest: string) =>
  `    { "id": "a", "name": "A", "category": "burgers", "price": 1250, "tax_rate": "sales"${rest} }`

describe('the examples of docs/menu-file.md', () => {
  test('are read: first the JSON, then the CSV on top of it', () => {
    const [json = ''] = examples('json')
    const menu = parseMenuJson(json, emptyCatalog())
    expect(menu).toMatchObject({ ok: true })
    if (!menu.ok) return
    expect(menu.value.map(({ kind, id }) => `${kind} ${id}`)).toEqual([
      'tax_rate sales',
      'station grill',
      'category burgers',
      'modifier_group extras',
      'menu_item burger-classic',
      'menu_item cola',
    ])
    expect(menu.value.at(-1)?.value).toEqual({
      name: 'Cola (bottle)',
      categoryId: 'burgers',
      priceMinor: 350,
      taxRateId: 'sales',
      stationId: null,
      modifierGroupIds: [],
      position: 1,
    })
    const store = withRecords(emptyCatalog(), menu.value)
    const tables = examples('csv')
    expect(tables).toHaveLength(2)
    for (const table of tables) expect(parseMenuCsv(table, store, 2)).toMatchObject({ ok: true })
  })
})

describe('a JSON menu file', () => {
  test('may refer to what is in the store already', () => {
    expect(parseMenuJson(fileWith(item(', "modifier_groups": ["extras"]')), demo)).toMatchObject({
      ok: true,
      value: [{ kind: 'menu_item', id: 'a', value: { categoryId: 'burgers', position: 9 } }],
    })
  })

  test('with a byte order mark and the line ends of Windows is read the same', () => {
    const file = fileWith(item(''))
    expect(parseMenuJson(`\ufeff${file.replaceAll('\n', '\r\n')}`, demo)).toEqual(
      parseMenuJson(file, demo),
    )
  })

  test('leaves an item without a position where it was', () => {
    const row = item('').replace('"a"', '"burger-bacon"')
    expect(parseMenuJson(fileWith(row), demo)).toMatchObject({
      ok: true,
      value: [{ value: { position: 2 } }],
    })
  })

  test.each([
    ['a syntax error', fileWith(item(',')), 4, 88, 'remove this comma'],
    ['an unknown key', fileWith(item(', "prise": 1')), 4, 90, 'known are: id, name,'],
    ['a key that stands twice', fileWith(item(', "id": "b"')), 4, 90, 'stands twice'],
    [
      'an unknown category',
      fileWith(item('')).replace('burgers', 'sushi'),
      4,
      43,
      'there are: starters',
    ],
    [
      'a price in decimals',
      fileWith(item('').replace('1250', '12.50')),
      4,
      63,
      '12.50 dollars is 1250',
    ],
    ['a price as text', fileWith(item('').replace('1250', '"12"')), 4, 63, 'whole number'],
    [
      'a missing price',
      fileWith(item('').replace('"price": 1250, ', '')),
      4,
      5,
      '"price" is missing',
    ],
    [
      'an unknown station',
      fileWith(item(', "station": "sushi"')),
      4,
      101,
      'there are: grill, cold, bar',
    ],
    ['an unknown group', fileWith(item(', "modifier_groups": ["x"]')), 4, 110, 'no modifier group'],
    [
      'an id that stands twice',
      fileWith(`${item('')},\n${item('')}`),
      5,
      13,
      'stands twice in items',
    ],
    ['another version', fileWith('').replace('1', '2'), 2, 14, 'the number 1'],
    ['a list that is none', '{ "version": 1, "items": {} }', 1, 26, 'a list'],
    ['no object at all', '\n[]', 2, 1, 'an object'],
    [
      'a group whose min is above its max',
      fileWith(
        '',
        '\n "modifier_groups": [{"id":"g","name":"G","min":3,"max":2,"modifiers":[{"id":"m","name":"M","price":0}]}],',
      ),
      3,
      49,
      'must not be above max',
    ],
    [
      'two groups of one item with the same modifier',
      fileWith(
        item(', "modifier_groups": ["extras", "g"]'),
        '\n "modifier_groups": [{"id":"g","name":"G","min":0,"max":2,"modifiers":[{"id":"extra_cheese","name":"M","price":0}]}],',
      ),
      5,
      109,
      'both have the modifier "extra_cheese"',
    ],
  ])('with %s names its line and column', (_title, file, line, column, message) => {
    const parsed = parseMenuJson(file, demo)
    expect(parsed).toMatchObject({ ok: false, error: [{ line, column }] })
    expect(!parsed.ok && parsed.error[0]?.message).toContain(message)
  })

  test('counts characters, not code units, in a column', () => {
    const parsed = parseMenuJson('{ "version": 1, "🍔🍔": 1, "é": 2 }', demo)
    expect(!parsed.ok && parsed.error.map((fault) => fault.column)).toEqual([17, 26])
  })

  test('with many faults names the first of them in their order, and no more than is useful', () => {
    const rows = Array.from({ length: 50 }, () => item('').replace('1250', '-1')).join(',\n')
    const parsed = parseMenuJson(fileWith(rows), demo)
    expect(!parsed.ok && parsed.error.map((fault) => fault.line)).toEqual(
      Array.from({ length: MAX_FAULTS }, (_, index) => index + 4),
    )
  })
})
