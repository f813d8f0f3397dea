import { chmodSync, readFileSync } from 'node:fs'
import { Agent, get, request } from 'node:http'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { migrate, openDatabase } from '../../db/postgres/database.ts'
import { createLogReader } from '../../db/postgres/log-reader.ts'
import { createPostgresStore } from '../../db/postgres/store.ts'
import type { EntryRange } from '../../domain/log.ts'
import { startEmbeddedPostgres } from '../../main/central/embedded-postgres.ts'
import { MAX_SHAPE_WAITING, SHAPE_LIVE_MS } from '../../protocol/limits.ts'
import { SHAPE_PATH } from '../../protocol/shape.ts'
import {
  encodeUpload,
  UPSTREAM_CONTENT_TYPE,
  UPSTREAM_ENTRIES_PATH,
} from '../../protocol/upstream.ts'
import { createProcesses, type Processes, type RunningProcess } from '../support/processes.ts'
import { openTill, serve } from '../support/till.ts'
import { cpuOf, cpuOfServer, residentBytes } from './cpu.ts'
import { ms, percentile, perSecond, printRow, printTitle } from './figures.ts'

/**
 * `npm run bench -- growth`: what the centre costs when it grows, for docs/growth.md. Linux alone.
 * Mostly processor time, which a machine that is shared with others leaves nearly as it is.
 */

const ORDERS = 2_000
/** Each has the orders of one store once more: 500 make five million entries. */
const CLONES = Number(process.env['GROWTH_CLONES'] ?? 500)
const LIVE_STORES = 8
const LIVE_ORDERS = 60
const READERS = 2_000
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined }

interface Bench {
  readonly serverUrl: string
  readonly serverPid: number
  readonly processes: Processes
}

export async function benchGrowth(folder: string): Promise<void> {
  chmodSync(folder, 0o711)
  const dir = join(folder, 'postgres')
  const postgres = await startEmbeddedPostgres(dir, quiet)
  const processes = createProcesses()
  const [pid = ''] = readFileSync(join(dir, 'cluster', 'postmaster.pid'), 'utf8').split('\n')
  const bench: Bench = { serverUrl: postgres.databaseUrl, serverPid: Number(pid), processes }
  try {
    await tune(bench)
    const day = await ordersOf('base', ORDERS)
    printTitle(`${ORDERS} orders in batches of 500 entries`, 'orders', 'centre CPU', 'database CPU')
    const empty = await createDatabase(bench, 'empty')
    await batches(bench, 'into an empty database', empty, 'base', day)
    await partitioned(bench, day)
    await policies(bench, day)
    await sizes(empty)
    await live(bench, 'each entry by itself, empty database', empty)
    await clone(bench, empty)
    await sizes(empty)
    await batches(
      bench,
      'into the full database',
      empty,
      'another',
      await ordersOf('another', ORDERS),
    )
    await live(bench, 'each entry by itself, full database', empty)
    await reading(empty)
    await readers(bench, empty)
  } finally {
    await processes.close()
    await postgres.stop()
  }
}

/** As a server of this size would have it; what is durable stays durable. */
async function tune({ serverUrl }: Bench): Promise<void> {
  await setting(serverUrl, 'max_wal_size', '8GB')
  await setting(serverUrl, 'checkpoint_timeout', '15min')
}

async function setting(serverUrl: string, name: string, value: string): Promise<void> {
  await query(serverUrl, `ALTER SYSTEM SET ${name} = '${value}'`)
  await query(serverUrl, 'SELECT pg_reload_conf()')
}

async function ordersOf(storeId: string, orders: number, maxEntries = 500): Promise<EntryRange[]> {
  const till = await openTill(storeId, `till-of-${storeId}`, 'A')
  for (let n = 0; n < orders; n += 1) serve(till, `${storeId}-order-${n}`)
  const ranges = till.rangesBeyond(new Map(), maxEntries)
  till.close()
  return ranges
}

async function createDatabase({ serverUrl }: Bench, name: string): Promise<string> {
  await withClient(serverUrl, (client) => client.query(`CREATE DATABASE growth_${name}`))
  const url = serverUrl.replace(/[^/]+$/, `growth_${name}`)
  await migrate({ url })
  return url
}

