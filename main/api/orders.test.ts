import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { order, type RestOrder } from '../../protocol/rest/order.ts'
import { call, openDevice, SEED_ORDER, testFolder, type TestDevice } from './test-store.ts'

const folder = testFolder()
let device: TestDevice
beforeAll(async () => {
  device = await openDevice(folder.dir, { name: 'A', founds: true })
})
afterAll(async () => {
  await device.close()
  folder.remove()
})

type Changes = Record<string, unknown>

async function newOrder(changes: Changes = {}): Promise<RestOrder> {
  const { status, json } = await call(device, 'POST', '/api/v1/orders', {
    ...SEED_ORDER,
    ...changes,
  })
  expect(status).toBe(201)
  return order.parse(json)
}

const usd = (amount: number) => ({ amount, currency: 'USD' })
const pathOf = ({ id }: RestOrder) => `/api/v1/orders/${id}`
const read = async (one: RestOrder) => order.parse((await call(device, 'GET', pathOf(one))).json)

describe('creating', () => {
  test("[M2] the seed's example is taken as it is, and answered with the whole order", async () => {
    const answer = await call(device, 'POST', '/api/v1/orders', SEED_ORDER)
    const created = order.parse(answer.json)
    expect(answer.status).toBe(201)
    expect(answer.headers['location']).toBe(pathOf(created))
    expect(answer.headers['etag']).toBe('"1"')
    expect(created).toMatchObject({
      order_number: expect.stringMatching(/^A-\d{3}$/),
      status: 'pending',
      order_type: 'dine_in',
      table_number: '5',
      customer_id: '123',
      location_id: '1',
      items: [
        {
          menu_item_id: 'burger-classic',
          name: 'Classic burger',
          quantity: 2,
          unit_price: usd(1250),
          modifiers: [
            { id: 'extra_cheese', name: 'Extra cheese', price: usd(150) },
            { id: 'no_onions', name: 'No onions', price: usd(0) },
          ],
          special_instructions: 'Well done',
          line_total: usd(2800),
          kitchen_status: 'new',
        },
      ],
      subtotal: usd(2800),
      discount: usd(0),
      service_charge: usd(0),
      tax: usd(249),
      tip: usd(0),
      total: usd(3049),
      paid: usd(0),
      due: usd(3049),
      payments: [],
      status_history: [{ status: 'pending', actor: 'token:admin' }],
      version: 1,
    })
    expect(await read(created)).toEqual(created)
  })

  test('a number is taken for an id, and what a caller cannot know has no default but the menu', async () => {
    const created = await newOrder({
      order_type: 'delivery',
      customer: { name: 'Ana', address: '1 Main St' },
      notes: 'x',
    })
    expect(created.customer).toEqual({ name: 'Ana', address: '1 Main St' })
    const priced = { ...SEED_ORDER.items[0], unit_price: 1 }
    const answer = await call(device, 'POST', '/api/v1/orders', { ...SEED_ORDER, items: [priced] })
    expect(answer.json).toMatchObject({
      code: 'validation_failed',
      errors: [{ path: 'items.0.unit_price' }],
    })
  })
})

test('[S3] an order says when it will be flagged, and no longer once it is taken up', async () => {
  const created = await newOrder({ order_type: 'dine_in' })
  const { times_out_at: timesOutAt } = created
  expect(Date.parse(String(timesOutAt)) - Date.parse(created.updated_at)).toBe(7_200_000)
  const confirmed = await call(device, 'PUT', `${pathOf(created)}/status`, { status: 'confirmed' })
  expect(confirmed.json).toMatchObject({ times_out_at: null })
})

