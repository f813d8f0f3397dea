import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { digestOf } from '../../db/sqlite/rebuild.ts'
import { verifyFile } from '../../db/sqlite/verify.ts'
import type { Result } from '../../domain/result.ts'
import type { RestOrder } from '../../protocol/rest/order.ts'
import type { RestVoucher } from '../../protocol/rest/voucher.ts'
import { createVoucherCalls } from '../terminal/voucher-calls.ts'
import { createVouchers } from '../vouchers/vouchers.ts'
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

/** What was answered, where it was not refused. */
function okOf<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
const usd = (amount: number) => ({ amount, currency: 'USD' })
const asCashier = { role: 'cashier' } as const

const newOrder = async (at = till): Promise<RestOrder> =>
  (await call(at, 'POST', '/api/v1/orders', SEED_ORDER)).json as RestOrder
const pay = (order: RestOrder, body: object, at = till) =>
  call(at, 'POST', `/api/v1/orders/${order.id}/payments`, body, asCashier)
const find = async (code: string, at = till) =>
  (await call(at, 'POST', '/api/v1/vouchers/find', { code }, asCashier)).json as RestVoucher
const read = async ({ id }: RestOrder, at = till) =>
  (await call(at, 'GET', `/api/v1/orders/${id}`)).json as RestOrder

async function sell(amount: number): Promise<{ order: RestOrder; id: string; code: string }> {
  const order = await newOrder()
  const sold = await call(
    till,
    'POST',
    `/api/v1/orders/${order.id}/vouchers`,
    { amount },
    asCashier,
  )
  expect(sold.status).toBe(201)
  const { voucher, ...withIt } = sold.json as RestOrder & { voucher: { id: string; code: string } }
  return { order: withIt, ...voucher }
}

async function sellPaid(amount: number) {
  const sold = await sell(amount)
  expect((await pay(sold.order, { method: 'cash', amount: sold.order.due })).status).toBe(201)
  return sold
}

