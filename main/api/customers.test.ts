import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDeviceKeys } from '../../sync/device-keys.ts'
import { openPersonalData } from '../personal-data/personal-data.ts'
import { digestOf, rebuildProjections } from '../../db/sqlite/rebuild.ts'
import { findOrderIds } from '../../db/sqlite/order-queries.ts'
import { createOrderSearch } from '../personal-data/customer-search.ts'
import { createApi } from './api.ts'
import { call, openDevice, SEED_ORDER, testFolder, type TestDevice } from './test-store.ts'

const ANA = {
  name: 'Ana Quispe',
  phone: '+1 555 010 0199',
  email: 'ana@canary.example',
  address: '12 Canary Row, Springfield',
}
const ORDERS = '/api/v1/orders'

const folder = testFolder()
let device: TestDevice
let nowMs = Date.UTC(2026, 4, 1, 12)
let orderId: string
beforeAll(async () => {
  device = await openDevice(folder.dir, { name: 'A', founds: true, nowMs: () => (nowMs += 1_000) })
  orderId = await orderOf(ANA)
})
afterAll(async () => {
  await device.close()
  folder.remove()
})

async function orderOf(customer: object | null, headers: Record<string, string> = {}) {
  const body = { ...SEED_ORDER, customer }
  const { status, json } = await call(device, 'POST', ORDERS, body, { headers })
  expect(status).toBe(201)
  return (json as { id: string }).id
}

const get = async (url: string, role: 'admin' | 'cashier' | 'kitchen' | 'service' = 'cashier') =>
  (await call(device, 'GET', url, undefined, { role })).json

const idsOf = async (query: string): Promise<string[]> => {
  const { data } = (await get(`${ORDERS}?${query}`)) as { data: { id: string }[] }
  return data.map(({ id }) => id)
}

/** Every byte that the device has written, and every line that it logged. */
function writtenBytes(): string {
  const files = ['', '-wal', '-shm'].map((ending) => `${device.file}${ending}`)
  const bytes = files.filter(existsSync).map((file) => readFileSync(file, 'latin1'))
  return [...bytes, ...device.logged].join('\n')
}

const CANARIES = [...Object.values(ANA), 'Quispe', '5550100199', 'Canary Row']

describe('what is written', () => {
  test('[P1] holds none of it in the clear: not the log, not the tables, not the WAL', async () => {
    const headers = { 'idempotency-key': 'the-key-of-a-repeat' }
    await orderOf(ANA, headers)
    await call(device, 'PUT', `${ORDERS}/${orderId}`, { customer: { ...ANA, phone: '0044 1' } })
    await call(device, 'PUT', `${ORDERS}/${orderId}`, { customer: ANA })
    const written = writtenBytes()
    expect(written).toContain('burger-classic')
    expect(CANARIES.filter((canary) => written.includes(canary))).toEqual([])
    const row = device.store.connection.raw
      .prepare('SELECT customer_key, customer_name, customer_phone_hash FROM orders WHERE id = ?')
      .get(orderId)
    expect(row).toMatchObject({
      customer_key: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
      customer_name: expect.stringMatching(/^[\w-]{40,}$/) as string,
      customer_phone_hash: null,
    })
  })

  test('[F3] is the same in tables that are rebuilt from the log', () => {
    const { connection } = device.store
    const before = digestOf(connection)
    rebuildProjections(connection)
    expect(digestOf(connection)).toBe(before)
  })

  test('[L5] a command that comes twice is written once, and makes one key', () => {
    const { store, personalData } = device
    const customer = { name: 'Di', phone: '555 31 41 59' }
    const stamped = {
      id: 'twice',
      at: new Date(nowMs).toISOString(),
      actor: 'staff:1',
      command: { type: 'changeDetails', orderId, customerId: 'di', customer },
    } as const
    const keys = () =>
      store.connection.raw
        .prepare("SELECT count(*) FROM customer_keys WHERE customer_id = 'di' AND destroyed = 0")
        .pluck()
        .get()
    expect(personalData.guests.execute(stamped).ok).toBe(true)
    const entries = store.frontier().get(store.ownOrigin())
    expect(personalData.guests.execute(stamped).ok).toBe(true)
    expect(store.frontier().get(store.ownOrigin())).toBe(entries)
    expect(keys()).toBe(1)
    // Nothing came of it, and so no key stays.
    const refused = personalData.guests.execute({
      ...stamped,
      id: 'nowhere',
      command: { ...stamped.command, orderId: 'no such order', customer: { phone: '555 27 18' } },
    })
    expect(refused.ok).toBe(false)
    expect(keys()).toBe(1)
    const back = { ...stamped.command, customerId: '123', customer: ANA }
    personalData.guests.execute({ ...stamped, id: 'back', command: back })
  })
})

