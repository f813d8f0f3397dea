import { rmSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { digestIn, statusIn } from '../support/device-files.ts'
import { ordersIn } from '../support/orders-in.ts'
import { waitUntil } from '../support/wait-until.ts'
import { startWholeStore, type DeviceProcess, type WholeStore } from '../support/whole-store.ts'

/**
 * Orders that have left: three devices that keep nothing closed, and the centre, all of them real
 * processes.
 */
let whole: WholeStore
let central: Awaited<ReturnType<WholeStore['startCentral']>>
const told = new Map<string, { readonly order: unknown; readonly history: unknown }>()
const LONG_MS = 100_000

beforeAll(async () => {
  whole = await startWholeStore({ config: 'orders:\n  keep_closed_days: 0\n' })
  central = await whole.startCentral()
})
afterAll(() => whole.close())

interface Report {
  readonly business_day: string
  readonly orders_by_status: readonly unknown[]
}

const statusOf = ({ dir }: DeviceProcess) => statusIn(dir)

const get = async (device: DeviceProcess, path: string) => {
  const response = await device.call('GET', `/api/v1/orders${path}`)
  return { status: response.status, json: (await response.json()) as Record<string, unknown> }
}

async function ringUp(device: DeviceProcess, table: string): Promise<string> {
  const items = [{ menu_item_id: 'burger-classic', quantity: 2, modifiers: ['extra_cheese'] }]
  const body = { order_type: 'dine_in', table_number: table, items }
  const response = await device.call('POST', '/api/v1/orders', body)
  expect(response.status).toBe(201)
  return String(((await response.json()) as { id: unknown }).id)
}

async function cancel(device: DeviceProcess, id: string): Promise<void> {
  const response = await device.call('POST', `/api/v1/orders/${id}/cancel`, { reason: 'gone' })
  expect(response.status).toBe(200)
  told.set(id, {
    order: (await get(device, `/${id}`)).json,
    history: (await get(device, `/${id}/history`)).json,
  })
}

const openTables = async (device: DeviceProcess): Promise<unknown[]> => {
  const { json } = await get(device, '?status=pending')
  return (json['data'] as { table_number: unknown }[]).map((order) => order.table_number)
}

test('[L7] closed orders leave each device once the centre and the others have them', async () => {
  const { till1, till2 } = whole
  for (const table of ['1', '2', '3']) await cancel(till1, await ringUp(till1, table))
  await cancel(till2, await ringUp(till2, '4'))
  await ringUp(till1, '5')
  await waitUntil(
    () => whole.devices.map(ordersIn).every(({ held, left }) => held === 1 && left === 4),
    LONG_MS,
  )
  const { frontier, held, left } = await statusOf(till1)
  const known = Object.values(frontier).reduce((sum, seq) => sum + seq, 0)
  expect(held.entries + left.entries).toBe(known)
  expect(left.entries).toBe(8)
  for (const report of await whole.onEach('verify')) expect(report).toContain('All is well')
  expect(new Set(await whole.digests()).size).toBe(1)
})

test('[L7] an order that has left is looked up as it was, with its history, on any device', async () => {
  for (const device of whole.devices) {
    for (const [id, { order, history }] of told) {
      expect(await get(device, `/${id}`)).toEqual({ status: 200, json: order })
      expect((await get(device, `/${id}/history`)).json).toEqual(history)
    }
    expect(await get(device, '/no-such-order')).toMatchObject({
      status: 404,
      json: { code: 'order_not_found' },
    })
  }
  const [id] = [...told.keys()]
  const late = await whole.till1.call('POST', `/api/v1/orders/${id}/cancel`, { reason: 'again' })
  expect(late.status).toBe(404)
})

test('[L7] lists hold what is here and what has left, each order once, newest first', async () => {
  const tables = ['5', '4', '3', '2', '1']
  for (const limit of [1, 2, 3, 50]) {
    const seen: unknown[] = []
    let cursor: string | null = null
    do {
      const { status, json } = await get(
        whole.till2,
        `?limit=${limit}${cursor === null ? '' : `&cursor=${cursor}`}`,
      )
      expect(status).toBe(200)
      expect(json['incomplete']).toBe(undefined)
      seen.push(...(json['data'] as { table_number: unknown }[]).map((o) => o.table_number))
      cursor = json['next_cursor'] as string | null
    } while (cursor !== null)
    expect(seen).toEqual(tables)
  }
  const { json } = await get(whole.till2, '?status=cancelled&q=3')
  expect((json['data'] as { table_number: unknown }[]).map((o) => o.table_number)).toContain('3')
})

test('[L7] the report of a day counts what has left, and fails where it cannot', async () => {
  const reports = await Promise.all(
    whole.devices.map(async (device) => {
      const response = await device.call('GET', '/api/v1/reports/day')
      expect(response.status).toBe(200)
      return (await response.json()) as Report
    }),
  )
  for (const report of reports) {
    expect(report).toEqual(reports[0])
    expect(report.orders_by_status).toContainEqual(
      expect.objectContaining({ status: 'cancelled', count: 4 }),
    )
  }
  const day = reports[0]?.business_day ?? ''
  const range = `from=${day}&to=${day}`
  const paths = [`sales?by=item&${range}`, `preparation?${range}`, `exceptions?${range}`]
  for (const path of paths) {
    const [first, ...others] = await Promise.all(
      whole.devices.map(async (device) => {
        const response = await device.call('GET', `/api/v1/reports/${path}`)
        expect(response.status).toBe(200)
        return (await response.json()) as { data?: unknown[] }
      }),
    )
    for (const other of others) expect(other).toEqual(first)
    if (path.startsWith('exceptions')) expect(first?.data?.length).toBeGreaterThan(3)
  }
  const args = ['report', '--data', whole.till2.dir, '--day', day, '--json']
  expect(JSON.parse(await whole.aura(...args))).toEqual(reports[0])
  await central.stop()
  await expect(whole.aura(...args)).rejects.toThrow('cannot be reached now')
  const { status } = await whole.till2.call('GET', `/api/v1/reports/day?day=${day}`)
  expect(status).toBe(503)
  expect((await whole.till2.call('GET', `/api/v1/reports/${paths[0]}`)).status).toBe(503)
})

test('[L7] without the centre a device says that the older orders are there, and sells on', async () => {
  const [id] = [...told.keys()]
  const { till1 } = whole
  expect(await get(till1, `/${id}`)).toMatchObject({
    status: 503,
    json: { code: 'older_orders_unreachable', before: expect.any(String) as string },
  })
  expect(await get(till1, '?from=2020-01-01')).toMatchObject({
    status: 503,
    json: { code: 'older_orders_unreachable' },
  })
  const list = await get(till1, '')
  expect(list.status).toBe(200)
  expect(list.json['data']).toHaveLength(1)
  expect(list.json['incomplete']).toMatchObject({ code: 'older_orders_unreachable' })
  expect((await get(till1, '?status=pending')).json['incomplete']).toBe(undefined)
  await ringUp(till1, '6')
  expect((await get(till1, '?status=pending')).json['data']).toHaveLength(2)
})

test('[L7] [F1] a device that was away does not keep open what ended and left meanwhile', async () => {
  const { till1, till2, kitchen } = whole
  await waitUntil(async () => (await openTables(kitchen)).length === 2, LONG_MS)
  await kitchen.kill('SIGTERM')
  central = await whole.startCentral()
  const { json } = await get(till1, '?status=pending')
  for (const order of json['data'] as { id: string }[]) await cancel(till1, order.id)
  await waitUntil(() => [till1, till2].every((each) => ordersIn(each).held === 0), LONG_MS)
  await kitchen.restart()
  await waitUntil(() => ordersIn(kitchen).held === 0, LONG_MS)
  expect(await openTables(kitchen)).toEqual([])
  const [a, b, c] = await Promise.all(whole.devices.map(statusOf))
  expect([b?.frontier, c?.frontier]).toEqual([a?.frontier, a?.frontier])
  for (const report of await whole.onEach('verify')) expect(report).toContain('All is well')
})

test('[L7] [L2] a new device, and one that was wiped, are filled by runs and what is kept', async () => {
  const { till1, till2, kitchen } = whole
  await ringUp(till1, '7')
  await till2.kill()
  rmSync(till2.dir, { recursive: true, force: true })
  for (const name of ['Till 3', 'Till 2']) {
    const device = await whole.join(await whole.showCode(), name, 'terminal')
    await waitUntil(async () => (await openTables(device)).includes('7'), LONG_MS)
    const [id, { order } = { order: null }] = [...told][0] ?? []
    await waitUntil(async () => (await get(device, `/${id}`)).status === 200, LONG_MS)
    expect((await get(device, `/${id}`)).json).toEqual(order)
    expect(await whole.aura('verify', '--data', device.dir)).toContain('All is well')
    // What the new device itself wrote may still be on its way.
    await waitUntil(async () => {
      const [own, others] = await Promise.all([digestIn(device.dir), digestIn(kitchen.dir)])
      return own === others
    }, LONG_MS)
  }
})
