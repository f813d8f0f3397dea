import type { Browser } from 'playwright-core'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openDatabase } from '../../db/postgres/database.ts'
import { createPostgresStore } from '../../db/postgres/store.ts'
import { launchBrowser } from '../support/browser.ts'
import {
  bump,
  openKitchen,
  openTill,
  payWhenReady,
  sendBurger,
  ticketOf,
} from '../support/screens.ts'
import { waitUntil } from '../support/wait-until.ts'
import { startWholeStore, type WholeStore } from '../support/whole-store.ts'

let store: WholeStore
let browser: Browser

beforeEach(async () => {
  ;[store, browser] = await Promise.all([startWholeStore(), launchBrowser()])
})

afterEach(async () => {
  await browser?.close()
  await store?.close()
})

const SETTLE_MS = 30_000

const seedExample = {
  customer_id: 123,
  location_id: 1,
  order_type: 'dine_in',
  table_number: '5',
  items: [
    {
      menu_item_id: 'burger-classic',
      quantity: 2,
      modifiers: ['extra_cheese', 'no_onions'],
      special_instructions: 'Well done',
    },
  ],
}

/** Every row that PostgreSQL has of an order, by table. */
async function rowsOf(databaseUrl: string, orderNumber: string) {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const select = async (sql: string) => (await client.query(sql, [orderNumber])).rows
    const ofOrder = (table: string) =>
      select(
        `SELECT t.* FROM ${table} t JOIN orders o ON o.store_id = t.store_id AND o.id = t.order_id
         WHERE o.order_number = $1 ORDER BY 2, 3`,
      )
    return {
      orders: await select('SELECT * FROM orders WHERE order_number = $1'),
      items: await ofOrder('order_items'),
      modifiers: await ofOrder('order_modifiers'),
      history: await ofOrder('order_status_history'),
      payments: await ofOrder('order_payments'),
    }
  } finally {
    await client.end()
  }
}

/** All three devices and PostgreSQL hold the same, and every device's file is sound. */
async function expectAllEqual(databaseUrl: string): Promise<void> {
  const database = openDatabase(databaseUrl, () => undefined)
  try {
    const central = createPostgresStore(database)
    await waitUntil(async () => {
      const digests = [...(await store.digests()), await central.digest(store.storeId)]
      return new Set(digests).size === 1
    }, SETTLE_MS)
    expect(await central.verify(store.storeId)).toMatchObject({ ok: true, fault: null })
  } finally {
    await database.close()
  }
  for (const report of await store.onEach('verify')) expect(report).toMatch(/^All is well/)
}

describe('a store', () => {
  test('[U1] rings up on till 1, cooks in the kitchen, is paid on till 2 and found in PostgreSQL', async () => {
    const { databaseUrl } = await store.startCentral()
    const till1 = await openTill(browser, store.till1, '3333')
    const kitchen = await openKitchen(browser, store.kitchen)
    const till2 = await openTill(browser, store.till2, '2222')

    const number = await sendBurger(till1)
    const ticket = ticketOf(kitchen, number)
    await ticket.getByText('Well done').waitFor()
    await ticket.getByText('NO onion').waitFor()
    await till1.getByText(/Seen by/).waitFor()
    await bump(kitchen, number)
    await payWhenReady(till2, number)

    await waitUntil(async () => {
      // Each device brings its own entries: the last step of one may be there before the first of another.
      const { history } = await rowsOf(databaseUrl, number)
      return history.length === 5
    }, SETTLE_MS)
    // Each device brings what it has: the last till's payment may come before the kitchen's part.
    await expectAllEqual(databaseUrl)
    const rows = await rowsOf(databaseUrl, number)
    expect(rows.orders).toHaveLength(1)
    expect(rows.orders[0]).toMatchObject({
      table_number: '5',
      order_type: 'dine_in',
      due_minor: '0',
    })
    expect(rows.items).toMatchObject([
      { name: 'Classic burger', quantity: '1', special_instructions: 'Well done' },
    ])
    expect(rows.modifiers.map((row) => row.modifier_id)).toEqual(['extra_cheese', 'no_onions'])
    expect(rows.history.map((row) => row.status)).toEqual([
      'pending',
      'confirmed',
      'preparing',
      'ready',
      'completed',
    ])
    expect(rows.payments).toMatchObject([
      { method: 'cash', amount_minor: rows.orders[0].total_minor },
    ])
  })

  test('[L1] [L5] [U1] loses nothing and doubles nothing when all that can fail does', async () => {
    // The centre is away all along.
    const till1 = await openTill(browser, store.till1, '3333')
    const kitchen = await openKitchen(browser, store.kitchen)
    const till2 = await openTill(browser, store.till2, '2222')

    const number = await sendBurger(till1)
    await ticketOf(kitchen, number).waitFor()
    await store.kitchen.kill('SIGKILL')

    // Taken while the kitchen is gone; till 1 dies right after it has answered.
    const created = await store.till1.call('POST', '/api/v1/orders', seedExample)
    expect(created.status).toBe(201)
    await store.till1.kill('SIGKILL')
    const { id, order_number: second } = (await created.json()) as Record<string, string>

    await store.kitchen.restart()
    await bump(kitchen, number)
    await payWhenReady(till2, number)

    await store.till1.restart()
    const confirmed = await store.till1.call('PUT', `/api/v1/orders/${id}/status`, {
      status: 'confirmed',
    })
    expect(confirmed.status).toBe(200)
    await bump(kitchen, second!)
    await payWhenReady(till2, second!)

    // Only now does the centre come.
    const { databaseUrl } = await store.startCentral()
    await waitUntil(async () => {
      const { orders } = await rowsOf(databaseUrl, second!)
      return orders[0]?.status === 'completed'
    }, SETTLE_MS)
    await expectAllEqual(databaseUrl)
    for (const each of [number, second!]) {
      const rows = await rowsOf(databaseUrl, each)
      expect([rows.orders, rows.items, rows.payments].map((some) => some.length)).toEqual([1, 1, 1])
      expect(rows.history).toHaveLength(5)
    }
  })
})
