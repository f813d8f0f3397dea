import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { createPostgresStore } from '../../db/postgres/store.ts'
import { migrate, openDatabase } from '../../db/postgres/database.ts'
import { ORDER_TABLES } from '../../db/tables.ts'
import type { EntryRange } from '../../domain/log.ts'
import { startEmbeddedPostgres } from '../../main/central/embedded-postgres.ts'
import { startCentral } from '../../main/central/central.ts'
import { newId } from '../../main/new-id.ts'
import { MAX_ENTRIES_PER_FRAME } from '../../protocol/limits.ts'
import { createUpstream } from '../../sync/upstream.ts'
import { openBenchStore, ringUp, tableForTwo } from './bench-store.ts'
import { ms, percentile, perSecond, printRow, printTitle, ratio } from './figures.ts'

const ORDERS = 10_000
const STORE = 'bench'
const END_TO_END_ORDERS = 100
const END_TO_END_EVERY_MS = 100
const FRAME_BYTES = 8_000_000
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined }

/**
 * Orders on their way into PostgreSQL: the centre's own way, with every check and the fold, beside
 * the same rows of the same tables written by hand into a second database of the same server.
 */
export async function benchPostgres(folder: string): Promise<void> {
  chmodSync(folder, 0o711)
  const postgres = await startEmbeddedPostgres(join(folder, 'postgres'), quiet)
  try {
    const store = await openBenchStore(join(folder, 'upstream.db'), 'A', true)
    for (let n = 0; n < ORDERS; n += 1) ringUp(store)
    store.signRest()
    const ranges = wholeLogOf(store)
    printTitle(`${ORDERS} orders into PostgreSQL`, 'orders', 'of this house')
    const own = await createDatabase(postgres.databaseUrl, 'own')
    const ownMs = await throughTheCentre(own, ranges)
    const report = (name: string, tookMs: number) =>
      printRow(name, perSecond((ORDERS * 1_000) / tookMs), ratio(ownMs / tookMs))
    report('this house, checked and folded', ownMs)
    const tables = await rowsOf(own)
    for (const way of ['insert', 'unnest', 'copy'] as const) {
      const url = await createDatabase(postgres.databaseUrl, way)
      report(NAMES[way], await byHand(url, tables, way, join(folder, 'copy')))
    }
    await endToEnd(own, store)
    store.close()
  } finally {
    await postgres.stop()
  }
}

type BenchStore = Awaited<ReturnType<typeof openBenchStore>>

function wholeLogOf(store: BenchStore): EntryRange[] {
  const origin = store.ownOrigin()
  const last = store.frontier().get(origin) ?? 0
  const ranges: EntryRange[] = []
  let held = 0
  while (held < last) {
    const range = store.readRange(origin, held + 1, MAX_ENTRIES_PER_FRAME, FRAME_BYTES)
    if (!range) throw new Error(`nothing to send after entry ${held} of ${last}`)
    ranges.push(range)
    held += range.entries.length
  }
  return ranges
}

const NAMES = {
  insert: 'multi-row INSERT … ON CONFLICT',
  unnest: 'unnest and upsert',
  copy: 'limit: bare COPY of a file',
}

async function createDatabase(serverUrl: string, name: string): Promise<string> {
  await withClient(serverUrl, (client) => client.query(`CREATE DATABASE bench_${name}`))
  const url = serverUrl.replace(/[^/]+$/, `bench_${name}`)
  const database = openDatabase(url, () => {})
  await migrate(database)
  await database.close()
  return url
}

async function throughTheCentre(url: string, ranges: readonly EntryRange[]): Promise<number> {
  const database = openDatabase(url, () => {})
  const store = createPostgresStore(database)
  await store.frontier(STORE)
  const startMs = performance.now()
  for (const range of ranges) {
    const upload = { storeId: STORE, deviceId: 'A', ranges: [range] }
    const { accepted } = await store.applyUpload(upload, new Date())
    if (accepted !== range.entries.length) throw new Error('the entries were not all taken')
  }
  const tookMs = performance.now() - startMs
  await database.close()
  return tookMs
}

interface TableRows {
  readonly name: string
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  readonly key: readonly string[]
  readonly rows: readonly unknown[][]
}

/** What the centre has written, table by table. */
async function rowsOf(url: string): Promise<TableRows[]> {
  return withClient(url, async (client) => {
    const tables: TableRows[] = []
    for (const name of TABLES) {
      const columns = await client.query<{ name: string; type: string }>(
        `SELECT column_name AS name, udt_name AS type FROM information_schema.columns
         WHERE table_schema = current_schema() AND table_name = $1 ORDER BY ordinal_position`,
        [name],
      )
      const key = await client.query<{ name: string }>(
        `SELECT a.attname AS name FROM pg_index i
         JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey)
         WHERE i.indrelid = $1::regclass AND i.indisprimary`,
        [name],
      )
      const rows = await client.query<unknown[]>({ text: `TABLE ${name}`, rowMode: 'array' })
      tables.push({
        name,
        columns: columns.rows,
        key: key.rows.map((row) => row.name),
        rows: rows.rows,
      })
    }
    return tables
  })
}