describe('a gift voucher', () => {
  test('[M6] is paid for with an order, and is neither revenue nor discounted nor taxed', async () => {
    const before = await newOrder()
    const { order } = await sell(5_000)
    expect(order).toMatchObject({
      subtotal: before.subtotal,
      tax: before.tax,
      total: usd(before.total.amount + 5_000),
      due: usd(before.due.amount + 5_000),
      vouchers: [{ amount: usd(5_000) }],
    })
    const day = await call(till, 'GET', `/api/v1/reports/day?day=${order.business_day}`)
    expect(day.json).toMatchObject({ sales: { vouchers: usd(5_000) } })
    const { id } = order.vouchers[0]!
    const path = `/api/v1/orders/${order.id}/vouchers/${id}`
    const without = await call(till, 'DELETE', path, undefined, asCashier)
    expect(without.json).toMatchObject({ total: before.total, vouchers: [] })
  })

  test('[M6] has a code that is told once and kept nowhere; the same request is told the same', async () => {
    const order = await newOrder()
    const path = `/api/v1/orders/${order.id}/vouchers`
    const key = { headers: { 'idempotency-key': 'voucher-once' } }
    const [one, two] = [
      await call(till, 'POST', path, { amount: 100 }, key),
      await call(till, 'POST', path, { amount: 100 }, key),
    ].map(({ json }) => (json as { voucher: { code: string } }).voucher)
    expect(two).toEqual(one)
    const { code } = one!
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/)
    const bodies = till.store.connection.raw
      .prepare<[], { body: string }>('SELECT body FROM entries')
      .all()
      .map(({ body }) => body)
      .join()
    expect(bodies).toContain(one && 'order.voucher_sold')
    for (const written of [code, code.replaceAll('-', '')]) expect(bodies).not.toContain(written)
    expect(till.logged.join()).not.toContain(code)
  })

  test('[M6] pays once its sale is paid, up to its balance; a refund goes back to it', async () => {
    const sold = await sell(1_000)
    const order = await newOrder()
    const byVoucher = { method: 'voucher', voucher_code: sold.code }
    expect((await pay(order, { ...byVoucher, amount: 600 })).json).toMatchObject({
      code: 'voucher_not_paid',
    })
    await pay(sold.order, { method: 'cash', amount: sold.order.due })
    const typed = sold.code.toLowerCase().replaceAll('-', ' ')
    const paid = await pay(order, { method: 'voucher', voucher_code: typed, amount: 600, tip: 50 })
    expect(paid).toMatchObject({
      status: 201,
      json: { payments: [{ method: 'voucher', voucher_id: sold.id, amount: usd(600) }] },
    })
    expect(await find(sold.code)).toMatchObject({ spent: usd(650), balance: usd(350) })
    expect((await pay(order, { ...byVoucher, amount: 351 })).json).toMatchObject({
      code: 'voucher_balance',
    })
    expect(
      (await pay(order, { ...byVoucher, voucher_code: 'ZZZZ', amount: 1 })).json,
    ).toMatchObject({
      code: 'voucher_unknown',
    })
    const { id } = (await read(order)).payments[0]!
    const refund = { amount: 150, reason: 'cold', refund_for: 'returned' }
    await call(till, 'POST', `/api/v1/orders/${order.id}/payments/${id}/refund`, refund)
    expect(await find(sold.code)).toMatchObject({ returned: usd(150), balance: usd(500) })
    const path = `/api/v1/orders/${sold.order.id}/vouchers/${sold.id}`
    expect((await call(till, 'DELETE', path)).json).toMatchObject({ code: 'voucher_spent' })
  })

  test('[F4] [M6] that two tills apart have both taken is overdrawn: both payments stand, and a manager settles it', async () => {
    const sold = await sellPaid(1_000)
    sync(till.store, other.store)
    const [here, there] = [await newOrder(till), await newOrder(other)]
    const all = { method: 'voucher', voucher_code: sold.code, amount: 1_000 }
    expect((await pay(here, all)).status).toBe(201)
    expect((await pay(there, all, other)).status).toBe(201)
    sync(till.store, other.store)
    sync(other.store, till.store)
    for (const at of [till, other]) {
      expect(await find(sold.code, at)).toMatchObject({ spent: usd(2_000), balance: usd(-1_000) })
      const listed = await call(at, 'GET', '/api/v1/vouchers')
      expect(listed.json).toMatchObject({
        overdrawn: { total: usd(1_000), vouchers: [{ id: sold.id, sold_on: sold.order.id }] },
      })
    }
    expect((await pay(here, { ...all, amount: 1 })).json).toMatchObject({ code: 'voucher_balance' })
    // The till's own screen: what was done to it comes to its balance, and managers see that it lacks.
    const account = createVouchers(till.store, () => '')
    const { ask } = createVoucherCalls(account, Date.now)
    const wish = (kind: 'find' | 'list', role: 'cashier' | 'manager') =>
      ask(
        {
          type: 'vouchers',
          callId: 1,
          commandId: 'look',
          wish: kind === 'list' ? { kind } : { kind, voucherId: sold.id },
        },
        { staffId: 'staff-sam', name: 'Sam', role },
      )
    const found = wish('find', 'cashier')
    const history = found.ok ? (found.value.found?.history ?? []) : []
    expect(history.map(({ kind }) => kind).toSorted()).toEqual([
      'voucher_issued',
      'voucher_spent',
      'voucher_spent',
    ])
    expect(history.reduce((sum, { changeMinor }) => sum + changeMinor, 0)).toBe(-1_000)
    expect(wish('list', 'cashier')).toMatchObject({ error: { code: 'not_allowed' } })
    const [first] = okOf(wish('list', 'manager')).all?.accounts ?? []
    expect(first).toMatchObject({ id: sold.id, balanceMinor: -1_000 })

    const settle = `/api/v1/vouchers/${sold.id}/settle`
    expect((await call(till, 'POST', settle, {})).json).toMatchObject({ code: 'reason_required' })
    expect((await call(till, 'POST', settle, { reason: 'goodwill' }, asCashier)).status).toBe(403)
    const settled = await call(till, 'POST', settle, { reason: 'goodwill' })
    expect(settled.json).toMatchObject({ balance: usd(0) })
    expect((await call(till, 'POST', settle, { reason: 'again' })).json).toMatchObject({
      code: 'voucher_not_overdrawn',
    })
    sync(till.store, other.store)
    expect((await call(other, 'GET', '/api/v1/vouchers')).json).toMatchObject({
      overdrawn: { total: usd(0), vouchers: [] },
    })
    expect(digestOf(till.store.connection)).toBe(digestOf(other.store.connection))
    expect((await verifyFile(till.store.connection)).fault).toBeNull()
  })

  test('[M6] whose sale is cancelled is worth nothing', async () => {
    const sold = await sell(700)
    const path = `/api/v1/orders/${sold.order.id}/cancel`
    await call(till, 'POST', path, { reason: 'changed their mind' })
    expect(await find(sold.code)).toMatchObject({ issued: usd(0), balance: usd(0) })
  })
})