async function batches(
  { serverPid }: Bench,
  name: string,
  url: string,
  storeId: string,
  ranges: readonly EntryRange[],
): Promise<void> {
  const database = openDatabase(url, () => {})
  const store = createPostgresStore(database)
  await store.frontier(storeId)
  const before = {
    wallMs: performance.now(),
    own: process.cpuUsage(),
    server: cpuOfServer(serverPid),
  }
  for (const range of ranges) {
    const upload = { storeId, deviceId: 'till', ranges: [range] }
    const { accepted } = await store.applyUpload(upload, new Date())
    if (accepted !== range.entries.length) throw new Error('the entries were not all taken')
  }
  const wallMs = performance.now() - before.wallMs
  const own = process.cpuUsage(before.own)
  const server = cpuOfServer(serverPid) - before.server
  await database.close()
  printRow(
    name,
    perSecond((ORDERS * 1_000) / wallMs),
    ms((own.user + own.system) / 1_000 / ORDERS),
    ms(server / ORDERS),
  )
}

/** Row-level security on and off, batch by batch in turns, so that other work disturbs both alike. */
async function policies(bench: Bench, day: readonly EntryRange[]): Promise<void> {
  const sides = await Promise.all(
    ['on', 'off'].map(async (name) => {
      const url = await createDatabase(bench, `policies_${name}`)
      const tables = name === 'off' ? await storeTables(url) : []
      for (const table of tables)
        await query(url, `ALTER TABLE ${table} DISABLE ROW LEVEL SECURITY`)
      const database = openDatabase(url, () => {})
      const store = createPostgresStore(database)
      await store.frontier('base')
      const [backend] = await query(
        url,
        `SELECT pid FROM pg_stat_activity
         WHERE datname = current_database() AND application_name = 'auraconnect-central'`,
      )
      const pid = Number(backend?.['pid'])
      const tookMs: number[] = []
      return { name, database, store, pid, startMs: cpuOf(pid), tookMs }
    }),
  )
  for (const [nth, range] of day.entries()) {
    for (const side of nth % 2 === 0 ? sides : sides.toReversed()) {
      const sentMs = performance.now()
      await side.store.applyUpload(
        { storeId: 'base', deviceId: 'till', ranges: [range] },
        new Date(),
      )
      side.tookMs.push(performance.now() - sentMs)
    }
  }
  printTitle('Row-level security, batches of 100 orders', 'p50', 'database CPU')
  for (const { name, database, pid, startMs, tookMs } of sides) {
    printRow(name, ms(percentile(tookMs, 0.5)), ms((cpuOf(pid) - startMs) / day.length))
    await database.close()
  }
}

/** The tables that grow, in sixteen parts by store. The centre's statements stay as they are. */
async function partitioned(bench: Bench, day: readonly EntryRange[]): Promise<void> {
  const url = await createDatabase(bench, 'parts')
  for (const table of GROWING) {
    await query(
      url,
      `ALTER TABLE ${table} RENAME TO ${table}_whole;
       CREATE TABLE ${table} (LIKE ${table}_whole INCLUDING DEFAULTS) PARTITION BY HASH (store_id);
       ${Array.from({ length: 16 }, (_, n) => `CREATE TABLE ${table}_${n} PARTITION OF ${table} FOR VALUES WITH (MODULUS 16, REMAINDER ${n});`).join('\n')}`,
    )
    const indexes = await query(
      url,
      `SELECT indexdef FROM pg_indexes WHERE tablename = '${table}_whole'`,
    )
    await query(url, 'DROP VIEW IF EXISTS order_events')
    await query(url, `DROP TABLE ${table}_whole CASCADE`)
    for (const { indexdef } of indexes) {
      await query(url, String(indexdef).replace(`${table}_whole`, table))
    }
  }
  await migrate({ url })
  await batches(bench, 'in sixteen partitions by store', url, 'base', day)
}

const GROWING = [
  'entries',
  'order_entries',
  'orders',
  'order_items',
  'order_modifiers',
  'order_status_history',
  'order_payments',
  'order_tickets',
]

async function sizes(url: string): Promise<void> {
  const [orders] = await query(url, 'SELECT count(*)::float8 AS n FROM orders')
  const rows = await query(
    url,
    `SELECT c.relname AS name, pg_table_size(c.oid)::float8 AS heap,
       pg_indexes_size(c.oid)::float8 AS indexes
     FROM pg_class AS c WHERE c.relname = ANY ('{${GROWING.join(',')}}') ORDER BY 1`,
  )
  const each = Number(orders?.['n'])
  printTitle(`Bytes an order, of ${each} orders`, 'rows', 'table', 'indexes')
  let total = 0
  for (const { name, heap, indexes } of rows) {
    const [held] = await query(url, `SELECT count(*)::float8 AS n FROM ${String(name)}`)
    const cells = [Number(held?.['n']), Number(heap), Number(indexes)].map((n) => n / each)
    printRow(String(name), ...cells.map((cell) => cell.toFixed(1)))
    total += (Number(heap) + Number(indexes)) / each
  }
  printRow('all', '', total.toFixed(0))
}

