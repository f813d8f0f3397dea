import { parseEvent } from '../../domain/events.ts'
import type { Entry } from '../../domain/log.ts'
import type { OrderView } from '../../domain/order-view.ts'
import { assert } from '../../domain/result.ts'

const CASH = 'cash'

/** Whether an entry puts cash into a drawer or takes it out. */
export function movesCash({ body }: Pick<Entry, 'body'>, orders: readonly OrderView[]): boolean {
  if (!body.includes('order.payment_')) return false
  const events: unknown = JSON.parse(body)
  assert(Array.isArray(events), 'an entry holds a list of events')
  return events.some((raw) => {
    const event = parseEvent(raw)
    if (event?.type === 'order.payment_taken') return event.method === CASH
    if (event?.type !== 'order.payment_refunded') return false
    const payments = orders.find((order) => order.id === event.orderId)?.payments ?? []
    return payments.some(({ id, method }) => id === event.paymentId && method === CASH)
  })
}
