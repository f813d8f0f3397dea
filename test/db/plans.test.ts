import { afterAll, beforeAll, expect, test } from 'vitest'
import { ORDER_TABLES } from '../../db/tables.ts'
import {
  call,
  openDevice,
  SEED_ORDER,
  testFolder,
  type TestDevice,
} from '../../main/api/test-store.ts'
import { collectStatements, readsWhole } from '../support/sqlite-plans.ts'

/** Tables that grow with what is sold. */
const GROWING = new Set<string>([...ORDER_TABLES, 'entries', 'order_entries', 'journal'])
/** Indexes that hold what is open alone: they are as long as the work that is left. */
const OF_WHAT_IS_OPEN = new Set(['orders_open', 'order_conflicts_open'])
const folder = testFolder()
let till: TestDevice
let statements: readonly string[]

beforeAll(async () => {
  const options = { name: 'A', founds: true, isHasty: true }
  const first = await openDevice(folder.dir, options)
  const { tokenOf, keys } = first
  await first.close()
  const collected = collectStatements()
  till = await openDevice(folder.dir, { ...options, tokenOf, keys })
  await sell()
  collected.stop()
  statements = [...collected.texts]
})
afterAll(async () => {
  await till.close()
  folder.remove()
})

/** What a day's screens and integrations ask again and again. */
async function sell(): Promise<void> {
  const ask = async (method: 'GET' | 'POST', path: string, body?: object) => {
    const { status, json, text } = await call(till, method, `/api/v1${path}`, body)
    expect(status, `${path} ${text}`).toBeLessThan(300)
    return json as { readonly id: string; readonly total: object; readonly next_cursor?: string }
  }
  const customer = { name: 'Ada', phone: '+49 30 5551234' }
  for (const _ of [1, 2, 3]) {
    const order = await ask('POST', '/orders', { ...SEED_ORDER, customer })
    await ask('POST', `/orders/${order.id}/items`, {
      items: [{ menu_item_id: 'espresso', quantity: 1, modifiers: [] }],
    })
    const { total } = await ask('GET', `/orders/${order.id}`)
    await ask('POST', `/orders/${order.id}/payments`, { method: 'cash', amount: total })
    await ask('POST', `/kitchen/orders/${order.id}/prepare`)
    await ask('POST', `/kitchen/orders/${order.id}/ready`)
    await ask('GET', `/orders/${order.id}/history`)
  }
  for (const filter of ['', 'status=ready', 'order_type=dine_in', 'from=2026-01-01T00:00:00Z']) {
    const page = await ask('GET', `/orders?limit=1&${filter}`)
    await ask('GET', `/orders?limit=1&${filter}&cursor=${page.next_cursor ?? ''}`)
  }
  for (const path of ['/kitchen/orders', '/conflicts', '/audit?limit=2', '/inventory', '/alerts']) {
    await ask('GET', path)
  }
  await ask('GET', `/customers?phone=${encodeURIComponent(customer.phone)}`)
}

const raw = () => till.store.connection.raw
const findings = (texts: readonly string[]): string[] =>
  texts
    .filter((text) => /^\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b/i.test(text))
    .flatMap((text) => {
      const whole = readsWhole(raw(), text, GROWING, OF_WHAT_IS_OPEN)
      return whole === null ? [] : [`${whole}: ${text}`]
    })

test('[F5] no statement of a device that starts, sells, cooks and lists reads a growing table whole', () => {
  expect(statements.filter((text) => /\b(orders|entries)\b/.test(text)).length).toBeGreaterThan(20)
  expect(findings(statements)).toEqual([])
})

test.each([
  ['without an index', `SELECT id FROM orders WHERE total_minor > ?`, /^orders:/],
  ['along an index to its end', 'SELECT count(*) FROM orders', /^orders by /],
  [
    'to sort all of it for a page',
    'SELECT business_day FROM orders ORDER BY order_number LIMIT 1',
    /^orders by orders_by_day/,
  ],
])('[F5] the look at the plans finds one that reads all orders %s', (_how, text, found) => {
  expect(findings([text]).join()).toMatch(found)
})
