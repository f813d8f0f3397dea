import { orderIdsOf } from '../../domain/events.ts'
import { readEntry } from '../fold-entries.ts'
import { createDigest, DIGEST_TABLES } from '../digest.ts'
import { ORDER_TABLES } from '../tables.ts'
import type { Connection } from './connection.ts'
import { entryOf } from './entry-log.ts'
import { createJournal } from './journal.ts'
import { createOrderProjection } from './order-projection.ts'
import { createRecordWriter } from './record-table.ts'
import { prepare, selectInKeyOrder } from './statements.ts'

/** Orders folded and entries read at a time: memory does not grow with the log. */
const CHUNK = 1_000

/** One hash over all projected business tables. */
export function digestOf(connection: Connection): string {
  const digest = createDigest()
  for (const table of DIGEST_TABLES) {
    digest.table(table)
    for (const row of selectInKeyOrder(connection, table)) digest.row(row)
  }
  return digest.hex()
}

/** Empties every projection and folds the whole log into them again, in one transaction. */
export function rebuildProjections(connection: Connection): { readonly orders: number } {
  const work = connection.raw.transaction(() => {
    for (const table of [
      ...ORDER_TABLES,
      'records',
      'journal',
      'order_entries',
      'unreadable',
    ] as const) {
      connection.raw.exec(connection.sql.deleteFrom(table).compile().sql)
    }
    foldRecordsAndLinks(connection)
    return foldAllOrders(connection)
  })
  return { orders: work.immediate() }
}

function foldRecordsAndLinks(connection: Connection): void {
  const { sql } = connection
  const writeRecords = createRecordWriter(connection)
  const journal = createJournal(connection)
  const link = prepare(
    connection,
    sql.insertInto('order_entries').orIgnore().values({ order_id: '', entry_id: 0 }),
  )
  const unreadable = prepare(
    connection,
    sql.insertInto('unreadable').orIgnore().values({ entry_id: 0, event_index: 0 }),
  )
  const next = prepare(
    connection,
    sql.selectFrom('entries').selectAll().where('id', '>', 0).orderBy('id').limit(CHUNK),
  )
  let after = 0
  for (;;) {
    const rows = next.all(after, CHUNK)
    for (const row of rows) {
      const read = readEntry(entryOf(row))
      writeRecords(read.recordEvents)
      journal.apply(read.journalEvents)
      for (const index of read.unreadable) unreadable.run(row.id, index)
      for (const { event } of read.orderEvents) {
        for (const orderId of orderIdsOf(event)) link.run(orderId, row.id)
      }
      after = row.id
    }
    if (rows.length < CHUNK) return
  }
}

function foldAllOrders(connection: Connection): number {
  const nextIds = prepare(
    connection,
    connection.sql
      .selectFrom('order_entries')
      .select('order_id')
      .distinct()
      .where('order_id', '>', '')
      .orderBy('order_id')
      .limit(CHUNK),
  )
  const orders = createOrderProjection(connection)
  let count = 0
  let after = ''
  for (;;) {
    const ids = nextIds.all(after, CHUNK).map((row) => row.order_id)
    orders.refold(ids)
    orders.settle('committed')
    count += ids.length
    const last = ids.at(-1)
    if (last === undefined) return count
    after = last
  }
}
