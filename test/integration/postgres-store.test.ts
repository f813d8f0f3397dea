import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { chainHash, CHAIN_START } from '../../db/chain.ts'
import { laterRecord } from '../../db/fold-entries.ts'
import { validFrom } from '../../db/postgres/migrations/0008-valid-from.ts'
import { migrate, openDatabase, type Database } from '../../db/postgres/database.ts'
import { arrayParameter } from '../../db/postgres/array-parameter.ts'
import { createKeptRecords, type KeptRecords } from '../../db/postgres/kept-records.ts'
import { writeLatestRows } from '../../db/postgres/rows.ts'
import { withStores } from '../../db/postgres/scope.ts'
import { createPostgresStore, type PostgresStore } from '../../db/postgres/store.ts'
import { readStock } from '../../db/postgres/stock.ts'
import { recordRow } from '../../db/tables.ts'
import { RECORD_KINDS } from '../../domain/catalog.ts'
import { catalogAt } from '../../domain/record-versions.ts'
import type { EntryContent, EntryRange } from '../../domain/log.ts'
import { toPgText } from '../../domain/nul-free-text.ts'
import { ok } from '../../domain/result.ts'
import { demoStockRecords } from '../../main/demo/stock.ts'
import { stockEvents } from '../../main/inventory/stock-lines.ts'
import { bothOrders } from '../support/one-moment.ts'
import { startTestPostgres, type TestPostgres } from '../support/postgres.ts'
import { openTill, payInFull, ringUp, serve, type Till } from '../support/till.ts'

const NOW = new Date('2026-06-01T12:00:00Z')
const DEVICE = 'till-a'
const LONG_AGO = '2001-01-01T00:00:00.000Z'
const TOMORROW = '2026-06-02T00:00:00.000Z'
const IN_A_CENTURY = '2126-06-01T00:00:00.000Z'

let postgres: TestPostgres
let databaseUrl: string
let database: Database
let central: PostgresStore
let storeId: string
const tills: Till[] = []

beforeAll(async () => {
  postgres = await startTestPostgres()
  databaseUrl = await postgres.createDatabase()
  database = openDatabase(databaseUrl, () => {})
  await migrate(database)
  central = createPostgresStore(database)
})
afterAll(async () => {
  for (const till of tills) till.close()
  await database.close()
  await postgres.stop()
})
beforeEach(() => {
  storeId = `store-${randomBytes(4).toString('hex')}`
})

const upload = (ranges: readonly EntryRange[], to = storeId) =>
  central.applyUpload({ storeId: to, deviceId: DEVICE, ranges }, NOW)

async function till(origin: string, code: string): Promise<Till> {
  const opened = await openTill(storeId, origin, code)
  tills.push(opened)
  return opened
}

/** One that the terminal has taken, one that it gives back a part of, one of which it cannot say. */
function payByCard(till: Till, orderId: string): void {
  const pay = { type: 'takePayment', orderId, method: 'card', tipMinor: 5 } as const
  const card = {
    brand: 'visa',
    lastFour: '4242',
    token: 't',
    authorisationCode: 'A',
    offline: true,
  }
  const paidFor = { kind: 'part', part: 1, of: 2 } as const
  const asked = till.run({ ...pay, amountMinor: 100, tenderedMinor: null, paidFor })
  const [taken] = asked.intents
  const paid = till.run({
    type: 'recordOutcome',
    orderId,
    intentId: taken!.id,
    outcome: { kind: 'approved', transactionId: 't-1', approvedMinor: 105, card },
  })
  const [{ id: paymentId } = { id: '' }] = paid.payments
  till.run({ type: 'refundPayment', orderId, paymentId, amountMinor: 10, reason: 'cold' })
  const again = till.run({ ...pay, amountMinor: 200, tenderedMinor: null })
  const intentId = again.intents.at(-1)!.id
  till.run({
    type: 'recordOutcome',
    orderId,
    intentId,
    outcome: { kind: 'unclear', detail: 'no word' },
  })
}

