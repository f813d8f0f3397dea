import { randomBytes } from 'node:crypto'
import { isChangeMessage, isControlMessage, ShapeStream } from '@electric-sql/client'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { openDatabase } from '../../db/postgres/database.ts'
import { createLogReader } from '../../db/postgres/log-reader.ts'
import { startCentral, type Central } from '../../main/central/central.ts'
import {
  encodeUpload,
  UPSTREAM_CONTENT_TYPE,
  UPSTREAM_ENTRIES_PATH,
} from '../../protocol/upstream.ts'
import { SHAPE_PATH } from '../../protocol/shape.ts'
import { startTestPostgres, type TestPostgres } from '../support/postgres.ts'
import { openTill, ringUp, serve, type Till } from '../support/till.ts'

/** The official client against the centre's own shape endpoint, on a real PostgreSQL. */

const quiet = { info: () => {}, warn: () => {}, error: () => {} }
const TOKEN = 'the-token-of-the-store'
const WAIT = { timeout: 30_000, interval: 20 }

let postgres: TestPostgres
let databaseUrl: string
let central: Central
let storeId: string
let till: Till

beforeAll(async () => {
  postgres = await startTestPostgres()
  databaseUrl = await postgres.createDatabase()
  central = await startCentral({ port: 0, database: { url: databaseUrl }, logger: quiet })
})
afterAll(async () => {
  await central.stop()
  await postgres.stop()
})
beforeEach(async () => {
  storeId = `store-${randomBytes(4).toString('hex')}`
  till = await openTill(storeId, 'till-a', 'A')
  return () => till.close()
})

