import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { openDatabase, type Database } from '../../db/postgres/database.ts'
import { withStores } from '../../db/postgres/scope.ts'
import { createPostgresStore } from '../../db/postgres/store.ts'
import { createObservation } from '../../main/central/observation.ts'
import { startCentral, type Central, type CentralOptions } from '../../main/central/central.ts'
import { SHAPE_PATH } from '../../protocol/shape.ts'
import {
  decodeUploadAnswer,
  encodeUpload,
  UPSTREAM_CONTENT_TYPE,
  UPSTREAM_ENTRIES_PATH,
  UPSTREAM_FRONTIER_PATH,
} from '../../protocol/upstream.ts'
import { startTestPostgres, type TestPostgres } from '../support/postgres.ts'
import { createProcesses, type Processes } from '../support/processes.ts'
import { openTill, ringUp, serve, type Till } from '../support/till.ts'

/** Processes of the centre that know of each other only through their PostgreSQL; and one of them at work. */

const TOKEN = 'the-token-of-the-store'
const RUN_CENTRAL = join(import.meta.dirname, '../support/run-central.ts')

type Line = Readonly<Record<string, unknown>>
const logged: Line[] = []
const log = (message: string, fields: Line = {}): void => void logged.push({ message, ...fields })
const logger = { info: log, warn: log, error: log }

let postgres: TestPostgres
let databaseUrl: string
let database: Database
let processes: Processes
let one: Central
let other: Central
let storeId: string
let till: Till

beforeAll(async () => {
  postgres = await startTestPostgres()
  processes = createProcesses()
  databaseUrl = await postgres.createDatabase()
  ;[one, other] = await Promise.all([start(), start()])
  database = openDatabase(databaseUrl, () => {})
})
afterAll(async () => {
  await processes.close()
  await Promise.all([one.stop(), other.stop()])
  await database.close()
  await postgres.stop()
})
beforeEach(async () => {
  storeId = `store-${randomBytes(4).toString('hex')}`
  till = await openTill(storeId, 'till-a', 'A')
  return () => till.close()
})

const start = (more: Partial<CentralOptions> = {}): Promise<Central> =>
  startCentral({ port: 0, database: { url: databaseUrl }, logger, ...more })

