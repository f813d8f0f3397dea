import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RestDrawerSession } from '../../protocol/rest/drawer.ts'
import type { RestOrder } from '../../protocol/rest/order.ts'
import { call, openDevice, SEED_ORDER, sync, testFolder, type TestDevice } from './test-store.ts'

const folder = testFolder()
let till: TestDevice
let other: TestDevice
beforeAll(async () => {
  till = await openDevice(folder.dir, { name: 'A', founds: true })
  other = await openDevice(folder.dir, { name: 'B', founds: false })
  sync(till.store, other.store)
})
afterAll(async () => {
  await till.close()
  await other.close()
  folder.remove()
})

const asCashier = { role: 'cashier' } as const
const usd = (amount: number) => ({ amount, currency: 'USD' })
const post = (path: string, body: unknown, options = {}) =>
  call(till, 'POST', `/api/v1/drawer/${path}`, body, options)

async function sellForCash(at: TestDevice): Promise<RestOrder & { payment_id: string }> {
  const order = (await call(at, 'POST', '/api/v1/orders', SEED_ORDER)).json as RestOrder
  const payment = { method: 'cash', amount: order.total, tip: 100, tendered: 100_000 }
  const paid = await call(at, 'POST', `/api/v1/orders/${order.id}/payments`, payment)
  return paid.json as RestOrder & { payment_id: string }
}

describe('the cash drawer', () => {
  test('[D1] what should be in it is the float, the cash of sales and what was moved; who counts is not told', async () => {
    const opened = await post('open', { float: 10_000 }, asCashier)
    expect(opened).toMatchObject({ status: 200, json: { float: usd(10_000), expected: null } })
    const sold = await sellForCash(till)
    const takenMinor = sold.total.amount
    await post('cash', { move: 'paid_in', amount: 500, reason: 'Change from the bank' }, asCashier)
    await post('cash', { move: 'paid_out', amount: 1_200, reason: 'Flowers' }, asCashier)
    await post('cash', { move: 'drop', amount: 3_000, reason: 'Safe' }, asCashier)
    const refund = { amount: 200, reason: 'Cold soup' }
    const path = `/api/v1/orders/${sold.id}/payments/${sold.payment_id}/refund`
    expect((await call(till, 'POST', path, refund)).status).toBe(200)
    // At the other till: not in this drawer.
    await sellForCash(other)
    sync(other.store, till.store)

    const expected = 10_000 + takenMinor + 500 - 1_200 - 3_000 - 200
    const toCashier = await call(till, 'GET', '/api/v1/drawer', undefined, asCashier)
    expect(toCashier.json).toMatchObject({ session: { expected: null, cash_sales: null } })
    const toManager = await call(till, 'GET', '/api/v1/drawer')
    expect(toManager.json).toMatchObject({ session: { expected: usd(expected) } })

    const closed = await post('close', { counted: expected - 35, note: 'A coin rolled' }, asCashier)
    expect(closed.json).toMatchObject({
      expected: usd(expected),
      counted: usd(expected - 35),
      over_short: usd(-35),
      cash_sales: usd(takenMinor),
      cash_refunds: usd(200),
      closed_by: 'token:cashier',
    })
    expect((await call(till, 'GET', '/api/v1/drawer')).json).toEqual({ session: null })
  })

  test('[D1] only one session of a drawer is open, and nothing is moved in a closed one', async () => {
    const move = { move: 'drop', amount: 100, reason: 'Safe' }
    expect(await post('cash', move)).toMatchObject({
      status: 409,
      json: { code: 'drawer_not_open' },
    })
    await post('open', { float: 0 })
    expect(await post('open', { float: 0 })).toMatchObject({
      status: 409,
      json: { code: 'drawer_open' },
    })
    const bad = [
      { ...move, amount: 0 },
      { ...move, amount: -5 },
      { ...move, move: 'stolen' },
      { ...move, reason: ' ' },
      { ...move, amount: { amount: 5, currency: 'EUR' } },
    ]
    const before = (await call(till, 'GET', '/api/v1/drawer')).json
    for (const body of bad) expect((await post('cash', body)).status).toBe(422)
    expect((await call(till, 'GET', '/api/v1/drawer')).json).toEqual(before)
    expect((await post('no-sale', { reason: 'Change' }, asCashier)).status).toBe(403)
    expect((await post('no-sale', { reason: 'Change' })).json).toMatchObject({ no_sales: 1 })
  })

  test('[L5] a repeated request moves the cash once, also a closing', async () => {
    const key = (name: string) => ({ headers: { 'idempotency-key': name } })
    const move = { move: 'paid_in', amount: 700, reason: 'Coins' }
    const first = await post('cash', move, key('coins'))
    expect((await post('cash', move, key('coins'))).json).toEqual(first.json)
    const closed = await post('close', { counted: 700 }, key('close'))
    expect(closed.json).toMatchObject({ over_short: usd(0) })
    expect((await post('close', { counted: 700 }, key('close'))).json).toEqual(closed.json)
  })

  test('[F1] another device knows the same sessions, and lists them by business day', async () => {
    sync(till.store, other.store)
    const here = (await call(till, 'GET', '/api/v1/reports/drawers')).json
    const there = (await call(other, 'GET', '/api/v1/reports/drawers')).json
    expect(there).toEqual(here)
    const { sessions } = here as { sessions: RestDrawerSession[] }
    expect(sessions.map(({ over_short }) => over_short?.amount)).toEqual([-35, 0])
    const past = await call(till, 'GET', '/api/v1/reports/drawers?day=2020-01-01')
    expect(past.json).toMatchObject({ sessions: [] })
    const asCook = await call(till, 'GET', '/api/v1/reports/drawers', undefined, {
      role: 'kitchen',
    })
    expect(asCook.status).toBe(403)
  })
})