async function upload(from: Till = till, beyond: ReadonlyMap<string, number> = new Map()) {
  const response = await fetch(`${central.api}${UPSTREAM_ENTRIES_PATH}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': UPSTREAM_CONTENT_TYPE },
    body: Buffer.from(
      encodeUpload({ storeId, deviceId: 'till-a', ranges: from.rangesBeyond(beyond) }),
    ),
  })
  expect(response.status).toBe(200)
}

const shapeUrl = (query: Record<string, string> = {}, api = central.api): string => {
  const url = new URL(SHAPE_PATH, api)
  for (const [name, value] of Object.entries({ store_id: storeId, ...query })) {
    url.searchParams.set(name, value)
  }
  return url.href
}

const get = (query: Record<string, string>, token = TOKEN, api = central.api) =>
  fetch(shapeUrl(query, api), { headers: { authorization: `Bearer ${token}` } })

/** What a client has, and how many rows it showed after each batch. */
function follow(
  position: { offset?: `${number}_${number}`; handle?: string } = {},
  api = central.api,
) {
  const ending = new AbortController()
  onTestFinished(() => ending.abort())
  const rows = new Map<string, string>()
  const counts: number[] = []
  let refetches = 0
  const stream = new ShapeStream<Record<string, string>>({
    url: new URL(SHAPE_PATH, api).href,
    params: { store_id: storeId },
    headers: { authorization: `Bearer ${TOKEN}` },
    ...position,
    backoffOptions: { initialDelay: 50, maxDelay: 200, multiplier: 2 },
    parser: { int8: (digits: string) => digits },
    signal: ending.signal,
  })
  stream.subscribe((messages) => {
    for (const message of messages) {
      if (isChangeMessage(message)) {
        expect(rows.has(message.key), 'no row comes twice').toBe(false)
        rows.set(message.key, message.value['hash'] ?? '')
      } else if (isControlMessage(message) && message.headers.control === 'must-refetch') {
        refetches += 1
        rows.clear()
      }
    }
    if (stream.isUpToDate) counts.push(rows.size)
  })
  return {
    stream,
    rows,
    counts,
    refetches: () => refetches,
    has: (count: number) => vi.waitFor(() => expect(rows.size).toBe(count), WAIT),
    upToDate: () => vi.waitFor(() => expect(stream.isUpToDate).toBe(true), WAIT),
    end: () => ending.abort(),
  }
}

async function* readEvents(response: Response): AsyncGenerator<unknown> {
  let text = ''
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk).toString()
    const events = text.split('\n\n')
    text = events.pop() ?? ''
    for (const event of events) yield JSON.parse(event.replace(/^data: /, ''))
  }
}

const held = (of: Till = till): number => [...of.store.frontier().values()].reduce((a, b) => a + b)

describe('the way down, with the official client', () => {
  test('[U3] first everything, then what comes, then on from where it was left', async () => {
    for (let n = 0; n < 30; n += 1) serve(till, `order-${n}`)
    await upload()
    const first = follow()
    await first.has(held())
    await first.upToDate()

    const before = till.store.frontier()
    ringUp(till, 'late')
    await upload(till, before)
    await first.has(held())
    const { lastOffset, shapeHandle } = first.stream
    first.end()

    const between = till.store.frontier()
    ringUp(till, 'later')
    await upload(till, between)
    const again = follow({
      offset: lastOffset as `${number}_${number}`,
      ...(shapeHandle !== undefined && { handle: shapeHandle }),
    })
    await again.has(1)
    await again.upToDate()
    expect([...again.rows.keys()][0]).toContain(`"till-a"/"${held()}"`)
  })

  // The client's own reader of such streams needs a browser's document: here it is read by hand.
  test('[U3] live as server-sent events', async () => {
    serve(till, 'one')
    await upload()
    const end = await get({ offset: 'now' })
    const before = till.store.frontier()
    const stream = await get({
      offset: end.headers.get('electric-offset') ?? '',
      handle: end.headers.get('electric-handle') ?? '',
      live: 'true',
      live_sse: 'true',
    })
    expect(stream.headers.get('content-type')).toBe('text/event-stream')
    for (const name of ['electric-handle', 'electric-offset', 'electric-cursor']) {
      expect(stream.headers.has(name), name).toBe(true)
    }
    serve(till, 'two')
    await upload(till, before)
    const events = readEvents(stream)
    expect((await events.next()).value).toMatchObject({ headers: { control: 'up-to-date' } })
    const grown = held() - [...before.values()].reduce((a, b) => a + b)
    for (let n = 0; n < grown; n += 1) {
      expect((await events.next()).value).toMatchObject({ headers: { operation: 'insert' } })
    }
    const last = (await events.next()).value
    expect(last).toMatchObject({
      headers: { control: 'up-to-date', global_last_seen_lsn: String(held()) },
    })
    await events.return(undefined)
  })

  test('[U3] a centre that is restarted is read on, and its log is the same', async () => {
    serve(till, 'one')
    await upload()
    const reader = follow()
    await reader.has(held())
    const { port } = new URL(central.api)
    await central.stop()
    central = await startCentral({
      port: Number(port),
      database: { url: databaseUrl },
      logger: quiet,
    })
    const before = till.store.frontier()
    serve(till, 'two')
    await upload(till, before)
    await reader.has(held())
    expect(reader.refetches()).toBe(0)
  })

  test('[U3] a database that was put back from a backup is read anew, without a flicker', async () => {
    serve(till, 'one')
    await upload()
    const reader = follow()
    await reader.has(held())
    const { lastOffset, shapeHandle } = reader.stream
    // What a backup of before the last entries would hold, with others in their places.
    await postgres.query(databaseUrl, 'DELETE FROM entries WHERE store_id = $1', [storeId])
    await postgres.query(databaseUrl, 'DELETE FROM origins WHERE store_id = $1', [storeId])
    await postgres.query(databaseUrl, 'DELETE FROM order_entries WHERE store_id = $1', [storeId])
    const other = await openTill(storeId, 'till-x', 'A')
    onTestFinished(() => other.close())
    for (let n = 0; n < 3; n += 1) serve(other, `other-${n}`)
    await upload(other)
    await vi.waitFor(() => expect(reader.refetches()).toBe(1), WAIT)
    await reader.has(held(other))
    // Up to date never meant fewer than what there was to read.
    expect(new Set(reader.counts.filter((count) => count > 0))).toEqual(
      new Set([held(), held(other)]),
    )
    // The old name of the log stays wrong, also after a restart with it.
    const old = await get({ offset: String(lastOffset), handle: String(shapeHandle) })
    expect(old.status).toBe(409)
    expect(old.headers.get('electric-handle')).not.toBe(shapeHandle)
  })

  test('[U3] a pruned log is read anew by who is behind it, without a flicker, and by nobody else', async () => {
    const other = await startCentral({ port: 0, database: { url: databaseUrl }, logger: quiet })
    onTestFinished(other.stop)
    for (let n = 0; n < 10; n += 1) serve(till, `order-${n}`)
    await upload()
    const behind = follow()
    await behind.has(held())
    await behind.upToDate()
    const { lastOffset, shapeHandle } = behind.stream
    behind.end()
    const from = {
      offset: lastOffset as `${number}_${number}`,
      ...(shapeHandle !== undefined && { handle: shapeHandle }),
    }
    const before = till.store.frontier()
    serve(till, 'between')
    await upload(till, before)
    // Each asks another process, for the client has one memory of what expired for each address.
    const ahead = follow({}, central.api)
    await ahead.has(held())
    const database = openDatabase(databaseUrl, () => {})
    const prunedTo = await createLogReader(database).prune(storeId, 2)
    await database.close()
    expect(prunedTo).toBe(held() - 2)

    const again = follow(from, other.api)
    await vi.waitFor(() => expect(again.refetches()).toBe(1), WAIT)
    await again.has(held())
    await again.upToDate()
    expect(again.stream.shapeHandle).toBe(`${shapeHandle}.1`)
    const late = till.store.frontier()
    serve(till, 'late')
    await upload(till, late)
    for (const reader of [ahead, again]) await reader.has(held())
    expect(ahead.refetches()).toBe(0)
    expect(again.counts.filter((count) => count > 0 && count < held() - 5)).toEqual([])
    // What is answered does not depend on who is asked.
    for (const api of [central.api, other.api]) {
      const refused = await get({ offset: from.offset, handle: String(shapeHandle) }, TOKEN, api)
      expect([refused.status, refused.headers.get('electric-handle')]).toEqual([
        ...[409, `${shapeHandle}.1`],
      ])
    }
  })

  test('[U3] eight writers at once, some of whom roll back: every entry once, none missed', async () => {
    const tills = await Promise.all(
      Array.from({ length: 8 }, (_, n) => openTill(storeId, `till-${n}`, n === 0 ? 'A' : `A${n}`)),
    )
    onTestFinished(() => tills.forEach((each) => each.close()))
    const [founder] = tills
    if (!founder) throw new Error('eight tills')
    for (const other of tills) if (other !== founder) other.learnFrom(founder)
    await upload(founder)
    const reader = follow()
    const writing = tills.map(async (writer, index) => {
      for (let n = 0; n < 12; n += 1) {
        const before = writer.store.frontier()
        serve(writer, `w${index}-${n}`)
        if (n % 3 === 1) await rolledBack(writer, before)
        await upload(writer, before)
      }
    })
    await Promise.all(writing)
    const all = new Set(
      tills.flatMap((writer) =>
        [...writer.store.frontier()].flatMap(([origin, seq]) =>
          Array.from(
            { length: seq },
            (_, i) => `"public"."entries"/"${storeId}"/"${origin}"/"${i + 1}"`,
          ),
        ),
      ),
    )
    await reader.has(all.size)
    expect(new Set(reader.rows.keys())).toEqual(all)
    expect(reader.refetches()).toBe(0)
  })

  /** The same entries inserted in a transaction that is taken back: they must not have been shown. */
  async function rolledBack(writer: Till, before: ReadonlyMap<string, number>): Promise<void> {
    const [range] = writer.rangesBeyond(before)
    const [entry] = range?.entries ?? []
    if (!range || !entry) throw new Error('something was written')
    const lock = `SELECT pg_advisory_xact_lock(hashtextextended('aura store ${storeId}', 0));`
    const insert = `INSERT INTO entries (store_id, origin, seq, clock, command_id, at, actor, body, hash, pos)
      SELECT '${storeId}', 'taken-back', 1, 1, 'c', 'a', 'b', '[]', '\\x00', max(pos) + 1
      FROM entries WHERE store_id = '${storeId}';`
    const tell = `SELECT pg_notify('aura_log_grew', '${storeId}');`
    await postgres.query(databaseUrl, `BEGIN; ${lock} ${insert} ${tell} ROLLBACK;`)
  }
})

describe('the shape endpoint', () => {
  test("[P1] no token, another store's token, no store, a wrong offset: each is refused", async () => {
    await upload()
    expect((await fetch(shapeUrl({ offset: '-1' }))).status).toBe(401)
    expect((await get({ offset: '-1' }, 'another-token')).status).toBe(401)
    expect((await get({})).status).toBe(400)
    expect((await get({ offset: 'soon' })).status).toBe(400)
    expect((await get({ offset: '0_0', handle: 'of another log' })).status).toBe(409)
    const other = await get({ offset: '-1', table: 'stores', where: 'true', columns: 'token_hash' })
    const rows = (await other.json()) as { value?: Record<string, string> }[]
    expect(Object.keys(rows[0]?.value ?? {})).toEqual([
      'store_id',
      'origin',
      'seq',
      'clock',
      'command_id',
      'at',
      'actor',
      'body',
      'hash',
    ])
    expect(new Set(rows.flatMap((row) => row.value?.['store_id'] ?? []))).toEqual(
      new Set([storeId]),
    )
  })

  test('[P3] an answer holds a bounded part, and says where to go on', async () => {
    for (let n = 0; n < 260; n += 1) serve(till, `order-${n}`)
    await upload()
    const seen: number[] = []
    let offset = '-1'
    let handle = ''
    for (let upToDate = false; !upToDate;) {
      const response = await get({ offset, ...(handle !== '' && { handle }) })
      const messages = (await response.json()) as { key?: string }[]
      seen.push(messages.filter((message) => message.key !== undefined).length)
      upToDate = response.headers.has('electric-up-to-date')
      offset = response.headers.get('electric-offset') ?? ''
      handle = response.headers.get('electric-handle') ?? ''
      expect(response.headers.has('electric-schema')).toBe(true)
    }
    expect(seen.reduce((a, b) => a + b)).toBe(held())
    expect(Math.max(...seen)).toBeLessThanOrEqual(1_000)
    expect(seen.length).toBeGreaterThan(1)
  })
})
