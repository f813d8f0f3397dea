import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { catalogFaults } from '../../domain/catalog-faults.ts'
import { CHANNELS, type Channel, type RecordValue } from '../../domain/catalog.ts'
import { orderCommandSchema } from '../../domain/commands.ts'
import { openGroups } from '../../domain/modifiers.ts'
import { isOnSale, priceNow, wallTime } from '../../domain/sale-times.ts'
import { createReplica, line, newOrder, smallCatalog, TEST_ORDER_ID } from '../support/orders.ts'

const MONDAY_NOON = Date.UTC(2026, 0, 5, 12)
const orderId = TEST_ORDER_ID

type Catalog = ReturnType<typeof smallCatalog>

const till = (catalog: Catalog, atMs = MONDAY_NOON, channel: Channel = 'dine_in') => {
  const replica = createReplica('a', { catalog, atMs })
  replica.run(newOrder([], channel))
  return replica
}

const add = (replica: ReturnType<typeof till>, ...lines: ReturnType<typeof line>[]) =>
  replica.run({ type: 'addLines', orderId, lines })

const level = (over: Partial<RecordValue<'price_level'>>): RecordValue<'price_level'> => ({
  name: 'Level',
  position: 0,
  channels: [],
  windows: [],
  prices: [],
  categories: [],
  ...over,
})

describe('price levels', () => {
  test('[G1] the first one that counts and has a price decides, and the line says which', () => {
    const catalog = smallCatalog()
    const happy = { days: [1, 2, 3, 4, 5], fromMinutes: 17 * 60, toMinutes: 19 * 60 }
    const prices = [{ itemId: 'bottle', priceMinor: 2_000 }]
    catalog.price_level.set('happy', level({ name: 'Happy hour', windows: [happy], prices }))
    catalog.price_level.set(
      'door',
      level({
        name: 'Delivery',
        position: 1,
        channels: ['delivery'],
        categories: [{ categoryId: 'all', ratePpm: 1_150_000 }],
      }),
    )
    const atFive = MONDAY_NOON + 5 * 3_600_000
    const priceOf = (channel: Channel, atMs: number, itemId: string) => {
      const replica = till(catalog, atMs, channel)
      add(replica, line(itemId))
      const [sold] = replica.view()!.lines
      return [sold!.unitPriceMinor, sold!.priceLevel?.id ?? null]
    }
    expect(priceOf('dine_in', MONDAY_NOON, 'bottle')).toEqual([3_333, null])
    expect(priceOf('dine_in', atFive, 'bottle')).toEqual([2_000, 'happy'])
    expect(priceOf('delivery', atFive, 'bottle')).toEqual([2_000, 'happy'])
    // 875 × 1.15 = 1006.25, and 3333 × 1.15 = 3832.95.
    expect(priceOf('delivery', atFive, 'salad')).toEqual([1_006, 'door'])
    expect(priceOf('delivery', MONDAY_NOON, 'bottle')).toEqual([3_833, 'door'])
    expect(priceOf('dine_in', atFive + 2 * 3_600_000, 'bottle')).toEqual([3_333, null])
    // Of two at one position the lower id decides.
    catalog.price_level.set('a', level({ prices: [{ itemId: 'bottle', priceMinor: 1 }] }))
    expect(priceOf('dine_in', atFive, 'bottle')).toEqual([1, 'a'])
  })

  test('[G1] what was ordered in the happy hour keeps its price', () => {
    const catalog = smallCatalog()
    catalog.price_level.set('happy', level({ prices: [{ itemId: 'burger', priceMinor: 900 }] }))
    const replica = till(catalog)
    add(replica, line('burger'))
    catalog.price_level.clear()
    const [{ id: lineId } = { id: '' }] = replica.view()!.lines
    replica.run({
      type: 'changeLine',
      orderId,
      lineId,
      quantity: 3,
      modifierIds: ['extra_cheese'],
    })
    replica.run({ type: 'changeDetails', orderId, channel: 'delivery' })
    expect(replica.view()!.lines).toMatchObject([
      { unitPriceMinor: 900, totalMinor: 3 * 1_050, priceLevel: { id: 'happy' } },
    ])
  })

  test('[G1] a price, a name or a tax is never taken from who asks', () => {
    const told = { unitPriceMinor: 1, priceMinor: 1, price: 1, taxRateId: 'none', name: 'x' }
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(told)), fc.nat(), (member, value) => {
        const asked = { ...line('burger'), [member]: value }
        const command = { type: 'addLines', orderId, lines: [asked] }
        expect(orderCommandSchema.safeParse(command).success).toBe(false)
        // And where it got in all the same, it means nothing.
        const replica = till(smallCatalog())
        add(replica, asked)
        expect(replica.view()!.lines).toMatchObject([
          { name: 'Burger', unitPriceMinor: 1_250, taxRateId: 'food' },
        ])
      }),
    )
  })
})