/** Three devices that worked apart and together: 12 orders, most of them touched by two. */
async function busyStore(): Promise<Till> {
  const a = await till('till-a', 'A')
  const b = await till('till-b', 'B')
  const kitchen = await till('kitchen', 'C')
  b.learnFrom(a)
  kitchen.learnFrom(a)
  for (let n = 0; n < 4; n += 1) {
    serve(a, `a-${n}`)
    ringUp(b, `b-${n}`)
    b.run({ type: 'sendToKitchen', orderId: `b-${n}` })
    ringUp(a, `shared-${n}`)
  }
  kitchen.learnFrom(b)
  kitchen.learnFrom(a)
  for (let n = 0; n < 4; n += 1) kitchen.run({ type: 'startPreparing', orderId: `b-${n}` })
  // Apart: one cancels what the other pays, and both fire the same lines.
  b.learnFrom(a)
  a.run({ type: 'sendToKitchen', orderId: 'shared-0' })
  b.run({ type: 'sendToKitchen', orderId: 'shared-0' })
  a.run({ type: 'cancelOrder', orderId: 'shared-1', reason: 'left' })
  payInFull(b, 'shared-1')
  payByCard(a, 'shared-0')
  // And each moves the same line to another order.
  const lineIds = [a.store.order('shared-2')!.lines[0]!.id]
  a.run({ type: 'moveLines', orderId: 'shared-2', toOrderId: 'shared-3', lineIds })
  b.run({ type: 'moveLines', orderId: 'shared-2', toOrderId: 'b-3', lineIds })
  b.run({ type: 'changeLine', orderId: 'b-3', lineId: lineIds[0]!, quantity: 5 })
  b.setRecords([
    { type: 'record.set', kind: 'availability', id: 'burger-classic', value: { available: false } },
  ])
  a.setRecords([{ type: 'record.set', kind: 'availability', id: 'burger-classic', value: null }])
  // Both change a tax from a date on, and one takes another date of it back.
  const rate = { kind: 'tax_rate', id: 'sales' } as const
  const tax = (ratePpm: number) => ({ name: `${ratePpm}`, ratePpm, included: false })
  const set = { type: 'record.set', ...rate } as const
  b.setRecords([
    { ...set, validFrom: LONG_AGO, value: tax(1) },
    { ...set, validFrom: TOMORROW, value: tax(2) },
  ])
  a.setRecords([
    { ...set, validFrom: TOMORROW, value: tax(3) },
    { ...set, validFrom: IN_A_CENTURY, value: null },
    { type: 'record.withdrawn', ...rate, validFrom: TOMORROW },
  ])
  a.learnFrom(b)
  a.learnFrom(kitchen)
  return a
}

const inChunks = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, i) =>
    all.slice(i * size, (i + 1) * size),
  )

