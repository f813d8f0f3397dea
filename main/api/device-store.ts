import { findConflicts, findHeldBack } from '../../db/sqlite/conflict-queries.ts'
import { createNewestEntries } from '../../db/sqlite/newest-entries.ts'
import { createOrderEntries } from '../../db/sqlite/order-entries.ts'
import { createPictureTable } from '../../db/sqlite/pictures.ts'
import { prepare } from '../../db/sqlite/statements.ts'
import { businessDayIn } from '../../domain/business-day.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import { acceptLateEntries, createLateEntries } from '../late-entries.ts'
import type { FoundOlder } from '../older-orders.ts'
import { stockEvents } from '../inventory/stock-lines.ts'
import { removeDevice } from '../remove-device.ts'
import { readDeviceReport } from '../reports/device-reports.ts'
import type { ApiDeps } from './deps.ts'
import { listOrders } from './order-list.ts'
import type { OlderMissing, RestStore } from './rest-store.ts'
import { readWholeDayReport } from './whole-day-report.ts'

type DeviceStoreDeps = Pick<
  ApiDeps,
  | 'pins'
  | 'alerts'
  | 'store'
  | 'guests'
  | 'searchOrders'
  | 'ring'
  | 'older'
  | 'erasedOn'
  | 'orderTimeoutMs'
  | 'nowMs'
>

/** A device's own copy of the store, as the routes ask for it. What is here is answered at once. */
export function createDeviceStore(deps: DeviceStoreDeps): RestStore {
  const { store, guests, searchOrders, ring, older, nowMs } = deps
  const { connection } = store
  const entriesOf = createOrderEntries(connection)
  const pictures = createPictureTable(connection)
  const selectCommandId = prepare(
    connection,
    connection.sql
      .selectFrom('entries')
      .select('command_id')
      .where('command_id', '>=', '')
      .where('command_id', '<', '')
      .limit(1),
  )

  /** Empty: nowhere. */
  async function findElsewhere(
    orderId: string,
  ): Promise<Result<Partial<FoundOlder>, OlderMissing>> {
    const missingBefore = older?.leftUntil() ?? null
    if (older === undefined || missingBefore === null) return ok({})
    const found = await older.find({ orderId })
    return found === null ? refuse({ missingBefore }) : ok(found)
  }

  return {
    deviceId: () => store.deviceId,
    catalog: store.catalog,
    recordVersions: store.recordVersions,
    picture: pictures.get,
    pictureIds: pictures.ids,
    order: store.order,
    lookUp: async (orderId) => {
      const here = store.order(orderId)
      if (here !== null) return ok(here)
      const found = await findElsewhere(orderId)
      return found.ok ? ok(found.value.orders?.[0] ?? null) : found
    },
    lookUpWhole: async (orderId) => {
      const here = store.order(orderId)
      if (here !== null) return ok({ order: here, entries: entriesOf(orderId) })
      const found = await findElsewhere(orderId)
      if (!found.ok) return found
      const { orders: [order] = [], entries = [] } = found.value
      return ok(order === undefined ? null : { order, entries })
    },
    orders: store.orders,
    openOrders: store.openOrders,
    listOrders: ({ q, ...filter }, after, limit) =>
      listOrders(deps, q === undefined ? filter : { ...filter, q: searchOrders(q) }, after, limit),
    execute: guests.execute,
    changeRecords: (stamp, decide) => {
      const decided = decide(store.catalog(), store.frontier(), store.recordVersions())
      if (!decided.ok) return decided
      store.setRecords({ ...stamp, command: decided.value })
      return ok(null)
    },
    hashPin: deps.pins.hash,
    stock: () => store.stock.of,
    writeStock: (stamp, wish) => {
      store.writeJournal<never>(stamp, (clock) => ok(stockEvents(stamp.id, wish, clock)))
    },
    customers: () => guests.customers,
    findCustomers: guests.desk.find,
    customer: guests.desk.get,
    writeCustomer: guests.desk.write,
    eraseCustomer: guests.desk.erase,
    setNotices: guests.desk.setNotices,
    noticeLines: (count) => [
      ...store.journal.newest('notice_claimed', 2 * count),
      ...store.journal.newest('notice_ended', count),
    ],
    alerts: deps.alerts.list,
    acknowledgeAlert: deps.alerts.acknowledge,
    shiftLines: (from, to) => store.journal.begun('shift_started', from, to),
    erasedOn: (customerId) => deps.erasedOn?.(customerId) ?? [],
    ordersOfCustomer: guests.desk.orders,
    conflicts: (state, after, limit) => findConflicts(connection, state, after, limit),
    heldBack: (limit) => findHeldBack(connection, limit),
    dayReport: (day) =>
      readWholeDayReport(
        { connection, catalog: store.catalog(), viewsOf: store.orders, older },
        day,
      ),
    report: ({ from, to }, read) => {
      const catalog = store.catalog()
      const today = businessDayIn(catalog, nowMs())
      const deps = { connection, catalog, older, storeId: store.storeId, viewsOf: store.orders }
      return readDeviceReport(deps, { from: from ?? today, to: to ?? today }, read)
    },
    removeDevice: (stamp, deviceId) => removeDevice({ store, ring }, stamp, deviceId),
    lateEntries: createLateEntries(store),
    acceptLateEntries: (stamp, wish) => acceptLateEntries(store, stamp, wish),
    newestEntries: createNewestEntries(connection),
    ...(deps.orderTimeoutMs !== undefined && { orderTimeoutMs: deps.orderTimeoutMs }),
    commandIdWith: (prefix) =>
      // The end of what begins with it: no id has a character beyond this one.
      selectCommandId.get(prefix, `${prefix}\u{10ffff}`, 1)?.command_id ?? null,
  }
}