describe('what is shown', () => {
  test('[P1] is open for roles that serve guests, and locked for the kitchen', async () => {
    for (const role of ['admin', 'cashier', 'service'] as const) {
      expect(await get(`${ORDERS}/${orderId}`, role)).toMatchObject({ customer: ANA })
    }
    expect((await get(`${ORDERS}/${orderId}`, 'kitchen')) as object).toMatchObject({
      customer: { locked: true },
    })
    const { data } = (await get(`${ORDERS}?limit=50`, 'kitchen')) as { data: object[] }
    expect(CANARIES.filter((canary) => JSON.stringify(data).includes(canary))).toEqual([])
    const without = await orderOf(null)
    expect(await get(`${ORDERS}/${without}`, 'kitchen')).toMatchObject({ customer: null })
  })

  test('[P1] is open in the history as well', async () => {
    const history = async (role: 'cashier' | 'kitchen') =>
      JSON.stringify(await get(`${ORDERS}/${orderId}/history?limit=50`, role))
    expect(await history('cashier')).toContain(ANA.address)
    const seen = await history('kitchen')
    expect(CANARIES.filter((canary) => seen.includes(canary))).toEqual([])
    expect(seen).toContain('"customer":{"locked":true}')
  })

  test('[P1] a device without the key shows that there is a customer, and works on', async () => {
    const { store, tokens, tokenOf } = device
    const app = createApi({
      store,
      tokens,
      printing: device.printing,
      alerts: device.alerts,
      ...device.people,
      ...openPersonalData({ store, keys: createDeviceKeys(), nowMs: Date.now, newId: randomUUID }),
      nowMs: Date.now,
      newId: randomUUID,
      metrics: async () => '',
      privateKey: 'unused',
      health: () => ({ ok: true, degraded: [] }),
      logger: { info() {}, warn() {}, error() {} },
    })
    const headers = { authorization: `Bearer ${tokenOf.admin}` }
    const url = `${ORDERS}/${orderId}`
    const shown = (await app.inject({ method: 'GET', url, headers })).json<object>()
    expect(shown).toMatchObject({ customer: { locked: true } })
    const payload = { ...SEED_ORDER, customer: { name: 'Bo' } }
    const made = await app.inject({ method: 'POST', url: ORDERS, headers, payload })
    expect([made.statusCode, made.json<object>()]).toMatchObject([
      201,
      { customer: { name: 'Bo' } },
    ])
    const found = await app.inject({ method: 'GET', url: `${ORDERS}?q=quispe`, headers })
    expect(found.json<object>()).toMatchObject({ data: [] })
    await app.close()
  })

  test('[P1] is found by a part of the name, a part of the phone, and the phone as one types it', async () => {
    const bo = await orderOf({ name: 'Bo Li', phone: '555-77-88-99' })
    expect(await idsOf('q=bo%20l')).toEqual([bo])
    expect(await idsOf('q=77-88')).toEqual([bo])
    expect(await idsOf('q=555778899')).toEqual([bo])
    expect(await idsOf(`q=${encodeURIComponent('(555) 77 88 99')}`)).toEqual([bo])
    expect(await idsOf('q=55577889')).toEqual([])
    expect(await idsOf('q=Nobody')).toEqual([])
    // Cipher text is found by nobody who types a part of it.
    const stored = device.store.connection.raw
      .prepare('SELECT customer_name FROM orders WHERE id = ?')
      .pluck()
      .get(bo) as string
    expect(await idsOf(`q=${stored.slice(4, 12)}`)).toEqual([])
  })

  test('[P1] an order older than the names that are read is found by the whole phone', () => {
    const { store, personalData } = device
    const { ring, guests } = personalData
    const find = (keyId: string) => ring.find(keyId) ?? guests.book.open(keyId)
    const search = createOrderSearch(store.connection, { all: ring.all, find }, 1)
    const found = (text: string) =>
      findOrderIds(store.connection, { q: search(text) }, null, 50).map(({ id }) => id)
    expect(found('quispe')).not.toContain(orderId)
    expect(found('1 555 0100199')).toContain(orderId)
  })

  test('[P1] is open again after a restart, with the keys of the device', async () => {
    const { keys, tokenOf } = device
    await device.close()
    device = await openDevice(folder.dir, {
      name: 'A',
      founds: true,
      nowMs: () => (nowMs += 1_000),
      keys,
      tokenOf,
    })
    expect(await get(`${ORDERS}/${orderId}`)).toMatchObject({ customer: ANA })
    const dataKeys = () => device.store.catalog().data_key.size
    const before = dataKeys()
    await orderOf({ name: 'Cy' })
    expect(dataKeys()).toBe(before)
  })
})
