import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { WebSocket } from 'ws'
import { createCredentials } from '../../db/postgres/credentials.ts'
import { openDatabase, type Database } from '../../db/postgres/database.ts'
import { withStores } from '../../db/postgres/scope.ts'
import { endStoreTokens } from '../../db/postgres/store-tokens.ts'
import { createPostgresStore, type PostgresStore } from '../../db/postgres/store.ts'
import { ROLES, type Role } from '../../domain/catalog.ts'
import { apiRoutes } from '../../main/api/api.ts'
import { EVENTS_OPERATION } from '../../main/api/events/feed.ts'
import { encodePosition } from '../../main/api/events/position.ts'
import type { Operation } from '../../main/api/route.ts'
import { startCentral, type Central } from '../../main/central/central.ts'
import { centreKeyOf } from '../../main/central/member/centre-key.ts'
import { PUSH_OPERATIONS } from '../../main/central/tracking/push-routes.ts'
import { TRACK_OPERATION } from '../../main/central/tracking/track-routes.ts'
import {
  CHALLENGE_PATH,
  CREDENTIALS_PATH,
  ENROLL_PATH,
  proofText,
} from '../../protocol/enrolment.ts'
import { encodeHashesAsked, UPSTREAM_HASHES_PATH } from '../../protocol/held-hashes.ts'
import { encodeLinkAsked, UPSTREAM_LINKS_PATH } from '../../protocol/tracking-links.ts'
import { encodeLookUp, UPSTREAM_ORDERS_PATH } from '../../protocol/look-up.ts'
import { feedMessage, type FeedMessage } from '../../protocol/rest/event.ts'
import { STORE_HEADER } from '../../protocol/office/paths.ts'
import { SHAPE_PATH } from '../../protocol/shape.ts'
import {
  encodeKeyUpload,
  encodeUpload,
  UPSTREAM_CONTENT_TYPE,
  UPSTREAM_ENTRIES_PATH,
  UPSTREAM_FRONTIER_PATH,
  UPSTREAM_KEYS_PATH,
} from '../../protocol/upstream.ts'
import { createPush } from '../../main/notifications/push.ts'
import { liveSubscriptions, openSubscription } from '../../main/push/subscription.ts'
import { newVapidKeys } from '../../main/push/vapid.ts'
import { createDeviceKeys, type DeviceKeys } from '../../sync/device-keys.ts'
import { proveDevice } from '../../sync/device-proof.ts'
import { callerWith, storeToken, type CentreCall } from '../support/centre-caller.ts'
import { openEnrolledTill, type EnrolledTill } from '../support/enrolled-till.ts'
import { signIn } from '../support/office.ts'
import { startTestPostgres, type TestPostgres } from '../support/postgres.ts'
import { startPushService } from '../support/push-service.ts'
import { createProcesses, type Processes } from '../support/processes.ts'
import { waitUntil } from '../support/wait-until.ts'

const quiet = { info: () => {}, warn: () => {}, error: () => {} }
const WAIT_MS = 60_000
const ORDERS = '/api/v1/orders'
const SOUP = { menu_item_id: 'soup-of-the-day', quantity: 1 }
const KEY = randomBytes(32)
const PUSH_KEYS = newVapidKeys()
const MINE = 'store-mine'
const THEIRS = 'store-theirs'

let postgres: TestPostgres
let databaseUrl: string
let database: Database
let postgresStore: PostgresStore
let central: Central
let mine: EnrolledTill
let theirs: EnrolledTill
/** What is to be kept from everybody who is not of this store. */
let secret: { orderId: string; itemId: string }

