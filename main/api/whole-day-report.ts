import { businessDayIn } from '../../domain/business-day.ts'
import type { Catalog } from '../../domain/catalog.ts'
import type { OrderPosition } from '../../domain/order-filter.ts'
import type { OrderView } from '../../domain/order-view.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import { openConnection, type Connection } from '../../db/sqlite/connection.ts'
import { findOrderIds } from '../../db/sqlite/order-queries.ts'
import { prepareUpsert } from '../../db/sqlite/statements.ts'
import { ORDER_TABLES, orderRows } from '../../db/tables.ts'
import { MAX_PAGE } from '../../protocol/limits.ts'
import type { OlderOrders } from '../older-orders.ts'
import { MAX_REPORT_ORDERS } from './limits.ts'
import { readDayReport, type DayReport } from './report-day.ts'

export interface ReportDeps {
  readonly connection: Connection
  readonly catalog: Catalog
  readonly viewsOf: (orderIds: readonly string[]) => readonly OrderView[]
  /** Absent: nothing ever leaves this device. */
  readonly older?: OlderOrders | undefined
}

/**
 * The report of a day, also of one whose orders have left this device in part or altogether. Refused
 * with the moment before which orders may be missing, where the centre cannot be asked for them: half
 * a report would be a wrong one.
 */
export async function readWholeDayReport(
  { connection, catalog, viewsOf, older }: ReportDeps,
  day: string,
): Promise<Result<DayReport, { readonly missingBefore: string }>> {
  const leftUntil = older?.leftUntil() ?? null
  if (!older || leftUntil === null || day > businessDayIn(catalog, Date.parse(leftUntil))) {
    return ok(readDayReport(connection, catalog, day))
  }
  const held = findOrderIds(connection, { businessDay: day }, null, MAX_REPORT_ORDERS)
  const orders = new Map(viewsOf(held.map(({ id }) => id)).map((order) => [order.id, order]))
  let after: OrderPosition | null = null
  while (orders.size < MAX_REPORT_ORDERS) {
    const found = await older.find({ filter: { businessDay: day }, after, limit: MAX_PAGE })
    if (found === null) return refuse({ missingBefore: leftUntil })
    for (const order of found.orders) if (!orders.has(order.id)) orders.set(order.id, order)
    const last = found.orders.at(-1)
    if (last === undefined || found.orders.length < MAX_PAGE) break
    after = { createdAt: last.createdAt, id: last.id }
  }
  return ok(await reportOf([...orders.values()], catalog, day))
}

/** The sums are taken from tables as ever, in a file that is in memory and gone afterwards. */
export async function reportOf(
  orders: readonly OrderView[],
  catalog: Catalog,
  day: string,
): Promise<DayReport> {
  const connection = await openConnection(':memory:')
  try {
    const writers = ORDER_TABLES.map((table) => ({
      table,
      upsert: prepareUpsert(connection, table),
    }))
    connection.raw.transaction(() => {
      for (const order of orders) {
        const rows = orderRows(order)
        for (const { table, upsert } of writers) for (const row of rows[table]) upsert.run(...row)
      }
    })()
    return readDayReport(connection, catalog, day)
  } finally {
    connection.close()
  }
}
