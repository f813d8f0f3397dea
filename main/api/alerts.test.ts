import { afterAll, beforeAll, expect, test } from 'vitest'
import { call, openDevice, sync, testFolder, type TestDevice } from './test-store.ts'

const folder = testFolder()
let a: TestDevice
let b: TestDevice
beforeAll(async () => {
  a = await openDevice(folder.dir, { name: 'A', founds: true })
  b = await openDevice(folder.dir, { name: 'B', founds: false })
  const lines = [{ subject: 'item/lemonade', amount_milli: 0 }]
  await call(a, 'POST', '/api/v1/inventory/counts', { lines })
  const value = { kind: 'inventory_settings', id: 'store', value: { sold_out_by: 'items' } }
  await call(a, 'POST', '/api/v1/menu/changes', { changes: [value] })
  sync(a.store, b.store)
})
afterAll(async () => {
  await a.close()
  await b.close()
  folder.remove()
})

interface Listed {
  readonly id: string
  readonly kind: string
  readonly acknowledged: { readonly by: string } | null
}
const listed = async (device: TestDevice, role?: 'cashier'): Promise<readonly Listed[]> => {
  const { json } = await call(device, 'GET', '/api/v1/alerts', undefined, role && { role })
  return (json as { data: Listed[] }).data
}

test('[N3] an alert is acknowledged once, by whoever is shown it, on every device', async () => {
  const [alert] = await listed(a)
  expect(alert).toMatchObject({ kind: 'sold_out', name: 'Fresh lemonade', acknowledged: null })
  expect(await listed(b)).toEqual(await listed(a))
  expect(await listed(a, 'cashier')).toEqual([])
  const path = '/api/v1/alerts/acknowledge'
  const { id } = alert!
  expect(await call(a, 'POST', path, { id }, { role: 'cashier' })).toMatchObject({
    status: 404,
    json: { code: 'alert_not_found' },
  })
  expect(await call(a, 'POST', path, { id })).toMatchObject({
    status: 200,
    json: { id, acknowledged: { by: 'token:admin' } },
  })
  sync(a.store, b.store)
  const [there] = await listed(b)
  expect(there!.acknowledged).toMatchObject({ by: 'token:admin' })
  expect(await call(b, 'POST', path, { id })).toMatchObject({
    json: { acknowledged: there!.acknowledged },
  })
  expect((await call(a, 'POST', path, { id: 'order_waiting/none' })).status).toBe(404)
})