beforeAll(async () => {
  postgres = await startTestPostgres()
  databaseUrl = await postgres.createDatabase()
  central = await startCentral({
    port: 0,
    database: { url: databaseUrl },
    key: centreKeyOf(KEY),
    pushPublicKey: PUSH_KEYS.publicKey,
    pushPrivateHosts: ['127.0.0.1'],
    logger: quiet,
  })
  database = openDatabase(databaseUrl, () => {})
  postgresStore = createPostgresStore(database)
  const open = (storeId: string) =>
    openEnrolledTill({ storeId, centralUrl: central.api, databaseUrl })
  mine = await open(MINE)
  theirs = await open(THEIRS)
  for (const till of [mine, theirs]) {
    till.goOnline()
    await till.uploaded()
  }
  const made = await (
    await callerFor(MINE)
  )('POST', ORDERS, {
    ...{ order_type: 'takeout', customer: { name: 'Grace Hopper' }, items: [SOUP] },
  })
  const [item] = made.body['items'] as { id: string }[]
  secret = { orderId: String(made.body['id']), itemId: item!.id }
  await waitUntil(() => mine.store.order(secret.orderId) !== null, WAIT_MS)
})
afterAll(async () => {
  await mine.close()
  await theirs.close()
  await database.close()
  await central.stop()
  await postgres.stop()
})

const callerFor = async (storeId: string, role: Role = 'admin'): Promise<CentreCall> =>
  callerWith(central, await storeToken(database, storeId, role))

/**
 * Of everything that a store has: whoever changes anything changes this. The frontier comes as
 * PostgreSQL finds it, which is in another order once it has counted its rows in the background.
 */
const traceOf = async (storeId: string) =>
  JSON.stringify([
    await postgresStore.digest(storeId),
    [...(await postgresStore.frontier(storeId))].toSorted(([a], [b]) => (a < b ? -1 : 1)),
  ])

