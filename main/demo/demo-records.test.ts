import { floorRooms, overlaps } from '../../domain/floor.ts'
import { describe, expect, test } from 'vitest'
import { emptyCatalog, recordSchemas, type MenuItem } from '../../domain/catalog.ts'
import { catalogFaults } from '../../domain/catalog-faults.ts'
import { readSubject } from '../../domain/inventory.ts'
import { parseJournalEvent } from '../../domain/journal.ts'
import { priceLines } from '../../domain/pricing.ts'
import { withRecords, type CatalogRecord } from '../menu-file/catalog-record.ts'
import { readArgon2id } from '../argon2id.ts'
import { demoRecords } from './demo-records.ts'
import { demoCounts, demoStockRecords } from './stock.ts'
import { DEMO_STAFF } from './house.ts'

const records = demoRecords()
const catalog = withRecords(emptyCatalog(), records)
const items = [...catalog.menu_item.entries()]

const sell = (itemId: string, modifierIds: string[]) =>
  priceLines(
    { catalog, orderId: 'order-1', channel: 'dine_in', atMs: Date.UTC(2026, 0, 5, 12) },
    { itemId, quantity: 2, modifierIds, instructions: 'Well done' },
    () => 'line-1',
  )

const groupsOf = (item: MenuItem) =>
  item.modifierGroupIds.map((id) => catalog.modifier_group.get(id)!)

describe('the demo restaurant', () => {
  test.each(records.map((record) => [`${record.kind} ${record.id}`, record] as const))(
    '%s has the shape that the log takes',
    (_title, { kind, value }) => {
      expect(recordSchemas[kind].parse(value)).toEqual(value)
    },
  )

  test('is of the size that was promised', () => {
    expect(items.length).toBeGreaterThanOrEqual(58)
    expect(catalog.category.size).toBe(8)
    expect(catalog.modifier_group.size).toBeGreaterThanOrEqual(10)
    expect(catalog.station.size).toBe(4)
    expect(catalog.tax_rate.size).toBe(2)
    expect(catalog.staff.size).toBe(4)
    expect([...catalog.dining_table.values()].map((table) => table.number)).toEqual(
      Array.from({ length: 20 }, (_, index) => String(index + 1)),
    )
    expect(new Set([...catalog.dining_table.values()].map((table) => table.room)).size).toBe(2)
  })

  test('[Q3] has two rooms, in which no table stands in another one', () => {
    const rooms = floorRooms(catalog)
    expect(rooms.map(({ name, tables }) => [name, tables.length])).toEqual([
      ['Dining room', 12],
      ['Terrace', 8],
    ])
    for (const { tables } of rooms) {
      for (const [index, { place, isAutomatic }] of tables.entries()) {
        expect(isAutomatic).toBe(false)
        expect(tables.slice(index + 1).filter((other) => overlaps(place, other.place))).toEqual([])
      }
    }
  })

  test('uses no id twice', () => {
    const keys = records.map((record) => `${record.kind} ${record.id}`)
    expect(new Set(keys).size).toBe(keys.length)
    const modifierIds = [...catalog.modifier_group.values()].flatMap((group) =>
      group.modifiers.map((modifier) => modifier.id),
    )
    expect(new Set(modifierIds).size).toBe(modifierIds.length)
    for (const id of modifierIds) expect(id).toMatch(/^[a-z0-9]+(_[a-z0-9]+)+$/)
  })

  test('refers only to what is there', () => {
    for (const [id, item] of items) {
      expect(catalog.category.has(item.categoryId), id).toBe(true)
      expect(catalog.tax_rate.has(item.taxRateId), id).toBe(true)
      if (item.stationId !== null) expect(catalog.station.has(item.stationId), id).toBe(true)
      for (const group of item.modifierGroupIds) {
        expect(catalog.modifier_group.has(group), `${id} ${group}`).toBe(true)
      }
    }
    expect(items.filter(([, item]) => item.stationId === null).length).toBeGreaterThanOrEqual(3)
  })

  test('puts no two items of a category into one cell, no two categories in one place', () => {
    const cells = items.map(([, item]) => `${item.categoryId} ${item.position}`)
    expect(new Set(cells).size).toBe(cells.length)
    const places = [...catalog.category.values()].map((category) => category.position)
    expect(new Set(places).size).toBe(places.length)
    expect(new Set([...catalog.category.values()].map((category) => category.color)).size).toBe(8)
  })

  test('has kitchen names that fit a ticket', () => {
    for (const [id, item] of items) expect(item.kitchenName!.length, id).toBeLessThanOrEqual(14)
  })

  test('has modifier groups that can be satisfied, used by some item each', () => {
    for (const [id, group] of catalog.modifier_group) {
      expect(group.modifiers.length, id).toBeGreaterThanOrEqual(group.max)
      expect(
        items.some(([, item]) => item.modifierGroupIds.includes(id)),
        id,
      ).toBe(true)
    }
    const required = [...catalog.modifier_group.values()].filter((group) => group.min > 0)
    expect(required.length).toBeGreaterThanOrEqual(3)
  })
})

