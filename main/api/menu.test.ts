import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { digestOf } from '../../db/sqlite/rebuild.ts'
import { demoRecords } from '../demo/demo-records.ts'
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

const item = {
  name: 'Lemonade',
  categoryId: 'starters',
  priceMinor: 450,
  taxRateId: 'sales',
  stationId: 'bar',
  modifierGroupIds: ['extras'],
  position: 99,
}
const importMenu = (...records: object[]) =>
  call(device, 'POST', '/api/v1/menu/import', { records }, { role: 'manager' })

describe('availability', () => {
  test('an item that is taken off is not sold until it is put back', async () => {
    const set = (available: boolean) =>
      call(
        device,
        'PUT',
        '/api/v1/menu/items/burger-classic/availability',
        { available },
        {
          role: 'manager',
        },
      )
    expect((await set(false)).json).toMatchObject({ id: 'burger-classic', available: false })
    const refused = await call(device, 'POST', '/api/v1/orders', SEED_ORDER)
    expect([refused.status, refused.json]).toMatchObject([422, { code: 'item_unavailable' }])
    const off = await call(device, 'GET', '/api/v1/menu/items?available=false')
    expect((off.json as { data: { id: string }[] }).data.map(({ id }) => id)).toEqual([
      'burger-classic',
    ])
    await set(true)
    expect((await call(device, 'POST', '/api/v1/orders', SEED_ORDER)).status).toBe(201)
  })
})

describe('importing', () => {
  test('a new item can be read and sold at once', async () => {
    const answer = await importMenu({ kind: 'menu_item', id: 'lemonade', value: item })
    expect([answer.status, answer.json]).toEqual([200, { imported: 1 }])
    const read = await call(device, 'GET', '/api/v1/menu/items/lemonade')
    expect(read.json).toMatchObject({
      price: { amount: 450, currency: 'USD' },
      available: true,
      modifier_groups: [{ id: 'extras', modifiers: expect.any(Array) }],
    })
    const sold = await call(device, 'POST', '/api/v1/orders', {
      order_type: 'takeout',
      items: [{ menu_item_id: 'lemonade', quantity: 2 }],
    })
    expect(sold.json).toMatchObject({ subtotal: { amount: 900 } })
  })

  test('the whole demo menu fits into one import', async () => {
    const records = demoRecords().filter(({ kind }) => kind !== 'staff')
    expect(await importMenu(...records)).toMatchObject({
      status: 200,
      json: { imported: records.length },
    })
  })

  test.each([
    [
      'a tax rate that is not there',
      [{ kind: 'menu_item', id: 'x', value: { ...item, taxRateId: 'none' } }],
      'records.0.value.taxRateId',
    ],
    [
      'a group that is not there',
      [{ kind: 'menu_item', id: 'x', value: { ...item, modifierGroupIds: ['extras', 'none'] } }],
      'records.0.value.modifierGroupIds.1',
    ],
    [
      'the removal of a tax rate in use',
      [{ kind: 'tax_rate', id: 'sales', value: null }],
      'records.0',
    ],
    [
      'a fraction of a cent',
      [{ kind: 'menu_item', id: 'x', value: { ...item, priceMinor: 4.5 } }],
      'records.0.value.priceMinor',
    ],
    [
      'staff',
      [{ kind: 'staff', id: 'x', value: { name: 'X', role: 'admin', pinHash: null } }],
      'records.0.kind',
    ],
    ['nothing', [], 'records'],
  ])('%s is refused, and nothing of it is written', async (_what, records, path) => {
    const before = digestOf(device.store.connection)
    const good = { kind: 'menu_item', id: 'good', value: item }
    const answer = await importMenu(...records, ...(records.length > 0 ? [good] : []))
    expect([answer.status, answer.json]).toMatchObject([422, { code: 'validation_failed' }])
    const { errors } = answer.json as { errors: { path: string }[] }
    expect(errors[0]?.path).toBe(path)
    expect(digestOf(device.store.connection)).toBe(before)
  })

  test('what would be too large for one entry of the log is refused before it is written', async () => {
    const records = Array.from({ length: 1_400 }, (_, i) => ({
      kind: 'menu_item',
      id: `bulk-${i}`,
      value: { ...item, description: 'x'.repeat(500) },
    }))
    const before = digestOf(device.store.connection)
    const fits = JSON.stringify({ records }).length < 1_000_000
    const answer = await importMenu(...records)
    expect([fits, answer.status, answer.json]).toMatchObject([
      true,
      413,
      { code: 'body_too_large' },
    ])
    expect(digestOf(device.store.connection)).toBe(before)
  })

  test('an item that goes away is gone from the menu, and its orders stay', async () => {
    await importMenu({ kind: 'menu_item', id: 'gone', value: item })
    const sold = await call(device, 'POST', '/api/v1/orders', {
      order_type: 'takeout',
      items: [{ menu_item_id: 'gone', quantity: 1 }],
    })
    await importMenu({ kind: 'menu_item', id: 'gone', value: null })
    expect((await call(device, 'GET', '/api/v1/menu/items/gone')).status).toBe(404)
    const { id } = sold.json as { id: string }
    expect((await call(device, 'GET', `/api/v1/orders/${id}`)).json).toEqual(sold.json)
  })
})