/** A small seeded generator: the same orders of arrival in every run. */
function shuffled<T>(items: readonly T[], seed: number): T[] {
  let state = seed
  const next = (): number => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31)
  return items
    .map((item) => ({ item, key: next() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item)
}

/** Entries made by hand: what no till of ours would write. */
function rangeOf(
  origin: string,
  fromSeq: number,
  bodies: readonly string[],
  before: Uint8Array = CHAIN_START,
  fields: Partial<EntryContent> = {},
): EntryRange {
  let hash = before
  const entries = bodies.map((body, index) => {
    const seq = fromSeq + index
    const content = { clock: seq, commandId: `${origin}-${seq}`, at: 'then', actor: 'x', body }
    const entry = { ...content, ...fields }
    hash = chainHash(hash, origin, seq, entry)
    return entry
  })
  return { origin, fromSeq, entries, lastHash: hash }
}

const created = (orderId: string, more: object = {}): object => ({
  type: 'order.created',
  orderId,
  number: 'X-001',
  businessDay: '2026-06-01',
  channel: 'takeout',
  table: null,
  customerId: null,
  customer: null,
  locationId: null,
  scheduledFor: null,
  notes: null,
  currency: 'USD',
  taxRounding: 'line',
  serviceChargePpm: 0,
  ...more,
})

test('[U1] an array goes to PostgreSQL as it is, whatever its elements are', async () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 40 }).map((one) => toPgText(one))
  const columns = fc.record({
    text: fc.array(fc.option(text)),
    bigint: fc.array(fc.option(fc.maxSafeInteger())),
    integer: fc.array(fc.option(fc.integer())),
    bytea: fc.array(fc.option(fc.uint8Array({ maxLength: 40 }).map((one) => Buffer.from(one)))),
  })
  await fc.assert(
    fc.asyncProperty(columns, async (values) => {
      const { rows } = await sql<typeof values>`
        SELECT ${arrayParameter('text', values.text)}::text[] AS text,
          ${arrayParameter('bigint', values.bigint)}::bigint[]::float8[] AS bigint,
          ${arrayParameter('integer', values.integer)}::integer[] AS integer,
          ${arrayParameter('bytea', values.bytea)}::bytea[] AS bytea
      `.execute(database.sql)
      expect(rows).toEqual([values])
    }),
    { numRuns: 100, seed: 22 },
  )
  expect(() => arrayParameter('bigint', [1.5]).toPostgres()).toThrow('an array of bigint')
  expect(() => arrayParameter('text', [1]).toPostgres()).toThrow('an array of text')
})

