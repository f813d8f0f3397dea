import { openConnection, type Connection } from '../../db/sqlite/connection.ts'
import { prepare, prepareUpsert } from '../../db/sqlite/statements.ts'
import { ORDER_TABLES, orderRows } from '../../db/tables.ts'
import { newId } from '../../main/new-id.ts'
import { openBenchStore, ringUp, tableForTwo } from './bench-store.ts'
import type { Replica } from './contender.ts'

/** What nobody who writes these rows durably can be faster than. */
export const RAW_LIMIT = 'limit: prepared inserts of the same rows'

export async function openRawLimit(
  file: string,
): Promise<Pick<Replica, 'fill'> & { readonly ringUp: () => void; readonly close: () => void }> {
  const connection = await openConnection(file)
  const insertRows = await rawInserts(connection)
  return {
    ringUp: insertRows,
    fill: (orders) => orders.forEach(insertRows),
    close: connection.close,
  }
}

/** Inserts the rows of one order as the till writes them, with a new key each time. */
async function rawInserts(connection: Connection): Promise<() => void> {
  const example = await exampleOrder()
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

async function exampleOrder() {
  const store = await openBenchStore(':memory:', 'A', true)
  const command = tableForTwo()
  let entry: Parameters<Parameters<typeof store.onCommit>[0]>[0]['entries'][number] | undefined
  store.onCommit((commit) => ([entry] = commit.entries))
  ringUp(store, command)
  const order = store.order(command.orderId)
  store.close()
  if (!order || !entry) throw new Error('the example order was not written')
  return { entry, rows: orderRows(order) }
}
