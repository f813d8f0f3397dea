import type { Frontier } from '../../domain/log.ts'
import type { Connection } from './connection.ts'
import { prepare } from './statements.ts'

/** Orders looked up in one query. */
const CHUNK = 200

/** Of each order, the last number of each origin that wrote to it: whoever holds these holds it. */
export function readOrderHeads(
  connection: Connection,
  orderIds: readonly string[],
): Map<string, Frontier> {
  const heads = new Map<string, Map<string, number>>()
  for (let start = 0; start < orderIds.length; start += CHUNK) {
    const chunk = orderIds.slice(start, start + CHUNK)
    const query = connection.sql
      .selectFrom('order_entries')
      .innerJoin('entries', 'entries.id', 'order_entries.entry_id')
      .select(['order_entries.order_id', 'entries.origin'])
      .select(({ fn }) => fn.max('entries.seq').as('seq'))
      .where('order_entries.order_id', 'in', chunk)
      .groupBy(['order_entries.order_id', 'entries.origin'])
    for (const { order_id: orderId, origin, seq } of prepare(connection, query).all(...chunk)) {
      const known = heads.get(orderId) ?? new Map<string, number>()
      heads.set(orderId, known.set(origin, seq))
    }
  }
  return heads
}
