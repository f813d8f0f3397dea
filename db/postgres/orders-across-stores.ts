import { sql } from 'kysely'
import { fromPgText } from '../../domain/nul-free-text.ts'
import type { Database } from './database.ts'
import type { Sql } from './rows.ts'
import { withEveryStore, withStores } from './scope.ts'

/**
 * What stores sold of late, store by store, for whoever watches the centre. A device counts what it did
 * itself (main/observation/written.ts) and the centre what is written of it, by the same words: begun
 * and closed orders, the time from beginning to completion, cards and other payments by what came of
 * them. Read anew each time, so that it is the same from each process of the centre.
 */
export interface StoreSales {
  readonly storeId: string
  readonly begun: readonly { readonly channel: string; readonly orders: number }[]
  readonly closed: readonly { readonly outcome: string; readonly orders: number }[]
  /** On average; null: none was completed. */
  readonly processingSeconds: number | null
  readonly payments: readonly {
    readonly method: string
    readonly result: string
    readonly payments: number
  }[]
}

/** Of orders begun after `since`, in the stores that were heard of last. */
export async function readSalesAcrossStores(
  database: Pick<Database, 'sql'>,
  since: Date,
  mostStores: number,
): Promise<readonly StoreSales[]> {
  const from = since.toISOString()
  // Which stores there are is one look; what they sold is seen of those alone that are named.
  const heard = await withEveryStore(database, (trx) =>
    trx
      .selectFrom('uploads')
      .select('store_id')
      .groupBy('store_id')
      .orderBy(({ fn }) => fn.max('last_upload_at'), 'desc')
      .orderBy('store_id')
      .limit(mostStores)
      .execute(),
  )
  const stored = heard.map((row) => row.store_id)
  const read = async (trx: Sql) => {
    // One stretch of the index by creation for each store.
    const orders = sql`
      SELECT o.store_id, o.id, o.order_type, o.status, o.created_at
      FROM unnest(${stored}::text[]) AS s (store_id) CROSS JOIN LATERAL (
        SELECT * FROM orders
        WHERE orders.store_id = s.store_id AND created_at >= ${from} AND merged_into IS NULL
      ) AS o`
    const counted = await sql<Row>`
      WITH of_late AS (${orders})
      SELECT store_id, 'begun' AS what, order_type AS word, '' AS method,
        count(*)::int AS times, NULL::float8 AS seconds
      FROM of_late GROUP BY store_id, order_type
      UNION ALL
      SELECT of_late.store_id, 'closed', of_late.status, '', count(*)::int,
        avg(extract(epoch FROM said.at::timestamptz - of_late.created_at::timestamptz))::float8
      FROM of_late LEFT JOIN LATERAL (
        SELECT min(at) AS at FROM order_status_history AS h
        WHERE h.store_id = of_late.store_id AND h.order_id = of_late.id AND h.status = 'completed'
      ) AS said ON of_late.status = 'completed'
      WHERE of_late.status IN ('completed', 'cancelled')
      GROUP BY of_late.store_id, of_late.status
      UNION ALL
      SELECT of_late.store_id, 'paid', 'taken', p.method, count(*)::int, NULL
      FROM of_late JOIN order_payments AS p
        ON p.store_id = of_late.store_id AND p.order_id = of_late.id
      GROUP BY of_late.store_id, p.method
      UNION ALL
      SELECT of_late.store_id, 'paid', coalesce(i.why, 'declined'), 'card', count(*)::int, NULL
      FROM of_late JOIN order_payment_intents AS i
        ON i.store_id = of_late.store_id AND i.order_id = of_late.id
      WHERE i.kind = 'payment' AND i.state = 'failed'
      GROUP BY of_late.store_id, i.why
      ORDER BY store_id, what, method, word`.execute(trx)
    return [...Map.groupBy(counted.rows, (row) => row.store_id)].map(([id, rows]) =>
      salesOf(id, rows),
    )
  }
  return withStores(database, stored.map(fromPgText), read, 'snapshot')
}

interface Row {
  readonly store_id: string
  readonly what: 'begun' | 'closed' | 'paid'
  readonly word: string
  readonly method: string
  readonly times: number
  readonly seconds: number | null
}

function salesOf(storeId: string, rows: readonly Row[]): StoreSales {
  const of = (what: Row['what']): Row[] => rows.filter((row) => row.what === what)
  const completed = of('closed').find(({ word }) => word === 'completed')
  return {
    storeId: fromPgText(storeId),
    begun: of('begun').map(({ word: channel, times: orders }) => ({ channel, orders })),
    closed: of('closed').map(({ word: outcome, times: orders }) => ({ outcome, orders })),
    processingSeconds: completed?.seconds ?? null,
    payments: of('paid').map(({ method, word: result, times: payments }) => ({
      ...{ method, result, payments },
    })),
  }
}
