import { describe, expect, test } from 'vitest'
import { preparedKitchenName, preparedName } from '../../domain/preparations.ts'
import { decide } from '../../domain/decide.ts'
import type { OrderCommand } from '../../domain/commands.ts'
import { createReplica, line, newOrder, smallCatalog, TEST_ORDER_ID } from '../support/orders.ts'

const orderId = TEST_ORDER_ID

/** Toppings that come with the burger or cost something, each wanted as one likes. */
function withToppings() {
  const catalog = smallCatalog()
  catalog.modifier_group.set('toppings', {
    name: 'Toppings',
    position: 2,
    min: 0,
    max: 2,
    preparations: ['no', 'extra', 'side'],
    modifiers: [
      { id: 'lettuce', name: 'Lettuce', priceMinor: 40, standard: true },
      { id: 'bacon', name: 'Bacon', priceMinor: 200, extraPriceMinor: 150 },
      { id: 'sauce', name: 'Sauce', kitchenName: 'SCE', priceMinor: 50, opens: ['temperature'] },
    ],
  })
  const burger = catalog.menu_item.get('burger')!
  catalog.menu_item.set('burger', { ...burger, modifierGroupIds: ['extras', 'toppings'] })
  catalog.menu_item.set('misc', { ...burger, name: 'Open food', modifierGroupIds: [], open: true })
  catalog.ingredient.set('leaf', { name: 'Leaf', unit: 'g', parMilli: null, position: 0 })
  const leaf = (amountMilli: number) => [{ ingredientId: 'leaf', amountMilli }]
  catalog.item_recipe.set('burger', { uses: leaf(30_000), modifiers: [] })
  catalog.modifier_recipe.set('toppings', {
    modifiers: [
      { modifierId: 'lettuce', uses: leaf(30_000) },
      { modifierId: 'bacon', uses: leaf(1_000) },
    ],
  })
  return catalog
}

const sold = (...modifierIds: string[]) => {
  const replica = createReplica('A', { catalog: withToppings() })
  const result = replica.run(newOrder([line('burger', 1, modifierIds)]))
  return result.ok ? result.value!.lines[0]! : result.error
}

describe('modifiers as they are wanted', () => {
  test.each([
    [['bacon'], 1_450],
    [['side:bacon'], 1_450],
    // Its extra price beside its price; without one, its price once more.
    [['extra:bacon'], 1_600],
    [['extra:sauce', 'rare'], 1_350],
    [['no:bacon'], 1_250],
    // The burger comes with it.
    [['lettuce'], 1_250],
    [['extra:lettuce'], 1_290],
    [['no:lettuce', 'side:sauce', 'done'], 1_300],
  ])('[G6] %j make the burger %d', (modifierIds, totalMinor) => {
    expect(sold(...modifierIds)).toMatchObject({ totalMinor })
  })

  test('[G6] what is left out opens nothing and counts for no maximum', () => {
    expect(sold('no:sauce', 'lettuce', 'bacon')).toMatchObject({ totalMinor: 1_450 })
    expect(sold('no:sauce', 'rare')).toMatchObject({ code: 'invalid_modifier' })
    expect(sold('extra:sauce')).toMatchObject({ code: 'modifier_count', groupName: 'Temperature' })
    expect(sold('lettuce', 'bacon', 'side:sauce', 'rare')).toMatchObject({ code: 'modifier_count' })
  })

  test('[G6] one that is both left out and had, or wanted as its group has not, is refused with what is possible', () => {
    expect(sold('no:bacon', 'extra:bacon')).toMatchObject({ code: 'invalid_modifier' })
    const refused = sold('extra:extra_cheese')
    expect(refused).toMatchObject({ code: 'invalid_modifier', modifierId: 'extra:extra_cheese' })
    expect(refused).toMatchObject({
      possible: expect.arrayContaining(['extra_cheese', 'no:bacon']),
    })
  })

  test('[G6] stock follows: extra twice, left out not at all, the dish’s own once', () => {
    const uses = (...ids: string[]) => {
      const found = sold(...ids)
      return 'uses' in found ? found.uses[0]?.amountMilli : undefined
    }
    expect(uses()).toBe(30_000)
    expect(uses('no:lettuce')).toBeUndefined()
    expect(uses('extra:lettuce')).toBe(60_000)
    expect(uses('extra:bacon')).toBe(32_000)
    expect(uses('no:bacon')).toBe(30_000)
  })

  test('[G6] receipts and the kitchen read how it is wanted', () => {
    const found = sold('no:lettuce', 'side:sauce', 'rare')
    const modifiers = 'modifiers' in found ? found.modifiers : []
    expect(modifiers.map(preparedName)).toEqual(['No Lettuce', 'Sauce on the side', 'Rare'])
    expect(modifiers.map(preparedKitchenName)).toEqual(['NO Lettuce', 'SCE ON SIDE', 'Rare'])
  })
})