describe('changing', () => {
  test('what is said about an order changes, and what is left out stays', async () => {
    const created = await newOrder({ notes: 'near the window' })
    const answer = await call(device, 'PUT', pathOf(created), {
      table_number: 12,
      customer_id: null,
    })
    expect(answer.status).toBe(200)
    expect(answer.headers['etag']).toBe('"2"')
    expect(await read(created)).toMatchObject({
      table_number: '12',
      customer_id: null,
      notes: 'near the window',
      order_type: 'dine_in',
    })
  })

  test('[F1] an item is moved to another order, and both tell of it', async () => {
    const from = await newOrder()
    const to = await newOrder()
    const itemId = from.items[0]!.id
    const path = `/api/v1/orders/${from.id}/items/${itemId}/move`
    const moved = await call(device, 'POST', path, { to_order_id: to.id })
    expect(moved.json).toMatchObject({ items: [], removed_items: [], subtotal: { amount: 0 } })
    const target = await call(device, 'GET', `/api/v1/orders/${to.id}`)
    expect(target.json).toMatchObject({
      // In the order in which they were sold.
      items: [{ id: itemId }, { id: to.items[0]!.id }],
      subtotal: { amount: from.subtotal.amount + to.subtotal.amount },
    })
    const again = await call(device, 'POST', path, { to_order_id: to.id })
    expect(again.json).toMatchObject({ status: 409, code: 'line_moved', to_order_id: to.id })
    for (const id of [from.id, to.id]) {
      const history = await call(device, 'GET', `/api/v1/orders/${id}/history`)
      const events = (history.json as { data: { type: string; data: object }[] }).data
      expect(events.filter(({ type }) => type === 'order.line_moved')).toMatchObject([
        { data: { item_id: itemId, to_order_id: to.id } },
      ])
    }
  })

  test('items are added one at a time or together, changed and removed', async () => {
    const created = await newOrder()
    const items = `${pathOf(created)}/items`
    const one = await call(device, 'POST', items, { menu_item_id: 'garlic-bread', quantity: 1 })
    expect(one.status).toBe(201)
    const two = await call(device, 'POST', items, {
      items: [
        { menu_item_id: 'onion-rings', quantity: 1 },
        { menu_item_id: 'garlic-bread', quantity: 3, special_instructions: 'crisp' },
      ],
    })
    const added = order.parse(two.json)
    expect(added.items.map((item) => [item.name, item.quantity])).toEqual([
      ['Classic burger', 2],
      ['Garlic bread', 1],
      ['Onion rings', 1],
      ['Garlic bread', 3],
    ])
    const last = added.items[3]!
    await call(device, 'PUT', `${items}/${last.id}`, { quantity: 4, special_instructions: null })
    const removed = await call(device, 'DELETE', `${items}/${added.items[1]!.id}`)
    expect(removed.status).toBe(200)
    const now = await read(created)
    expect(now.items.map((item) => item.quantity)).toEqual([2, 1, 4])
    expect(now.items[2]?.special_instructions).toBeNull()
    expect(now.removed_items.map((item) => item.name)).toEqual(['Garlic bread'])
    expect(now.subtotal).toEqual(usd(2800 + 795 + 4 * 650))
  })

  test('an item that the kitchen has is voided with a reason, in the address or in the body', async () => {
    const created = await newOrder({
      items: [
        { menu_item_id: 'garlic-bread', quantity: 1 },
        { menu_item_id: 'onion-rings', quantity: 1 },
      ],
    })
    await call(device, 'PUT', `${pathOf(created)}/status`, { status: 'confirmed' })
    const [first, second] = created.items.map(({ id }) => `${pathOf(created)}/items/${id}`)
    const refused = await call(device, 'DELETE', first!)
    expect([refused.status, refused.json]).toMatchObject([422, { code: 'reason_required' }])
    await call(device, 'DELETE', `${first}?reason=dropped`)
    await call(device, 'DELETE', second!, { reason: 'changed their mind' })
    const reasons = (await read(created)).removed_items.map((item) => item.reason)
    expect(reasons).toEqual(['dropped', 'changed their mind'])
  })
})

