import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RestConflict } from '../../protocol/rest/conflict.ts'
import type { RestOrder } from '../../protocol/rest/order.ts'
import { readDocument, type DocumentedOperation } from '../../test/fuzz/document.ts'
import { call, openDevice, SEED_ORDER, sync, testFolder, type TestDevice } from './test-store.ts'

/** What the document says of all operations alike holds for each of them. */

const folder = testFolder()
const at = await openDevice(folder.dir, { name: 'doc', founds: true })
const document = (await call(at, 'GET', '/api/v1/openapi.json')).json as Record<string, unknown>
await at.close()
const { operations, schemas } = readDocument(document)
const paths = document['paths'] as Record<
  string,
  Record<string, { readonly parameters: readonly { readonly name: string; readonly in: string }[] }>
>
const headersOf = ({ path, method }: DocumentedOperation): string[] =>
  (paths[path]?.[method.toLowerCase()]?.parameters ?? [])
    .filter((parameter) => parameter.in === 'header')
    .map(({ name }) => name)

let till: TestDevice
let other: TestDevice
beforeAll(async () => {
  const cardTerminal = { provider: 'simulated', terminalId: 'T1' }
  till = await openDevice(folder.dir, { name: 'A', founds: true, cardTerminal })
  other = await openDevice(folder.dir, { name: 'B', founds: false })
  sync(till.store, other.store)
})
afterAll(async () => {
  await till.close()
  await other.close()
  folder.remove()
})