describe('uploads', () => {
  test('[U1] what a device holds stands in PostgreSQL, table by table, byte for byte', async () => {
    const a = await busyStore()
    const answer = await upload(a.rangesBeyond(new Map()))
    expect(answer.frontier).toEqual(new Map(a.store.frontier()))
    expect(answer.accepted).toBeGreaterThan(40)
    expect(answer).toMatchObject({ repeated: 0, gaps: [], forks: [], broken: [] })
    expect(await central.digest(storeId)).toBe(a.digest())
    const rows = await postgres.query(
      databaseUrl,
      `SELECT (SELECT count(*)::int FROM orders WHERE store_id = $1) AS orders,
        (SELECT count(*)::int FROM order_modifiers WHERE store_id = $1) AS modifiers,
        (SELECT count(*)::int FROM order_payments WHERE store_id = $1) AS payments`,
      [storeId],
    )
    expect(rows.rows[0]).toEqual({ orders: 12, modifiers: 12, payments: 6 })
  })

  test('[U1] the same upload again, and one that overlaps, change nothing', async () => {
    const a = await busyStore()
    const all = a.rangesBeyond(new Map())
    const first = await upload(all)
    const digest = await central.digest(storeId)
    const again = await upload(all)
    expect(again).toMatchObject({ accepted: 0, repeated: first.accepted, forks: [], broken: [] })
    ringUp(a, 'late')
    const overlapping = await upload(a.rangesBeyond(new Map([['till-a', 5]])))
    expect(overlapping).toMatchObject({ accepted: 1, forks: [], broken: [] })
    expect(overlapping.repeated).toBe(first.accepted - 5)
    expect(await central.digest(storeId)).not.toBe(digest)
    expect(await central.digest(storeId)).toBe(a.digest())
  })

  test('[U1] ranges of one upload may overlap each other and come in any order', async () => {
    const a = await busyStore()
    const all = a.rangesBeyond(new Map(), 4)
    const answer = await upload([...all, ...a.rangesBeyond(new Map(), 7)].toReversed())
    expect(answer).toMatchObject({ gaps: [], forks: [], broken: [] })
    expect(answer.frontier).toEqual(new Map(a.store.frontier()))
    expect(await central.digest(storeId)).toBe(a.digest())
  })

  test('[U1] two devices that upload the same entries at once: each entry counts once', async () => {
    const a = await busyStore()
    const all = a.rangesBeyond(new Map())
    const answers = await Promise.all([upload(all), upload(all), upload(all)])
    const total = all.reduce((sum, range) => sum + range.entries.length, 0)
    expect(answers.map((answer) => answer.accepted).toSorted((x, y) => x - y)).toEqual([
      0,
      0,
      total,
    ])
    expect(await central.digest(storeId)).toBe(a.digest())
  })

  test('[F1] whatever the order in which entries arrive, the tables are the same', async () => {
    const a = await busyStore()
    const pieces = a.rangesBeyond(new Map(), 3)
    for (const seed of [1, 2, 3]) {
      const copyId = `${storeId}-${seed}`
      let waiting = shuffled(pieces, seed)
      for (let round = 0; waiting.length > 0; round += 1) {
        expect(round).toBeLessThan(pieces.length + 1)
        const refused: EntryRange[] = []
        for (const ranges of inChunks(waiting, 2)) {
          const { frontier } = await upload(ranges, copyId)
          refused.push(...ranges.filter((r) => (frontier.get(r.origin) ?? 0) < r.fromSeq))
        }
        waiting = refused
      }
      expect(await central.digest(copyId)).toBe(a.digest())
    }
  })

  test('[L2] a range beyond a gap is not taken; the answer says what is held', async () => {
    const a = await busyStore()
    const [first, second, third] = a.rangesBeyond(new Map(), 4)
    await upload([first!])
    const answer = await upload([third!])
    expect(answer).toMatchObject({ accepted: 0, gaps: [{ origin: 'till-a', expectedSeq: 5 }] })
    expect(answer.frontier).toEqual(new Map([['till-a', 4]]))
    expect(await upload([second!, third!])).toMatchObject({ accepted: 8, gaps: [] })
  })

  test('[L2] another entry under a held number is kept aside and never folded', async () => {
    const held = rangeOf('o', 1, [JSON.stringify([created('x')])])
    await upload([held])
    const digest = await central.digest(storeId)
    const fork = rangeOf('o', 1, [JSON.stringify([created('y')]), '[]'])
    for (let times = 0; times < 2; times += 1) {
      expect(await upload([fork])).toMatchObject({
        accepted: 0,
        broken: [],
        forks: [
          { origin: 'o', seq: 1 },
          { origin: 'o', seq: 2 },
        ],
        frontier: new Map([['o', 1]]),
      })
    }
    expect(await central.digest(storeId)).toBe(digest)
    expect(await central.lag(storeId)).toMatchObject({ quarantined: 2 })
  })

  test('[L3] a range that does not continue the chain is not taken; others beside it are', async () => {
    const a = await busyStore()
    const [first, second, ...rest] = a.rangesBeyond(new Map(), 4)
    const entries = second!.entries.map((e, i) => (i === 1 ? { ...e, actor: 'someone else' } : e))
    const foreign = rangeOf('other', 1, ['[]'])
    const answer = await upload([first!, { ...second!, entries }, foreign])
    expect(answer).toMatchObject({
      accepted: 5,
      broken: [{ origin: 'till-a', fromSeq: 5 }],
      frontier: new Map([
        ['other', 1],
        ['till-a', 4],
      ]),
    })
    expect(await upload([second!, ...rest])).toMatchObject({ broken: [] })
    expect(await central.verify(storeId)).toMatchObject({ ok: true })
  })
})