/** Copies of one store under other names, as many as make a full database. */
async function clone({ serverUrl }: Bench, url: string): Promise<void> {
  const startMs = performance.now()
  await setting(serverUrl, 'fsync', 'off')
  for (const table of [...GROWING, 'origins', 'uploads']) {
    const columns = await query(
      url,
      `SELECT column_name AS name FROM information_schema.columns
       WHERE table_name = '${table}' AND column_name <> 'store_id' ORDER BY ordinal_position`,
    )
    const list = columns.map(({ name }) => String(name)).join(', ')
    for (let from = 1; from <= CLONES; from += 50) {
      await query(
        url,
        `INSERT INTO ${table} (store_id, ${list})
         SELECT md5(n::text), ${list} FROM ${table}, generate_series(${from}, ${Math.min(CLONES, from + 49)}) AS n
         WHERE store_id = 'base'`,
      )
    }
  }
  await query(url, 'VACUUM ANALYZE')
  await query(url, 'CHECKPOINT')
  await setting(serverUrl, 'fsync', 'on')
  const [entries] = await query(url, 'SELECT count(*)::int AS n FROM entries')
  printTitle(
    `${String(entries?.['n'])} entries now, after ${Math.round((performance.now() - startMs) / 1_000)} s; load ${loadavg()[0]?.toFixed(1)}`,
  )
}

/** As on an evening: every command of every till is an upload, by HTTP, eight stores at once. */
async function live(bench: Bench, name: string, url: string): Promise<void> {
  const central = await startCentral(bench, url)
  const stores = await Promise.all(
    Array.from({ length: LIVE_STORES }, async (_, n) => {
      const storeId = `live-${n}-${Date.now()}`
      return { storeId, ranges: await ordersOf(storeId, LIVE_ORDERS, 1) }
    }),
  )
  const agent = new Agent({ keepAlive: true })
  const samples: number[] = []
  const { api } = central.ready
  const before = {
    wallMs: performance.now(),
    own: cpuOf(central.pid),
    server: cpuOfServer(bench.serverPid),
  }
  await Promise.all(
    stores.map(async ({ storeId, ranges }) => {
      for (const range of ranges) {
        const sentMs = performance.now()
        await post(agent, `${String(api)}${UPSTREAM_ENTRIES_PATH}`, storeId, range)
        samples.push(performance.now() - sentMs)
      }
    }),
  )
  const wallMs = performance.now() - before.wallMs
  const uploads = samples.length
  printTitle(
    `${uploads} uploads, ${LIVE_STORES} stores at once; load ${loadavg()[0]?.toFixed(1)}`,
    'uploads',
    'centre CPU',
    'database CPU',
    'p50',
    'p99',
  )
  printRow(
    name,
    perSecond((uploads * 1_000) / wallMs),
    ms((cpuOf(central.pid) - before.own) / uploads),
    ms((cpuOfServer(bench.serverPid) - before.server) / uploads),
    ms(percentile(samples, 0.5)),
    ms(percentile(samples, 0.99)),
  )
  agent.destroy()
  await central.kill('SIGTERM')
}

const startCentral = ({ processes }: Bench, databaseUrl: string): Promise<RunningProcess> =>
  processes.start(['central', '--port', '0'], { env: { DATABASE_URL: databaseUrl } })

function post(agent: Agent, url: string, storeId: string, range: EntryRange): Promise<void> {
  const body = encodeUpload({ storeId, deviceId: 'till', ranges: [range] })
  const headers = { authorization: 'Bearer bench', 'content-type': UPSTREAM_CONTENT_TYPE }
  return new Promise((resolve, reject) => {
    const call = request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume()
      response.on('end', () =>
        response.statusCode === 200
          ? resolve()
          : reject(new Error(`status ${response.statusCode}`)),
      )
    })
    call.on('error', reject)
    call.end(body)
  })
}

