import type { Connection } from '../../db/sqlite/connection.ts'
import { entryOf } from '../../db/sqlite/entry-log.ts'
import { prepare } from '../../db/sqlite/statements.ts'
import type { FoundEntry } from '../../protocol/look-up.ts'
import type { ShownOrder } from '../../domain/order-view.ts'
import type { RestEvent } from '../../protocol/rest/event.ts'
import type { CustomerReader } from '../personal-data/customers.ts'
import { eventsOfEntry } from './entry-events.ts'
import type { FoundOrder } from './order-calls.ts'
import type { SortKey } from './paging.ts'

interface HistoryLine {
  readonly sortKey: SortKey
  readonly event: RestEvent
}

/** Reads the events of an order from the log. Their order is the one that all devices agree on. */
export function createOrderHistory(connection: Connection) {
  const select = prepare(
    connection,
    connection.sql
      .selectFrom('order_entries')
      .innerJoin('entries', 'entries.id', 'order_entries.entry_id')
      .selectAll('entries')
      .where('order_entries.order_id', '=', ''),
  )
  const linesOf = (entry: FoundEntry, order: ShownOrder, reader: CustomerReader): HistoryLine[] =>
    eventsOfEntry(entry, {
      orderOf: () => order,
      reader,
      currency: order.currency,
      isOrderWhole: false,
    })
      .filter(({ event }) => event.order_id === order.id || event.data['to_order_id'] === order.id)
      .map(({ event, index }) => ({ sortKey: [entry.clock, entry.origin, index], event }))

  return ({ order, entries }: FoundOrder, reader: CustomerReader): HistoryLine[] => {
    const shown = reader.show(order)
    return (entries ?? select.all(order.id).map(entryOf)).flatMap((entry) =>
      linesOf(entry, shown, reader),
    )
  }
}