test('[I2] what is in stock is the same at the centre as on the till', async () => {
  const a = await till('till-a', 'A')
  a.setRecords(demoStockRecords())
  const stamp = { id: 'count', at: NOW.toISOString(), actor: 'staff:admin' }
  const lines = ['item/burger-classic', 'ingredient/beef', 'ingredient/cheddar', 'item/gone'].map(
    (subject) => ({ subject, amountMilli: subject === 'item/gone' ? null : 1_000_000 }),
  )
  a.store.writeJournal<never>(stamp, (clock) =>
    ok([
      ...stockEvents('count', { kind: 'count', lines, note: null }, clock),
      ...stockEvents(
        'late',
        {
          kind: 'waste',
          lines: [{ subject: 'ingredient/beef', amountMilli: 7 }],
          reason: 'it was before the count',
        },
        clock - 1,
      ),
    ]),
  )
  serve(a, 'sold')
  a.store.writeJournal<never>({ ...stamp, id: 'more' }, (clock) =>
    ok(
      stockEvents(
        'more',
        {
          kind: 'delivery',
          lines: [{ subject: 'ingredient/beef', amountMilli: 500 }],
          note: null,
        },
        clock,
      ),
    ),
  )
  await upload(a.rangesBeyond(new Map()))
  const stock = await withStores(database, [storeId], (trx) => readStock(trx, storeId))
  expect([...stock.keys()].sort()).toEqual([
    'ingredient/beef',
    'ingredient/cheddar',
    'item/burger-classic',
  ])
  for (const [subject, found] of stock) expect(found).toEqual(a.store.stock.of(subject))
  const beef = stock.get('ingredient/beef')!
  expect(beef.usedMilli).toBeGreaterThan(0)
  expect(beef.levelMilli).toBe(1_000_000 + 500 - beef.usedMilli)
  expect(await central.verify(storeId)).toMatchObject({ ok: true })
  expect(await central.digest(storeId)).toBe(a.digest())
})

test('[V1] the view of what counts now says what a till says, of the stores that may be read', async () => {
  const a = await busyStore()
  await upload(a.rangesBeyond(new Map()))
  const seenBy = (reader: string) =>
    withStores(database, [reader], (trx) =>
      trx.selectFrom('current_records').select(['kind', 'id', 'value']).execute(),
    )
  expect(await seenBy('another store')).toEqual([])
  const inView = new Map(
    (await seenBy(storeId)).map(({ kind, id, value }) => [`${kind} ${id}`, JSON.parse(value)]),
  )
  const { catalog } = catalogAt(a.store.recordVersions(), Date.now())
  const onTill = RECORD_KINDS.flatMap((kind) =>
    [...catalog[kind]].map(([id, value]) => [`${kind} ${id}`, value] as const),
  )
  expect(inView).toEqual(new Map(onTill))
  expect(inView.get('tax_rate sales')).toMatchObject({ ratePpm: 1 })
  const dated = a.store.recordVersions().filter(({ validFrom }) => validFrom !== '')
  expect(dated.map(({ validFrom, withdrawn }) => [validFrom, withdrawn])).toEqual([
    [LONG_AGO, false],
    [TOMORROW, true],
    [IN_A_CENTURY, false],
  ])
})

test('[U6] records that a process keeps are never older than what its transaction sees', async () => {
  const a = await busyStore()
  await central.trustedTokenHash(storeId, 'token')
  await upload(a.rangesBeyond(new Map()))
  const [one, other] = [createKeptRecords(), createKeptRecords()]
  const read = (kept: KeptRecords) =>
    withStores(database, [storeId], (trx) => kept.read(trx, storeId), 'snapshot')
  const first = await read(one)
  expect(first.length).toBeGreaterThan(50)
  expect(await read(one)).toBe(first)
  expect(await read(other)).toEqual(first)
  const sold = a.store.frontier()
  ringUp(a, 'no-record')
  await upload(a.rangesBeyond(sold))
  expect(await read(one)).toBe(first)
  // Whoever changes them, and however.
  for (const change of [
    `UPDATE records SET value = '{}' WHERE kind = 'menu_item'`,
    `DELETE FROM records WHERE kind = 'dining_table'`,
  ]) {
    const before = await read(one)
    await postgres.query(databaseUrl, `${change} AND store_id = '${storeId}'`)
    for (const kept of [one, other]) expect(await read(kept)).not.toEqual(before)
  }
  await central.rebuild(storeId)
  for (const kept of [one, other]) expect(await read(kept)).toEqual(first)
  // What was taken back again was never kept.
  const rolledBack = withStores(database, [storeId], async (trx) => {
    await trx.deleteFrom('records').where('store_id', '=', storeId).execute()
    expect(await one.read(trx, storeId)).toEqual([])
    throw new Error('taken back')
  })
  await expect(rolledBack).rejects.toThrow('taken back')
  expect(await read(one)).toEqual(first)
})

