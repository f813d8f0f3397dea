import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { call, openDevice, testFolder, type TestDevice } from './test-store.ts'

const folder = testFolder()
let device: TestDevice

beforeAll(async () => {
  device = await openDevice(folder.dir, { name: 'A', founds: true })
})
afterAll(async () => {
  await device.close()
  folder.remove()
})

type Row = Readonly<Record<string, unknown>>
const rows = ({ json }: { json: unknown }) => (json as { data: readonly Row[] }).data

const change = (changes: readonly unknown[], query = '') =>
  call(device, 'POST', `/api/v1/menu/changes${query}`, { changes })

const beef = {
  kind: 'ingredient',
  id: 'beef',
  value: { name: 'Beef', unit: 'g', par_milli: 900_000, position: 0 },
}
const recipe = {
  kind: 'item_recipe',
  id: 'burger-classic',
  value: { uses: [{ ingredient_id: 'beef', amount_milli: 150_000 }], modifiers: [] },
}

describe('stock', () => {
  test('[I1] is counted, delivered, wasted and sold; recipes are edited by sets of changes', async () => {
    const missing = await change([recipe], '?dry_run=true')
    expect(missing.json).toMatchObject({
      faults: [{ path: 'changes.0.value.uses.0.ingredient_id' }],
    })
    expect((await change([beef, recipe])).status).toBe(200)
    const listed = await call(device, 'GET', '/api/v1/menu/records/item_recipe')
    expect(rows(listed)).toEqual([{ id: 'burger-classic', value: recipe.value }])

    const subject = 'ingredient/beef'
    const key = { headers: { 'idempotency-key': 'the-count' } }
    const body = { lines: [{ subject, amount_milli: 1_000_000 }] }
    for (let twice = 0; twice < 2; twice += 1) {
      const counted = await call(device, 'POST', '/api/v1/inventory/counts', body, key)
      expect(rows(counted)).toMatchObject([{ subject, level_milli: 1_000_000, low: false }])
    }
    const delivered = { lines: [{ subject, amount_milli: 200_000 }], note: 'cool' }
    await call(device, 'POST', '/api/v1/inventory/deliveries', delivered)
    const wasted = { lines: [{ subject, amount_milli: 50_000 }], reason: 'dropped' }
    await call(device, 'POST', '/api/v1/inventory/waste', wasted)
    const order = await call(device, 'POST', '/api/v1/orders', {
      order_type: 'dine_in',
      items: [{ menu_item_id: 'burger-classic', quantity: 2 }],
    })
    const { id } = order.json as { id: string }
    await call(device, 'PUT', `/api/v1/orders/${id}/status`, { status: 'confirmed' })
    const low = await call(device, 'GET', '/api/v1/inventory?state=low', undefined, {
      role: 'kitchen',
    })
    expect(rows(low)).toMatchObject([
      {
        subject,
        level_milli: 850_000,
        delivered_milli: 200_000,
        wasted_milli: 50_000,
        used_milli: 300_000,
        low: true,
        oversold: false,
      },
    ])
  })

  test('[I3] refuses what is sold out, where the store says so, and says how many are left', async () => {
    const settings = { sold_out_by: 'items' }
    await change([{ kind: 'inventory_settings', id: 'store', value: settings }])
    const lines = [{ subject: 'item/soup-of-the-day', amount_milli: 3_000 }]
    await call(device, 'POST', '/api/v1/inventory/counts', { lines })
    const items = [{ menu_item_id: 'soup-of-the-day', quantity: 4 }]
    const refused = await call(device, 'POST', '/api/v1/orders', { order_type: 'takeout', items })
    expect([refused.status, refused.json]).toMatchObject([422, { code: 'item_sold_out', left: 3 }])
  })

  test.each([
    ['counts', { lines: [{ subject: 'item/nothing', amount_milli: 1 }] }],
    ['counts', { lines: [{ subject: 'beef', amount_milli: 1 }] }],
    ['counts', { lines: [] }],
    ['deliveries', { lines: [{ subject: 'ingredient/beef', amount_milli: 0 }] }],
    ['waste', { lines: [{ subject: 'ingredient/beef', amount_milli: 1 }], reason: ' ' }],
    ['waste', { lines: [{ subject: 'ingredient/beef', amount_milli: 0.5 }], reason: 'x' }],
  ])('refuses %s of %j', async (what, body) => {
    const refused = await call(device, 'POST', `/api/v1/inventory/${what}`, body)
    expect([refused.status, refused.json]).toMatchObject([422, { code: 'validation_failed' }])
    const other = await call(device, 'POST', `/api/v1/inventory/${what}`, body, { role: 'cashier' })
    expect(other.status).toBe(403)
  })
})

test('[G3] a combo is ordered with its picks, and a price that a caller names is refused', async () => {
  const value = {
    name: 'Lunch',
    category_id: 'burgers',
    position: 20,
    price: 1_500,
    slots: [
      {
        id: 'main',
        name: 'Main',
        min: 1,
        max: 1,
        choices: [{ menu_item_id: 'burger-cheese', surcharge: 100 }],
      },
      {
        id: 'drink',
        name: 'Drink',
        min: 1,
        max: 1,
        choices: [{ menu_item_id: 'cola-bottle' }],
      },
    ],
  }
  expect((await change([{ kind: 'combo', id: 'lunch', value }])).status).toBe(200)
  const picks = [
    { slot_id: 'main', menu_item_id: 'burger-cheese', modifiers: ['extra_cheese'] },
    { slot_id: 'drink', menu_item_id: 'cola-bottle' },
  ]
  const item = { menu_item_id: 'lunch', quantity: 1, picks }
  const post = (one: object) =>
    call(device, 'POST', '/api/v1/orders', { order_type: 'dine_in', items: [one] })
  const made = await post(item)
  expect(made.json).toMatchObject({
    subtotal: { amount: 1_500 + 100 + 150 },
    items: [
      { menu_item_id: 'burger-cheese', combo: { combo_id: 'lunch', name: 'Lunch' } },
      { menu_item_id: 'cola-bottle', price_level: null },
    ],
  })
  for (const more of [{ price: 1 }, { unit_price: 1 }, { total: { amount: 1, currency: 'USD' } }]) {
    expect((await post({ ...item, ...more })).status).toBe(422)
  }
})
