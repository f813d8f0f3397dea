import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AuditLine } from '../../protocol/rest/audit.ts'
import type { RestOrder } from '../../protocol/rest/order.ts'
import {
  call,
  openDevice,
  SEED_ORDER,
  sync,
  testFolder,
  type TestDevice,
  type TestFolder,
} from './test-store.ts'

const AUDIT = '/api/v1/audit'
const clock = { ms: Date.UTC(2026, 10, 20, 12) }
const nowMs = () => clock.ms
let folder: TestFolder
let a: TestDevice
let b: TestDevice
let order: RestOrder
let other: RestOrder

async function newOrder(device: TestDevice, notes: string) {
  clock.ms += 1_000
  const body = { ...SEED_ORDER, notes, customer: { name: 'Grace Hopper' } }
  return (await call(device, 'POST', '/api/v1/orders', body, { role: 'cashier' })).json as RestOrder
}

beforeAll(async () => {
  folder = testFolder()
  a = await openDevice(folder.dir, { name: 'A', founds: true, nowMs })
  b = await openDevice(folder.dir, { name: 'B', founds: false, nowMs })
  sync(a.store, b.store)
  order = await newOrder(a, 'one')
  sync(a.store, b.store)
  other = await newOrder(b, 'two')
  const path = `/api/v1/orders/${order.id}`
  clock.ms += 1_000
  await call(a, 'PUT', `${path}/status`, { status: 'confirmed' }, { role: 'cashier' })
  clock.ms += 1_000
  const wish = { staff_id: 'staff-maria', pin: '2222', command: 'cancel_order', order_id: order.id }
  const given = await call(a, 'POST', '/api/v1/approvals', wish, { role: 'cashier' })
  const { approval_id: approval } = given.json as { approval_id: string }
  const cancelled = await call(
    a,
    'POST',
    `${path}/cancel`,
    { reason: '=cmd("walked out")' },
    { role: 'cashier', headers: { approval } },
  )
  if (cancelled.status !== 200) throw new Error(cancelled.text)
  sync(b.store, a.store)
})
afterAll(async () => {
  await a.close()
  await b.close()
  folder.remove()
})

async function list(query = '', device = a) {
  const { status, json } = await call(device, 'GET', `${AUDIT}?${query}`)
  const { data, next_cursor } = json as { data: AuditLine[]; next_cursor: string | null }
  expect(status).toBe(200)
  return { data, next: next_cursor }
}
const types = (lines: readonly AuditLine[]) =>
  lines.map(({ events }) => events[0]?.type).filter((type) => type !== 'record.set')

test('[A5] every change stands there with who, where, why and who approved it, newest first', async () => {
  const { data } = await list()
  expect(types(data)).toEqual([
    'order.cancelled',
    'order.confirmed',
    'order.created',
    'order.created',
  ])
  expect(data[0]).toMatchObject({
    actor: 'token:cashier',
    device_id: 'A',
    device_name: 'A',
    approved_by: 'staff:staff-maria',
    approved_by_name: 'Maria Lopez',
    reason: '=cmd("walked out")',
    order_id: order.id,
    signed: false,
  })
  expect(data.map(({ at }) => at)).toEqual(
    data
      .map(({ at }) => at)
      .toSorted()
      .toReversed(),
  )
  expect(JSON.stringify(data)).not.toMatch(/argon2id|pinHash|wrapped/)
})

test('[A5] pages go on where the last one ended, over all logs', async () => {
  const all = (await list()).data.map(({ id }) => id)
  const paged: string[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const page = await list(`limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`)
    paged.push(...page.data.map(({ id }) => id))
    cursor = page.next
  }
  expect(paged).toEqual(all)
  expect(all.length).toBeGreaterThan(4)
})

test('[A5] filters by who, where, what, which order, when and whether it was approved', async () => {
  expect(types((await list(`order_id=${other.id}`)).data)).toEqual(['order.created'])
  expect((await list('approved=true')).data).toHaveLength(1)
  expect(types((await list('types=order.cancelled,order.confirmed')).data)).toHaveLength(2)
  expect((await list('actor=token:nobody')).data).toEqual([])
  expect((await list('device_id=nowhere')).data).toEqual([])
  const at = (await list('types=order.cancelled')).data[0]?.at ?? ''
  expect(types((await list(`from=${at}`)).data)).toEqual(['order.cancelled'])
  expect(types((await list(`to=${at}&types=order.created`)).data)).toHaveLength(2)
  expect((await call(a, 'GET', `${AUDIT}?types=nothing`)).status).toBe(422)
})

test('[A5] is exported whole, and a spreadsheet carries nothing out', async () => {
  const csv = await call(a, 'GET', `${AUDIT}/export?types=order.cancelled`)
  expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8')
  const [header, line, ...rest] = csv.text.split('\r\n')
  expect(header).toBe('at,actor,actor_name,device_name,approved_by,reason,order_id,events,id')
  expect(line).toContain(`,A,Maria Lopez,"'=cmd(""walked out"")",${order.id},`)
  expect(rest).toEqual([''])
  const json = await call(a, 'GET', `${AUDIT}/export?format=json&order_id=${order.id}`)
  expect((json.json as AuditLine[]).map(({ id }) => id)).toHaveLength(3)
})

test('[A5] is for managers', async () => {
  for (const role of ['cashier', 'kitchen', 'service'] as const) {
    expect((await call(a, 'GET', AUDIT, undefined, { role })).status).toBe(403)
  }
})