test('[U1] records from before there were dates come forward in PostgreSQL', async () => {
  const url = await postgres.createDatabase()
  const older = openDatabase(url, () => {})
  await migrate(older)
  await postgres.query(
    url,
    `DROP SCHEMA report CASCADE;
     DROP VIEW current_records;
     ALTER TABLE records DROP CONSTRAINT records_pkey, DROP COLUMN valid_from, DROP COLUMN withdrawn;
     ALTER TABLE records ADD PRIMARY KEY (store_id, kind, id);
     INSERT INTO records VALUES ('s', 'category', 'drinks', '{}', 7, 'o', 1)`,
  )
  await older.sql.connection().execute(async (asOwner) => {
    await sql`RESET ROLE`.execute(asOwner)
    await validFrom.up(asOwner)
  })
  const { rows } = await postgres.query(url, 'SELECT * FROM records')
  expect(rows).toMatchObject([{ id: 'drinks', valid_from: '', withdrawn: '0', clock: '7' }])
  expect((await postgres.query(url, 'SELECT id FROM current_records')).rows).toHaveLength(1)
  await older.close()
})

describe('what cannot be read', () => {
  test('[L4] an unknown event is stored and not folded, and folded once it can be read', async () => {
    const future = { type: 'order.teleported', orderId: 'x', v: 9 }
    await upload([rangeOf('o', 1, [JSON.stringify([created('x'), future])])])
    expect(await central.lag(storeId)).toMatchObject({ unreadable: 1 })
    expect(await central.verify(storeId)).toMatchObject({ ok: true, entries: 1 })
    // What an older version left behind: the event noted, its order not linked and not folded.
    for (const table of ['orders', 'order_status_history', 'order_entries']) {
      await postgres.query(databaseUrl, `DELETE FROM ${table} WHERE store_id = $1`, [storeId])
    }
    expect(await central.verify(storeId)).toMatchObject({ ok: false })
    await central.foldUnreadable()
    expect(await central.verify(storeId)).toMatchObject({ ok: true })
    expect(await central.lag(storeId)).toMatchObject({ unreadable: 1 })
  })

  test('[U1] NUL, control characters and broken text block nothing and keep their hash', async () => {
    const nul = String.fromCharCode(0)
    const one = String.fromCharCode(1)
    const texts = [nul, one, `a${nul}${one}b`, '\ud800', `é${nul}`, '🍕']
    const range = rangeOf(
      'o',
      1,
      [
        ...texts.map((text, n) => JSON.stringify([created(`x${text}${n}`, { notes: text })])),
        `not json ${nul}`,
        '"only text"',
        '[1, null, {"type": 7}]',
        JSON.stringify([created('\ud800'), created('\ud801')]),
      ],
      CHAIN_START,
      { actor: `staff:${nul}` },
    )
    const device = await till('till-a', 'A')
    device.store.ingest([range])
    const answer = await upload([...device.rangesBeyond(new Map())])
    expect(answer).toMatchObject({ broken: [], frontier: device.store.frontier() })
    expect(await central.verify(storeId)).toEqual({ ok: true, entries: 11, fault: null })
    const digest = await central.digest(storeId)
    await central.rebuild(storeId)
    expect(await central.digest(storeId)).toBe(digest)
    const events = await postgres.query(
      databaseUrl,
      `SELECT seq, order_id, payload ->> 'notes' AS notes FROM order_events
        WHERE store_id = $1 AND origin = 'o' AND type = 'order.created' ORDER BY seq, event_index`,
      [storeId],
    )
    expect(events.rows).toHaveLength(8)
    expect(events.rows[0]).toEqual({ seq: '1', order_id: 'x\ufffd0', notes: '\ufffd' })
    expect(events.rows[5]).toEqual({ seq: '6', order_id: 'x🍕5', notes: '🍕' })
  })

  test('[F3] text with NUL and control characters has the same digest as on the device', async () => {
    const nul = String.fromCharCode(0)
    const one = String.fromCharCode(1)
    const ids = [
      'x',
      `x${nul}`,
      `x${one}`,
      `x${nul}${one}`,
      `x${one}${nul}`,
      'x\u0002',
      'xé',
      'x🍕',
    ]
    const bodies = ids.map((id) => JSON.stringify([created(id, { notes: `${id}!` })]))
    const device = await till('till-a', 'A')
    device.store.ingest([rangeOf('o', 1, bodies)])
    await upload(device.rangesBeyond(new Map()))
    expect(await central.digest(storeId)).toBe(device.digest())
  })

  test('[U1] an order with sums beyond all reason blocks nothing', async () => {
    const line = {
      type: 'order.line_added',
      orderId: 'x',
      itemId: 'i',
      name: 'n',
      quantity: 999,
      unitPriceMinor: 9_000_000_000,
      taxRateId: 't',
      taxRatePpm: 1,
      taxIncluded: false,
      modifiers: Array.from({ length: 200 }, () => ({
        id: 'm',
        name: 'm',
        priceMinor: 9_000_000_000,
      })),
      instructions: null,
      stationId: null,
    }
    const lines = Array.from({ length: 8 }, (_, n) => ({ ...line, lineId: `l${n}` }))
    const answer = await upload([
      rangeOf('o', 1, [JSON.stringify([created('x'), ...lines]), JSON.stringify([created('y')])]),
    ])
    expect(answer).toMatchObject({ accepted: 2 })
    expect(await central.verify(storeId)).toMatchObject({ ok: true })
  })
})

