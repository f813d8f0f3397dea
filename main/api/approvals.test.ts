import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Role } from '../../domain/catalog.ts'
import type { RestEvent } from '../../protocol/rest/event.ts'
import type { RestOrder } from '../../protocol/rest/order.ts'
import { APPROVAL_TTL_MS } from '../../protocol/limits.ts'
import {
  call,
  openDevice,
  SEED_ORDER,
  testFolder,
  type TestDevice,
  type TestFolder,
} from './test-store.ts'

const ORDERS = '/api/v1/orders'
const APPROVALS = '/api/v1/approvals'
const clock = { ms: Date.UTC(2026, 10, 20, 12) }
let folder: TestFolder
let device: TestDevice
let order: RestOrder

beforeAll(async () => {
  folder = testFolder()
  device = await openDevice(folder.dir, { name: 'A', founds: true, nowMs: () => clock.ms })
})
afterAll(async () => {
  await device.close()
  folder.remove()
})

const as = (role: Role, approval?: string) => ({
  role,
  ...(approval !== undefined && { headers: { approval } }),
})
const newOrder = async () =>
  (await call(device, 'POST', ORDERS, SEED_ORDER, as('cashier'))).json as RestOrder
const send = (id: string) =>
  call(device, 'PUT', `${ORDERS}/${id}/status`, { status: 'confirmed' }, as('cashier'))

beforeEach(async () => {
  order = await newOrder()
})

async function approve(command: string, orderId: string | null, pin = '2222') {
  const body = { staff_id: 'staff-maria', pin, command, order_id: orderId }
  const answer = await call(device, 'POST', APPROVALS, body, as('cashier'))
  return { ...answer, id: (answer.json as { approval_id?: string }).approval_id ?? '' }
}

const problem = ({ status, json }: { status: number; json: unknown }) => [
  status,
  (json as { code?: string }).code,
]
const REQUIRED = [403, 'approval_required']
const approvals = async (id: string) => {
  const answer = await call(device, 'GET', `${ORDERS}/${id}/history?limit=200`)
  const { data } = answer.json as { data: RestEvent[] }
  return data.filter(({ type }) => type === 'order.approved')
}

test('[A3] what the kitchen has is voided by a cashier with a manager beside, and the entry names both', async () => {
  const item = `${ORDERS}/${order.id}/items/${order.items[0]?.id ?? ''}`
  const remove = (approval?: string, key = 'k') =>
    call(device, 'DELETE', `${item}?reason=sold+out`, undefined, {
      role: 'cashier',
      headers: { 'idempotency-key': key, ...(approval !== undefined && { approval }) },
    })
  await send(order.id)
  expect(problem(await remove())).toEqual(REQUIRED)
  expect(problem(await remove('made-up'))).toEqual(REQUIRED)
  const given = await approve('remove_item', order.id)
  expect(given).toMatchObject({ status: 201, json: { approved_by: 'staff-maria' } })
  expect((await remove(given.id)).status).toBe(200)
  expect(await approvals(order.id)).toMatchObject([
    { actor: 'token:cashier', data: { command: 'voidLine', approved_by: 'staff-maria' } },
  ])
  // The same request again is the same command (rule L5), though its approval is used up.
  expect((await remove(given.id)).status).toBe(200)
  const other = await newOrder()
  await send(other.id)
  const otherItem = `${ORDERS}/${other.id}/items/${other.items[0]?.id ?? ''}?reason=x`
  const stolen = await call(device, 'DELETE', otherItem, undefined, as('cashier', given.id))
  expect(problem(stolen)).toEqual(REQUIRED)
})

