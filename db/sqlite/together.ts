import { orderIdsOf } from '../../domain/events.ts'
import type { Entry } from '../../domain/log.ts'
import { readEntry } from '../fold-entries.ts'
import type { Connection } from './connection.ts'
import { entryOf } from './entry-log.ts'
import { prepare } from './statements.ts'

/** Orders that share entries, because lines were moved between them, and all of their entries. */
export interface Together {
  readonly orderIds: readonly string[]
  readonly entries: ReadonlyMap<number, Entry>
}

/** Orders that hang together by more entries than this stay: no restaurant has such. */
const MAX_ENTRIES_TOGETHER = 2_000

/**
 * Finds what has to leave with an order or stay with it. Null where something in it is more than
 * orders, or is not understood yet (rule L4): that stays.
 */
export function createTogether(connection: Connection): (orderId: string) => Together | null {
  const selectEntries = prepare(
    connection,
    connection.sql
      .selectFrom('order_entries')
      .innerJoin('entries', 'entries.id', 'order_entries.entry_id')
      .selectAll('entries')
      .where('order_entries.order_id', '=', ''),
  )
  return (first) => {
    const orderIds = new Set([first])
    const entries = new Map<number, Entry>()
    // A set that grows while it is walked is walked to its end.
    for (const orderId of orderIds) {
      for (const row of selectEntries.all(orderId)) {
        if (entries.has(row.id)) continue
        const entry = entryOf(row)
        const read = readEntry(entry)
        const { unreadable, recordEvents, journalEvents } = read
        if (unreadable.length + recordEvents.length + journalEvents.length > 0) return null
        entries.set(row.id, entry)
        if (entries.size > MAX_ENTRIES_TOGETHER) return null
        for (const { event } of read.orderEvents)
          orderIdsOf(event).forEach((id) => orderIds.add(id))
      }
    }
    return { orderIds: [...orderIds], entries }
  }
}