describe('[C4] every endpoint of the centre', () => {
  const operations: readonly Operation[] = [
    ...apiRoutes([], []),
    TRACK_OPERATION,
    ...PUSH_OPERATIONS,
    EVENTS_OPERATION,
  ]
  const bodies: Readonly<Record<string, unknown>> = {
    createOrder: { order_type: 'takeout', items: [SOUP] },
    updateOrder: { notes: 'mine now' },
    setOrderStatus: { status: 'cancelled', reason: 'why not' },
    cancelOrder: { reason: 'why not' },
    addItems: SOUP,
    setDiscount: { discount: { rate_ppm: 100_000 }, reason: 'why not' },
    setServiceCharge: { service_charge: 'none', reason: 'why not' },
    splitOrder: { split: null },
    mergeOrder: { into_order_id: 'elsewhere' },
    compItem: { reason: 'why not' },
    bumpTicket: { ticket_id: 'made-up' },
    recallTicket: { ticket_id: 'made-up' },
    acknowledgeChanges: { ticket_id: 'made-up' },
    changeItem: { quantity: 9 },
    moveItem: { to_order_id: 'elsewhere' },
    takePayment: { method: 'cash', amount: 100 },
    refundPayment: { amount: 100, reason: 'why not' },
    setDeviceScreen: { use: 'counter' },
    settleConflict: { resolution: 'kept' },
    settlePayment: { as: 'taken', reason: 'why not' },
    setAvailability: { available: false },
    importMenu: { records: [{ kind: 'category', id: 'x', value: null }] },
    acceptLateEntries: { origin: 'nobody', up_to: 1 },
  }
  const urlOf = ({ path }: Operation): string =>
    path
      .replace('/devices/{id}', `/devices/${mine.store.deviceId}`)
      .replace(/\/(orders|conflicts)\/\{id\}/, `/$1/${secret.orderId}`)
      .replace('{item_id}', secret.itemId)
      .replace('{course}', '1')
      .replaceAll(/\{\w+\}/g, 'made-up')
  const call = (as: CentreCall, operation: Operation, headers?: Record<string, string>) =>
    as(operation.method, urlOf(operation), bodies[operation.operationId], headers)

  /** What devices and operators call is tested below, and where it is made. */
  const OTHERS = [
    `POST ${UPSTREAM_ENTRIES_PATH}`,
    `POST ${UPSTREAM_ORDERS_PATH}`,
    `POST ${UPSTREAM_KEYS_PATH}`,
    `POST ${UPSTREAM_HASHES_PATH}`,
    `POST ${UPSTREAM_LINKS_PATH}`,
    `GET ${UPSTREAM_FRONTIER_PATH}`,
    'GET /api/v1/upstream/status',
    `GET ${SHAPE_PATH}`,
    `POST ${ENROLL_PATH}`,
    `POST ${CHALLENGE_PATH}`,
    `POST ${CREDENTIALS_PATH}`,
    'GET /healthz',
    'GET /docs',
    'GET /track/:token',
    'GET /track/follow.js',
    'GET /track/worker.js',
  ]

  test('is known to this test', () => {
    const known = operations.map(
      ({ method, path }) => `${method} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
    )
    const served = central.endpoints.filter(
      (one) => !/ \/$| \/(api\/v1\/office|office|metrics|readyz)\b/.test(one),
    )
    expect(served.toSorted()).toEqual([...known, ...OTHERS].toSorted())
  })

  test('without a token, or with one that nobody gave: 401, and nothing changes', async () => {
    const before = await traceOf(MINE)
    const forged = `aurac_${Buffer.from(MINE).toString('base64url')}_${'0'.repeat(48)}`
    for (const token of [null, 'made-up', forged]) {
      const stranger = callerWith(central, token)
      for (const operation of operations) {
        if (operation.roles === null) continue
        const answer = await call(stranger, operation)
        expect([operation.operationId, answer.status]).toEqual([operation.operationId, 401])
        expect(answer.body['code']).toBe('unauthorized')
      }
    }
    expect(await traceOf(MINE)).toBe(before)
  })

  test('with a role that it does not name: 403, and nothing changes', async () => {
    const before = await traceOf(MINE)
    let refused = 0
    for (const role of ROLES) {
      const as = await callerFor(MINE, role)
      for (const operation of operations) {
        if (operation.roles === null || operation.roles.includes(role)) continue
        const { status, body } = await call(as, operation)
        expect([operation.operationId, role, status, body['code']]).toEqual([
          ...[operation.operationId, role, 403, 'forbidden'],
        ])
        refused += 1
      }
    }
    expect(refused).toBeGreaterThan(20)
    expect(await traceOf(MINE)).toBe(before)
  })

  test('from another store: what is asked for is not there, and nothing of it is seen or changed', async () => {
    const before = await traceOf(MINE)
    const named = [secret.orderId, secret.itemId, mine.store.deviceId, 'Grace']
    const { cookie } = await signIn(database, 'manager', [THEIRS], new Date())
    const inOffice =
      (storeId: string): CentreCall =>
      (method, path, body) =>
        callerWith(central, null)(method, path, body, { cookie, [STORE_HEADER]: storeId })
    for (const as of [await callerFor(THEIRS), inOffice(THEIRS)]) {
      for (const operation of operations) {
        const { status, text } = await call(as, operation)
        const { operationId, path } = operation
        if (/\/(orders|conflicts|devices|track)\/\{/.test(path)) {
          // What is refused names what was asked for, and nothing else.
          expect([operationId, status]).toEqual([operationId, 404])
        } else {
          const seen = named.filter((word) => text.includes(word))
          expect([operationId, seen]).toEqual([operationId, []])
        }
      }
    }
    for (const operation of operations) {
      const { status } = await call(inOffice(MINE), operation)
      expect([operation.operationId, status]).toEqual([operation.operationId, 404])
    }
    expect(await traceOf(MINE)).toBe(before)
  })

  test('of devices: the credential of another store opens none of them', async () => {
    const before = await traceOf(MINE)
    const keys = createDeviceKeys()
    const { credential } = await enrolAs(keys, 'store-other')
    const headers = { authorization: `Bearer ${credential}` }
    const range = mine.store.readRange(mine.store.ownOrigin(), 1, 1, 10_000_000)!
    const forged = { ...range, entries: range.entries.map((e) => ({ ...e, body: '[]' })) }
    const packed = (method: string, path: string, body: Uint8Array) =>
      fetch(`${central.api}${path}`, {
        method,
        headers: { ...headers, 'content-type': UPSTREAM_CONTENT_TYPE },
        body: Buffer.from(body),
      })
    const upload = { storeId: MINE, deviceId: keys.deviceId, ranges: [forged] }
    const asked = { storeId: MINE, wish: { orderId: secret.orderId } }
    const wanted = { storeId: MINE, keys: [], wanted: [] }
    const linked = { storeId: MINE, orderId: secret.orderId }
    const answers = [
      await packed('POST', UPSTREAM_ENTRIES_PATH, encodeUpload(upload)),
      await packed('POST', UPSTREAM_ORDERS_PATH, encodeLookUp(asked)),
      await packed('POST', UPSTREAM_KEYS_PATH, encodeKeyUpload(wanted)),
      await packed('POST', UPSTREAM_LINKS_PATH, encodeLinkAsked(linked)),
      await packed(
        'POST',
        UPSTREAM_HASHES_PATH,
        encodeHashesAsked({ storeId: MINE, at: new Map() }),
      ),
      ...(await Promise.all(
        [
          `${UPSTREAM_FRONTIER_PATH}?store_id=${MINE}`,
          `/api/v1/upstream/status?store_id=${MINE}`,
          `${SHAPE_PATH}?store_id=${MINE}&offset=-1`,
        ].map((path) => fetch(`${central.api}${path}`, { headers })),
      )),
    ]
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 401))
    // A token that was ended opens nothing any more.
    const given = await storeToken(database, MINE, 'kitchen')
    const cook = callerWith(central, given)
    expect((await cook('GET', ORDERS)).status).toBe(200)
    await withStores(database, [MINE], (trx) => endStoreTokens(trx, MINE, 'kitchen'))
    expect((await cook('GET', ORDERS)).status).toBe(401)
    // A device credential is no token of the API, and no token is a device credential.
    expect((await callerWith(central, credential)('GET', ORDERS)).status).toBe(401)
    const token = await storeToken(database, MINE, 'admin')
    const shape = await fetch(`${central.api}${SHAPE_PATH}?store_id=${MINE}&offset=-1`, {
      headers: { authorization: `Bearer ${token}` },
    })
    expect(shape.status).toBe(401)
    // Nobody takes a store in that is somebody's, or gets a credential of it by a key of his own.
    expect((await enrol(keys, MINE)).status).toBe(403)
    expect((await credentialFor(keys, MINE)).status).toBe(403)
    expect(await traceOf(MINE)).toBe(before)
  })

  test('for the back office: by its session, in the store that it names', async () => {
    const { cookie, userId } = await signIn(database, 'manager', [MINE], new Date())
    const as = (headers: Record<string, string>) => {
      const asking = callerWith(central, null)
      return asking('GET', `${ORDERS}/${secret.orderId}`, undefined, headers)
    }
    const seen = await as({ cookie, [STORE_HEADER]: MINE })
    expect(seen.status).toBe(200)
    expect(seen.text).toContain('Grace')
    expect(await as({ cookie })).toMatchObject({
      ...{ status: 400, body: { code: 'store_header_missing' } },
    })
    const noted = await callerWith(central, null)(
      ...(['PUT', `${ORDERS}/${secret.orderId}`, { notes: 'from the office' }] as const),
      { cookie, [STORE_HEADER]: MINE },
    )
    expect(noted.status).toBe(200)
    const entry = await (await callerFor(MINE))('GET', `${ORDERS}/${secret.orderId}/history`)
    expect(entry.text).toContain(`office:${userId}`)
    const viewer = await signIn(database, 'viewer', 'all', new Date())
    expect(await as({ cookie: viewer.cookie, [STORE_HEADER]: MINE })).toMatchObject({
      ...{ status: 403, body: { code: 'forbidden' } },
    })
    const ended = await as({ cookie: `${cookie.slice(0, -3)}xyz`, [STORE_HEADER]: MINE })
    expect(ended).toMatchObject({ status: 401, body: { code: 'signed_out' } })
  })

  const post = (path: string, body: object) =>
    fetch(`${central.api}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })

  async function enrol(keys: DeviceKeys, storeId: string): Promise<Response> {
    const { code } = await createCredentials(database).newEnrollCode(storeId, new Date())
    const { deviceId } = keys
    const proof = proveDevice(keys, proofText(code, storeId, deviceId))
    return post(ENROLL_PATH, { code, store_id: storeId, device_id: deviceId, ...proof })
  }

  const enrolAs = async (keys: DeviceKeys, storeId: string) =>
    (await (await enrol(keys, storeId)).json()) as { credential: string }

  async function credentialFor(keys: DeviceKeys, storeId: string): Promise<Response> {
    const asked = (await (await post(CHALLENGE_PATH, {})).json()) as { challenge: string }
    const { challenge } = asked
    const { deviceId } = keys
    const proof = proveDevice(keys, proofText(challenge, storeId, deviceId))
    return post(CREDENTIALS_PATH, { challenge, store_id: storeId, device_id: deviceId, ...proof })
  }
})

describe('the feed of a store', () => {
  const url = `/api/v1/events?types=order.created,order.confirmed`
  /** What comes by WebSocket, one after the other. */
  async function follow(storeId: string, query = '', role: Role = 'kitchen') {
    const headers = { authorization: `Bearer ${await storeToken(database, storeId, role)}` }
    const socket = new WebSocket(`${central.api.replace('http', 'ws')}${url}${query}`, { headers })
    const told: FeedMessage[] = []
    socket.on('message', (data) =>
      told.push(feedMessage.parse(JSON.parse((data as Buffer).toString()))),
    )
    onTestFinished(() => socket.terminate())
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
    return told
  }
  const ids = (told: readonly FeedMessage[]) => told.map(({ id }) => id)

  test('[C4] tells what the till and the centre write to this store alone, also from where a device was', async () => {
    const [told, theirsTold] = [await follow(MINE), await follow(THEIRS)]
    const before = encodePosition(mine.store.frontier())
    const call = await callerFor(MINE, 'service')
    const made = await call('POST', ORDERS, { order_type: 'online', items: [SOUP] })
    const orderId = String(made.body['id'])
    await waitUntil(() => mine.store.order(orderId) !== null, WAIT_MS)
    const sold = { type: 'createOrder', orderId: 'at-the-till', channel: 'takeout' } as const
    const nobody = { table: null, customerId: null, customer: null, locationId: null }
    mine.run({ ...sold, ...nobody, scheduledFor: null, notes: null, lines: [] })
    await waitUntil(() => told.length === 3, WAIT_MS)
    expect(told.map(({ type, order_id }) => [type, order_id])).toEqual([
      ['order.created', orderId],
      ['order.confirmed', orderId],
      ['order.created', 'at-the-till'],
    ])
    expect(theirsTold).toEqual([])
    // A position that a device gave out holds here, and one of here does.
    const again = await follow(MINE, `&position=${before}`)
    await waitUntil(() => again.length === 3, WAIT_MS)
    expect(ids(again)).toEqual(ids(told))
    const rest = await follow(MINE, `&position=${told[1]?.position}`)
    await waitUntil(() => rest.length === 1, WAIT_MS)
    expect(ids(rest)).toEqual(ids(told.slice(2)))

    const abort = new AbortController()
    const stream = await fetch(`${central.api}${url}&position=${before}`, {
      headers: {
        authorization: `Bearer ${await storeToken(database, MINE, 'kitchen')}`,
        accept: 'text/event-stream',
      },
      signal: abort.signal,
    })
    let text = ''
    for await (const chunk of stream.body ?? []) {
      text += Buffer.from(chunk).toString()
      if (text.includes(String(told[2]?.id))) break
    }
    abort.abort()
    expect(text.split('\n').filter((line) => line.startsWith('data: ')).length).toBe(3)
  })

  test('[C4] opens to nobody else, and to nothing but itself', async () => {
    const status = (path: string, headers = {}) =>
      new Promise((resolve) => {
        const socket = new WebSocket(`${central.api.replace('http', 'ws')}${path}`, { headers })
        socket.once('unexpected-response', (_request, { statusCode }) => resolve(statusCode))
        socket.once('open', () => resolve('open'))
        socket.on('error', () => {})
        onTestFinished(() => socket.terminate())
      })
    expect(await status(url)).toBe(401)
    expect(await status(url, { authorization: 'Bearer made-up' })).toBe(401)
    expect(await status('/api/v1/screens')).toBe(404)
    const { cookie } = await signIn(database, 'manager', [THEIRS], new Date())
    expect(await status(url, { cookie })).toBe(400)
    expect(await status(url, { cookie, [STORE_HEADER]: MINE })).toBe(404)
    expect(await status(url, { cookie, [STORE_HEADER]: THEIRS })).toBe('open')
  })
})

describe('[C5] an online order', () => {
  test('goes to the kitchen as it comes where it may be paid later, and its guest follows it', async () => {
    const call = await callerFor(MINE, 'service')
    const body = {
      order_type: 'online',
      customer: { name: 'Katherine Johnson', phone: '+1 555 010 9999', address: 'Moon 1' },
      items: [{ ...SOUP, special_instructions: 'ring at Johnson' }],
      notes: 'call Katherine',
    }
    const headers = { 'idempotency-key': 'basket-7' }
    const made = await call('POST', ORDERS, body, headers)
    expect(made).toMatchObject({ status: 201, body: { status: 'confirmed' } })
    const again = await call('POST', ORDERS, body, headers)
    expect(again.body).toMatchObject({ id: made.body['id'], version: made.body['version'] })
    const url = String(made.body['tracking_url'])
    expect(url).toBe(again.body['tracking_url'])
    expect(url).toMatch(new RegExp(`^${central.api}/track/[\\w-]{80,}$`))
    expect(url).not.toContain(String(made.body['id']))

    const orderId = String(made.body['id'])
    await waitUntil(() => mine.store.openOrders().some(({ id }) => id === orderId), WAIT_MS)
    expect(mine.store.order(orderId)?.tickets.length).toBe(1)
    const json = url.replace('/track/', '/api/v1/track/')
    const look = async () => (await fetch(json)).json() as Promise<Record<string, unknown>>
    const tracked = await look()
    expect(tracked).toMatchObject({
      ...{ store: 'Enrolled', order_number: made.body['order_number'], status: 'confirmed' },
      ...{ ready_at: null, items: [{ name: 'Soup of the day', quantity: 1 }] },
    })
    mine.run({ type: 'startPreparing', orderId })
    mine.run({ type: 'markReady', orderId })
    await waitUntil(async () => (await look())['status'] === 'ready', WAIT_MS)
    expect((await look())['ready_at']).toBe(
      mine.store.order(orderId)?.statusHistory.find(({ status }) => status === 'ready')?.at,
    )

    const page = await fetch(url)
    const html = await page.text()
    expect(html).toContain('Your order is ready')
    const own = '<script src="follow.js" defer></script>'
    expect(html).toContain(own)
    expect(html.replace(own, '')).not.toMatch(/<script|src=|https?:\/\//)
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src/)
    expect(page.headers.get('referrer-policy')).toBe('no-referrer')
    for (const text of [html, JSON.stringify(await look())]) {
      expect(text).not.toMatch(/Johnson|Katherine|555|Moon/)
    }
    // Another letter, another centre's key, or no link at all.
    const token = url.split('/').at(-1)!
    const changed = `${token[0] === 'A' ? 'B' : 'A'}${token.slice(1)}`
    const other = centreKeyOf(randomBytes(32)).seal('tracking', JSON.stringify([MINE, orderId]))
    for (const wrong of [changed, other, 'x', orderId]) {
      expect((await fetch(`${central.api}/track/${wrong}`)).status).toBe(404)
      expect((await fetch(`${central.api}/api/v1/track/${wrong}`)).status).toBe(404)
    }
  })

  test('[A3] what takes a manager at a till takes one here: with a token of his own beside the cashier’s', async () => {
    const cashier = await callerFor(MINE, 'cashier')
    const made = await cashier('POST', ORDERS, { order_type: 'takeout', items: [SOUP] })
    const path = `${ORDERS}/${String(made.body['id'])}`
    const discount = { discount: { rate_ppm: 500_000 }, reason: 'late' }
    const ask = (approval?: string) =>
      cashier('PUT', `${path}/discount`, discount, approval === undefined ? {} : { approval })
    const refused = { status: 403, body: { code: 'approval_required' } }
    expect(await ask()).toMatchObject(refused)
    const [manager, other, stranger] = [
      await storeToken(database, MINE, 'manager'),
      await storeToken(database, MINE, 'cashier'),
      await storeToken(database, THEIRS, 'manager'),
    ]
    for (const none of [other, stranger, 'made-up']) expect(await ask(none)).toMatchObject(refused)
    expect(await ask(manager)).toMatchObject({ status: 200 })
    const { text } = await (await callerFor(MINE))('GET', `${path}/history?limit=50`)
    expect(text).toMatch(/"approved_by":"[^"]*manager/)
    expect(text).not.toContain(manager)
    // Whoever may act alone needs nobody.
    const alone = await callerFor(MINE, 'manager')
    expect(await alone('PUT', `${path}/discount`, discount)).toMatchObject({ status: 200 })
  })

  test('[N4] a guest’s browser is told by a device of the store, by what the centre wrote down', async () => {
    const service = await startPushService(PUSH_KEYS.publicKey)
    onTestFinished(service.close)
    const cashier = await callerFor(MINE, 'cashier')
    const body = { order_type: 'takeout', customer: { name: 'Mary Jackson' }, items: [SOUP] }
    const made = await cashier('POST', ORDERS, body)
    const orderId = String(made.body['id'])
    const guest = callerWith(central, null)
    const path = `/api/v1/track/${String(made.body['tracking_url']).split('/').at(-1)!}/push`
    const [stays, leaves] = [service.browser('stays'), service.browser('leaves')]
    for (const { subscription } of [stays, leaves, stays]) {
      const followed = { status: 200, body: { followed: true } }
      expect(await guest('POST', path, subscription)).toMatchObject(followed)
    }
    const { endpoint } = leaves.subscription
    expect(await guest('DELETE', path, { endpoint })).toMatchObject({ body: { followed: false } })
    const refused = { ...stays.subscription, endpoint: 'https://10.0.0.1/x' }
    expect(await guest('POST', path, refused)).toMatchObject({
      ...{ status: 422, body: { code: 'push_endpoint_refused' } },
    })
    const wrong = { ...stays.subscription, keys: { p256dh: 'AAAA', auth: 'AAAA' } }
    expect((await guest('POST', path, wrong)).body['code']).toBe('validation_failed')
    expect((await guest('POST', '/api/v1/track/made-up/push', refused)).status).toBe(404)

    const linesHere = () => mine.store.journal.about(orderId).map(({ kind }) => kind)
    await waitUntil(() => linesHere().includes('push_ended'), WAIT_MS)
    expect(linesHere().toSorted()).toEqual(['push_ended', 'push_subscribed', 'push_subscribed'])
    expect(JSON.stringify(mine.store.journal.about(orderId))).not.toContain(endpoint)
    const { ring, guests } = mine.personalData
    const find = (keyId: string) => ring.find(keyId) ?? guests.book.open(keyId)
    const [line] = liveSubscriptions(mine.store.journal.about(orderId))
    const opened = () => line && openSubscription(line, find)
    await waitUntil(() => opened() !== null, WAIT_MS)
    const push = createPush({
      ...PUSH_KEYS,
      subject: 'mailto:a@b.example',
      privateHosts: ['127.0.0.1'],
    })
    const letter = {
      id: 'l1',
      to: JSON.stringify(opened()),
      subject: 'Ready',
      text: 'It is',
      html: '',
    }
    expect(await push(letter)).toEqual({ kind: 'sent' })
    expect([stays.messages.length, leaves.messages.length]).toEqual([1, 0])
  })

  test('one that a cashier has to be paid for first waits for its payment, one for later for its time', async () => {
    const call = await callerFor(MINE, 'service')
    const later = await call('POST', ORDERS, {
      ...{ order_type: 'online', items: [SOUP], scheduled_for: '2030-01-01T12:00:00Z' },
    })
    expect(later.body).toMatchObject({ status: 'pending', tickets: [] })
    const takeout = await call('POST', ORDERS, { order_type: 'takeout', items: [SOUP] })
    expect(takeout.body['status']).toBe('pending')
    const due = takeout.body['due']
    const path = `${ORDERS}/${String(takeout.body['id'])}/payments`
    const paid = await call('POST', path, { method: 'cash', amount: due })
    expect(paid).toMatchObject({ status: 201, body: { status: 'confirmed' } })
  })

  describe('with real processes', () => {
    let processes: Processes
    beforeAll(() => {
      processes = createProcesses()
    })
    afterAll(() => processes.close())

    test('reaches the kitchen screen of the store', async () => {
      const aura = async (...args: string[]): Promise<string> => {
        const done = await processes.run(args)
        if (done.status !== 0) throw new Error(`aura ${args.join(' ')}: ${done.stderr}`)
        return done.stdout.trim()
      }
      const dir = join(await processes.folder('online'), 'kitchen')
      const at = ['--database-url', databaseUrl]
      const made = ['store', 'create', '--data', dir, '--name', 'Online', '--demo', '--json']
      const { store_id: storeId } = JSON.parse(await aura(...made)) as { store_id: string }
      const { code } = await createCredentials(database).newEnrollCode('Online', new Date())
      await aura('enroll', '--data', dir, '--central', central.api, '--code', code)
      const kitchen = await processes.start([
        ...['terminal', '--data', dir, '--role', 'kitchen', '--no-discovery'],
        ...['--api', '127.0.0.1:0', '--peer', '127.0.0.1:0'],
      ])
      const token = ['--role', 'service', '--label', 'shop']
      const shop = callerWith(
        central,
        await aura('central', 'token', '--store', storeId, ...token, ...at),
      )
      const cook = callerWith(
        { api: String(kitchen.ready['api']) },
        await aura('token', '--data', dir, '--role', 'kitchen', '--label', 'cook'),
      )
      // A store says no to online orders that are not paid: this one does, as stores do at first.
      const newOrder = { order_type: 'online', customer: { name: 'Ada' }, items: [SOUP] }
      await waitUntil(async () => (await shop('POST', ORDERS, newOrder)).status === 201, WAIT_MS)
      const order = await shop('POST', ORDERS, newOrder)
      expect(order.body['status']).toBe('pending')
      const path = `${ORDERS}/${String(order.body['id'])}/payments`
      const paid = await shop('POST', path, { method: 'cash', amount: order.body['due'] })
      expect(paid.body['status']).toBe('confirmed')
      const number = String(order.body['order_number'])
      await waitUntil(
        async () => (await cook('GET', '/api/v1/kitchen/orders')).text.includes(number),
        WAIT_MS,
      )
    })
  })
})
