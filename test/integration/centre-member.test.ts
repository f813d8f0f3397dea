import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { noticePutBack } from '../../db/postgres/centre-members.ts'
import { openDatabase, type Database } from '../../db/postgres/database.ts'
import { withStores } from '../../db/postgres/scope.ts'
import { createPostgresStore, type PostgresStore } from '../../db/postgres/store.ts'
import type { Role } from '../../domain/catalog.ts'
import { createPins } from '../../main/pin.ts'
import { startCentral, type Central } from '../../main/central/central.ts'
import { centreKeyOf } from '../../main/central/member/centre-key.ts'
import { removeDevice } from '../../main/remove-device.ts'
import { callerWith, storeToken, type CentreAnswer } from '../support/centre-caller.ts'
import {
  openEnrolledTill,
  type EnrolledTill,
  type EnrolledTillOptions,
} from '../support/enrolled-till.ts'
import { startTestPostgres, type TestPostgres } from '../support/postgres.ts'
import { createShifts } from '../../main/shifts/shifts.ts'
import { waitUntil } from '../support/wait-until.ts'

const quiet = { info: () => {}, warn: () => {}, error: () => {} }
const WAIT_MS = 60_000
const ORDERS = '/api/v1/orders'
const CHANGES = '/api/v1/menu/changes'
const SOUP = { menu_item_id: 'soup-of-the-day', quantity: 1 }
const GUEST = { name: 'Ada Lovelace', phone: '+1 555 010 2030' }
const key = centreKeyOf(randomBytes(32))

let postgres: TestPostgres
let databaseUrl: string
let database: Database
let postgresStore: PostgresStore
/** Two processes of the centre would be like this: they share the database alone. */
let central: Central
let twin: Central

beforeAll(async () => {
  postgres = await startTestPostgres()
  databaseUrl = await postgres.createDatabase()
  const start = () => startCentral({ port: 0, database: { url: databaseUrl }, key, logger: quiet })
  central = await start()
  twin = await start()
  database = openDatabase(databaseUrl, () => {})
  postgresStore = createPostgresStore(database)
})
afterAll(async () => {
  await database.close()
  await twin.stop()
  await central.stop()
  await postgres.stop()
})

let stores = 0
/** A store whose roster is at the centre, and a caller with a token of it. */
async function enrolled(more: Partial<EnrolledTillOptions> = {}) {
  const storeId = `member-${(stores += 1)}`
  const till = await openEnrolledTill({
    storeId,
    centralUrl: central.api,
    databaseUrl,
    ...more,
  })
  onTestFinished(() => till.close())
  till.goOnline()
  await till.uploaded()
  return { till, storeId, call: await callerOf(storeId) }
}

const callerOf = async (storeId: string, role: Role = 'manager') =>
  callerWith(central, await storeToken(database, storeId, role))

const idOf = (answer: CentreAnswer): string => String(answer.body['id'])
const newOrder = (more: object = {}) => ({ order_type: 'takeout', items: [SOUP], ...more })
const equal = async (till: EnrolledTill, storeId: string) =>
  waitUntil(async () => (await postgresStore.digest(storeId)) === till.digest(), WAIT_MS)