test('[H5] what changes anything takes an Idempotency-Key, what changes an order If-Match, and a list a limit and a cursor', () => {
  for (const operation of operations) {
    const headers = headersOf(operation)
    expect([operation.id, headers.includes('Idempotency-Key')]).toEqual([
      operation.id,
      operation.method !== 'GET',
    ])
    const answers = JSON.stringify(operation.answers['200'] ?? {})
    const named = /^\{"application\/json":\{"\$ref":"#\/components\/schemas\/(\w+)"/.exec(
      answers,
    )?.[1]
    const told = named === undefined ? answers : JSON.stringify(schemas[named])
    const isPaged = operation.method === 'GET' && told.includes('"next_cursor"')
    const query = operation.parameters.filter(({ place }) => place === 'query')
    const names = query.map(({ name }) => name)
    const pages = ['limit', 'cursor'].filter((name) => names.includes(name))
    if (isPaged) expect([operation.id, pages]).toEqual([operation.id, ['limit', 'cursor']])
  }
  const list = operations.find(({ id }) => id === 'listOrders')
  const filters = ['status', 'order_type', 'table_number', 'from', 'to', 'q']
  expect(list?.parameters.map(({ name }) => name)).toEqual(expect.arrayContaining(filters))
})

const post = async (path: string, body?: unknown, on = till) => {
  const { status, json } = await call(on, 'POST', `/api/v1${path}`, body)
  expect(status).toBeLessThan(300)
  return json as RestOrder & { readonly payment_id: string }
}
const create = () => post('/orders', SEED_ORDER)
const createCourse = () =>
  post('/orders', { ...SEED_ORDER, items: [{ ...SEED_ORDER.items[0], course: 2 }] })
const confirm = async () => {
  const { id } = await create()
  return (await call(till, 'PUT', `/api/v1/orders/${id}/status`, { status: 'confirmed' }))
    .json as RestOrder
}
const card = async () => {
  const { id } = await create()
  return post(`/orders/${id}/payments`, { method: 'card', amount: 100 })
}

interface Subject {
  readonly order: RestOrder
  readonly params: readonly string[]
  readonly body?: unknown
}

const ticketOf = ({ tickets }: Pick<RestOrder, 'tickets'>): string => tickets[0]?.id ?? 'none'
const itemOf = (order: RestOrder): string => order.items[0]!.id

/** For each operation on an order: one on which it succeeds, and what it is asked. */
const SUBJECTS: Readonly<Record<string, () => Promise<Subject>>> = {
  updateOrder: async () => {
    const order = await create()
    return { order, params: [order.id], body: { notes: 'new' } }
  },
  setOrderStatus: async () => {
    const order = await create()
    return { order, params: [order.id], body: { status: 'confirmed' } }
  },
  setDiscount: async () => {
    const order = await create()
    const body = { discount: { rate_ppm: 100_000 }, reason: 'regular' }
    return { order, params: [order.id], body }
  },
  setServiceCharge: async () => {
    const order = await create()
    const body = { service_charge: { rate_ppm: 100_000 }, reason: 'large party' }
    return { order, params: [order.id], body }
  },
  compItem: async () => {
    const order = await create()
    return { order, params: [order.id, itemOf(order)], body: { reason: 'long wait' } }
  },
  cancelOrder: async () => {
    const order = await create()
    return { order, params: [order.id], body: { reason: 'left' } }
  },
  addItems: async () => {
    const order = await create()
    return { order, params: [order.id], body: SEED_ORDER.items[0] }
  },
  changeItem: async () => {
    const order = await create()
    return { order, params: [order.id, itemOf(order)], body: { quantity: 5 } }
  },
  moveItem: async () => {
    const [order, target] = [await create(), await create()]
    return { order, params: [order.id, itemOf(order)], body: { to_order_id: target.id } }
  },
  splitOrder: async () => {
    const order = await create()
    return { order, params: [order.id], body: { split: { equal: 2 } } }
  },
  mergeOrder: async () => {
    const [order, target] = [await create(), await create()]
    return { order, params: [order.id], body: { into_order_id: target.id } }
  },
  holdCourse: async () => {
    const order = await createCourse()
    return { order, params: [order.id, '2'] }
  },
  fireCourse: async () => {
    const order = await createCourse()
    return { order, params: [order.id, '2'] }
  },
  removeItem: async () => {
    const order = await create()
    return { order, params: [order.id, itemOf(order)] }
  },
  takePayment: async () => {
    const order = await create()
    return { order, params: [order.id], body: { method: 'cash', amount: 100 } }
  },
  refundPayment: async () => {
    const { id } = await create()
    const order = await post(`/orders/${id}/payments`, { method: 'cash', amount: 100 })
    return { order, params: [id, order.payment_id], body: { amount: 50, reason: 'cold' } }
  },
  cancelPayment: async () => {
    const order = await card()
    return { order, params: [order.id, order.payment_id] }
  },
  settlePayment: async () => {
    const order = await card()
    const body = { as: 'not_taken', reason: 'seen at the terminal' }
    return { order, params: [order.id, order.payment_id], body }
  },
  sellVoucher: async () => {
    const order = await create()
    return { order, params: [order.id], body: { amount: 2_000 } }
  },
  withdrawVoucher: async () => {
    const { id } = await create()
    const sold = await post(`/orders/${id}/vouchers`, { amount: 2_000 })
    const { voucher } = sold as unknown as { readonly voucher: { readonly id: string } }
    return { order: sold, params: [id, voucher.id] }
  },
  prepareOrder: async () => {
    const order = await confirm()
    return { order, params: [order.id] }
  },
  readyOrder: async () => {
    const { id } = await confirm()
    const order = await post(`/kitchen/orders/${id}/prepare`)
    return { order, params: [id] }
  },
  bumpTicket: async () => {
    const order = await confirm()
    return { order, params: [order.id], body: { ticket_id: ticketOf(order) } }
  },
  recallTicket: async () => {
    const { id, ...confirmed } = await confirm()
    const order = await post(`/kitchen/orders/${id}/bump`, { ticket_id: ticketOf(confirmed) })
    return { order, params: [id], body: { ticket_id: ticketOf(confirmed) } }
  },
  acknowledgeChanges: async () => {
    const confirmed = await confirm()
    const { id } = confirmed
    await call(till, 'DELETE', `/api/v1/orders/${id}/items/${itemOf(confirmed)}?reason=cold`)
    const { json } = await call(till, 'GET', `/api/v1/orders/${id}`)
    return { order: json as RestOrder, params: [id], body: { ticket_id: ticketOf(confirmed) } }
  },
  rushTickets: async () => {
    const order = await confirm()
    return { order, params: [order.id] }
  },
  handTickets: async () => {
    const { id, ...confirmed } = await confirm()
    const order = await post(`/kitchen/orders/${id}/bump`, { ticket_id: ticketOf(confirmed) })
    return { order, params: [id] }
  },
  settleConflict: async () => {
    const { id, total } = await create()
    sync(till.store, other.store)
    for (const device of [till, other]) {
      await post(`/orders/${id}/payments`, { method: 'cash', amount: total }, device)
    }
    sync(other.store, till.store)
    const { json } = await call(till, 'GET', '/api/v1/conflicts')
    const held = (json as { data: RestConflict[] }).data.find((one) => one.order_id === id)!
    const { json: order } = await call(till, 'GET', `/api/v1/orders/${id}`)
    return { order: order as RestOrder, params: [held.id], body: { resolution: 'kept' } }
  },
}

const onAnOrder = operations.filter((operation) => headersOf(operation).includes('If-Match'))

test('[H5] every operation of the document that changes an order is tried below', () => {
  expect(onAnOrder.map(({ id }) => id).toSorted()).toEqual(Object.keys(SUBJECTS).toSorted())
})

describe.each(onAnOrder.map((operation) => [operation.id, operation] as const))(
  '%s',
  (id, { method, path }) => {
    test('[H5] is refused on an older version, done once under its key, and told again as it is now', async () => {
      const { order, params, body } = await SUBJECTS[id]!()
      let next = 0
      const url = path.replaceAll(/\{\w+\}/g, () => encodeURIComponent(params[next++] ?? ''))
      const ask = (headers: Record<string, string>) => call(till, method, url, body, { headers })
      const versionNow = async () => {
        const { json } = await call(till, 'GET', `/api/v1/orders/${order.id}`)
        return (json as RestOrder).version
      }
      const { version } = order
      const stale = await ask({ 'if-match': `"${version - 1}"` })
      expect(stale).toMatchObject({
        status: 412,
        json: { code: 'version_mismatch', actual: version },
      })
      expect(await versionNow()).toBe(version)

      const keyed = { 'idempotency-key': `${id}-1` }
      const first = await ask({ ...keyed, 'if-match': `"${version}"` })
      expect(first.status).toBeLessThan(300)
      expect(first.headers['idempotent-replayed']).toBeUndefined()
      expect(await versionNow()).toBe(version + 1)

      const again = await ask({ ...keyed, 'if-match': `"${version}"` })
      expect([again.status, again.headers['idempotent-replayed']]).toEqual([first.status, 'true'])
      expect(again.json).toEqual(first.json)
      expect(await versionNow()).toBe(version + 1)
    })
  },
)