describe('hours', () => {
  const hours = (zone: string, window: RecordValue<'sale_times'>['windows'][number]) => {
    const catalog = smallCatalog()
    catalog.store.set('store', { ...catalog.store.get('store')!, timeZone: zone })
    const times = { name: 'Hours', itemIds: ['salad'], categoryIds: [], windows: [window] }
    catalog.sale_times.set('hours', times)
    return (at: string) => isOnSale(catalog, { id: 'salad', categoryId: 'all' }, Date.parse(at))
  }
  const everyDay = [1, 2, 3, 4, 5, 6, 7]

  test('[G2] breakfast ends at eleven by the clocks of the store, also when they change', () => {
    const isSold = hours('Europe/Rome', { days: everyDay, fromMinutes: 360, toMinutes: 660 })
    expect(isSold('2026-01-05T09:59:59Z')).toBe(true)
    expect(isSold('2026-01-05T10:00:00Z')).toBe(false)
    // On 29 March at two it is three.
    expect(isSold('2026-03-29T03:59:00Z')).toBe(false)
    expect(isSold('2026-03-29T04:00:00Z')).toBe(true)
    expect(isSold('2026-03-29T09:00:00Z')).toBe(false)
    // Of an hour that does not exist nothing is sold, and of one that comes twice all of it.
    const night = hours('Europe/Rome', { days: [7], fromMinutes: 120, toMinutes: 180 })
    for (let minute = 0; minute < 24 * 60; minute += 10) {
      expect(night(new Date(Date.UTC(2026, 2, 29, 0, minute)).toISOString())).toBe(false)
    }
    expect(night('2026-10-25T00:30:00Z')).toBe(true)
    expect(night('2026-10-25T01:30:00Z')).toBe(true)
    expect(night('2026-10-25T02:00:00Z')).toBe(false)
  })

  test('[G2] a window over midnight belongs to the day on which it began', () => {
    const isSold = hours('UTC', { days: [5], fromMinutes: 22 * 60, toMinutes: 120 })
    // 2 January 2026 is a Friday.
    expect(['2026-01-02T21:59Z', '2026-01-02T22:00Z', '2026-01-03T01:59Z'].map(isSold)).toEqual([
      false,
      true,
      true,
    ])
    expect(isSold('2026-01-03T02:00Z')).toBe(false)
    expect(isSold('2026-01-02T01:00Z')).toBe(false)
    const sunday = hours('UTC', { days: [7], fromMinutes: 1_380, toMinutes: 60 })
    expect([sunday('2026-01-05T00:30Z'), sunday('2026-01-04T00:30Z')]).toEqual([true, false])
  })

  test('[G2] each minute of the week is in exactly one of two windows that meet', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1439 }),
        fc.integer({ min: 0, max: 1439 }),
        fc.integer({ min: 0, max: 7 * 1440 - 1 }),
        (a, b, minute) => {
          fc.pre(a !== b)
          const at = new Date(Date.UTC(2026, 0, 5) + minute * 60_000).toISOString()
          const first = hours('UTC', { days: everyDay, fromMinutes: a, toMinutes: b })(at)
          const second = hours('UTC', { days: everyDay, fromMinutes: b, toMinutes: a })(at)
          expect(first).toBe(!second)
        },
      ),
    )
    expect(wallTime('Asia/Kathmandu', Date.UTC(2026, 0, 4, 18, 30))).toEqual({ day: 1, minute: 15 })
  })

  test('[G2] outside its hours an item is refused, and no hour is no limit', () => {
    const catalog = smallCatalog()
    const noon = { days: everyDay, fromMinutes: 660, toMinutes: 780 }
    const times = { name: 'Lunch', itemIds: [], categoryIds: ['all'], windows: [noon] }
    catalog.sale_times.set('lunch', times)
    expect(add(till(catalog), line('salad')).ok).toBe(true)
    const evening = till(catalog, MONDAY_NOON + 6 * 3_600_000)
    expect(add(evening, line('salad'))).toMatchObject({ error: { code: 'not_sold_now' } })
    // One of those that name it is enough.
    const windows = [{ days: everyDay, fromMinutes: 1_000, toMinutes: 1_200 }]
    catalog.sale_times.set('dinner', { name: 'D', itemIds: ['salad'], categoryIds: [], windows })
    expect(add(evening, line('salad')).ok).toBe(true)
    expect(add(evening, line('burger'))).toMatchObject({ error: { code: 'not_sold_now' } })
  })
})