const upload = (api: string, beyond: ReadonlyMap<string, number> = new Map()) =>
  fetch(`${api}${UPSTREAM_ENTRIES_PATH}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': UPSTREAM_CONTENT_TYPE },
    body: Buffer.from(
      encodeUpload({ storeId, deviceId: 'till-a', ranges: till.rangesBeyond(beyond) }),
    ),
  })

async function answerOf(response: Response) {
  expect(response.status).toBe(200)
  const answer = decodeUploadAnswer(new Uint8Array(await response.arrayBuffer()))
  if (answer === null) throw new Error('this is no answer to an upload')
  return answer
}

const get = (api: string, path: string, headers: Record<string, string> = {}) =>
  fetch(`${api}${path}`, { headers })

const asStore = { authorization: `Bearer ${TOKEN}` }

/** Every entry is there once, and the tables are what the till shows. */
async function expectExactlyOnce(): Promise<void> {
  const store = createPostgresStore(database)
  expect(await store.frontier(storeId)).toEqual(new Map(till.store.frontier()))
  expect(await store.verify(storeId)).toMatchObject({ ok: true })
  expect(await store.digest(storeId)).toBe(till.digest())
}

/** Uploads of the store wait until it is released. */
async function holdStore(): Promise<() => Promise<void>> {
  const released = Promise.withResolvers<void>()
  const held = Promise.withResolvers<void>()
  const holding = withStores(database, [storeId], async (trx) => {
    await trx
      .insertInto('origins')
      .values({
        store_id: storeId,
        origin: 'till-a',
        head_seq: 0,
        head_hash: Buffer.alloc(32),
        known_seq: 0,
      })
      .execute()
    held.resolve()
    await released.promise
    throw new Error('nothing of this stays')
  }).catch(() => {})
  await held.promise
  const release = async (): Promise<void> => {
    released.resolve()
    await holding
  }
  onTestFinished(release)
  return release
}

describe('several processes behind one PostgreSQL', () => {
  test('[U3] what is uploaded through one is heard by who waits at the other', async () => {
    serve(till, 'o-1')
    await answerOf(await upload(one.api))
    const shape = `${SHAPE_PATH}?store_id=${storeId}`
    const first = await get(other.api, `${shape}&offset=-1`, asStore)
    const offset = first.headers.get('electric-offset')
    const handle = first.headers.get('electric-handle')
    const waiting = get(other.api, `${shape}&offset=${offset}&handle=${handle}&live=true`, asStore)
    const held = new Map(till.store.frontier())
    serve(till, 'o-2')
    const added = (till.store.frontier().get('till-a') ?? 0) - (held.get('till-a') ?? 0)
    await answerOf(await upload(one.api, held))
    const live = await waiting
    const messages = (await live.json()) as { key?: string }[]
    expect(messages.filter(({ key }) => key !== undefined)).toHaveLength(added)
    // And the reading goes on at the first one, which has never heard of this reader.
    const next = await get(
      one.api,
      `${shape}&offset=${live.headers.get('electric-offset')}&handle=${handle}`,
      asStore,
    )
    expect(next.status).toBe(200)
    expect(next.headers.has('electric-up-to-date')).toBe(true)
  })

  test('[U1] the same upload at both at once: each entry counts once', async () => {
    for (let n = 0; n < 20; n += 1) serve(till, `o-${n}`)
    const all = [one, other, one, other]
    const answers = await Promise.all(all.map(async ({ api }) => answerOf(await upload(api))))
    const accepted = answers.map((answer) => answer.accepted).toSorted((a, b) => a - b)
    expect(accepted).toEqual([0, 0, 0, till.store.frontier().get('till-a')])
    await expectExactlyOnce()
  })

  test('[U1] one is killed in the middle of an upload, and another takes it', async () => {
    for (let n = 0; n < 20; n += 1) serve(till, `o-${n}`)
    const killed = await processes.start([], {
      program: RUN_CENTRAL,
      env: { DATABASE_URL: databaseUrl },
    })
    const release = await holdStore()
    const interrupted = upload(String(killed.ready['api'])).catch((error: Error) => error)
    await expect.poll(waitingUploads, { timeout: 30_000 }).toBe(1)
    await killed.kill('SIGKILL')
    expect(await interrupted).toBeInstanceOf(Error)
    await release()
    expect((await answerOf(await upload(other.api))).frontier).toEqual(till.store.frontier())
    await expectExactlyOnce()
  })
})

async function waitingUploads(): Promise<number> {
  const { rows } = await postgres.query(
    databaseUrl,
    `SELECT count(*)::int AS waiting FROM pg_stat_activity
     WHERE wait_event_type = 'Lock' AND datname = current_database()`,
  )
  return (rows as { waiting: number }[])[0]?.waiting ?? 0
}

describe('a centre at work', () => {
  test('[U6] is ready, and from the first moment of its stop on it is not, though it serves', async () => {
    const centre = await start({ drainMs: 1_500 })
    expect(await (await get(centre.api, '/readyz')).json()).toEqual({ status: 'ready' })
    const stopped = centre.stop()
    const refused = await get(centre.api, '/readyz')
    expect(refused.status).toBe(503)
    expect(refused.headers.get('content-type')).toMatch(/^application\/problem\+json/)
    expect(await refused.json()).toMatchObject({ code: 'not_ready' })
    serve(till, 'o')
    expect((await answerOf(await upload(centre.api))).accepted).toBeGreaterThan(0)
    await stopped
    await expect(get(centre.api, '/readyz')).rejects.toThrow(/fetch failed/)
  })

  test('[U6] its metrics count what was taken, and name no more stores than they may', async () => {
    const centre = await start()
    try {
      serve(till, 'o')
      await answerOf(await upload(centre.api))
      await answerOf(await upload(centre.api))
      await postgres.query(
        databaseUrl,
        `INSERT INTO uploads (store_id, device_id, last_upload_at)
         SELECT 'quiet-' || n, 'd', now() - interval '1 minute' FROM generate_series(1, 40) AS n`,
      )
      const page = await (await get(centre.api, '/metrics')).text()
      const taken = till.store.frontier().get('till-a')
      for (const line of [
        'aura_uploads_total{result="taken"} 1',
        'aura_uploads_total{result="nothing_new"} 1',
        `aura_entries_total{result="taken"} ${taken}`,
        `aura_entries_total{result="repeated"} ${taken}`,
        'aura_fold_seconds_count 1',
        'aura_live_readers 0',
        'aura_ready 1',
        `aura_http_requests_total{method="POST",route="${UPSTREAM_ENTRIES_PATH}",status="200"} 2`,
        'aura_stores_silent{longer_than_seconds="300"} 0',
      ]) {
        expect(page.split('\n')).toContain(line)
      }
      expect(
        page.match(/^aura_store_silent_seconds\{store_id="quiet-\d+"\} 6\d\.\d+$/gm),
      ).toHaveLength(20)
      expect(Number(/^aura_stores (\d+)$/m.exec(page)?.[1])).toBeGreaterThan(40)
      expect(page).toMatch(/^process_resident_memory_bytes \d+$/m)
      expect(page).toMatch(/^aura_database_connections\{state="idle"\} \d+$/m)
    } finally {
      await centre.stop()
    }
  })

  test('[U6] its metrics say what stores sell by the words of a device, each store for itself', async () => {
    serve(till, 'served')
    ringUp(till, 'left')
    till.run({ type: 'cancelOrder', orderId: 'left', reason: 'guest left' })
    ringUp(till, 'carded')
    const asked = till.run({
      ...{ type: 'takePayment', orderId: 'carded', method: 'card' },
      ...{ amountMinor: 100, tipMinor: 0, tenderedMinor: null },
    })
    const outcome = { kind: 'failed', why: 'declined', detail: null } as const
    const { id: intentId } = asked.intents[0]!
    till.run({ type: 'recordOutcome', orderId: 'carded', intentId, outcome })
    await answerOf(await upload(one.api))
    const { createdAt, statusHistory } = till.store.order('served')!
    const completed = statusHistory.find(({ status }) => status === 'completed')!.at
    const seconds = (Date.parse(completed) - Date.parse(createdAt)) / 1_000
    const pageAt = async (ms: number) => {
      const watched = { database, now: () => new Date(ms), isReady: () => true }
      const observation = createObservation(watched)
      onTestFinished(observation.stop)
      const lines = (await observation.metrics.page()).split('\n')
      return lines.filter((line) => line.startsWith('aura_store_') && line.includes(storeId))
    }
    const page = await pageAt(Date.parse(completed) + 60_000)
    const of = (name: string, labels: string, value: number) =>
      `aura_store_${name}_24h{store_id="${storeId}"${labels}} ${value}`
    expect(seconds).toBeGreaterThan(0)
    for (const line of [
      of('orders_begun', ',channel="dine_in"', 3),
      of('orders_closed', ',outcome="completed"', 1),
      of('orders_closed', ',outcome="cancelled"', 1),
      of('order_processing_seconds', '', seconds),
      of('payments', ',method="cash",result="taken"', 1),
      of('payments', ',method="card",result="declined"', 1),
    ]) {
      expect(page).toContain(line)
    }
    // The next day nobody has sold anything of late.
    const later = await pageAt(Date.parse(completed) + 2 * 86_400_000)
    expect(later.filter((line) => line.includes('_24h'))).toEqual([])
  })

  test('[U6] a request has an id, in its answer and in the log, and nothing personal beside it', async () => {
    const id = 'proxy-id-0123'
    const path = `${UPSTREAM_FRONTIER_PATH}?store_id=${storeId}&q=Ada%20Lovelace`
    logged.length = 0
    const wrong = await get(one.api, path, { 'x-request-id': id })
    expect(wrong.status).toBe(401)
    expect(wrong.headers.get('x-request-id')).toBe(id)
    await expect
      .poll(() => logged)
      .toMatchObject([
        {
          message: 'answered',
          request_id: id,
          method: 'GET',
          route: UPSTREAM_FRONTIER_PATH,
          status: 401,
        },
      ])
    expect(JSON.stringify(logged)).not.toContain('Ada')
    const own = await get(one.api, '/nothing/of/Ada', { 'x-request-id': 'not fit\tfor a log' })
    expect(own.headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/)
    await expect.poll(() => logged).toHaveLength(2)
    expect(JSON.stringify(logged)).not.toContain('Ada')
  })
})

describe('behind what ends TLS', () => {
  test('[U4] it listens to the network, and a store that has not enrolled is nobody', async () => {
    serve(till, 'o')
    // Trusted once, on loopback: that counts for nothing here.
    await answerOf(await upload(one.api))
    const centre = await start({ host: '0.0.0.0', isBehindTls: true })
    try {
      const { port } = new URL(centre.api)
      const api = `http://127.0.0.1:${port}`
      const refused = await upload(api)
      expect(refused.status).toBe(401)
      expect(await refused.json()).toMatchObject({ code: 'wrong_store_token' })
      for (const path of [UPSTREAM_FRONTIER_PATH, SHAPE_PATH]) {
        const url = `${path}?store_id=${storeId}&offset=-1`
        expect((await get(api, url, asStore)).status, path).toBe(401)
      }
      expect((await get(api, '/metrics')).status).toBe(404)
      expect((await get(api, '/readyz')).status).toBe(200)
    } finally {
      await centre.stop()
    }
  })

  test('[U6] its metrics are for who has their token', async () => {
    const metricsToken = 'metrics-token-of-this-centre'
    const centre = await start({ isBehindTls: true, metricsToken })
    try {
      const read = async (token: string) =>
        (await get(centre.api, '/metrics', { authorization: `Bearer ${token}` })).status
      expect([await read(metricsToken), await read('another'), await read('')]).toEqual([
        200, 404, 404,
      ])
    } finally {
      await centre.stop()
    }
  })
})