test('[V2] the menu and the people are edited at the centre as on a till, now and for a date', async () => {
  const { till, storeId } = await enrolled()
  const call = await callerOf(storeId, 'admin')
  const value = {
    name: 'Pumpkin soup',
    category_id: 'starters',
    price: 850,
    tax_rate_id: 'sales',
    station_id: null,
    modifier_group_ids: [],
    position: 40,
  }
  const soup = { kind: 'menu_item', id: 'pumpkin', value }
  const help = { kind: 'staff', id: 'help', value: { name: 'Help', role: 'cashier', pin: '8642' } }
  const broken = { ...soup, value: { ...value, tax_rate_id: 'none' } }
  expect(await call('POST', CHANGES, { changes: [soup, broken] })).toMatchObject({ status: 422 })
  expect(await call('POST', CHANGES, { changes: [soup, help] })).toMatchObject({ status: 200 })
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString()
  const dearer = { ...soup, value: { ...value, price: 900 } }
  const scheduled = await call('POST', CHANGES, { valid_from: tomorrow, changes: [dearer] })
  expect(scheduled.body).toMatchObject({
    changes: [{ fields: [{ field: 'price', before: { amount: 850 }, after: { amount: 900 } }] }],
  })
  const known = () => till.store.catalog()
  await waitUntil(() => known().menu_item.has('pumpkin') && known().staff.has('help'), WAIT_MS)
  const { check } = createPins(till.personalData.ring)
  expect(await check('8642', known().staff.get('help')?.pinHash ?? '')).toEqual({
    kind: 'right',
    isToRenew: false,
  })
  await waitUntil(
    () => till.store.recordVersions().some(({ validFrom }) => validFrom === tomorrow),
    WAIT_MS,
  )
  expect(known().menu_item.get('pumpkin')?.priceMinor).toBe(850)
  await equal(till, storeId)
  // Another process of the centre knows it too, and takes it back.
  const [coming] = (await call('GET', CHANGES, undefined, {}, twin)).body['data'] as {
    change_id: string
  }[]
  const ids = { change_ids: [coming?.change_id] }
  expect((await call('POST', `${CHANGES}/withdraw`, ids, {}, twin)).body).toEqual({ withdrawn: 1 })
  await waitUntil(() => till.store.recordVersions().some(({ withdrawn }) => withdrawn), WAIT_MS)
  await equal(till, storeId)
  expect(await postgresStore.verify(storeId)).toMatchObject({ ok: true, fault: null })
})

describe('[C1] the centre writes as a member of the store', () => {
  test('an order that is made at the centre is on the till, and goes on there and here', async () => {
    const { till, storeId, call } = await enrolled()
    const made = await call('POST', ORDERS, newOrder({ notes: 'window' }))
    expect(made.status).toBe(201)
    // The centre was let in by A, so its letter is B.
    expect(made.body).toMatchObject({ order_number: 'B-001', status: 'pending', notes: 'window' })
    const orderId = idOf(made)
    await waitUntil(() => till.store.order(orderId) !== null, WAIT_MS)
    till.run({ type: 'sendToKitchen', orderId })
    await till.uploaded()
    const read = await call('GET', `${ORDERS}/${orderId}`)
    expect(read.body['status']).toBe('confirmed')
    await call('POST', `/api/v1/kitchen/orders/${orderId}/prepare`)
    const ready = await call('POST', `/api/v1/kitchen/orders/${orderId}/ready`)
    expect(ready.body['status']).toBe('ready')
    await waitUntil(() => till.store.order(orderId)?.status === 'ready', WAIT_MS)
    await equal(till, storeId)
    expect(await postgresStore.verify(storeId)).toMatchObject({ ok: true, fault: null })
    const history = await call('GET', `${ORDERS}/${orderId}/history`)
    const actors = (history.body['data'] as { actor: string }[]).map(({ actor }) => actor)
    expect(actors).toContain('token:manager')
    expect(actors).toContain(`device:${till.store.deviceId}`)
  })

  test('a guest is sealed on the way, read by those who may, and in no table in the clear', async () => {
    const { till, storeId, call } = await enrolled()
    const made = await call('POST', ORDERS, newOrder({ customer: GUEST }))
    expect(made.body['customer']).toMatchObject(GUEST)
    const orderId = idOf(made)
    const shown = () => {
      const order = till.store.order(orderId)
      return order && till.personalData.guests.customers.show(order).customer
    }
    // The order comes down with the log, and the key of its customer beside it.
    await waitUntil(() => shown()?.name !== undefined, WAIT_MS)
    expect(shown()).toMatchObject(GUEST)
    const kitchen = await callerOf(storeId, 'kitchen')
    const locked = await kitchen('GET', `${ORDERS}/${orderId}`)
    expect(JSON.stringify(locked.body)).not.toContain('Ada')
    const found = await call('GET', `${ORDERS}?q=lovelace`)
    expect((found.body['data'] as unknown[]).length).toBe(1)
    const { rows } = await postgres.query(
      databaseUrl,
      "SELECT string_agg(t::text, '') AS all FROM (SELECT body FROM entries UNION ALL SELECT orders::text FROM orders) AS t",
    )
    expect(String((rows[0] as { all: string }).all)).not.toMatch(/Lovelace|555 010/)
  })

  test('what a till wrote for a guest is read with the same keys', async () => {
    const { till, call } = await enrolled()
    const orderId = 'by-the-till'
    till.run({
      ...{ type: 'createOrder', orderId, channel: 'takeout', table: null, customerId: null },
      ...{ locationId: null, scheduledFor: null, notes: null, customer: GUEST },
      lines: [{ itemId: 'soup-of-the-day', quantity: 1, modifierIds: [], instructions: null }],
    })
    await till.uploaded()
    const customer = async () => (await call('GET', `${ORDERS}/${orderId}`)).body['customer']
    // The log may be there before the key of its customer, which goes beside it.
    await waitUntil(async () => 'name' in ((await customer()) as object), WAIT_MS)
    expect(await customer()).toMatchObject(GUEST)
  })
})