describe('selling from the demo menu', () => {
  test('the basic example: two classic burgers, extra cheese, no onions', () => {
    const sold = sell('burger-classic', ['extra_cheese', 'no_onions'])
    expect(sold).toMatchObject({
      ok: true,
      value: [
        {
          added: {
            name: 'Classic burger',
            unitPriceMinor: 1250,
            taxRatePpm: 88_750,
            taxIncluded: false,
            stationId: 'grill',
            modifiers: [
              { id: 'extra_cheese', priceMinor: 150 },
              { id: 'no_onions', priceMinor: 0 },
            ],
          },
        },
      ],
    })
  })

  test('every burger takes those modifiers, and none at all', () => {
    const burgers = items.filter(([, item]) => item.categoryId === 'burgers')
    expect(burgers.length).toBeGreaterThan(5)
    for (const [id] of burgers) {
      expect(sell(id, ['extra_cheese', 'no_onions']), id).toMatchObject({ ok: true })
      expect(sell(id, []), id).toMatchObject({ ok: true })
    }
  })

  test('every item sells with the first choices of its required groups', () => {
    for (const [id, item] of items) {
      const chosen = groupsOf(item).flatMap((group) =>
        group.modifiers.slice(0, group.min).map((modifier) => modifier.id),
      )
      expect(sell(id, chosen), id).toMatchObject({ ok: true })
    }
  })

  test('a steak without a temperature is refused', () => {
    expect(sell('steak-ribeye', ['side_fries'])).toMatchObject({
      ok: false,
      error: { code: 'modifier_count', groupName: 'Temperature' },
    })
  })
})

test('the demo stock names what is there, and its combo can be sold', () => {
  const whole = withRecords(
    catalog,
    demoStockRecords().flatMap((event) =>
      event.type === 'record.set' && event.value !== null ? [event as CatalogRecord] : [],
    ),
  )
  expect(catalogFaults(whole)).toEqual([])
  for (const event of demoCounts('c', Date.UTC(2026, 0, 1))) {
    expect(parseJournalEvent(event)).toEqual(event)
    const subject = readSubject(event.about)!
    expect(whole[subject.kind === 'item' ? 'menu_item' : 'ingredient'].has(subject.id)).toBe(true)
  }
  const picks = [
    { slotId: 'burger', itemId: 'burger-bacon', modifierIds: ['no_onions'] },
    { slotId: 'starter', itemId: 'soup-of-the-day', modifierIds: [] },
    { slotId: 'drink', itemId: 'draft-lager', modifierIds: [] },
  ]
  const sold = priceLines(
    { catalog: whole, orderId: 'order-1', channel: 'dine_in', atMs: Date.UTC(2026, 0, 5, 12) },
    { itemId: 'combo-burger', quantity: 1, modifierIds: [], instructions: null, picks },
    () => 'line',
  )
  expect(sold).toMatchObject({
    ok: true,
    value: [
      { uses: [{ ingredientId: 'beef' }, { ingredientId: 'buns' }, { amountMilli: 40_000 }] },
      {},
      {},
    ],
  })
})

describe('the demo staff', () => {
  test('signs in with the documented PINs, the admin with 1234', async () => {
    for (const { id, pin } of DEMO_STAFF) {
      const hash = readArgon2id(catalog.staff.get(id)!.pinHash!)
      expect(await hash?.opensWith(pin, null), id).toBe(true)
    }
    expect(DEMO_STAFF.map(({ role, pin }) => [role, pin])).toEqual([
      ['admin', '1234'],
      ['manager', '2222'],
      ['cashier', '3333'],
      ['kitchen', '4444'],
    ])
  })
})
