import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RestOrder } from '../../protocol/rest/order.ts'
import { call, openDevice, SEED_ORDER, testFolder, type TestDevice } from './test-store.ts'

const folder = testFolder()
let till: TestDevice
beforeAll(async () => {
  till = await openDevice(folder.dir, { name: 'A', founds: true })
})
afterAll(async () => {
  await till.close()
  folder.remove()
})

const ask = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown) =>
  call(till, method, `/api/v1${path}`, body)

const PLACE = { x: 26, y: 14, width: 4, height: 4, shape: 'round' }

test('[Q3] rooms and places of tables are records, and what does not fit a room is refused by name', async () => {
  expect((await ask('PUT', '/rooms/garden', { name: 'Garden', position: 2 })).status).toBe(200)
  const table = { number: '30', room: 'garden', seats: 4, position: 30 }
  expect((await ask('PUT', '/tables/t30', table)).status).toBe(200)
  const tables = async () =>
    (await ask('GET', '/tables?limit=200')).json as { data: { id: string }[] }
  const shown = async () => (await tables()).data.find(({ id }) => id === 't30')
  expect(await shown()).toMatchObject({ room: 'garden', room_name: 'Garden', place: null })
  expect((await ask('PUT', '/table-places/t30', PLACE)).status).toBe(200)
  expect(await shown()).toMatchObject({ place: PLACE })

  for (const [member, change] of [
    ['width', { x: 30 }],
    ['height', { y: 18 }],
    ['width', { width: 1 }],
    ['shape', { shape: 'oval' }],
  ] as const) {
    const refused = await ask('PUT', '/table-places/t30', { ...PLACE, ...change })
    expect([refused.status, JSON.stringify(refused.json)]).toEqual([
      422,
      expect.stringContaining(member),
    ])
  }
  expect(await shown()).toMatchObject({ place: PLACE })
  const twice = await ask('PUT', '/tables/t31', { ...table, seats: 2 })
  expect(twice).toMatchObject({ status: 422, json: { code: 'validation_failed' } })
  expect((await ask('PUT', '/courses/10', { name: 'Tenth', category_ids: [] })).status).toBe(422)
  expect((await ask('PUT', '/courses/5', { name: 'Cheese', category_ids: [] })).status).toBe(200)
})

test('[Q1] [Q2] courses are held and fired, and orders are merged, over REST', async () => {
  const [item] = SEED_ORDER.items
  const items = [
    { ...item, course: 2, seat: 1 },
    { ...item, course: 3 },
  ]
  const { id } = (await ask('POST', '/orders', { ...SEED_ORDER, items })).json as RestOrder
  const held = await ask('POST', `/orders/${id}/courses/3/hold`)
  expect(held.json).toMatchObject({ held_courses: [3] })
  await ask('PUT', `/orders/${id}/status`, { status: 'confirmed' })
  const kitchen = (await ask('GET', '/kitchen/orders')).json as { data: { id: string }[] }
  expect(kitchen.data.find((one) => one.id === id)).toMatchObject({
    held_courses: [3],
    tickets: [{ items: [{ seat: 1, course: 2 }] }],
  })
  const fired = await ask('POST', `/orders/${id}/courses/3/fire`)
  expect(fired.json).toMatchObject({ held_courses: [], tickets: [{}, {}] })
  expect(await ask('POST', `/orders/${id}/courses/8/fire`)).toMatchObject({
    status: 422,
    json: { code: 'empty_course', course: 8 },
  })
  expect((await ask('POST', `/orders/${id}/courses/0/fire`)).status).toBe(422)

  const other = (await ask('POST', '/orders', SEED_ORDER)).json as RestOrder
  const merged = await ask('POST', `/orders/${other.id}/merge`, { into_order_id: id })
  expect(merged.json).toMatchObject({ status: 'completed', merged_into: id, items: [] })
  expect(((await ask('GET', `/orders/${id}`)).json as RestOrder).items).toHaveLength(3)
  // It counts in no report.
  const { business_day: day } = merged.json as RestOrder
  expect((await ask('GET', `/reports/day?day=${day}`)).json).toMatchObject({
    sales: { count: 1 },
    cancelled: { count: 0 },
  })
  await ask('POST', `/orders/${id}/payments`, { method: 'cash', amount: 100 })
  const third = (await ask('POST', '/orders', SEED_ORDER)).json as RestOrder
  expect(await ask('POST', `/orders/${id}/merge`, { into_order_id: third.id })).toMatchObject({
    status: 409,
    json: { code: 'cannot_merge', because: 'paid' },
  })
})