const TABLES = ['entries', 'order_entries', ...ORDER_TABLES]

/** In as many transactions as the centre takes for it, each with its part of every table. */
async function byHand(
  url: string,
  tables: readonly TableRows[],
  way: keyof typeof NAMES,
  folder: string,
): Promise<number> {
  const parts = Math.ceil(ORDERS / MAX_ENTRIES_PER_FRAME)
  if (way === 'copy') writeCopyFiles(tables, folder)
  return withClient(url, async (client) => {
    const startMs = performance.now()
    if (way === 'copy') {
      for (const { name } of tables) await client.query(`COPY ${name} FROM '${join(folder, name)}'`)
      return performance.now() - startMs
    }
    for (let part = 0; part < parts; part += 1) {
      await client.query('BEGIN')
      for (const table of tables) {
        const size = Math.ceil(table.rows.length / parts)
        const rows = table.rows.slice(part * size, (part + 1) * size)
        if (rows.length > 0) await (way === 'insert' ? insert : unnest)(client, table, rows)
      }
      await client.query('COMMIT')
    }
    return performance.now() - startMs
  })
}

/** PostgreSQL takes no more parameters in one statement. */
const MAX_PARAMETERS = 65_000

async function insert(client: pg.Client, table: TableRows, rows: readonly unknown[][]) {
  const width = table.columns.length
  const most = Math.floor(MAX_PARAMETERS / width)
  for (let start = 0; start < rows.length; start += most) {
    const some = rows.slice(start, start + most)
    const values = some.map(
      (row, n) => `(${row.map((_, i) => `$${n * width + i + 1}`).join(', ')})`,
    )
    await client.query(
      `INSERT INTO ${table.name} VALUES ${values.join(', ')} ${onConflict(table)}`,
      some.flat(),
    )
  }
}

async function unnest(client: pg.Client, table: TableRows, rows: readonly unknown[][]) {
  const arrays = table.columns.map(({ type }, column) => `$${column + 1}::${type}[]`)
  await client.query(
    `INSERT INTO ${table.name} SELECT * FROM unnest(${arrays.join(', ')}) ${onConflict(table)}`,
    table.columns.map((_, column) => rows.map((row) => row[column])),
  )
}

function onConflict({ columns, key }: TableRows): string {
  const others = columns.filter(({ name }) => !key.includes(name))
  const set = others.map(({ name }) => `${name} = excluded.${name}`).join(', ')
  return `ON CONFLICT (${key.join(', ')}) DO ${set === '' ? 'NOTHING' : `UPDATE SET ${set}`}`
}

function writeCopyFiles(tables: readonly TableRows[], folder: string): void {
  mkdirSync(folder, { mode: 0o755 })
  for (const { name, rows } of tables) {
    const text = rows.map((row) => `${row.map(copyCell).join('\t')}\n`).join('')
    writeFileSync(join(folder, name), text, { mode: 0o644 })
  }
}

function copyCell(cell: unknown): string {
  if (cell === null) return String.raw`\N`
  if (Buffer.isBuffer(cell)) return String.raw`\\x${cell.toString('hex')}`
  const text = cell instanceof Date ? cell.toISOString() : `${cell as string | number}`
  return text.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n')
}

/** From an order's commit on the till to its row in PostgreSQL, by way of the centre's HTTP. */
async function endToEnd(databaseUrl: string, store: BenchStore): Promise<void> {
  const central = await startCentral({ port: 0, database: { url: databaseUrl }, logger: quiet })
  const upstream = createUpstream({
    log: store,
    url: central.api,
    token: 'bench',
    deviceId: 'A',
    fetch,
    now: Date.now,
    random: Math.random,
    logger: quiet,
  })
  const samples = await withClient(databaseUrl, async (client) => {
    const tookMs: number[] = []
    const select = { name: 'find', text: 'SELECT 1 FROM orders WHERE store_id = $1 AND id = $2' }
    const arrived = async (orderId: string): Promise<void> => {
      for (;;) {
        const { rowCount } = await client.query(select, [STORE, orderId])
        if (rowCount === 1) return
      }
    }
    const first = newId()
    ringUp(store, { ...tableForTwo(), orderId: first })
    await arrived(first)
    for (let n = 0; n < END_TO_END_ORDERS; n += 1) {
      const orderId = newId()
      ringUp(store, { ...tableForTwo(), orderId })
      const committedMs = performance.now()
      await arrived(orderId)
      tookMs.push(performance.now() - committedMs)
      await new Promise((next) => setTimeout(next, END_TO_END_EVERY_MS))
    }
    return tookMs
  })
  printTitle("From a till's commit to a row in PostgreSQL", 'p50', 'p99')
  printRow('10/s, this house', ms(percentile(samples, 0.5)), ms(percentile(samples, 0.99)))
  await upstream.stop()
  await central.stop()
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