test('[Q1] [Q2] [A8] promises and hours are alike at the centre, which keeps to the bound of a quarter', async () => {
  const { till, storeId, call } = await enrolled()
  const shifts = createShifts(till.store)
  const [staffId = ''] = till.store.catalog().staff.keys()
  const stamp = (id: string, hours: number) => ({
    id,
    at: new Date(Date.now() + hours * 3_600_000).toISOString(),
    actor: `staff:${staffId}`,
  })
  shifts.clock(stamp('shift-in', -2), staffId, 'in')
  shifts.clock(stamp('shift-out', -1), staffId, 'out')
  const pacing = {
    prep_minutes: 15,
    delivery_minutes: 20,
    queue_minutes: 1,
    max_orders: 1,
    max_items: 1,
    lead_minutes: 30,
  }
  expect(await call('PUT', '/api/v1/settings/pacing', pacing)).toMatchObject({ status: 200 })
  const quarter = 15 * 60_000
  const dueMs = Math.ceil(Date.now() / quarter) * quarter + 86_400_000
  const promised_for = new Date(dueMs).toISOString()
  const placed = await call('POST', ORDERS, newOrder({ promised_for }))
  expect(placed.body).toMatchObject({ promised_for })
  expect(await call('POST', ORDERS, newOrder({ promised_for }))).toMatchObject({
    status: 409,
    body: { code: 'slot_full', next_free: new Date(dueMs + quarter).toISOString() },
  })
  await waitUntil(() => till.store.order(idOf(placed)) !== null, WAIT_MS)
  expect(till.store.order(idOf(placed))).toMatchObject({ promisedFor: promised_for })
  await till.uploaded()
  await equal(till, storeId)
  const day = (offset: number) =>
    new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)
  const hours = await call('GET', `/api/v1/reports/shifts?from=${day(-2)}&to=${day(1)}`)
  expect(hours.body).toMatchObject({ people: [{ staff_id: staffId, minutes: 60 }] })
})

