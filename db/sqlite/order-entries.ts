import type { Entry } from '../../domain/log.ts'
import type { Connection } from './connection.ts'
import { entryOf } from './entry-log.ts'
import { prepare } from './statements.ts'

/** The entries that an order is folded from, as they lie in this file. */
export function createOrderEntries(connection: Connection): (orderId: string) => Entry[] {
  const select = prepare(
    connection,
    connection.sql
      .selectFrom('order_entries')
      .innerJoin('entries', 'entries.id', 'order_entries.entry_id')
      .selectAll('entries')
      .where('order_entries.order_id', '=', ''),
  )
  return (orderId) => select.all(orderId).map(entryOf)
}
