import { orderIdsOf } from '../../domain/events.ts'
import type { Entry } from '../../domain/log.ts'
import { readEntry } from '../fold-entries.ts'
import type { Connection } from './connection.ts'
import { isSignedBody, signingKeyOf } from '../../domain/signed-log.ts'
import { entryOf, type EntryRow } from './entry-log.ts'
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
  const selectOne = prepare(
    connection,
    connection.sql.selectFrom('entries').selectAll().where('id', '=', 0),
  )

  /**
   * Entries of a burst that one signature covers, of a log that is signed: what stays behind of them
   * could be given to nobody, who would see no signature for it.
   */
  function* signedTogether(row: EntryRow): Generator<EntryRow> {
    if (signingKeyOf(row.origin) === null) return
    for (let id = row.id - 1; ; id -= 1) {
      const before = selectOne.get(id)
      if (before === undefined || isSignedBody(before.body)) break
      yield before
    }
    for (let at = row; !isSignedBody(at.body);) {
      const next = selectOne.get(at.id + 1)
      if (next === undefined) return
      yield next
      at = next
    }
  }

  return (first) => {
    const orderIds = new Set([first])
    const entries = new Map<number, Entry>()

    /** False: something in it is more than orders. */
    function take(row: EntryRow): boolean {
      const entry = entryOf(row)
      const { unreadable, recordEvents, journalEvents, orderEvents } = readEntry(entry)
      if (unreadable.length + recordEvents.length + journalEvents.length > 0) return false
      entries.set(row.id, entry)
      for (const { event } of orderEvents) orderIdsOf(event).forEach((id) => orderIds.add(id))
      return entries.size <= MAX_ENTRIES_TOGETHER
    }

    // A set that grows while it is walked is walked to its end.
    for (const orderId of orderIds) {
      for (const row of selectEntries.all(orderId)) {
        if (!entries.has(row.id) && !take(row)) return null
        for (const other of signedTogether(row)) {
          if (!entries.has(other.id) && !take(other)) return null
        }
      }
    }
    return { orderIds: [...orderIds], entries }
  }
}
