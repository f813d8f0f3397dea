import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { digestOf, rebuildProjections } from '../../db/sqlite/rebuild.ts'
import { verifyFile } from '../../db/sqlite/verify.ts'
import { createCustomerKeyTable } from '../../db/sqlite/customer-keys.ts'
import { waitUntil } from '../../test/support/wait-until.ts'
import { createCustomerCalls } from '../terminal/customer-calls.ts'
import { wipeAfterErasure } from '../personal-data/wipe.ts'
import { call, openDevice, SEED_ORDER, testFolder, type TestDevice } from './test-store.ts'

const ANA = {
  name: 'Ana Quispe',
  phone: '+1 555 010 0199',
  email: 'Ana@Canary.example',
  address: '12 Canary Row, Springfield',
}
const CUSTOMERS = '/api/v1/customers'
const { customer_id: _, ...ORDER } = SEED_ORDER

interface Customer {
  readonly id: string
  readonly customer: object
  readonly erased_at: string | null
}

const folder = testFolder()
let device: TestDevice
beforeAll(async () => {
  device = await openDevice(folder.dir, { name: 'A', founds: true })
})
afterAll(async () => {
  await device.close()
  folder.remove()
})

type Role = 'cashier' | 'manager' | 'kitchen'

const ask = async <T>(url: string, role: Role = 'cashier'): Promise<T> =>
  (await call(device, 'GET', url, undefined, { role })).json as T

const find = async (query: string): Promise<readonly Customer[]> =>
  (await ask<{ data: Customer[] }>(`${CUSTOMERS}?${query}`)).data

async function order(customer: object): Promise<{ id: string; customer_id: string }> {
  const made = await call(device, 'POST', '/api/v1/orders', { ...ORDER, customer })
  expect(made.status).toBe(201)
  return made.json as { id: string; customer_id: string }
}

const phoneOf = (text: string) => `phone=${encodeURIComponent(text)}`

test('[P4] a customer is found by the exact phone or e-mail, however it was typed, with the orders', async () => {
  const first = await order(ANA)
  const second = await order({ phone: '001 555 0100199' })
  const third = await order({ name: 'Ana', email: 'ana@canary.EXAMPLE' })
  expect(new Set([first, second, third].map((one) => one.customer_id)).size).toBe(1)
  for (const query of [phoneOf('+1 (555) 010-0199'), 'email=ANA%40canary.example']) {
    // What a later order does not say stays as it was.
    expect(await find(query)).toMatchObject([
      {
        id: first.customer_id,
        customer: { name: 'Ana', phone: '001 555 0100199', address: ANA.address },
        erased_at: null,
      },
    ])
  }
  expect(await find(phoneOf('555 010 019'))).toEqual([])
  const orders = await ask<{ data: { id: string }[] }>(
    `${CUSTOMERS}/${first.customer_id}/orders?limit=2`,
  )
  expect(orders.data).toHaveLength(2)
  const walkIn = await order({ name: 'Ana Quispe' })
  expect(walkIn.customer_id).not.toBe(first.customer_id)
  expect((await call(device, 'GET', CUSTOMERS)).status).toBe(422)
})

test('[P4] roles that have nothing to do with guests find none, and cashiers erase none', async () => {
  const refused = async (method: 'GET' | 'POST', url: string, role: Role) =>
    (await call(device, method, url, undefined, { role })).status
  const [ana] = await find(phoneOf(ANA.phone))
  const url = `${CUSTOMERS}/${ana!.id}`
  expect(await refused('GET', `${CUSTOMERS}?${phoneOf(ANA.phone)}`, 'kitchen')).toBe(403)
  expect(await refused('GET', url, 'kitchen')).toBe(403)
  expect(await refused('POST', `${url}/erase`, 'cashier')).toBe(403)
  expect(await refused('GET', `${url}/export`, 'cashier')).toBe(403)
  expect(await refused('GET', `${CUSTOMERS}/nobody`, 'cashier')).toBe(404)
  expect(await refused('POST', `${CUSTOMERS}/nobody/erase`, 'manager')).toBe(404)
})

test('[P4] a customer is written down whole: a phone that he gave up finds him no longer', async () => {
  const body = {
    name: 'Bo',
    phone: '555 22 33 44',
    language: 'es',
    notices: { sms: false },
  }
  const put = await call(device, 'PUT', `${CUSTOMERS}/bo`, body)
  expect([put.status, put.json]).toMatchObject([
    200,
    { id: 'bo', language: 'es', notices: { email: true, sms: false, push: true } },
  ])
  expect(await find(phoneOf('555-223344'))).toMatchObject([{ id: 'bo' }])
  await call(device, 'PUT', `${CUSTOMERS}/bo`, { name: 'Bo', phone: '555 99 00 99' })
  expect(await find(phoneOf('555-223344'))).toEqual([])
  const [bo] = await find(phoneOf('555 99 00 99'))
  expect(bo).toMatchObject({ id: 'bo', language: 'es', notices: { sms: false } })
})