describe('[S1] statuses', () => {
  const moveTo = (one: RestOrder, status: string, reason?: string) =>
    call(device, 'PUT', `${pathOf(one)}/status`, { status, ...(reason && { reason }) })

  test('an order goes through all of them, and its history says so', async () => {
    const created = await newOrder()
    for (const status of ['confirmed', 'preparing', 'ready', 'completed']) {
      const moved = await moveTo(created, status)
      expect([status, moved.status, moved.json]).toMatchObject([status, 200, { status }])
    }
    const done = await read(created)
    expect(done.status_history.map((fact) => fact.status)).toEqual([
      'pending',
      'confirmed',
      'preparing',
      'ready',
      'completed',
    ])
    const { json } = await call(device, 'GET', `${pathOf(created)}/history`)
    const { data } = json as { data: { type: string; actor: string; origin: string }[] }
    expect(data.map((event) => event.type)).toEqual([
      'order.created',
      'order.line_added',
      'order.confirmed',
      'order.fired',
      'order.line_marked',
      'order.preparing',
      'order.line_marked',
      'order.ready',
      'order.completed',
    ])
    expect(new Set(data.map((event) => `${event.actor} ${event.origin}`))).toEqual(
      new Set(['token:admin o-A']),
    )
  })

  test.each(['preparing', 'ready', 'completed', 'pending'])(
    'a pending order does not become %s; the refusal says what is possible',
    async (status) => {
      const refused = await moveTo(await newOrder(), status)
      expect([refused.status, refused.json]).toMatchObject([
        409,
        {
          code: 'invalid_transition',
          status: 409,
          order_status: 'pending',
          possible: ['confirmed', 'cancelled'],
        },
      ])
    },
  )

  test('a channel that pays first is confirmed by its payment', async () => {
    const created = await newOrder({ order_type: 'takeout' })
    const refused = await moveTo(created, 'confirmed')
    expect([refused.status, refused.json]).toMatchObject([
      409,
      { code: 'payment_required', due: usd(3049) },
    ])
    const paid = await call(device, 'POST', `${pathOf(created)}/payments`, {
      method: 'cash',
      amount: usd(3049),
      tip: 300,
      tendered: 5000,
    })
    expect(paid.status).toBe(201)
    expect(paid.json).toMatchObject({
      status: 'confirmed',
      due: usd(0),
      tip: usd(300),
      total: usd(3349),
      paid: usd(3349),
      payments: [{ method: 'cash', amount: usd(3049), tip: usd(300), change: usd(1651) }],
    })
  })

  test('cancelling takes a reason, by either endpoint', async () => {
    const created = await newOrder()
    const noReason = await moveTo(created, 'cancelled')
    const blank = await call(device, 'POST', `${pathOf(created)}/cancel`, { reason: '  ' })
    for (const refused of [noReason, blank]) {
      expect([refused.status, refused.json]).toMatchObject([422, { code: 'reason_required' }])
    }
    const other = await newOrder()
    await call(device, 'POST', `${pathOf(created)}/cancel`, { reason: 'guest left' })
    await moveTo(other, 'cancelled', 'no more buns')
    expect((await read(created)).status_history.at(-1)).toMatchObject({
      status: 'cancelled',
      reason: 'guest left',
    })
    expect((await read(other)).status_history.at(-1)?.reason).toBe('no more buns')
  })
})

