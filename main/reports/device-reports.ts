import { openConnection, type Connection } from '../../db/sqlite/connection.ts'
import { createOrderEntries } from '../../db/sqlite/order-entries.ts'
import { findOrderIds } from '../../db/sqlite/order-queries.ts'
import { prepareUpsert } from '../../db/sqlite/statements.ts'
import { ORDER_TABLES, orderRows } from '../../db/tables.ts'
import type { StoreInfo } from '../../db/postgres/office/stores.ts'
import { businessDayIn } from '../../domain/business-day.ts'
import { STORE_RECORD_ID, type Catalog } from '../../domain/catalog.ts'
import type { OrderView } from '../../domain/order-view.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { FoundEntry } from '../../protocol/look-up.ts'
import { MAX_PAGE } from '../../protocol/limits.ts'
import { moneyOf } from '../../protocol/rest/values.ts'
import { MAX_REPORT_ORDERS } from '../api/limits.ts'
import type { OlderMissing } from '../api/rest-store.ts'
import type { FoundOlder, OlderOrders } from '../older-orders.ts'
import { deviceSource } from './device-source.ts'
import type { BusinessDays, ReportContext } from './report-context.ts'

export interface DeviceReportsDeps {
  readonly storeId: string
  readonly connection: Connection
  readonly catalog: Catalog
  readonly viewsOf: (orderIds: readonly string[]) => readonly OrderView[]
  /** Absent: nothing ever leaves this device. */
  readonly older?: OlderOrders | undefined
}

/**
 * A report on business days of which some may have left this device: those are asked for at the centre
 * and put into tables in memory for as long as the report takes. Refused with the moment before which
 * orders may be missing, where the centre cannot be asked: half a report would be a wrong one.
 */
export async function readDeviceReport<T>(
  deps: DeviceReportsDeps,
  range: BusinessDays,
  read: (context: ReportContext) => Promise<T>,
): Promise<Result<T, OlderMissing>> {
  const { catalog, connection } = deps
  const store = storeInfo(deps.storeId, catalog)
  const entriesOf = createOrderEntries(connection)
  const context = (
    tablesOf: (day: string) => Connection,
    tables: readonly Connection[],
    found: ReadonlyMap<string, readonly FoundEntry[]>,
  ): ReportContext => {
    const source = deviceSource({
      catalog,
      store,
      range,
      tablesOf,
      tables,
      entriesOf: (orderId) => found.get(orderId) ?? entriesOf(orderId),
    })
    return { source, store, range, price: (minor) => moneyOf(minor, store.currency) }
  }
  const leftUntil = deps.older?.leftUntil() ?? null
  const leftDay = leftUntil === null ? null : businessDayIn(catalog, Date.parse(leftUntil))
  if (leftDay === null || range.from > leftDay) {
    return ok(await read(context(() => connection, [connection], new Map())))
  }
  const memory = await openConnection(':memory:')
  try {
    const found = await fetchDays(
      deps,
      { from: range.from, to: leftDay < range.to ? leftDay : range.to },
      memory,
    )
    if (found === null) return refuse({ missingBefore: leftUntil ?? '' })
    const tablesOf = (day: string) => (day <= leftDay ? memory : connection)
    return ok(await read(context(tablesOf, [memory, connection], found)))
  } finally {
    memory.close()
  }
}

/** Orders of days, those that are here and those that have left, with the entries of the latter. */
async function fetchDays(
  { connection, viewsOf, older }: DeviceReportsDeps,
  { from, to }: BusinessDays,
  memory: Connection,
): Promise<Map<string, readonly FoundEntry[]> | null> {
  const writers = ORDER_TABLES.map((table) => ({ table, upsert: prepareUpsert(memory, table) }))
  const known = new Set<string>()
  const entries = new Map<string, readonly FoundEntry[]>()
  const keep = (orders: readonly OrderView[]): void => {
    for (const order of orders) {
      if (known.has(order.id)) continue
      known.add(order.id)
      const rows = orderRows(order)
      for (const { table, upsert } of writers) for (const row of rows[table]) upsert.run(...row)
    }
  }
  for (let ms = Date.parse(from); ms <= Date.parse(to); ms += DAY_MS) {
    const businessDay = new Date(ms).toISOString().slice(0, 10)
    const held = findOrderIds(connection, { businessDay }, null, MAX_REPORT_ORDERS)
    keep(viewsOf(held.map(({ id }) => id)))
    let after: { createdAt: string; id: string } | null = null
    for (;;) {
      const found: FoundOlder | null | undefined = await older?.find({
        filter: { businessDay },
        after,
        limit: MAX_PAGE,
      })
      if (!found) return null
      for (const order of found.orders)
        if (!known.has(order.id)) entries.set(order.id, found.entries)
      keep(found.orders)
      const last: OrderView | undefined = found.orders.at(-1)
      if (last === undefined || found.orders.length < MAX_PAGE) break
      after = { createdAt: last.createdAt, id: last.id }
    }
  }
  return entries
}

const DAY_MS = 86_400_000

function storeInfo(storeId: string, catalog: Catalog): StoreInfo {
  const store = catalog.store.get(STORE_RECORD_ID)
  return {
    storeId,
    name: store?.name ?? storeId,
    currency: store?.currency ?? 'USD',
    timeZone: store?.timeZone ?? 'UTC',
    dayStartsAtMinutes: store?.dayStartsAtMinutes ?? 0,
    taxRounding: store?.taxRounding ?? 'line',
  }
}
