import { join } from 'node:path'
import { openConnection, type Connection } from '../../db/sqlite/connection.ts'
import { prepareUpsert, prepare } from '../../db/sqlite/statements.ts'
import { ORDER_TABLES, orderRows } from '../../db/tables.ts'
import { newId } from '../../main/new-id.ts'
import { openBenchStore, ringUp, tableForTwo } from './bench-store.ts'
import { ms, percentile, perSecond, printRow, printTitle, ratio } from './figures.ts'

const ROUNDS = 12
const ORDERS_PER_ROUND = 250
const WARM_UP = 500
const MORE_STORED = 10_000

/**
 * Orders committed per second, one durable commit each, beside bare prepared inserts of the very
 * same rows with the same durability. Both take turns, so that a slow moment hits both.
 */
export async function benchRingUp(folder: string): Promise<void> {
  const store = await openBenchStore(join(folder, 'till.db'), 'A', true)
  const raw = await openConnection(join(folder, 'raw.db'))
  const insertRows = await rawInserts(raw, folder)
  repeat(WARM_UP, () => ringUp(store))
  repeat(WARM_UP, insertRows)
  const first = takeTurns(() => ringUp(store), insertRows)
  repeat(MORE_STORED, () => ringUp(store))
  const later = takeTurns(() => ringUp(store), insertRows)
  printTitle('Ring up, one durable commit an order', 'orders', 'p50', 'p99', 'of the limit')
  report('till: check, price, log, fold, tables', first.ours, first.limit)
  report('limit: prepared inserts of the same rows', first.limit, first.limit)
  report(`till with ${MORE_STORED} more orders stored`, later.ours, later.limit)
  report('limit, measured beside it', later.limit, later.limit)
  store.close()
  raw.close()
}

function report(name: string, samples: readonly number[], limit: readonly number[]): void {
  printRow(
    name,
    perSecond(rate(samples)),
    ms(percentile(samples, 0.5)),
    ms(percentile(samples, 0.99)),
    ratio(rate(samples) / rate(limit)),
  )
}

const rate = (samples: readonly number[]): number =>
  (samples.length * 1_000) / samples.reduce((sum, sample) => sum + sample, 0)

function takeTurns(ours: () => void, limit: () => void) {
  const samples = { ours: [] as number[], limit: [] as number[] }
  for (let round = 0; round < ROUNDS; round += 1) {
    samples.ours.push(...timed(ORDERS_PER_ROUND, ours))
    samples.limit.push(...timed(ORDERS_PER_ROUND, limit))
  }
  return samples
}

function timed(times: number, work: () => void): number[] {
  return Array.from({ length: times }, () => {
    const startMs = performance.now()
    work()
    return performance.now() - startMs
  })
}

function repeat(times: number, work: () => void): void {
  for (let n = 0; n < times; n += 1) work()
}

/** Inserts the rows of one order as the till writes them, with a new key each time. */
async function rawInserts(connection: Connection, folder: string): Promise<() => void> {
  const example = await exampleOrder(folder)
  const { sql } = connection
  const entry = prepare(
    connection,
    sql.insertInto('entries').values({
      id: 0,
      origin: '',
      seq: 0,
      clock: 0,
      command_id: '',
      at: '',
      actor: '',
      body: '',
      hash: new Uint8Array(),
    }),
  )
  const link = prepare(
    connection,
    sql.insertInto('order_entries').values({ order_id: '', entry_id: 0 }),
  )
  const upserts = ORDER_TABLES.map((table) => ({
    rows: example.rows[table],
    statement: prepareUpsert(connection, table),
  }))
  let seq = 0
  return connection.raw.transaction(() => {
    seq += 1
    const orderId = newId()
    const { origin, clock, at, actor, body, hash } = example.entry
    entry.run(seq, origin, seq, clock + seq, newId(), at, actor, body, hash)
    for (const { rows, statement } of upserts) {
      // The order's id is the first column of each of its tables.
      for (const row of rows) statement.run(...row.with(0, orderId))
    }
    link.run(orderId, seq)
  })
}

async function exampleOrder(folder: string) {
  const store = await openBenchStore(join(folder, 'example.db'), 'A', true)
  const command = tableForTwo()
  let entry: Parameters<Parameters<typeof store.onCommit>[0]>[0]['entries'][number] | undefined
  store.onCommit((commit) => ([entry] = commit.entries))
  ringUp(store, command)
  const order = store.order(command.orderId)
  store.close()
  if (!order || !entry) throw new Error('the example order was not written')
  return { entry, rows: orderRows(order) }
}