describe('the kitchen', () => {
  test('[K1] the queue shows the tickets of a station until its orders are done', async () => {
    const created = await newOrder({
      items: [
        { menu_item_id: 'garlic-bread', quantity: 1 },
        { menu_item_id: 'shrimp-cocktail', quantity: 1 },
      ],
    })
    await call(device, 'PUT', `${pathOf(created)}/status`, { status: 'confirmed' })
    const queue = async (station: string) => {
      const { json } = await call(device, 'GET', `/api/v1/kitchen/orders?station=${station}`)
      const { data } = json as {
        data: { id: string; tickets: { items: { name: string; kitchen_status: string }[] }[] }[]
      }
      return data.find(({ id }) => id === created.id)?.tickets.flatMap((ticket) => ticket.items)
    }
    expect(await queue('grill')).toMatchObject([{ name: 'Garlic br', kitchen_status: 'queued' }])
    expect(await queue('bar')).toBeUndefined()
    const kitchen = `/api/v1/kitchen/orders/${created.id}`
    const cook = { role: 'kitchen' } as const
    await call(device, 'POST', `${kitchen}/prepare`, { station: 'grill' }, cook)
    await call(device, 'POST', `${kitchen}/ready`, { item_ids: [created.items[0]!.id] }, cook)
    expect((await read(created)).items.map((item) => item.kitchen_status)).toEqual([
      'ready',
      'queued',
    ])
    await call(device, 'POST', `${kitchen}/ready`, undefined, cook)
    expect((await read(created)).status).toBe('ready')
    await call(device, 'PUT', `${pathOf(created)}/status`, { status: 'completed' })
    expect(await queue('grill')).toBeUndefined()
  })
})

describe('payments', () => {
  test('a refund gives back up to what was paid, with a reason', async () => {
    const created = await newOrder()
    const payments = `${pathOf(created)}/payments`
    const paid = await call(device, 'POST', payments, { method: 'cash', amount: 1000 })
    const { payment_id: paymentId } = paid.json as { payment_id: string }
    expect((await read(created)).payments.map(({ id }) => id)).toEqual([paymentId])
    const refund = (body: unknown) =>
      call(device, 'POST', `${payments}/${paymentId}/refund`, body, { role: 'manager' })
    expect((await refund({ amount: 1 })).json).toMatchObject({ code: 'reason_required' })
    expect((await refund({ amount: 1001, reason: 'x' })).json).toMatchObject({
      code: 'refund_too_large',
      refundable: usd(1000),
    })
    expect(
      (await refund({ amount: { amount: 400, currency: 'EUR' }, reason: 'x' })).json,
    ).toMatchObject({
      code: 'currency_mismatch',
      expected: 'USD',
    })
    expect((await refund({ amount: 400, reason: 'cold' })).status).toBe(200)
    expect(await read(created)).toMatchObject({
      paid: usd(600),
      payments: [{ refunded: usd(400) }],
    })
  })

  test.each([
    [{ method: 'cash', amount: 3050 }, 'overpayment'],
    [{ method: 'cash', amount: 3049, tendered: 3000 }, 'insufficient_tender'],
    [{ method: 'card', amount: 3049 }, 'no_card_terminal'],
    [{ method: 'voucher', amount: 3049, tendered: 4000 }, 'validation_failed'],
    [{ method: 'cash', amount: 30.49 }, 'validation_failed'],
    [{ method: 'cash', amount: { amount: 3049, currency: 'EUR' } }, 'currency_mismatch'],
  ])('%j is refused as %s', async (body, code) => {
    const created = await newOrder()
    const refused = await call(device, 'POST', `${pathOf(created)}/payments`, body)
    expect([refused.status, refused.json]).toMatchObject([422, { code }])
    expect(await read(created)).toEqual(created)
  })
})

describe('If-Match', () => {
  test('a change on a version that has passed is refused, quoted or not', async () => {
    const created = await newOrder()
    const change = (ifMatch: string) =>
      call(device, 'PUT', pathOf(created), { notes: ifMatch }, { headers: { 'if-match': ifMatch } })
    expect((await change('"1"')).status).toBe(200)
    expect((await change('2')).status).toBe(200)
    const refused = await change('"1"')
    expect([refused.status, refused.json]).toMatchObject([
      412,
      { code: 'version_mismatch', expected: 1, actual: 3 },
    ])
    expect((await change('*')).status).toBe(200)
    const broken = await change('W/"x"')
    expect([broken.status, broken.json]).toMatchObject([400, { code: 'invalid_header' }])
    expect((await read(created)).notes).toBe('*')
  })
})