describe('[C2] many write at once', () => {
  test('two processes of the centre and the till: numbers without gaps, each command once', async () => {
    const { till, storeId, call } = await enrolled()
    const created = await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        call('POST', ORDERS, newOrder(), {}, n % 2 === 0 ? central : twin),
      ),
    )
    expect(created.map(({ status }) => status)).toEqual(created.map(() => 201))
    const numbers = created.map(({ body }) => String(body['order_number'])).toSorted()
    expect(numbers).toEqual(numbers.map((_, n) => `B-${String(n + 1).padStart(3, '0')}`))
    const again = await Promise.all(
      [central, twin, central, twin].map((at) =>
        call('POST', ORDERS, newOrder(), { 'idempotency-key': 'once' }, at),
      ),
    )
    expect(new Set(again.map(idOf)).size).toBe(1)
    const other = await call('POST', ORDERS, newOrder({ notes: 'x' }), {
      'idempotency-key': 'once',
    })
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } })
    // Of those who saw the same version, one changes it.
    const orderId = idOf(again[0]!)
    const version = Number(again[0]!.body['version'])
    const changes = await Promise.all(
      [1, 2, 3, 4].map((n) =>
        call(
          'PUT',
          `${ORDERS}/${orderId}`,
          { notes: `change ${n}` },
          { 'if-match': `"${version}"` },
          n % 2 === 0 ? central : twin,
        ),
      ),
    )
    expect(changes.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      200, 412, 412, 412,
    ])
    await equal(till, storeId)
    expect(await postgresStore.verify(storeId)).toMatchObject({ ok: true, fault: null })
  })
})

describe('[C3] a store says what the centre may', () => {
  test('one that was never enrolled, or has removed the centre, is read alone', async () => {
    const { till, storeId, call } = await enrolled()
    const before = await call('POST', ORDERS, newOrder())
    expect(before.status).toBe(201)
    const { store, personalData } = till
    const stamp = { id: 'remove', at: new Date().toISOString(), actor: 'staff:admin' }
    removeDevice({ store, ring: personalData.ring }, stamp, till.centreId)
    await till.uploaded()
    const refused = await call('POST', ORDERS, newOrder())
    expect(refused).toMatchObject({ status: 409, body: { code: 'store_read_only' } })
    expect((await call('GET', `${ORDERS}/${idOf(before)}`)).status).toBe(200)
    // The key that came with the removal is not the centre's.
    till.run({
      ...{ type: 'createOrder', orderId: 'later', channel: 'takeout', table: null },
      ...{ customerId: null, locationId: null, scheduledFor: null, notes: null, customer: GUEST },
      lines: [],
    })
    await till.uploaded()
    const later = await call('GET', `${ORDERS}/later`)
    expect(later.status).toBe(200)
    expect(JSON.stringify(later.body)).not.toContain('Ada')
    await equal(till, storeId)

    await postgresStore.trustedTokenHash('never', 'a-hash')
    const never = await callerOf('never')
    expect((await never('GET', ORDERS)).status).toBe(200)
    const tried = await never('POST', ORDERS, newOrder())
    expect(tried).toMatchObject({ status: 409, body: { code: 'store_read_only' } })
  })

  test('one that keeps its guests to itself: orders without names alone', async () => {
    const { till, call } = await enrolled({ knowsGuests: false })
    const named = await call('POST', ORDERS, newOrder({ customer: GUEST }))
    expect(named).toMatchObject({ status: 409, body: { code: 'guests_not_kept' } })
    expect((await call('POST', ORDERS, newOrder())).status).toBe(201)
    const own = till.run({
      ...{ type: 'createOrder', orderId: 'own', channel: 'takeout', table: null },
      ...{ customerId: null, locationId: null, scheduledFor: null, notes: null, customer: GUEST },
      lines: [],
    })
    await till.uploaded()
    const read = await call('GET', `${ORDERS}/${own.id}`)
    expect(read.status).toBe(200)
    expect(JSON.stringify(read.body)).not.toContain('Ada')
  })
})

