import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findOrderIds } from '../../db/sqlite/order-queries.ts'
import type { OrderFilter, OrderPosition } from '../../domain/order-filter.ts'
import { startCentral, type Central } from '../../main/central/central.ts'
import type { Logger } from '../../main/logger.ts'
import { createOlderOrders } from '../../main/older-orders.ts'
import { UPSTREAM_ORDERS_PATH } from '../../protocol/look-up.ts'
import { UPSTREAM_CONTENT_TYPE } from '../../protocol/upstream.ts'
import { createCentreClient } from '../../sync/centre-client.ts'
import { startTestPostgres, type TestPostgres } from '../support/postgres.ts'
import { openTill, ringUp, serve, type Till } from '../support/till.ts'

/** The same question to a till's file and to the centre. */
const nothing = (): void => undefined
const logger: Logger = { info: nothing, warn: nothing, error: nothing }
const TOKEN = 'the-token-of-the-store'
const storeId = `store-${randomBytes(4).toString('hex')}`

let postgres: TestPostgres
let central: Central
let till: Till

const clientWith = (token: string) =>
  createCentreClient({
    url: central.api,
    token,
    storeId,
    deviceId: 'till-a',
    fetch,
    timeoutMs: 30_000,
    signal: new AbortController().signal,
  })

const PHONE_HASH = 'h'.repeat(22)

const older = () => createOlderOrders(till.store.connection, clientWith(TOKEN).lookUp)

beforeAll(async () => {
  postgres = await startTestPostgres()
  const url = await postgres.createDatabase()
  central = await startCentral({ port: 0, database: { url }, logger })
  till = await openTill(storeId, 'till-a', 'A')
  for (let n = 0; n < 6; n += 1) serve(till, `served-${n}`)
  for (let n = 0; n < 3; n += 1) ringUp(till, `open-${n}`)
  till.run({
    type: 'changeDetails',
    orderId: 'open-1',
    table: '100% O_Neil',
    customer: { key: '0'.repeat(32), sealed: { name: 'c2VhbGVk' }, phoneHash: PHONE_HASH },
  })
  till.run({ type: 'sendToKitchen', orderId: 'open-1' })
  till.run({ type: 'sendToKitchen', orderId: 'open-2' })
  const lineIds =
    till.store
      .order('open-1')
      ?.lines.slice(0, 1)
      .map(({ id }) => id) ?? []
  till.run({ type: 'moveLines', orderId: 'open-1', lineIds, toOrderId: 'open-2' })
  till.run({ type: 'cancelOrder', orderId: 'open-0', reason: 'gone' })
  const uploaded = await clientWith(TOKEN).upload(till.rangesBeyond(new Map()))
  if (!uploaded.ok) throw new Error(uploaded.error.message)
})
afterAll(async () => {
  till.close()
  await central.stop()
  await postgres.stop()
})

const typed = (text: string, phoneHashes: string[] = []) => ({ text, phoneHashes, orderIds: [] })

const FILTERS: readonly OrderFilter[] = [
  {},
  { status: ['completed'] },
  { status: ['cancelled', 'preparing'] },
  { orderType: 'dine_in' },
  { orderType: 'delivery' },
  { tableNumber: '100% O_Neil' },
  { from: '2026-06-01T10:00:02.000Z' },
  { to: '2026-06-01T10:00:02.000Z' },
  { businessDay: '2026-06-01' },
  { businessDay: '2026-05-31' },
  { q: typed('o_n') },
  { q: typed('0%') },
  { q: typed('nobody', [PHONE_HASH]) },
  { q: typed('c2VhbGVk') },
  { q: typed('A-00') },
  { q: typed('nobody') },
]

test('[L7] the centre finds what the device would find, page by page, and it reads the same', async () => {
  for (const filter of FILTERS) {
    for (const limit of [2, 100]) {
      let after: OrderPosition | null = null
      for (;;) {
        const here: OrderPosition[] = findOrderIds(till.store.connection, filter, after, limit)
        const found = await older().find({ filter, after, limit })
        expect(found?.orders, JSON.stringify(filter)).toEqual(
          till.store.orders(here.map(({ id }) => id)),
        )
        const last: OrderPosition | undefined = here.at(-1)
        if (last === undefined || here.length < limit) break
        after = last
      }
    }
  }
})

test('[L7] one order is found with the lines that were moved to it', async () => {
  for (const orderId of ['served-0', 'open-1', 'open-2']) {
    const found = await older().find({ orderId })
    expect(found?.orders).toEqual([till.store.order(orderId)])
  }
  expect((await older().find({ orderId: 'no-such-order' }))?.orders).toEqual([])
})

test('[P1] nobody looks up orders without the token of the store, and garbage is refused', async () => {
  expect(await clientWith('another').lookUp({ orderId: 'served-0' })).toMatchObject({
    ok: false,
    error: { failure: 'unauthorised' },
  })
  const post = (body: string, authorization: string) =>
    fetch(`${central.api}${UPSTREAM_ORDERS_PATH}`, {
      method: 'POST',
      headers: { 'content-type': UPSTREAM_CONTENT_TYPE, authorization },
      body,
    })
  expect((await post('x', '')).status).toBe(401)
  const garbage = await post('x', `Bearer ${TOKEN}`)
  expect(garbage.status).toBe(400)
  expect(await garbage.json()).toMatchObject({ code: 'bad_look_up' })
})