test('[F3] the centre verifies every store and folds one anew, by commands beside it', async () => {
  serve(till, 'o')
  await answerOf(await upload(one.api))
  const aura = (...args: string[]) =>
    processes.run(['central', ...args, '--database-url', databaseUrl])
  await postgres.query(databaseUrl, 'UPDATE orders SET notes = $2 WHERE store_id = $1', [
    storeId,
    'changed',
  ])
  const faulty = await aura('verify')
  expect(faulty.status).toBe(1)
  expect(faulty.stderr).toContain(`store ${storeId}: table orders`)
  expect((await aura('rebuild', '--store', 'nobody')).status).toBe(1)
  expect((await aura('rebuild', '--store', storeId)).status).toBe(0)
  const well = await aura('verify', '--json')
  expect(JSON.parse(well.stdout)).toMatchObject({ ok: true })
  await expectExactlyOnce()

  const offset = async () => {
    const path = `${SHAPE_PATH}?store_id=${storeId}&offset=-1`
    return (await get(other.api, path, asStore)).headers.get('electric-handle') ?? ''
  }
  const handle = await offset()
  expect((await aura('prune', '--store', storeId, '--keep', 'a-few')).status).toBe(1)
  const pruned = await aura('prune', '--store', storeId, '--keep', '1', '--json')
  const [...held] = till.store.frontier().values()
  const prunedTo = held.reduce((sum, seq) => sum + seq) - 1
  expect(JSON.parse(pruned.stdout)).toEqual({
    stores: [{ store_id: storeId, pruned_to: prunedTo }],
  })
  expect(await offset()).toBe(`${handle}.1`)
})

test('[U6] a process says what is wrong with its settings and does not start', async () => {
  const started = await processes.run(['central'], {
    env: { DATABASE_URL: databaseUrl, HOST: '0.0.0.0', PORT: 'web' },
  })
  expect(started.status).toBe(1)
  expect(started.stderr).toContain('PORT takes 0 to 65535')
  expect(started.stderr).toContain('AURA_BEHIND_TLS')
})