describe('the projections', () => {
  test('[F3] written entry by entry they equal a rebuild from the whole log', async () => {
    const a = await busyStore()
    for (const range of a.rangesBeyond(new Map(), 1)) await upload([range])
    const digest = await central.digest(storeId)
    expect(digest).toBe(a.digest())
    await postgres.query(databaseUrl, `UPDATE orders SET notes = 'x' WHERE store_id = $1`, [
      storeId,
    ])
    expect(await central.digest(storeId)).not.toBe(digest)
    await central.rebuild(storeId)
    expect(await central.digest(storeId)).toBe(digest)
    expect(await central.verify(storeId)).toMatchObject({ ok: true, fault: null })
  })

  test.each([
    ['a changed cell', `UPDATE orders SET total_minor = total_minor + 1 WHERE id = 'a-0'`],
    ['a row that is gone', `DELETE FROM order_payments WHERE order_id = 'a-1'`],
    [
      'a row too many',
      `INSERT INTO order_modifiers (store_id, order_id, order_item_id, position, modifier_id, name,
        price_minor) VALUES ('STORE', 'nobody', 'l', 0, 'm', 'm', 1)`,
    ],
    ['a changed record', `UPDATE records SET value = '{}' WHERE id = 'burger-classic'`],
    ['a missing link', `DELETE FROM order_entries WHERE order_id = 'b-1' AND origin = 'kitchen'`],
    ['an event noted as unreadable', `INSERT INTO unreadable VALUES ('STORE', 'till-a', 2, 0)`],
  ])('[F3] verify finds %s', async (_, change) => {
    await upload((await busyStore()).rangesBeyond(new Map()))
    expect(await central.verify(storeId)).toMatchObject({ ok: true })
    await tamper(change)
    const report = await central.verify(storeId)
    expect(report.ok).toBe(false)
    expect(report.fault).toMatch(/^table /)
  })

  test.each([
    ['a changed entry', `UPDATE entries SET at = 'x' WHERE seq = 3`, /entry 3 was changed/],
    ['a deleted entry', `DELETE FROM entries WHERE seq = 3`, /entry 3 is missing/],
    [
      'a deleted last entry',
      `DELETE FROM entries AS e USING origins AS o
        WHERE e.store_id = 'STORE' AND o.store_id = 'STORE' AND e.origin = 'kitchen'
          AND o.origin = 'kitchen' AND e.seq = o.head_seq`,
      /the log ends at entry/,
    ],
    [
      'a changed hash',
      `UPDATE entries SET hash = sha256(hash) WHERE seq = 2 AND origin = 'till-b'`,
      /entry 2 was changed/,
    ],
  ])('[L3] verify finds %s', async (_, change, fault) => {
    await upload((await busyStore()).rangesBeyond(new Map()))
    await tamper(change)
    const report = await central.verify(storeId)
    expect(report.ok).toBe(false)
    expect(report.fault).toMatch(fault)
  })

  /** Changes this store behind the centre's back. */
  async function tamper(change: string): Promise<void> {
    const text = change.replaceAll('STORE', storeId)
    const scoped = text.includes(storeId) ? text : `${text} AND store_id = '${storeId}'`
    const { rowCount } = await postgres.query(databaseUrl, scoped)
    expect(rowCount).toBeGreaterThan(0)
  }
})

