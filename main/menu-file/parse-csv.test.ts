import { describe, expect, test } from 'vitest'
import { emptyCatalog } from '../../domain/catalog.ts'
import { demoRecords } from '../demo/demo-records.ts'
import { withRecords, type CatalogRecord } from './catalog-record.ts'
import { parseMenuCsv } from './parse-csv.ts'

const demo = withRecords(emptyCatalog(), demoRecords())
const parse = (text: string, digits = 2) => parseMenuCsv(text, demo, digits)
const HEAD = 'id,name,category,price,tax_rate,station,modifier_groups\n'

describe('a CSV menu file', () => {
  test('names things by id or by name, in any case and any order of columns', () => {
    const parsed = parse(
      'PRICE,Name,Category, Tax Rate ,station,modifier groups,ID\n' +
        '12.5,"Burger, ""the"" big",bUrGeRs,sales tax 8.875 %,GRILL & OVEN,extras; Leave out,big\n',
    )
    expect(parsed).toEqual({
      ok: true,
      value: [
        {
          kind: 'menu_item',
          id: 'big',
          value: {
            name: 'Burger, "the" big',
            categoryId: 'burgers',
            priceMinor: 1250,
            taxRateId: 'sales',
            stationId: 'grill',
            modifierGroupIds: ['extras', 'leave-out'],
            position: 9,
          },
        },
      ],
    })
  })

  test('makes the categories that are new, once each, before the items in them', () => {
    const parsed = parse(
      'name,category,price,tax_rate\nMaki,Sushi & rolls,6,sales\nNigiri,SUSHI & ROLLS,7,sales\nSake,Ünique,8,alcohol\n',
    )
    expect(parsed).toMatchObject({
      ok: true,
      value: [
        { kind: 'category', id: 'sushi-rolls', value: { name: 'Sushi & rolls', position: 8 } },
        { kind: 'category', id: 'unique', value: { name: 'Ünique', position: 9 } },
        { id: 'maki', value: { categoryId: 'sushi-rolls', position: 0 } },
        { id: 'nigiri', value: { categoryId: 'sushi-rolls', position: 1 } },
        { id: 'sake', value: { categoryId: 'unique', position: 0, stationId: null } },
      ],
    })
  })

  test('of ids and prices changes prices alone', () => {
    const parsed = parse('id,price\nburger-classic,12.95\n')
    expect(parsed).toEqual({
      ok: true,
      value: [
        {
          kind: 'menu_item',
          id: 'burger-classic',
          value: { ...demo.menu_item.get('burger-classic'), priceMinor: 1295 },
        },
      ],
    })
  })

  test('an empty cell clears what may be empty', () => {
    const parsed = parse(
      'id,description,station,modifier_groups,kitchen_name\nburger-classic,,,,\n',
    )
    expect(parsed.ok && (parsed.value[0] as CatalogRecord<'menu_item'>).value).toEqual({
      name: 'Classic burger',
      categoryId: 'burgers',
      priceMinor: 1250,
      taxRateId: 'sales',
      stationId: null,
      modifierGroupIds: [],
      position: 0,
    })
  })

  test('needs no tax rate where the store has only one', () => {
    const one = withRecords(emptyCatalog(), [
      { kind: 'tax_rate', id: 'vat', value: { name: 'VAT', ratePpm: 200_000, included: true } },
    ])
    expect(parseMenuCsv('name,category,price\nTea,Drinks,300\n', one, 0)).toMatchObject({
      ok: true,
      value: [{ kind: 'category' }, { id: 'tea', value: { taxRateId: 'vat', priceMinor: 300 } }],
    })
  })

  test.each(['\n', '\r\n', '\r'])(
    'is read with line ends %j, a byte order mark and blank lines',
    (end) => {
      const lines = ['\ufeffid,price', '', 'burger-classic,13', ',', 'burger-bacon,14', '']
      expect(parse(lines.join(end))).toMatchObject({
        ok: true,
        value: [{ value: { priceMinor: 1300 } }, { value: { priceMinor: 1400 } }],
      })
    },
  )

  test.each([
    ['an unknown column', 'id,name,prize\na,A,1\n', 1, 9, 'known are: id, name'],
    ['a column twice', 'id,name,ID\na,A,b\n', 1, 9, 'stands twice'],
    ['semicolons', 'id;name\na;A\n', 1, 1, 'separated by commas'],
    ['neither ids nor names', 'price\n1\n', 1, 1, '"id" or "name"'],
    ['a price with a comma', `${HEAD}a,A,burgers,"12,50",sales,,\n`, 2, 13, 'such as 12.50'],
    ['a price too fine', `${HEAD}a,A,burgers, 12.505,sales,,\n`, 2, 14, 'at most 2 decimals'],
    ['a price too high', `${HEAD}a,A,burgers,999999999,sales,,\n`, 2, 13, 'price'],
    ['an empty price', `${HEAD}a,A,burgers,,sales,,\n`, 2, 13, 'is empty'],
    ['an unknown tax rate', `${HEAD}a,A,burgers,1,vat,,\n`, 2, 15, 'there are: Sales tax'],
    ['an unknown station', `${HEAD}a,A,burgers,1,sales,sushi,\n`, 2, 21, 'there are: Grill'],
    ['an unknown group', `${HEAD}a,A,burgers,1,sales,,Extras;Nope\n`, 2, 22, '"Nope" is not known'],
    ['an id twice', `${HEAD}a,A,burgers,1,sales,,\na,A,burgers,1,sales,,\n`, 3, 1, 'earlier row'],
    ['a name that makes no id', 'name,price\n寿司,1\n', 2, 1, 'give one'],
    ["another item's id by its name", 'name,price\nBurger classic,1\n', 2, 1, 'give another'],
    ['a cell too few', `${HEAD}a,A,burgers,1,sales,\n`, 2, 21, '6 cells'],
    ['a cell too many', `${HEAD}a,A,burgers,12,50,sales,,\n`, 2, 26, 'in double quotes'],
    ['a quote that nothing closes', 'id,name\na,"A\nb,B\n', 2, 3, 'nothing closes'],
    ['a quote in the middle', 'id,name\na,A\nb,10" pizza\n', 3, 3, 'double quotes'],
    ['text after a quote', 'id,name\na,"A"x\n', 2, 3, 'closing double quote'],
    ['a position that is none', 'id,position\nburger-classic,first\n', 2, 16, 'whole number'],
    ['a name too long', `id,name\nburger-classic,${'x'.repeat(121)}\n`, 2, 16, '120 characters'],
    [
      'a fault after a cell on two lines',
      'id,name,price\r\nbrownie,"A 🍔\r\nB",x\r\n',
      3,
      4,
      '"x"',
    ],
    ['a fault after characters of many bytes', 'name,id,price\n寿司🍔é,brownie,x\n', 2, 14, '"x"'],
  ])('with %s names its line and column', (_title, file, line, column, message) => {
    const parsed = parse(file)
    expect(parsed).toMatchObject({ ok: false, error: [{ line, column }] })
    expect(!parsed.ok && parsed.error[0]?.message).toContain(message)
  })

  test('tells all faults of several rows at once', () => {
    const parsed = parse('id,price\nburger-classic,x\nburger-bacon,1\nbrownie,y\n')
    expect(!parsed.ok && parsed.error.map((fault) => fault.line)).toEqual([2, 4])
  })

  test('asks for the id where a name stands for several things', () => {
    const two = withRecords(demo, [
      { kind: 'category', id: 'burgers-2', value: { name: 'burgers', position: 9, color: 'red' } },
    ])
    const parsed = parseMenuCsv('id,category\nbrownie,Burgers\n', two, 2)
    expect(!parsed.ok && parsed.error[0]?.message).toContain('burgers, burgers-2')
  })
})