describe('[L6] a database that was put back', () => {
  test('the centre goes on in a fresh log with a code of its own, and gets back what it lacks', async () => {
    // A database of its own, because a copy is made while nobody uses it.
    const before = await postgres.createDatabase()
    const after = before.replace(/[^/]+$/, 'put_back')
    const start = (url: string, port = 0) =>
      startCentral({ port, database: { url }, key, logger: quiet })
    let running = await start(before)
    onTestFinished(() => running.stop())
    const port = Number(new URL(running.api).port)
    const storeId = 'put-back'
    const centralUrl = running.api
    const till = await openEnrolledTill({ storeId, centralUrl, databaseUrl: before })
    onTestFinished(() => till.close())
    const inDatabase = async <T>(url: string, work: (used: Database) => Promise<T>): Promise<T> => {
      const used = openDatabase(url, () => {})
      try {
        return await work(used)
      } finally {
        await used.close()
      }
    }
    till.goOnline()
    await till.uploaded()
    const token = await inDatabase(before, (used) => storeToken(used, storeId, 'service'))
    const make = async () =>
      String((await callerWith(running, token)('POST', ORDERS, newOrder())).body['order_number'])
    expect(await make()).toBe('B-001')
    await till.goOffline()
    await running.stop()
    // The backup; then two orders more, which the till alone will have.
    await postgres.query(
      before.replace(/[^/]+$/, 'postgres'),
      `CREATE DATABASE put_back TEMPLATE ${new URL(before).pathname.slice(1)}`,
    )
    running = await start(before, port)
    till.goOnline()
    expect([await make(), await make()]).toEqual(['B-002', 'B-003'])
    const held = () => till.store.openOrders().map(({ number }) => number)
    await waitUntil(() => held().length === 3, WAIT_MS)
    await till.goOffline()
    await running.stop()

    running = await start(after, port)
    expect(await make()).toBe('BA-001')
    till.goOnline()
    await waitUntil(() => held().length === 4, WAIT_MS)
    const digests = () =>
      inDatabase(after, async (used) => createPostgresStore(used).digest(storeId))
    await waitUntil(async () => (await digests()) === till.digest(), WAIT_MS)
    expect(held().toSorted()).toEqual(['B-001', 'B-002', 'B-003', 'BA-001'])
    expect(till.store.health().quarantined).toBe(0)
    // By now the till has noticed that it reads another log, which begins one more.
    expect(await make()).toMatch(/^B[AB]-00[12]$/)
    const verified = await inDatabase(after, (used) => createPostgresStore(used).verify(storeId))
    expect(verified.fault).toBeNull()

    // The same with the rows alone, put back where they were: server, database and log are the same.
    const query = (text: string) => postgres.query(after, text)
    const { rows } = await query(
      `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`,
    )
    const tables = (rows as { name: string }[]).map(({ name }) => `"${name}"`)
    await till.goOffline()
    await running.stop()
    await query('CREATE SCHEMA saved')
    for (const name of tables) await query(`CREATE TABLE saved.${name} AS TABLE ${name}`)
    running = await start(after, port)
    till.goOnline()
    const lost = [await make(), await make()]
    await waitUntil(() => lost.every((number) => held().includes(number)), WAIT_MS)
    await till.goOffline()
    await running.stop()
    for (const name of tables) {
      await query(`DELETE FROM ${name}`)
      await query(`INSERT INTO ${name} OVERRIDING SYSTEM VALUE SELECT * FROM saved.${name}`)
    }
    running = await start(after, port)
    const fresh = await make()
    expect(lost).not.toContain(fresh)
    till.goOnline()
    await waitUntil(() => held().includes(fresh), WAIT_MS)
    await waitUntil(async () => (await digests()) === till.digest(), WAIT_MS)
    expect(held()).toEqual(expect.arrayContaining([...lost, fresh]))
    expect(till.store.health().quarantined).toBe(0)

    // What no database can notice is said.
    await running.stop()
    await inDatabase(after, (used) =>
      withStores(used, [storeId], (trx) => noticePutBack(trx, storeId)),
    )
    running = await start(after, port)
    expect((await make()).slice(0, -4)).not.toBe(fresh.slice(0, -4))
  })
})
