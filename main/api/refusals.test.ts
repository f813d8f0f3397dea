import { once } from 'node:events'
import { connect, type AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { digestOf } from '../../db/sqlite/rebuild.ts'
import { ROLES } from '../../domain/catalog.ts'
import { problem } from '../../protocol/rest/problem.ts'
import type { RestOrder } from '../../protocol/rest/order.ts'
import { healthRoute } from './routes/store.ts'
import { apiRoutes } from './api.ts'
import { EVENTS_OPERATION } from './events/feed.ts'
import { MAX_DISCARD_MS } from './limits.ts'
import { call, openDevice, SEED_ORDER, testFolder, type TestDevice } from './test-store.ts'

const folder = testFolder()
let device: TestDevice
let orderId: string
beforeAll(async () => {
  device = await openDevice(folder.dir, { name: 'A', founds: true })
  orderId = ((await call(device, 'POST', '/api/v1/orders', SEED_ORDER)).json as RestOrder).id
})
afterAll(async () => {
  await device.close()
  folder.remove()
})

const stateOf = ({ store }: TestDevice) => ({
  digest: digestOf(store.connection),
  frontier: [...store.frontier()],
})

const [item] = SEED_ORDER.items
const withItem = (changes: object) => ({ ...SEED_ORDER, items: [{ ...item, ...changes }] })
const json = { 'content-type': 'application/json' }
const ORDERS = '/api/v1/orders'

interface Bad {
  readonly what: string
  readonly status: number
  readonly code: string
  readonly path?: string
  readonly body?: unknown
  readonly text?: string | Buffer
  readonly headers?: Record<string, string>
  readonly noToken?: true
}

const BAD: readonly Bad[] = [
  {
    what: 'an unknown item',
    status: 422,
    code: 'unknown_item',
    body: withItem({ menu_item_id: 10 }),
  },
  {
    what: 'a time that has passed',
    status: 422,
    code: 'scheduled_in_past',
    body: { ...SEED_ORDER, scheduled_for: '2020-01-01T12:00:00Z' },
  },
  {
    what: 'a year that is a slip of the finger',
    status: 422,
    code: 'scheduled_too_far',
    body: { ...SEED_ORDER, scheduled_for: '2206-01-01T12:00:00+01:00' },
  },
  {
    what: 'a delivery to nowhere',
    status: 422,
    code: 'address_required',
    body: { ...SEED_ORDER, order_type: 'delivery', customer_id: null, customer: { name: 'Ana' } },
  },
  {
    what: 'a wrong modifier',
    status: 422,
    code: 'invalid_modifier',
    body: withItem({ modifiers: ['temp_rare'] }),
  },
  {
    what: 'too few modifiers',
    status: 422,
    code: 'modifier_count',
    body: withItem({ menu_item_id: 'steak-ribeye', modifiers: [] }),
  },
  {
    what: '51 items',
    status: 422,
    code: 'too_many_items',
    body: { ...SEED_ORDER, items: Array(51).fill(item) },
  },
  {
    what: 'no items',
    status: 422,
    code: 'validation_failed',
    path: 'items',
    body: { ...SEED_ORDER, items: [] },
  },
  {
    what: 'a negative quantity',
    status: 422,
    code: 'validation_failed',
    path: 'items.0.quantity',
    body: withItem({ quantity: -1 }),
  },
  {
    what: 'a broken quantity',
    status: 422,
    code: 'validation_failed',
    path: 'items.0.quantity',
    body: withItem({ quantity: 1.5 }),
  },
  {
    what: 'an unknown order type',
    status: 422,
    code: 'validation_failed',
    path: 'order_type',
    body: { ...SEED_ORDER, order_type: 'drone' },
  },
  {
    what: 'a misspelt member',
    status: 422,
    code: 'validation_failed',
    path: 'tabel_number',
    body: { ...SEED_ORDER, tabel_number: '5' },
  },
  {
    what: 'a NUL in a text',
    status: 422,
    code: 'validation_failed',
    path: 'notes',
    body: { ...SEED_ORDER, notes: 'a\0b' },
  },
  {
    what: 'half a character',
    status: 422,
    code: 'validation_failed',
    path: 'notes',
    body: { ...SEED_ORDER, notes: '\ud800' },
  },
  { what: 'no body', status: 422, code: 'validation_failed', path: '' },
  { what: 'an array', status: 422, code: 'validation_failed', path: '', body: [] },
  { what: 'bad JSON', status: 400, code: 'invalid_json', text: '{"order_type":', headers: json },
  {
    what: 'bytes that are no text',
    status: 400,
    code: 'invalid_json',
    text: Buffer.from([0x22, 0xff, 0x22]),
    headers: json,
  },
  {
    what: 'deep JSON',
    status: 422,
    code: 'validation_failed',
    path: '',
    text: '['.repeat(100_000) + ']'.repeat(100_000),
    headers: json,
  },
  {
    what: 'another content type',
    status: 415,
    code: 'unsupported_media_type',
    text: 'a=b',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  },
  { what: 'no content type', status: 415, code: 'unsupported_media_type', text: '{}' },
  { what: 'no token', status: 401, code: 'unauthorized', body: SEED_ORDER, noToken: true },
  {
    what: 'an unknown token',
    status: 401,
    code: 'unauthorized',
    body: SEED_ORDER,
    headers: { authorization: 'Bearer aura_x' },
  },
  {
    what: 'another scheme',
    status: 401,
    code: 'unauthorized',
    body: SEED_ORDER,
    headers: { authorization: 'Basic YTpi' },
  },
]

describe('bad input gets a problem with a stable code, and nothing changes', () => {
  test.each(BAD)('$what: $status $code', async (bad) => {
    const before = stateOf(device)
    const response = await device.app.inject({
      method: 'POST',
      url: ORDERS,
      headers: {
        ...(!bad.noToken && { authorization: `Bearer ${device.tokenOf.admin}` }),
        ...bad.headers,
      },
      ...(bad.body !== undefined && { payload: bad.body as object }),
      ...(bad.text !== undefined && { payload: bad.text }),
    })
    const body = problem.parse(response.json())
    expect([response.statusCode, body.status, body.code]).toEqual([
      bad.status,
      bad.status,
      bad.code,
    ])
    expect(response.headers['content-type']).toBe('application/problem+json')
    expect(body.errors?.[0]?.path).toBe(bad.path)
    expect(body.detail.length).toBeGreaterThan(10)
    expect(stateOf(device)).toEqual(before)
    expect(device.logged).toEqual([])
  })

  test.each([
    ['GET', '/api/v1/orders/none', undefined, 404, 'order_not_found'],
    ['PUT', '/api/v1/orders/none', { notes: 'x' }, 404, 'order_not_found'],
    ['PUT', '/api/v1/orders/:id', {}, 422, 'validation_failed'],
    ['PUT', '/api/v1/orders/:id/items/none', { quantity: 1 }, 404, 'line_not_found'],
    ['DELETE', '/api/v1/orders/:id/items/none', undefined, 404, 'line_not_found'],
    [
      'POST',
      '/api/v1/orders/:id/payments/none/refund',
      { amount: 1, reason: 'x' },
      404,
      'payment_not_found',
    ],
    ['GET', '/api/v1/menu/items/none', undefined, 404, 'menu_item_not_found'],
    ['GET', '/api/v1/reports/day?day=yesterday', undefined, 422, 'validation_failed'],
    ['GET', '/api/v1/orders/%zz', undefined, 400, 'bad_request'],
    ['GET', '/api/v1/nothing', undefined, 404, 'not_found'],
    ['POST', '/api/v1/orders/bulk', {}, 422, 'validation_failed'],
    ['GET', '/api/v1/telephones', undefined, 404, 'not_found'],
    ['DELETE', '/api/v1/orders', undefined, 405, 'method_not_allowed'],
    ['GET', '/api/v1/events', undefined, 426, 'upgrade_required'],
  ] as const)('%s %s %j: %i %s', async (method, url, body, status, code) => {
    const before = stateOf(device)
    const answer = await call(device, method, url.replace(':id', orderId), body)
    expect([answer.status, problem.parse(answer.json).code]).toEqual([status, code])
    expect(stateOf(device)).toEqual(before)
  })

  test('a wrong method is told which are right', async () => {
    const answer = await call(device, 'PUT', ORDERS, {})
    expect([answer.status, answer.headers['allow']]).toEqual([405, 'GET, POST'])
  })
})

describe('roles', () => {
  const operations = () => [
    ...apiRoutes([healthRoute(() => ({ ok: true, degraded: [] }))], [EVENTS_OPERATION]),
    EVENTS_OPERATION,
  ]
  const urlOf = (path: string) => path.replaceAll(/\{\w+\}/g, 'none')

  test('each operation refuses every role that its document does not name, and no other', async () => {
    const before = stateOf(device)
    let refused = 0
    let admitted = 0
    for (const { method, path, roles } of operations()) {
      for (const role of ROLES) {
        // Nothing is there to be changed: what is admitted fails later, on what it asks for.
        const answer = await call(device, method, urlOf(path), undefined, { role })
        const isAdmitted = roles === null || roles.includes(role)
        expect([role, method, path, answer.status === 403]).toEqual([
          role,
          method,
          path,
          !isAdmitted,
        ])
        if (isAdmitted) admitted += 1
        else {
          refused += 1
          expect(answer.json).toMatchObject({ code: 'forbidden', role })
        }
      }
    }
    expect([refused > 10, admitted > 60]).toEqual([true, true])
    expect(stateOf(device)).toEqual(before)
  })

  test('nobody comes in without a token but to ask for health and documentation', async () => {
    for (const { method, path, roles } of operations()) {
      const { statusCode } = await device.app.inject({ method, url: urlOf(path) })
      expect([path, statusCode]).toEqual([path, roles === null ? 200 : 401])
    }
    expect((await device.app.inject('/docs')).statusCode).toBe(200)
  })

  test.each([
    ['cashier', 'ready'],
    ['kitchen', 'confirmed'],
    ['kitchen', 'cancelled'],
  ] as const)('the role %s does not set the status %s', async (role, status) => {
    const answer = await call(
      device,
      'PUT',
      `${ORDERS}/${orderId}/status`,
      { status, reason: 'x' },
      { role },
    )
    expect([answer.status, answer.json]).toMatchObject([403, { code: 'forbidden', role }])
  })
})

describe('a body of 10 MB', () => {
  const TEN_MB = 10_000_000
  let port: number
  beforeAll(async () => {
    await device.app.listen({ host: '127.0.0.1', port: 0 })
    port = (device.app.server.address() as AddressInfo).port
  })

  /** Writes a request to its end before it reads a byte, as simple clients do. */
  function send(head: readonly string[], body: readonly Buffer[]): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1').pause()
      let received = ''
      socket.on('data', (chunk) => {
        received += chunk.toString()
        if (received.includes('}')) socket.destroy()
      })
      socket.on('error', reject)
      socket.on('close', () => resolve(received))
      socket.write(`${[`POST ${ORDERS} HTTP/1.1`, 'Host: x', ...head].join('\r\n')}\r\n\r\n`)
      socket.write(Buffer.concat(body), () => socket.resume())
    })
  }
  const token = () => `Authorization: Bearer ${device.tokenOf.admin}`
  const type = 'Content-Type: application/json'

  test('is refused by its announced length alone, before any of it comes', async () => {
    const before = stateOf(device)
    const received = await send([token(), type, `Content-Length: ${TEN_MB}`], [])
    expect(received).toMatch(/^HTTP\/1\.1 413 /)
    expect(received).toContain('"code":"body_too_large"')
    expect(stateOf(device)).toEqual(before)
  })

  test('is refused when it comes in chunks without a length', async () => {
    const before = stateOf(device)
    const chunk = Buffer.from(`186a0\r\n${' '.repeat(100_000)}\r\n`)
    const chunks = [...Array<Buffer>(TEN_MB / 100_000).fill(chunk), Buffer.from('0\r\n\r\n')]
    const received = await send([token(), type, 'Transfer-Encoding: chunked'], chunks)
    expect(received).toMatch(/^HTTP\/1\.1 413 /)
    expect(stateOf(device)).toEqual(before)
  })

  test.each([
    ['too large', 413, () => [token(), type]],
    ['of another type', 415, () => [token(), 'Content-Type: text/plain']],
    ['without a token', 401, () => [type]],
  ])('%s is answered %i to a client that sends it all', async (_what, status, head) => {
    for (let i = 0; i < 5; i += 1) {
      const length = `Content-Length: ${TEN_MB}`
      const received = await send([...head(), length], [Buffer.alloc(TEN_MB, ' ')])
      expect(received.slice(0, 12)).toBe(`HTTP/1.1 ${status}`)
    }
  })

  test('is cut off where the rest of it does not come', async () => {
    const socket = connect(port, '127.0.0.1').resume()
    const head = [token(), type, `Content-Length: ${TEN_MB}`].join('\r\n')
    socket.write(`POST ${ORDERS} HTTP/1.1\r\nHost: x\r\n${head}\r\n\r\n`)
    const startedMs = Date.now()
    await once(socket, 'close')
    expect(Date.now() - startedMs).toBeLessThan(MAX_DISCARD_MS + 2_000)
  })
})