test('[P4] a till finds a customer with the last orders, and a manager alone erases there', async () => {
  const { guests } = device.personalData
  const calls = createCustomerCalls({ guests, erasedOn: () => [], nowMs: Date.now })
  await order({ name: 'Cy', phone: '555 12 34 56', address: '3 Elm' })
  const staff = (role: 'cashier' | 'kitchen' | 'manager') => ({ staffId: 's', name: 's', role })
  const find = (who: Parameters<typeof calls.find>[1]) =>
    calls.find({ type: 'findCustomers', callId: 1, phone: '(555) 123-456' }, who)
  expect([find(null), find(staff('kitchen'))]).toMatchObject([
    { error: { code: 'not_signed_in' } },
    { error: { code: 'not_allowed' } },
  ])
  const found = find(staff('cashier'))
  expect(found).toMatchObject({
    value: [{ customer: { name: 'Cy', address: '3 Elm' }, orders: [{ currency: 'USD' }] }],
  })
  const customerId = found.ok ? found.value[0]!.id : ''
  const erase = (role: 'cashier' | 'manager', id = customerId) =>
    calls.erase(
      { type: 'eraseCustomer', callId: 1, commandId: `erase-${id}`, customerId: id },
      staff(role),
    )
  expect(erase('cashier')).toMatchObject({ error: { code: 'not_allowed' } })
  expect(erase('manager', 'nobody')).toMatchObject({ error: { code: 'customer_not_found' } })
  expect(erase('manager')).toMatchObject({ ok: true })
  expect(find(staff('cashier'))).toMatchObject({ value: [] })
})

test('[P4] an erasure leaves nothing that opens, in any byte of the file, and no chain is broken', async () => {
  const { store, file } = device
  const stopWiping = wipeAfterErasure({ store, logger: { warn: () => undefined } })
  const victim = await order({ ...ANA, phone: '555 66 77 88', email: 'v@canary.example' })
  for (let n = 0; n < 40; n += 1) await order({ name: 'other', phone: `555 000 10${n}` })
  const { id } = (await find(phoneOf('555 66 77 88')))[0]!
  const exported = await ask<{ orders: object[] }>(`${CUSTOMERS}/${id}/export`, 'manager')
  expect(exported).toMatchObject({ customer: { id }, orders: [{ customer: { name: ANA.name } }] })
  const keys = createCustomerKeyTable(store.connection).ofCustomer(id)
  const secrets = keys.flatMap(({ wrapped, phoneHash, emailHash }) => [
    wrapped,
    phoneHash!,
    emailHash!,
  ])
  const bytes = (): string =>
    ['', '-wal', '-shm']
      .map((end) => `${file}${end}`)
      .filter(existsSync)
      .map((path) => readFileSync(path, 'latin1'))
      .join('')
  expect(secrets.filter((secret) => !bytes().includes(secret))).toEqual([])

  const erased = await call(device, 'POST', `${CUSTOMERS}/${id}/erase`, undefined, {
    role: 'manager',
  })
  expect([erased.status, erased.json]).toMatchObject([
    200,
    { customer: { locked: true, erased: true }, erased_at: expect.any(String) as string },
  ])
  await waitUntil(() => !secrets.some((secret) => bytes().includes(secret)))
  expect(secrets.filter((secret) => bytes().includes(secret))).toEqual([])
  expect(await ask(`/api/v1/orders/${victim.id}`)).toMatchObject({
    customer: { locked: true, erased: true },
  })
  expect(await find(phoneOf('555 66 77 88'))).toEqual([])
  expect((await verifyFile(store.connection)).fault).toBeNull()
  const digest = digestOf(store.connection)
  rebuildProjections(store.connection)
  expect(digestOf(store.connection)).toBe(digest)

  // For good: the same id takes nothing any more, and the guest who comes again is somebody new.
  const again = { ...ORDER, customer_id: id, customer: { name: 'again' } }
  expect((await call(device, 'POST', '/api/v1/orders', again)).json).toMatchObject({
    code: 'customer_erased',
  })
  expect((await order({ phone: '555 66 77 88' })).customer_id).not.toBe(id)
  stopWiping()
})
