import { afterEach, beforeEach, expect, test } from 'vitest'
import { digestOf } from '../../db/sqlite/rebuild.ts'
import type { RestOrder } from '../../protocol/rest/order.ts'
import { identifyKeyed } from './command-identity.ts'
import {
  call,
  openDevice,
  SEED_ORDER,
  testFolder,
  type TestDevice,
  type TestFolder,
} from './test-store.ts'

let folder: TestFolder
let device: TestDevice
beforeEach(async () => {
  folder = testFolder()
  device = await openDevice(folder.dir, { name: 'A', founds: true })
})
afterEach(async () => {
  await device.close()
  folder.remove()
})

async function reopen(): Promise<void> {
  await device.close()
  const { tokenOf } = device
  device = await openDevice(folder.dir, { name: 'A', founds: true, tokenOf })
}

const under = (key: string) => ({ headers: { 'idempotency-key': key } })
const create = (key: string, body: object = SEED_ORDER) =>
  call(device, 'POST', '/api/v1/orders', body, under(key))
const idOf = (answer: { json: unknown }) => (answer.json as RestOrder).id
const entryCount = () =>
  [...device.store.frontier().values()].reduce((sum, count) => sum + count, 0)

test('[L5] the same creation twice, and once more after a restart, makes one order', async () => {
  const first = await create('k1')
  const digest = digestOf(device.store.connection)
  const second = await create('k1')
  await reopen()
  const third = await create('k1')
  for (const repeat of [second, third]) {
    expect(repeat.status).toBe(201)
    expect(repeat.json).toEqual(first.json)
    expect(repeat.headers['idempotent-replayed']).toBe('true')
  }
  expect(first.headers['idempotent-replayed']).toBeUndefined()
  expect(digestOf(device.store.connection)).toBe(digest)
  const list = await call(device, 'GET', '/api/v1/orders')
  expect((list.json as { data: unknown[] }).data).toHaveLength(1)
})

test('[L5] a payment under one key is taken once, also when the order has moved on since', async () => {
  const order = `/api/v1/orders/${idOf(await create('k1'))}`
  const pay = () =>
    call(device, 'POST', `${order}/payments`, { method: 'cash', amount: 1000 }, under('p'))
  const first = await pay()
  await call(device, 'PUT', order, { notes: 'later' })
  await reopen()
  const second = await pay()
  expect(second.status).toBe(201)
  expect(second.json).toMatchObject({
    payment_id: (first.json as { payment_id: string }).payment_id,
    paid: { amount: 1000 },
    notes: 'later',
  })
})

test('a key with another body is refused, and how members are ordered is no other body', async () => {
  const first = await create('k1')
  const count = entryCount()
  const other = await create('k1', { ...SEED_ORDER, table_number: '6' })
  expect([other.status, other.json]).toMatchObject([422, { code: 'idempotency_key_reused' }])
  await reopen()
  expect((await create('k1', { ...SEED_ORDER, notes: 'x' })).status).toBe(422)
  const turned = Object.fromEntries(Object.entries(SEED_ORDER).toReversed())
  expect(idOf(await create('k1', { ...turned, table_number: 5 }))).toBe(idOf(first))
  expect(entryCount()).toBe(count)
})

test('a key binds one caller, one method and one path', async () => {
  const first = await create('k1')
  const other = await call(device, 'POST', '/api/v1/orders', SEED_ORDER, {
    ...under('k1'),
    role: 'cashier',
  })
  expect(idOf(other)).not.toBe(idOf(first))
  for (const id of [idOf(first), idOf(other)]) {
    const added = await call(
      device,
      'POST',
      `/api/v1/orders/${id}/items`,
      { menu_item_id: 'garlic-bread', quantity: 1 },
      under('k1'),
    )
    expect((added.json as RestOrder).items).toHaveLength(2)
  }
})

test('a refused request binds no key', async () => {
  const refused = await create('k1', { ...SEED_ORDER, items: [{ menu_item_id: 'x', quantity: 1 }] })
  expect(refused.json).toMatchObject({ code: 'unknown_item' })
  expect((await create('k1')).status).toBe(201)
})

test('a repeat is answered although the version in If-Match has passed by it', async () => {
  const url = `/api/v1/orders/${idOf(await create('k1'))}`
  const change = () =>
    call(
      device,
      'PUT',
      url,
      { notes: 'x' },
      {
        headers: { 'idempotency-key': 'k2', 'if-match': '"1"' },
      },
    )
  expect((await change()).status).toBe(200)
  expect((await change()).status).toBe(200)
})

test('a key has 1 to 200 characters', async () => {
  expect((await create('k'.repeat(200))).status).toBe(201)
  const refused = await create('k'.repeat(201))
  expect([refused.status, refused.json]).toMatchObject([400, { code: 'invalid_header' }])
})

test('reference data under a key is written once', async () => {
  const url = '/api/v1/menu/items/garlic-bread/availability'
  const set = (available: boolean, key: string) =>
    call(device, 'PUT', url, { available }, under(key))
  await set(false, 'a')
  await set(true, 'b')
  const repeat = await set(false, 'a')
  expect(repeat.json).toMatchObject({ id: 'garlic-bread', available: true })
})

test('[P1] the id of a command tells nobody who reads the log what was in the request', async () => {
  const nothingTaken = { commandIdWith: () => null }
  const hashOfBody = async (key: string, tokenHash: string) => {
    const request = { method: 'POST', path: '/', query: {}, body: { customer: { phone: '555' } } }
    const identified = await identifyKeyed(nothingTaken, { ...request, key, tokenHash })
    return identified.ok ? identified.value.commandId.split('.')[2] : null
  }
  const hash = await hashOfBody('k1', 'token')
  expect(await hashOfBody('k1', 'token')).toBe(hash)
  expect(await hashOfBody('k1', 'another')).not.toBe(hash)
  expect(await hashOfBody('k2', 'token')).not.toBe(hash)
})
