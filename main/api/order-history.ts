import type { FoundEntry } from '../../protocol/look-up.ts'
import type { ShownOrder } from '../../domain/order-view.ts'
import type { RestEvent } from '../../protocol/rest/event.ts'
import type { CustomerReader } from '../personal-data/customers.ts'
import { eventsOfEntry } from './entry-events.ts'
import type { SortKey } from './paging.ts'
import type { WholeOrder } from './rest-store.ts'

interface HistoryLine {
  readonly sortKey: SortKey
  readonly event: RestEvent
}

/** The events of an order. Their order is the one that all devices agree on. */
export function orderHistory({ order, entries }: WholeOrder, reader: CustomerReader) {
  const shown = reader.show(order)
  return entries.flatMap((entry) => linesOf(entry, shown, reader))
}

const linesOf = (entry: FoundEntry, order: ShownOrder, reader: CustomerReader): HistoryLine[] =>
  eventsOfEntry(entry, {
    orderOf: () => order,
    reader,
    currency: order.currency,
    isOrderWhole: false,
  })
    .filter(({ event }) => event.order_id === order.id || event.data['to_order_id'] === order.id)
    .map(({ event, index }) => ({ sortKey: [entry.clock, entry.origin, index], event }))