test('[A3] what the kitchen has not is a cashier’s own, and managers act themselves', async () => {
  const { id } = order
  const item = `${ORDERS}/${id}/items/${order.items[0]?.id ?? ''}`
  expect((await call(device, 'DELETE', item, undefined, as('cashier'))).status).toBe(200)
  const mine = await newOrder()
  await send(mine.id)
  const cancel = { reason: 'left' }
  expect(
    problem(await call(device, 'POST', `${ORDERS}/${mine.id}/cancel`, cancel, as('cashier'))),
  ).toEqual(REQUIRED)
  const done = await call(device, 'POST', `${ORDERS}/${mine.id}/cancel`, cancel, as('manager'))
  expect(done.status).toBe(200)
  expect(await approvals(mine.id)).toEqual([])
})

test('[A3] an approval is for one command on one order of one caller, soon, and outlasts a refusal', async () => {
  const other = await newOrder()
  for (const { id } of [order, other]) await send(id)
  const cancel = (id: string, approval: string, role: Role = 'cashier', reason = 'left') =>
    call(device, 'POST', `${ORDERS}/${id}/cancel`, { reason }, as(role, approval))
  const refund = await approve('refund_payment', order.id)
  expect(problem(await cancel(order.id, refund.id))).toEqual(REQUIRED)
  const given = await approve('cancel_order', order.id)
  expect(problem(await cancel(other.id, given.id))).toEqual(REQUIRED)
  expect(problem(await cancel(order.id, given.id, 'cashier', ' '))).toEqual([
    422,
    'reason_required',
  ])
  const late = await approve('cancel_order', order.id)
  expect((await cancel(order.id, given.id)).status).toBe(200)
  const third = await newOrder()
  await send(third.id)
  clock.ms += APPROVAL_TTL_MS
  expect(problem(await cancel(third.id, late.id))).toEqual(REQUIRED)
})

test('[A3] a cashier gives a discount up to the limit that the store has set', async () => {
  const discount = (value: object | null, role: Role = 'cashier', approval?: string) =>
    call(
      device,
      'PUT',
      `${ORDERS}/${order.id}/discount`,
      { discount: value, reason: 'regular' },
      as(role, approval),
    )
  const tenth = { rate_ppm: 100_000 }
  expect(problem(await discount(tenth))).toEqual(REQUIRED)
  const rules = {
    discount_limit_ppm: 100_000,
    open_item_limit: 2_000,
    sign_out_after_minutes: 5,
    reasons: { void: ['Dropped'] },
  }
  const set = (role: Role) => call(device, 'PUT', '/api/v1/till-rules', rules, as(role))
  expect(problem(await set('cashier'))).toEqual([403, 'forbidden'])
  expect([(await set('manager')).status, (await set('manager')).json]).toEqual([200, rules])
  const read = await call(device, 'GET', '/api/v1/till-rules', undefined, as('cashier'))
  expect(read.json).toEqual(rules)
  expect((await discount(tenth)).json).toMatchObject({ subtotal: { amount: 2500 + 2 * 150 } })
  const amount = (minor: number) => ({ amount: minor })
  expect((await discount(amount(280))).status).toBe(200)
  expect(problem(await discount(amount(281)))).toEqual(REQUIRED)
  expect(problem(await discount({ rate_ppm: 1_000_000 }))).toEqual(REQUIRED)
  expect((await discount({ rate_ppm: 1_000_000 }, 'manager')).json).toMatchObject({
    total: { amount: 0 },
  })
  expect((await discount(null)).json).toMatchObject({ discount: { amount: 0 } })
  const { id } = await approve('set_discount', order.id)
  expect((await discount(amount(2800), 'cashier', id)).status).toBe(200)
})

test('[A3] every refund of a cashier takes a manager', async () => {
  await send(order.id)
  const paid = await call(device, 'POST', `${ORDERS}/${order.id}/payments`, {
    method: 'cash',
    amount: order.total,
  })
  const { payment_id } = paid.json as { payment_id: string }
  const refund = (approval?: string) =>
    call(
      device,
      'POST',
      `${ORDERS}/${order.id}/payments/${payment_id}/refund`,
      { amount: 100, reason: 'complaint' },
      as('cashier', approval),
    )
  expect(problem(await refund())).toEqual(REQUIRED)
  const { id } = await approve('refund_payment', order.id)
  expect((await refund(id)).status).toBe(200)
  expect(problem(await refund(id))).toEqual(REQUIRED)
})

