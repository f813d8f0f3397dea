import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RestConflict } from '../../protocol/rest/conflict.ts'
import type { RestOrder } from '../../protocol/rest/order.ts'
import { call, openDevice, SEED_ORDER, sync, testFolder, type TestDevice } from './test-store.ts'

const folder = testFolder()
let till1: TestDevice
let till2: TestDevice
beforeAll(async () => {
  till1 = await openDevice(folder.dir, { name: 'A', founds: true })
  till2 = await openDevice(folder.dir, { name: 'B', founds: false })
  sync(till1.store, till2.store)
})
afterAll(async () => {
  await till1.close()
  await till2.close()
  folder.remove()
})

interface ConflictPage {
  readonly data: RestConflict[]
  readonly next_cursor: string | null
  readonly held_back: { kind: string; origin: string; seq: number }[]
}

const CONFLICTS = '/api/v1/conflicts'
const page = async (query = ''): Promise<ConflictPage> =>
  (await call(till1, 'GET', `${CONFLICTS}${query}`)).json as ConflictPage

/** Both tills take the whole sum while they do not see each other. */
async function paidTwice(): Promise<RestOrder> {
  const { json } = await call(till1, 'POST', '/api/v1/orders', SEED_ORDER)
  const order = json as RestOrder
  sync(till1.store, till2.store)
  const payment = { method: 'cash', amount: order.total }
  for (const till of [till1, till2]) {
    const paid = await call(till, 'POST', `/api/v1/orders/${order.id}/payments`, payment)
    expect(paid.status).toBe(201)
  }
  sync(till2.store, till1.store)
  sync(till1.store, till2.store)
  return order
}

describe('conflicts', () => {
  test('[F4] are listed with both sides, settled once by a manager, and known everywhere', async () => {
    const order = await paidTwice()
    const [conflict] = (await page()).data
    expect(conflict).toMatchObject({
      id: `overpaid:${order.id}`,
      kind: 'overpaid',
      order_id: order.id,
      order_number: order.order_number,
      amount: order.total,
      refundable: true,
      resolutions: ['kept'],
      settled: null,
    })
    expect(conflict!.sides.map(({ what, amount }) => ({ what, amount }))).toEqual([
      { what: 'paid', amount: order.total },
      { what: 'paid', amount: order.total },
    ])
    const url = `${CONFLICTS}/${conflict!.id}/settle`
    const body = { resolution: 'kept', note: 'The guest is gone' }

    const cashier = await call(till1, 'POST', url, body, { role: 'cashier' })
    expect(cashier.status).toBe(403)
    const wrong = await call(till1, 'POST', url, { resolution: 'written_off' })
    expect(wrong.json).toMatchObject({ status: 422, code: 'resolution_not_possible' })
    const stale = { headers: { 'if-match': `"${conflict!.order_version - 1}"` } }
    expect((await call(till1, 'POST', url, body, stale)).status).toBe(412)

    const keyed = { headers: { 'idempotency-key': 'settle-1' } }
    const settled = await call(till1, 'POST', url, body, keyed)
    expect(settled.json).toMatchObject({ settled: { resolution: 'kept', note: body.note } })
    expect((await call(till1, 'POST', url, body, keyed)).json).toEqual(settled.json)
    expect((await call(till1, 'POST', url, body)).json).toMatchObject({
      status: 404,
      code: 'conflict_not_found',
    })
    sync(till1.store, till2.store)
    for (const till of [till1, till2]) {
      expect((await call(till, 'GET', CONFLICTS)).json).toMatchObject({ data: [] })
      const { json } = await call(till, 'GET', `${CONFLICTS}?state=settled`)
      expect(json).toMatchObject({ data: [{ id: conflict!.id }] })
    }
    const history = await call(till2, 'GET', `/api/v1/orders/${order.id}/history?limit=200`)
    expect(history.json).toMatchObject({
      data: expect.arrayContaining([
        expect.objectContaining({
          type: 'order.conflict_settled',
          data: { kind: 'overpaid', resolution: 'kept', note: body.note },
        }),
      ]) as unknown,
    })
  })

  test('[F4] come a page at a time, newest orders first, and each once', async () => {
    const orders = [await paidTwice(), await paidTwice(), await paidTwice()]
    const first = await page('?limit=2')
    const second = await page(`?limit=2&cursor=${first.next_cursor}`)
    expect(second.next_cursor).toBeNull()
    const listed = [...first.data, ...second.data].map(({ order_id }) => order_id)
    expect(listed.toSorted()).toEqual(orders.map(({ id }) => id).toSorted())
    expect(first.data).toHaveLength(2)
    expect((await call(till1, 'GET', `${CONFLICTS}?cursor=nonsense`)).status).toBe(422)
  })

  test('[F4] that are none are not found', async () => {
    for (const id of ['overpaid:no-such-order', 'no-such-kind:1', 'overpaid']) {
      const { status } = await call(till1, 'POST', `${CONFLICTS}/${id}/settle`, {
        resolution: 'kept',
      })
      expect(status).toBe(404)
    }
  })

  test('[F4] two entries with one number are named beside them', async () => {
    const held = till1.store.readRange('o-A', 2, 1, 1_000_000)!
    // The same number again, from a clone of the device that wrote something else.
    till1.store.connection.raw
      .prepare(
        `INSERT INTO quarantine (origin, seq, clock, command_id, at, actor, body, hash)
         VALUES ('o-A', 2, ?, 'other', ?, 'clone', '[]', x'00')`,
      )
      .run(held.entries[0]!.clock, held.entries[0]!.at)
    expect((await page()).held_back).toEqual([
      { kind: 'two_entries_one_number', origin: 'o-A', seq: 2 },
    ])
  })
})