describe('open items', () => {
  const misc = (priceMinor: number, quantity = 1) => ({
    ...line('misc', quantity),
    open: { name: 'Birthday cake', priceMinor },
  })
  const asCashier = (limit: number | null, command: OrderCommand, approved = false) => {
    const catalog = withToppings()
    const rules = { discountLimitPpm: 0, reasons: {} }
    catalog.till_rules.set('till', limit === null ? rules : { ...rules, openItemLimitMinor: limit })
    const replica = createReplica('A', { catalog })
    const context = {
      catalog,
      lenders: [],
      orderById: () => null,
      voucherById: () => null,
      promisedFrom: () => [],
      orderNumber: 'A-1',
      businessDay: '2026-01-01',
      atMs: 0,
      stock: () => null,
      maxItemsPerOrder: 50,
      autoConfirm: true,
    }
    const decision = decide(
      replica.state(),
      {
        id: 'c',
        at: '2026-01-01T00:00:00.000Z',
        actor: 'staff:1',
        role: 'cashier',
        ...(approved && { approval: { by: 'boss', at: '2026-01-01T00:00:00.000Z' } }),
        command,
      },
      context,
    )
    return decision.ok ? decision.value.map(({ type }) => type) : decision.error
  }

  test('[G7] have their name and price from the till, and the rest from the menu', () => {
    const replica = createReplica('A', { catalog: withToppings() })
    replica.run(newOrder([misc(2_500, 2)]))
    expect(replica.view()!.lines[0]).toMatchObject({
      name: 'Birthday cake',
      kitchenName: 'Birthday cake',
      itemId: 'misc',
      totalMinor: 5_000,
      taxRateId: 'food',
      stationId: 'grill',
    })
    const add = (lines: Extract<OrderCommand, { type: 'addLines' }>['lines']) =>
      replica.run({ type: 'addLines', orderId, lines })
    expect(add([line('misc')])).toMatchObject({ error: { code: 'open_item_needs_price' } })
    const burger = { ...line('burger'), open: { name: 'Cheap burger', priceMinor: 1 } }
    expect(add([burger])).toMatchObject({ error: { code: 'not_an_open_item' } })
  })

  test('[G7] [A3] above the limit a cashier needs a manager, for a new order too', () => {
    const required = { code: 'approval_required', command: 'createOrder' }
    expect(asCashier(2_000, newOrder([misc(2_000)]))).toContain('order.line_added')
    expect(asCashier(2_000, newOrder([misc(2_001)]))).toEqual(required)
    expect(asCashier(2_000, newOrder([misc(1_001, 2)]))).toEqual(required)
    expect(asCashier(null, newOrder([misc(0)]))).toEqual(required)
    expect(asCashier(2_000, newOrder([misc(9_000)]), true)).toContain('order.approved')
  })
})

describe('comps and the service charge', () => {
  const served = (channel: 'dine_in' | 'takeout' = 'dine_in', fromGuests?: number) => {
    const catalog = smallCatalog()
    const store = catalog.store.get('store')!
    if (fromGuests !== undefined) {
      catalog.store.set('store', { ...store, serviceChargeFromGuests: fromGuests })
    }
    const replica = createReplica('A', { catalog })
    replica.run(newOrder([line('burger', 2), line('salad')], channel))
    return replica
  }

  test('[Y5] [M5] a comped line is made for nothing, and counted; taken back it is charged again', () => {
    const replica = served()
    replica.run({ type: 'sendToKitchen', orderId })
    const before = replica.view()!.totals
    const lineId = replica.view()!.lines[0]!.id
    expect(replica.run({ type: 'compLine', orderId, lineId, reason: 'long wait' }).ok).toBe(true)
    const comped = replica.view()!
    expect(comped.lines[0]).toMatchObject({
      totalMinor: 0,
      fired: true,
      comp: { reason: 'long wait', valueMinor: 2_500 },
    })
    // The salad alone: 875, 5 % of it, and its tax.
    expect(comped.totals).toMatchObject({
      subtotalMinor: 875,
      serviceChargeMinor: 44,
      taxMinor: 78,
      totalMinor: 997,
    })
    replica.run({ type: 'compLine', orderId, lineId, reason: null })
    expect(replica.view()!.totals).toEqual(before)
    replica.run({ type: 'compLine', orderId, lineId, reason: 'long wait' })
    replica.run({ type: 'voidLine', orderId, lineId, reason: 'sent back' })
    expect(replica.view()!.lines[0]).toMatchObject({ voided: true, comp: { valueMinor: 0 } })
  })

  test('[M5] a charge for parties of four is for parties of four, and by hand it is what was said', () => {
    const replica = served('dine_in', 4)
    const charge = () => replica.view()!.totals.serviceChargeMinor
    expect(charge()).toBe(0)
    replica.run({ type: 'changeDetails', orderId, guests: 3 })
    expect(charge()).toBe(0)
    replica.run({ type: 'changeDetails', orderId, guests: 4 })
    expect(charge()).toBe(169)
    const byHand = (said: Extract<OrderCommand, { type: 'setServiceCharge' }>['charge']) =>
      replica.run({ type: 'setServiceCharge', orderId, charge: said, reason: 'asked for' })
    byHand({ kind: 'percent', ratePpm: 100_000 })
    expect(charge()).toBe(338)
    byHand({ kind: 'amount', amountMinor: 1_000 })
    expect(charge()).toBe(1_000)
    byHand({ kind: 'none' })
    expect(charge()).toBe(0)
    replica.run({ type: 'setServiceCharge', orderId, charge: null, reason: null })
    expect(charge()).toBe(169)
    expect(
      replica.run({ type: 'setServiceCharge', orderId, charge: { kind: 'none' }, reason: ' ' }),
    ).toMatchObject({ error: { code: 'reason_required' } })
    const takeout = served('takeout', 4)
    takeout.run({ type: 'changeDetails', orderId, guests: 8 })
    expect(takeout.view()!.totals.serviceChargeMinor).toBe(0)
  })
})