const combo: RecordValue<'combo'> = {
  name: 'Lunch menu',
  categoryId: 'all',
  position: 0,
  priceMinor: 3_001,
  slots: [
    {
      id: 'main',
      name: 'Main course',
      min: 1,
      max: 2,
      choices: [
        { itemId: 'burger', surchargeMinor: 0 },
        { itemId: 'steak', surchargeMinor: 500 },
      ],
    },
    {
      id: 'drink',
      name: 'Drink',
      min: 0,
      max: 1,
      choices: [{ itemId: 'bottle', surchargeMinor: 0 }],
    },
  ],
}

const pick = (slotId: string, itemId: string, modifierIds: string[] = []) => ({
  slotId,
  itemId,
  modifierIds,
})

const withCombo = (value = combo) => {
  const catalog = smallCatalog()
  catalog.combo.set('lunch', value)
  return catalog
}

describe('combos', () => {
  test('[G3] the price is spread by the own prices of the picks, to the cent; each has its own tax', () => {
    const replica = till(withCombo())
    const picks = [pick('main', 'burger', ['extra_cheese']), pick('drink', 'bottle')]
    expect(add(replica, { ...line('lunch', 2), picks } as never).ok).toBe(true)
    const order = replica.view()!
    // 3001 by 1250 and 3333: 818.51… and 2182.48…; the cent that is left is the first one's.
    expect(order.lines).toMatchObject([
      { itemId: 'burger', unitPriceMinor: 819, totalMinor: 2 * 969, taxRateId: 'food' },
      { itemId: 'bottle', unitPriceMinor: 2_182, taxRateId: 'wine', stationId: null },
    ])
    expect(order.totals.subtotalMinor).toBe(2 * (3_001 + 150))
    const [first, second] = order.lines
    expect(first!.combo).toEqual({ id: first!.id, comboId: 'lunch', name: 'Lunch menu' })
    expect(second!.combo).toEqual(first!.combo)
  })

  test('[G3] loses and wins no cent, whatever is picked', () => {
    fc.assert(
      fc.property(
        fc.nat(100_000),
        fc.array(fc.nat(50_000), { minLength: 1, maxLength: 6 }),
        fc.nat(3_000),
        fc.integer({ min: 1, max: 9 }),
        (priceMinor, prices, surchargeMinor, quantity) => {
          const catalog = smallCatalog()
          const choices = prices.map((price, n) => {
            const item = { ...catalog.menu_item.get('salad')!, priceMinor: price }
            catalog.menu_item.set(`i${n}`, item)
            return { itemId: `i${n}`, surchargeMinor }
          })
          const slot = { id: 's', name: 'S', min: 0, max: 20, choices }
          catalog.combo.set('lunch', { ...combo, priceMinor, slots: [slot] })
          const replica = till(catalog)
          const picks = choices.map(({ itemId }) => pick('s', itemId))
          expect(add(replica, { ...line('lunch', quantity), picks } as never).ok).toBe(true)
          const { lines, totals } = replica.view()!
          const sum = priceMinor + surchargeMinor * prices.length
          expect(totals.subtotalMinor).toBe(quantity * sum)
          // No part is further than one cent from its share.
          const total = prices.reduce((a, b) => a + b, 0)
          for (const [n, { unitPriceMinor }] of lines.entries()) {
            const share =
              total === 0 ? priceMinor / prices.length : (priceMinor * prices[n]!) / total
            expect(Math.abs(unitPriceMinor - surchargeMinor - share)).toBeLessThan(1)
          }
        },
      ),
    )
  })

  test('[G3] takes what its slots allow, and nothing else', () => {
    const replica = till(withCombo())
    const asked = (...picks: ReturnType<typeof pick>[]) => {
      const result = add(replica, { ...line('lunch'), picks } as never)
      return result.ok ? 'ok' : result.error.code
    }
    expect(asked()).toBe('modifier_count')
    expect(asked(pick('drink', 'bottle'))).toBe('modifier_count')
    expect(asked(pick('main', 'salad'))).toBe('invalid_pick')
    expect(asked(pick('dessert', 'burger'))).toBe('invalid_pick')
    expect(asked(pick('main', 'steak'))).toBe('modifier_count')
    expect(asked(pick('main', 'steak', ['rare']), pick('main', 'burger'))).toBe('ok')
    expect(add(replica, { ...line('burger'), picks: [] } as never)).toMatchObject({
      error: { code: 'not_a_combo' },
    })
    const loose = { ...combo, slots: combo.slots.map((slot) => ({ ...slot, min: 0 })) }
    expect(add(till(withCombo(loose)), line('lunch'))).toMatchObject({
      error: { code: 'empty_combo' },
    })
  })

  test('[G3] stays together: a part is changed, moved and voided with all of it', () => {
    const replica = till(withCombo())
    const picks = [pick('main', 'steak', ['rare']), pick('drink', 'bottle')]
    add(replica, { ...line('lunch'), picks } as never, line('salad'))
    const [steak, bottle, salad] = replica.view()!.lines
    replica.run({
      type: 'changeLine',
      orderId,
      lineId: steak!.id,
      quantity: 3,
      modifierIds: ['done'],
    })
    expect(replica.view()!.lines).toMatchObject([
      { quantity: 3, modifiers: [{ id: 'done' }] },
      { quantity: 3, modifiers: [] },
      { quantity: 1 },
    ])
    expect(replica.view()!.totals.subtotalMinor).toBe(3 * 3_501 + 875)
    replica.run({ type: 'voidLine', orderId, lineId: bottle!.id, reason: null })
    const live = replica.view()!.lines.filter(({ voided }) => !voided)
    expect(live.map(({ id }) => id)).toEqual([salad!.id])
  })

  test('[G3] is sold for its price now, as an item is', () => {
    const catalog = withCombo()
    catalog.price_level.set('late', level({ prices: [{ itemId: 'lunch', priceMinor: 1_000 }] }))
    const own = { id: 'lunch', ...combo }
    expect(priceNow(catalog, own, { channel: 'online', atMs: 0 }).priceMinor).toBe(1_000)
    const replica = till(catalog)
    const picks = [pick('main', 'burger'), pick('main', 'burger')]
    add(replica, { ...line('lunch'), picks } as never)
    expect(replica.view()!.lines).toMatchObject([
      { unitPriceMinor: 500, priceLevel: { id: 'late' } },
      { unitPriceMinor: 500 },
    ])
    catalog.availability.set('burger', { available: false })
    expect(add(replica, { ...line('lunch'), picks } as never)).toMatchObject({
      error: { code: 'item_unavailable', itemId: 'burger' },
    })
  })
})