describe('who is behind', () => {
  test('[U2] per origin: what is held, what is known to be missing, when it came', async () => {
    const a = await busyStore()
    const roster = { name: 'Bar', role: 'terminal', code: 'D', admittedBy: null } as const
    a.setRecords([
      { type: 'record.set', kind: 'device', id: 'bar', value: { ...roster, origin: 'bar-log' } },
    ])
    const ranges = a.rangesBeyond(new Map(), 4)
    const kitchenOnly = ranges.filter((range) => range.origin === 'kitchen')
    await upload(ranges.filter((range) => range.origin === 'till-a'))
    await upload([...kitchenOnly, ranges.findLast((range) => range.origin === 'till-b')!])
    const lag = await central.lag(storeId)
    const held = a.store.frontier()
    expect(lag.origins.map((o) => [o.origin, o.deviceName, o.headSeq, o.knownSeq])).toEqual([
      ['kitchen', null, held.get('kitchen'), held.get('kitchen')],
      ['till-a', 'Till A', held.get('till-a'), held.get('till-a')],
      ['till-b', null, 0, held.get('till-b')],
      ['bar-log', 'Bar', 0, 0],
    ])
    expect(lag.origins[1]?.headAt).toMatch(/^2026-06-01T10:/)
    expect(Date.parse(lag.origins[1]?.receivedAt ?? '')).toBeGreaterThan(0)
  })

  test("[U2] per device: when it last brought entries, its own or others'", async () => {
    const a = await busyStore()
    const later = new Date('2026-06-01T13:00:00Z')
    await upload(a.rangesBeyond(new Map()))
    await central.applyUpload({ storeId, deviceId: 'till-b', ranges: [] }, later)
    expect((await central.lag(storeId)).devices).toEqual([
      { deviceId: 'till-a', lastUploadAt: NOW.toISOString() },
      { deviceId: 'till-b', lastUploadAt: later.toISOString() },
    ])
  })

  test('stores know nothing of each other', async () => {
    const a = await busyStore()
    await upload(a.rangesBeyond(new Map()))
    expect(await central.frontier(`${storeId}-other`)).toEqual(new Map())
    const empty = await central.digest(`${storeId}-other`)
    expect(await central.digest(storeId)).not.toBe(empty)
    await central.rebuild(`${storeId}-other`)
    expect(await central.digest(storeId)).toBe(a.digest())
  })
})

test('[F1] [L6] what a device and its copy set at one moment is settled as on a device', async () => {
  for (const [first, second] of bothOrders()) {
    const rows = await withStores(database, [storeId], async (trx) => {
      await trx.deleteFrom('records').where('store_id', '=', storeId).execute()
      await writeLatestRows(trx, storeId, 'records', [recordRow(first)])
      await writeLatestRows(trx, storeId, 'records', [recordRow(second)])
      return await trx.selectFrom('records').select(['value', 'withdrawn']).execute()
    })
    const [, , , value, withdrawn] = recordRow(laterRecord(first, second))
    expect(rows).toEqual([{ value, withdrawn }])
  }
})
