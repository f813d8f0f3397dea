import { afterAll, beforeAll, expect, test } from 'vitest'
import { startPage } from '../../domain/device-screen.ts'
import { call, openDevice, sync, testFolder, type TestDevice } from './test-store.ts'

const folder = testFolder()
let till: TestDevice
let other: TestDevice
beforeAll(async () => {
  till = await openDevice(folder.dir, { name: 'A', founds: true })
  other = await openDevice(folder.dir, { name: 'B', founds: false })
  const value = { name: 'B', role: 'kitchen', code: 'B', origin: 'o-B', admittedBy: 'A' } as const
  const command = [{ type: 'record.set', kind: 'device', id: 'B', value }] as const
  till.store.setRecords({ id: 'roster', at: 'now', actor: 'test', command })
})
afterAll(async () => {
  await Promise.all([till.close(), other.close()])
  folder.remove()
})

const remove = (id: string, role: 'admin' | 'manager' | 'cashier' | 'kitchen' | 'service') =>
  call(till, 'DELETE', `/api/v1/devices/${id}`, undefined, { role })

test('[P1] only managers and admins remove a device', async () => {
  for (const role of ['cashier', 'kitchen', 'service'] as const) {
    expect(await remove('B', role)).toMatchObject({ status: 403, json: { code: 'forbidden' } })
  }
  expect(till.store.catalog().revocation.size).toBe(0)
})

test('[J6] a manager says what the screen of a device is for; what it cannot be is left out', async () => {
  const say = (body: object, role: 'manager' | 'cashier' = 'manager', id = 'B') =>
    call(till, 'PUT', `/api/v1/devices/${id}/screen`, body, { role })
  const prep = { use: 'prep', station_ids: ['grill', 'gone'], guest_display: true }
  expect(await say(prep, 'cashier')).toMatchObject({ status: 403 })
  expect(await say({ use: 'office' })).toMatchObject({ status: 422 })
  expect(await say(prep, 'manager', 'C')).toMatchObject({ status: 404 })
  expect(startPage(till.store.catalog(), 'B')).toBe('kitchen')
  const screen = { use: 'prep', station_ids: ['grill'], guest_display: false }
  expect(await say(prep)).toMatchObject({ status: 200, json: { id: 'B', screen } })
  expect(await say({ use: 'counter', guest_display: true })).toMatchObject({ status: 200 })
  expect(startPage(till.store.catalog(), 'B')).toBe('pos')
  expect(till.store.catalog().device_screen.get('B')).toMatchObject({ guestDisplay: true })
})

test('[P1] what is no device, or the last one, is not removed', async () => {
  expect(await remove('C', 'admin')).toMatchObject({
    status: 404,
    json: { code: 'device_not_found' },
  })
  expect(await remove('B', 'manager')).toMatchObject({
    status: 200,
    json: { id: 'B', revoked: true, this_device: false },
  })
  expect(await remove('A', 'manager')).toMatchObject({ status: 409, json: { code: 'last_device' } })
})

test('[P1] a removed device stays on the list, marked, on every device; again changes nothing', async () => {
  const before = till.store.frontier()
  expect(await remove('B', 'admin')).toMatchObject({ status: 200, json: { revoked: true } })
  expect(till.store.frontier()).toEqual(before)
  sync(till.store, other.store)
  const { json } = await call(other, 'GET', '/api/v1/devices')
  expect(json).toMatchObject({
    data: [
      { id: 'A', revoked: false, this_device: false },
      { id: 'B', revoked: true, this_device: true },
    ],
  })
})

test('[F4] what a removed device wrote late is listed, and a manager says that it is right', async () => {
  // The other till was removed before: what comes from it now was not known then.
  const value = { available: false }
  const command = [{ type: 'record.set', kind: 'availability', id: 'x', value }] as const
  other.store.setRecords({ id: 'late', at: 'now', actor: 'test', command })
  sync(other.store, till.store)
  const list = async () => (await call(till, 'GET', '/api/v1/late-entries')).json
  const late = {
    device_id: 'B',
    device_name: 'B',
    origin: 'o-B',
    from_seq: 1,
    to_seq: 1,
    orders: [],
    record_kinds: ['availability'],
    unread: 0,
  }
  expect(await list()).toEqual({ data: [late] })
  const accept = (up_to: number, role: 'cashier' | 'manager') =>
    call(till, 'POST', '/api/v1/late-entries/accept', { origin: 'o-B', up_to }, { role })
  expect(await accept(1, 'cashier')).toMatchObject({ status: 403 })
  expect(await accept(2, 'manager')).toMatchObject({
    status: 409,
    json: { code: 'no_late_entries' },
  })
  expect(await accept(1, 'manager')).toMatchObject({ status: 200, json: { data: [] } })
  expect(await list()).toEqual({ data: [] })
})
