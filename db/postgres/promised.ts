import { sql } from 'kysely'
import type { PromisedOrder } from '../../domain/pacing.ts'
import { promisedBetween, promisedOf } from '../promised.ts'
import type { Sql } from './rows.ts'

/** What has been promised to a store's guests for the day from a moment on (domain/pacing.ts). */
export async function readPromised(
  trx: Sql,
  storeId: string,
  fromMs: number,
): Promise<PromisedOrder[]> {
  const { from, to } = promisedBetween(fromMs)
  const { rows } = await sql<{ id: string; promised_for: string; items: string | null }>`
    SELECT id, promised_for,
      (SELECT sum(quantity) FROM order_items i
        WHERE i.store_id = o.store_id AND i.order_id = o.id AND i.voided = 0) AS items
    FROM orders o
    WHERE store_id = ${storeId} AND promised_for >= ${from} AND promised_for < ${to}
      AND status <> 'cancelled'
  `.execute(trx)
  return rows.map(promisedOf)
}
