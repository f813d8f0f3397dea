import { afterAll, beforeAll, expect, test } from 'vitest'
import { digestOf } from '../../db/sqlite/rebuild.ts'
import { verifyFile } from '../../db/sqlite/verify.ts'
import type { RestOrder } from '../../protocol/rest/order.ts'
import { businessDayIn } from '../../domain/business-day.ts'
import { startScheduledOrders } from '../scheduled-orders.ts'
import { createShifts } from '../shifts/shifts.ts'
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

const PACING = {
  prep_minutes: 20,
  delivery_minutes: 15,
  queue_minutes: 1,
  max_orders: 1,
  max_items: null,
  lead_minutes: 30,
}
const HOUR_MS = 3_600_000
/** A quarter of an hour begins then. */
const BASE_MS = Math.ceil(Date.now() / HOUR_MS) * HOUR_MS + 24 * HOUR_MS
const at = (minutes: number) => new Date(BASE_MS + minutes * 60_000).toISOString()

const order = (more: object, on = till) =>
  call(on, 'POST', '/api/v1/orders', { ...SEED_ORDER, order_type: 'takeout', ...more })

function together(): void {
  sync(till.store, other.store)
  sync(other.store, till.store)
}

test('[Q2] over REST a full quarter is refused with the next free one, until a manager overbooks it', async () => {
  expect((await call(till, 'GET', '/api/v1/settings/pacing')).json).toMatchObject({
    max_orders: null,
  })
  const asCashier = { role: 'cashier' } as const
  expect((await call(till, 'PUT', '/api/v1/settings/pacing', PACING, asCashier)).status).toBe(403)
  expect((await call(till, 'PUT', '/api/v1/settings/pacing', PACING)).json).toEqual(PACING)
  const first = (await order({ promised_for: at(5) })).json as RestOrder
  expect(first.promised_for).toBe(at(5))
  const full = await order({ promised_for: at(7) })
  expect([full.status, full.json]).toMatchObject([409, { code: 'slot_full', next_free: at(15) }])
  const second = (await order({ promised_for: at(15) })).json as RestOrder
  const path = `/api/v1/orders/${second.id}`
  const overbooked = { promised_for: at(7), overbook: true }
  expect((await call(till, 'PUT', path, overbooked, asCashier)).json).toMatchObject({
    code: 'approval_required',
  })
  expect((await call(till, 'PUT', path, overbooked, { role: 'service' })).status).toBe(403)
  expect((await call(till, 'PUT', path, overbooked)).json).toMatchObject({ promised_for: at(7) })
})

test('[Q2] apart two tills promise the same quarter; together both stand, alike everywhere', async () => {
  together()
  const here = (await order({ promised_for: at(60) })).json as RestOrder
  const there = (await order({ promised_for: at(60) }, other)).json as RestOrder
  together()
  for (const device of [till, other]) {
    for (const { id } of [here, there]) {
      const seen = await call(device, 'GET', `/api/v1/orders/${id}`)
      expect(seen.json).toMatchObject({ promised_for: at(60) })
    }
    expect((await order({ promised_for: at(60) }, device)).json).toMatchObject({
      code: 'slot_full',
    })
  }
  expect(digestOf(till.store.connection)).toBe(digestOf(other.store.connection))
  expect((await verifyFile(till.store.connection)).fault).toBeNull()
})

test('[Q3] an order for later waits, and one of the tills sends it in time, once', async () => {
  const { id } = (await order({ order_type: 'dine_in', scheduled_for: at(240) })).json as RestOrder
  const status = `/api/v1/orders/${id}/status`
  const sent = await call(till, 'PUT', status, { status: 'confirmed' })
  expect(sent.json).toMatchObject({ status: 'confirmed', tickets: [] })
  together()
  const look = ({ store }: TestDevice, minutes: number) => {
    const scheduled = startScheduledOrders({
      store,
      nowMs: () => BASE_MS + minutes * 60_000,
      logger: { error: (text) => expect.fail(text) },
    })
    scheduled.look()
    scheduled.stop()
  }
  look(till, 209)
  look(other, 210)
  expect(till.store.order(id)?.tickets).toEqual([])
  expect(other.store.order(id)?.tickets).toEqual([])
  look(till, 210)
  look(other, 212)
  together()
  const tickets = till.store.order(id)?.tickets ?? []
  expect(tickets.length).toBeGreaterThan(0)
  expect(new Set(tickets.flatMap(({ lineIds }) => lineIds)).size).toBe(
    tickets.flatMap(({ lineIds }) => lineIds).length,
  )
  expect(digestOf(till.store.connection)).toBe(digestOf(other.store.connection))
})

test('[R4] what a store writes on its receipts stands on them, over and under the order', async () => {
  const text = { header: ['1 Harbour Road'], footer: ['Thank you'] }
  const path = '/api/v1/settings/receipt-text'
  expect((await call(till, 'PUT', path, text)).json).toEqual(text)
  expect((await call(till, 'GET', path)).json).toEqual(text)
})

test('[A8] hours of a range of days are told by shift and by person, as JSON and as CSV', async () => {
  const shifts = createShifts(till.store)
  const [staffId = ''] = till.store.catalog().staff.keys()
  const stamp = (minutes: number, n: number) => ({
    id: `clocked-${n}`,
    at: at(minutes),
    actor: 'x',
  })
  shifts.clock(stamp(0, 1), staffId, 'in')
  shifts.clock(stamp(90, 2), staffId, 'out')
  const day = businessDayIn(till.store.catalog(), BASE_MS)
  const path = `/api/v1/reports/shifts?from=${day}`
  const told = await call(till, 'GET', path)
  expect(told.json).toMatchObject({
    shifts: [{ staff_id: staffId, from: at(0), to: at(90), minutes: 90, forgotten: false }],
    people: [{ staff_id: staffId, minutes: 90 }],
  })
  expect((await call(till, 'GET', path, undefined, { role: 'cashier' })).status).toBe(403)
  const tooMany = await call(till, 'GET', '/api/v1/reports/shifts?from=2026-01-01&to=2026-12-31')
  expect(tooMany.json).toMatchObject({ code: 'validation_failed' })
})
