import type { PromisedOrder } from '../../domain/pacing.ts'
import { promisedBetween, promisedOf } from '../promised.ts'
import type { Connection } from './connection.ts'

/** What has been promised to guests for the day from a moment on (domain/pacing.ts). */
export function createPromised(connection: Connection): (fromMs: number) => PromisedOrder[] {
  const select = connection.raw.prepare<
    [string, string],
    { id: string; promised_for: string; items: number | null }
  >(`
    SELECT id, promised_for,
      (SELECT sum(quantity) FROM order_items WHERE order_id = orders.id AND voided = 0) AS items
    FROM orders WHERE promised_for >= ? AND promised_for < ? AND status <> 'cancelled'
  `)
  return (fromMs) => {
    const { from, to } = promisedBetween(fromMs)
    return select.all(from, to).map(promisedOf)
  }
}