test.each(CHANNELS)('[G4] %s has its own tax where the rate names one', (channel) => {
  const catalog = smallCatalog()
  catalog.tax_rate.set('reduced', { name: 'Reduced', ratePpm: 70_000, included: true })
  catalog.channel_tax.set('food', { takeout: 'reduced', delivery: 'reduced' })
  const replica = till(catalog, MONDAY_NOON, channel)
  add(replica, line('salad'), line('bottle'))
  const isReduced = channel === 'takeout' || channel === 'delivery'
  expect(replica.view()!.lines).toMatchObject([
    isReduced
      ? { taxRateId: 'reduced', taxRatePpm: 70_000, taxIncluded: true }
      : { taxRateId: 'food', taxRatePpm: 88_750, taxIncluded: false },
    { taxRateId: 'wine' },
  ])
})

describe('modifiers that open groups', () => {
  const nested = () => {
    const catalog = smallCatalog()
    catalog.modifier_group.set('meal', {
      name: 'Meal',
      position: 2,
      min: 0,
      max: 1,
      modifiers: [
        { id: 'as_meal', name: 'As a meal', priceMinor: 300, opens: ['side'] },
        { id: 'as_big_meal', name: 'Big meal', priceMinor: 500, opens: ['side', 'meal'] },
      ],
    })
    catalog.modifier_group.set('side', {
      name: 'Side',
      position: 3,
      min: 1,
      max: 1,
      modifiers: [
        { id: 'fries', name: 'Fries', priceMinor: 0, opens: ['dip'] },
        { id: 'slaw', name: 'Slaw', priceMinor: 50 },
      ],
    })
    catalog.modifier_group.set('dip', {
      name: 'Dip',
      position: 4,
      min: 0,
      max: 2,
      modifiers: [{ id: 'mayo', name: 'Mayo', priceMinor: 25 }],
    })
    const burger = catalog.menu_item.get('burger')!
    catalog.menu_item.set('burger', { ...burger, modifierGroupIds: ['extras', 'meal'] })
    return catalog
  }

  test('[G5] a group is to be chosen from once a modifier has opened it, and not before', () => {
    const replica = till(nested())
    const asked = (...ids: string[]) => {
      const result = add(replica, line('burger', 1, ids))
      return result.ok ? result.value!.lines.at(-1)!.totalMinor : result.error.code
    }
    expect(asked()).toBe(1_250)
    expect(asked('fries')).toBe('invalid_modifier')
    expect(asked('as_meal')).toBe('modifier_count')
    expect(asked('as_meal', 'slaw', 'mayo')).toBe('invalid_modifier')
    // The order in which they are named does not matter.
    expect(asked('mayo', 'fries', 'as_meal')).toBe(1_575)
    expect(asked('as_big_meal', 'slaw')).toBe(1_800)
  })

  test('[G5] what cannot be told apart, or leads nowhere, is a fault of the menu', () => {
    const catalog = nested()
    for (const item of catalog.menu_item.values())
      catalog.category.set(item.categoryId, {} as never)
    catalog.station.set('grill', {} as never).set('cold', {} as never)
    expect(catalogFaults(catalog)).toEqual([])
    const burger = catalog.menu_item.get('burger')!
    expect(openGroups(catalog, burger, 'all').open.map(({ id }) => id)).toEqual([
      'extras',
      'meal',
      'side',
      'dip',
    ])
    const dip = catalog.modifier_group.get('dip')!
    const twice = [...dip.modifiers, { id: 'no_onions', name: 'No', priceMinor: 0, opens: ['x'] }]
    catalog.modifier_group.set('dip', { ...dip, modifiers: twice })
    expect(catalogFaults(catalog).map(({ message }) => message)).toEqual([
      expect.stringContaining('both have the modifier "no_onions"'),
      'The group dip needs the modifier group x, which is not there',
    ])
    const broken = smallCatalog()
    broken.combo.set('burger', { ...combo, slots: [combo.slots[0]!, combo.slots[0]!] })
    broken.price_level.set('l', level({ prices: [{ itemId: 'gone', priceMinor: 1 }] }))
    broken.channel_tax.set('food', { takeout: 'gone' })
    broken.item_recipe.set('burger', {
      uses: [{ ingredientId: 'gone', amountMilli: 1 }],
      modifiers: [],
    })
    const messages = catalogFaults(broken).map(({ message }) => message)
    for (const words of [
      'is a menu item and a combo',
      'The combo burger has the slot main twice',
      'The price level l needs the menu item gone',
      'The channel tax food needs the tax rate gone',
      'The recipe of burger needs the ingredient gone',
    ]) {
      expect(
        messages.some((message) => message.includes(words)),
        words,
      ).toBe(true)
    }
  })
})