test('[A3] the drawer is opened without a sale by a cashier with a manager beside', async () => {
  await call(device, 'POST', '/api/v1/drawer/open', { float: 10_000 }, as('cashier'))
  const open = (approval?: string) =>
    call(device, 'POST', '/api/v1/drawer/no-sale', { reason: 'change' }, as('cashier', approval))
  expect(problem(await open())).toEqual(REQUIRED)
  const { id } = await approve('open_drawer', null)
  expect((await open(id)).status).toBe(200)
  expect(device.store.journal.newest('approved', 5)).toMatchObject([
    { actor: 'token:cashier', value: { command: 'openDrawer', approvedBy: 'staff-maria' } },
  ])
})

test('[Y5] [A3] a cashier comps an item with a manager, and the day counts it by itself', async () => {
  await send(order.id)
  const [item] = order.items
  const path = `${ORDERS}/${order.id}/items/${item!.id}/comp`
  const body = { reason: 'long wait' }
  expect(problem(await call(device, 'PUT', path, body, as('cashier')))).toEqual(REQUIRED)
  const { id } = await approve('comp_item', order.id)
  const comped = (await call(device, 'PUT', path, body, as('cashier', id))).json as RestOrder
  expect(comped.items[0]).toMatchObject({
    line_total: { amount: 0 },
    comp: { reason: 'long wait', value: item!.line_total },
  })
  expect(comped.subtotal.amount).toBe(order.subtotal.amount - item!.line_total.amount)
  const report = await call(device, 'GET', '/api/v1/reports/day', undefined, { role: 'manager' })
  expect(report.json).toMatchObject({ comps: { count: 1, total: item!.line_total } })
  const taken = { headers: { approval: (await approve('comp_item', order.id)).id } }
  await call(device, 'PUT', path, { reason: null }, { role: 'cashier', ...taken })
})

test('[M5] [A3] the service charge by hand takes a manager of a cashier, and a reason of everybody', async () => {
  const path = `${ORDERS}/${order.id}/service-charge`
  const set = (service_charge: unknown, reason?: string, role: Role = 'manager', id?: string) =>
    call(device, 'PUT', path, { service_charge, reason }, as(role, id))
  const tenth = { rate_ppm: 100_000 }
  expect(problem(await set(tenth, 'large party', 'cashier'))).toEqual(REQUIRED)
  const { id } = await approve('set_service_charge', order.id)
  expect((await set(tenth, 'large party', 'cashier', id)).json).toMatchObject({
    service_charge: { amount: Math.round(order.subtotal.amount / 10) },
    service_charge_by_hand: true,
  })
  expect(problem(await set({ amount: 500 }))).toEqual([422, 'reason_required'])
  expect((await set({ amount: 500 }, 'asked for')).json).toMatchObject({
    service_charge: { amount: 500 },
  })
  expect((await set('none', 'slow')).json).toMatchObject({ service_charge: { amount: 0 } })
  expect((await set(null)).json).toMatchObject({ service_charge_by_hand: false })
})

test('[A2] wrong PINs of an approval are counted like those of a sign-in', async () => {
  expect(problem(await approve('cancel_order', order.id, '0000'))).toEqual([403, 'wrong_pin'])
  const body = { staff_id: 'staff-sam', pin: '3333', command: 'cancel_order', order_id: order.id }
  expect(problem(await call(device, 'POST', APPROVALS, body))).toEqual([403, 'not_a_manager'])
  for (let n = 0; n < 3; n += 1) await approve('cancel_order', order.id, '0000')
  const locked = await approve('cancel_order', order.id, '0000')
  expect([problem(locked), locked.headers['retry-after']]).toEqual([[429, 'locked_out'], '30'])
  expect(problem(await approve('cancel_order', order.id))).toEqual([429, 'locked_out'])
})