describe('a disk that is full', () => {
  test('refuses the order and keeps everything that was there', async () => {
    const full = await openDevice(folder.dir, { name: 'F', founds: true })
    const { raw } = full.store.connection
    const before = stateOf(full)
    const pages = raw.pragma('page_count', { simple: true })
    raw.pragma(`max_page_count = ${String(pages)}`)
    const body = {
      ...SEED_ORDER,
      items: Array(50).fill({ ...item, special_instructions: 'x'.repeat(500) }),
    }
    const refused = await call(full, 'POST', ORDERS, body)
    expect([refused.status, refused.json]).toMatchObject([503, { code: 'storage_failed' }])
    expect(refused.text).toContain('SQLITE_FULL')
    expect(full.logged).toHaveLength(1)
    expect(stateOf(full)).toEqual(before)
    raw.pragma('max_page_count = 1000000')
    const taken = await call(full, 'POST', ORDERS, body)
    expect([taken.status, taken.json]).toMatchObject([201, { order_number: 'F-001' }])
    await full.close()
  })
})

test('an unexpected fault is a 500 that tells the caller nothing of the inside', async () => {
  const broken = await openDevice(folder.dir, { name: 'B', founds: true })
  broken.store.connection.raw.close()
  const answer = await call(broken, 'GET', `${ORDERS}?q=secret`)
  expect([answer.status, problem.parse(answer.json).code]).toEqual([500, 'internal_error'])
  expect(answer.text).not.toMatch(/database|connection/)
  expect(broken.logged[0]).toMatch(/database/)
  expect(broken.logged[0]).not.toMatch(/secret/)
  await broken.app.close()
})