/** Reading a store's log on, and asking how it stands, among all the others. */
async function reading(url: string): Promise<void> {
  const database = openDatabase(url, () => {})
  const log = createLogReader(database)
  const store = createPostgresStore(database)
  const storeId = 'another'
  // A store is known by its token; the upload above went past the door.
  await store.trustedTokenHash(storeId, 'bench')
  const limits = { maxEntries: 1_000, maxBytes: 2_000_000 }
  printTitle('Reading one store of the full database', 'p50', 'p99')
  const end = await log.end(storeId)
  if (end === null) throw new Error('the store is not known')
  const time = async (name: string, read: () => Promise<unknown>): Promise<void> => {
    const samples: number[] = []
    for (let n = 0; n < 100; n += 1) {
      const startMs = performance.now()
      await read()
      samples.push(performance.now() - startMs)
    }
    printRow(name, ms(percentile(samples, 0.5)), ms(percentile(samples, 0.99)))
  }
  await time('nothing new', () => log.read(storeId, end, limits))
  await time('1000 entries from the middle', () =>
    log.read(storeId, { handle: end.handle, position: { pos: 5_000, check: 0 } }, limits),
  )
  await time('an order with its entries', () => store.findOrder(storeId, `${storeId}-order-7`))
  await time('how each device stands', () => store.lag(storeId))
  await database.close()
}

/** Calls that wait for news and are told that there is none, again and again. */
async function readers(bench: Bench, url: string): Promise<void> {
  const central = await startCentral(bench, url)
  const api = String(central.ready['api'])
  const agent = new Agent({ keepAlive: true, maxSockets: Infinity })
  const stores = Array.from(
    { length: Math.ceil(READERS / MAX_SHAPE_WAITING) },
    (_, n) => `reader-${n}`,
  )
  for (const storeId of stores) {
    const [range] = await ordersOf(storeId, 1)
    if (range !== undefined) await post(agent, `${api}${UPSTREAM_ENTRIES_PATH}`, storeId, range)
  }
  await sleep(2_000)
  const restBytes = residentBytes(central.pid)
  const ending = new AbortController()
  let answered = 0
  const follow = async (storeId: string): Promise<void> => {
    let query = `offset=-1`
    while (!ending.signal.aborted) {
      const { offset, handle } = await ask(
        agent,
        `${api}${SHAPE_PATH}?store_id=${storeId}&${query}`,
        ending.signal,
      )
      query = `offset=${offset}&handle=${handle}&live=true`
      answered += 1
    }
  }
  const following = Array.from({ length: READERS }, (_, n) =>
    follow(stores[n % stores.length] ?? '').catch(() => {}),
  )
  // All wait: the first round is over, and the next ones come one after another.
  await sleep(SHAPE_LIVE_MS + 15_000)
  const before = {
    wallMs: performance.now(),
    own: cpuOf(central.pid),
    server: cpuOfServer(bench.serverPid),
    answered,
  }
  await sleep(2 * SHAPE_LIVE_MS)
  const seconds = (performance.now() - before.wallMs) / 1_000
  const rounds = answered - before.answered
  printTitle(
    `${READERS} readers who wait; load ${loadavg()[0]?.toFixed(1)}`,
    'a reader',
    'answers',
    'centre CPU',
    'database CPU',
  )
  printRow(
    'one process of the centre',
    `${((residentBytes(central.pid) - restBytes) / READERS / 1_024).toFixed(1)} kB`,
    perSecond(rounds / seconds),
    ms((cpuOf(central.pid) - before.own) / rounds),
    ms((cpuOfServer(bench.serverPid) - before.server) / rounds),
  )
  printRow('at rest, without readers', `${(restBytes / 2 ** 20).toFixed(0)} MB`)
  ending.abort()
  await Promise.all(following)
  agent.destroy()
  await central.kill('SIGTERM')
}

interface ShapePosition {
  readonly offset: string
  readonly handle: string
}

function ask(agent: Agent, url: string, signal: AbortSignal): Promise<ShapePosition> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: 'Bearer bench' }
    const call = get(url, { agent, headers, signal }, (response) => {
      response.resume()
      response.on('end', () => {
        const offset = String(response.headers['electric-offset'])
        const handle = String(response.headers['electric-handle'])
        if (response.statusCode === 200) resolve({ offset, handle })
        else reject(new Error(`status ${response.statusCode}`))
      })
    })
    call.on('error', reject)
  })
}

const storeTables = async (url: string): Promise<string[]> =>
  (
    await query(
      url,
      `SELECT c.relname AS name FROM pg_class AS c WHERE c.relrowsecurity AND c.relkind IN ('r', 'p')`,
    )
  ).map(({ name }) => String(name))

const query = (url: string, text: string): Promise<readonly Record<string, unknown>[]> =>
  withClient(url, async (client) => {
    const result = await client.query(text)
    return Array.isArray(result) ? [] : (result.rows as Record<string, unknown>[])
  })

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
