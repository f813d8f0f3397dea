import { readEntry } from '../../db/fold-entries.ts'
import type { Entry } from '../../domain/log.ts'
import type { ShownOrder } from '../../domain/order-view.ts'
import type { RestEvent } from '../../protocol/rest/event.ts'
import { eventData } from '../../protocol/rest/event-json.ts'
import type { CustomerReader } from '../personal-data/customers.ts'

type EntryHead = Omit<Entry, 'hash'>

/**
 * The events of an entry as callers read them, in their order. Those that this version cannot read
 * (rule L4) are not among them.
 */
export function eventsOfEntry(
  entry: EntryHead,
  told: {
    readonly orderOf: (orderId: string) => ShownOrder | null
    readonly reader: CustomerReader
    readonly currency: string
    readonly isOrderWhole: boolean
  },
): { readonly index: number; readonly event: RestEvent }[] {
  const read = readEntry(entry)
  const events = [
    ...read.orderEvents.map(({ event, meta }) => ({ index: meta.index, event })),
    ...read.recordEvents.map(({ event, stamp }) => ({ index: stamp.index, event })),
    ...read.journalEvents.map(({ event, meta }) => ({ index: meta.index, event })),
  ].sort((a, b) => a.index - b.index)
  const siblings = events.map(({ event }) => event)
  const { at, origin, seq, actor } = entry
  return events.map(({ index, event }) => {
    const orderId = 'orderId' in event ? event.orderId : null
    const order = orderId === null ? null : told.orderOf(orderId)
    return {
      index,
      event: {
        id: `${origin}:${seq}:${index}`,
        type: event.type,
        order_id: orderId,
        at,
        origin,
        seq,
        actor,
        data: eventData(event, {
          ...told,
          order,
          at,
          siblings,
          openCustomer: (customer) => told.reader.open(orderId ?? '', customer),
        }),
      },
    }
  })
}
