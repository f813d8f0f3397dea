import { parseEvent, type DomainEvent } from '../../domain/events.ts'
import type { Entry } from '../../domain/log.ts'
import type { OrderView } from '../../domain/order-view.ts'
import { assert } from '../../domain/result.ts'

const CASH = 'cash'

/** Whether somebody has to reach into the drawer for what an entry says. */
export function opensDrawer({ body }: Pick<Entry, 'body'>, orders: readonly OrderView[]): boolean {
  // Most entries are neither, and are not read a second time.
  if (!body.includes('order.payment_') && !body.includes('journal.written')) return false
  const events: unknown = JSON.parse(body)
  assert(Array.isArray(events), 'an entry holds a list of events')
  return events.some((raw) => {
    const event = parseEvent(raw)
    return event !== null && isCash(event, orders)
  })
}

function isCash(event: DomainEvent, orders: readonly OrderView[]): boolean {
  if (event.type === 'order.payment_taken') return event.method === CASH
  if (event.type === 'journal.written') return event.kind.startsWith('drawer_')
  if (event.type !== 'order.payment_refunded') return false
  const payments = orders.find((order) => order.id === event.orderId)?.payments ?? []
  return payments.some(({ id, method }) => id === event.paymentId && method === CASH)
}
