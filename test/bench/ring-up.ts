import { join } from 'node:path'
import { openConnection, type Connection } from '../../db/sqlite/connection.ts'
import { prepareUpsert, prepare } from '../../db/sqlite/statements.ts'
import { ORDER_TABLES, orderRows } from '../../db/tables.ts'
import { newId } from '../../main/new-id.ts'
import { openBenchStore, ringUp, tableForTwo } from './bench-store.ts'
import { soldOrder, type Contender, type Rival, type SoldOrder } from './contender.ts'
import { ms, percentile, perSecond, printRow, printTitle, ratio } from './figures.ts'
import { house } from './house.ts'
import { manyOrders } from './many-orders.ts'

const ROUNDS = 10
const ORDERS_PER_ROUND = 200
/** A round of a slow contender is this part of what it can hold in all. */
const SHARE_PER_ROUND = 40
const WARM_UP_ROUNDS = 3
const STORED = 10_000

/** One who rings up orders, and what was measured of it. */
interface Ringer {
  readonly name: string
  readonly ringUp: () => void | Promise<void>
  readonly fill: (orders: readonly SoldOrder[]) => void | Promise<void>
  readonly maxOrders: number
  readonly close: () => void | Promise<void>
}

/**
 * Orders committed per second, one commit each, beside bare prepared inserts of the very same rows
 * with the same durability. All take turns, so that a slow moment hits everyone.
 */
export async function benchRingUp(folder: string, rivals: readonly Rival[]): Promise<void> {
  const limit = await limitRinger(folder)
  const ringers = [limit]
  for (const contender of [house, ...rivals]) ringers.push(await ringerOf(contender, folder))
  const title = 'Ring up, one commit an order'
  await report(title, ringers)
  for (const { fill, maxOrders } of ringers) {
    await fill(manyOrders(Math.min(STORED, maxOrders), 0))
  }
  await report(`The same with ${STORED} more orders stored`, ringers)
  for (const { close } of ringers) await close()
}

/** What became of it with very many orders in the file: flat is what it should be. */
export async function benchRingUpFull(folder: string, fullFile: string): Promise<void> {
  const few = await ringerOf(house, folder, join(folder, 'few.db'))
  const full = await ringerOf(house, folder, fullFile)
  const limit = await limitRinger(folder)
  const title = `With ${house.maxOrders} orders stored`
  await report(title, [limit, { ...few, name: 'few orders stored' }, full])
  for (const { close } of [few, full, limit]) await close()
}

async function report(title: string, ringers: readonly Ringer[]): Promise<void> {
  const samples = await takeTurns(ringers)
  const rateOfLimit = rate(samples[0] ?? [])
  printTitle(title, 'orders', 'p50', 'p99', 'of the limit')
  ringers.forEach(({ name, maxOrders }, n) => {
    const measured = samples[n] ?? []
    const note = maxOrders < STORED ? ` (${maxOrders} orders at most)` : ''
    printRow(
      name + note,
      perSecond(rate(measured)),
      ms(percentile(measured, 0.5)),
      ms(percentile(measured, 0.99)),
      ratio(rate(measured) / rateOfLimit),
    )
  })
}

const rate = (samples: readonly number[]): number =>
  (samples.length * 1_000) / samples.reduce((sum, sample) => sum + sample, 0)

async function takeTurns(ringers: readonly Ringer[]): Promise<number[][]> {
  const samples = ringers.map((): number[] => [])
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round += 1) {
    for (const [n, { ringUp, maxOrders }] of ringers.entries()) {
      const times = Math.min(ORDERS_PER_ROUND, maxOrders / SHARE_PER_ROUND)
      for (let time = 0; time < times; time += 1) {
        const startMs = performance.now()
        const done = ringUp()
        if (done !== undefined) await done
        if (round >= 0) samples[n]?.push(performance.now() - startMs)
      }
    }
  }
  return samples
}

async function ringerOf(contender: Contender, folder: string, file?: string): Promise<Ringer> {
  const name = `${contender.name.replaceAll(' ', '-')}-ring-up`
  const replica = await contender.open(file ?? join(folder, name), 'A')
  return {
    name: contender.name,
    ringUp: () => replica.ringUp(soldOrder()),
    fill: replica.fill,
    maxOrders: contender.maxOrders,
    close: replica.close,
  }
}

async function limitRinger(folder: string): Promise<Ringer> {
  const raw = await openConnection(join(folder, `${newId()}.db`))
  const insertRows = await rawInserts(raw, folder)
  return {
    name: 'limit: prepared inserts of the same rows',
    ringUp: insertRows,
    fill: (orders) => orders.forEach(insertRows),
    maxOrders: house.maxOrders,
    close: raw.close,
  }
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
