import {
  findCommandId,
  findConflicts,
  findHeldBack,
  findNamedCustomers,
  findNewestEntries,
  findOpenOrderIds,
  readLog,
} from '../../../db/postgres/store-queries.ts'
import { findCentreMember, type CentreMember } from '../../../db/postgres/centre-members.ts'
import { entriesOf, findOrderIds } from '../../../db/postgres/look-up.ts'
import { readPicture, readPictureIds } from '../../../db/postgres/pictures.ts'
import { loadOrders } from '../../../db/postgres/projections.ts'
import type { Sql } from '../../../db/postgres/rows.ts'
import { journalBegun } from '../../../db/postgres/journal-lines.ts'
import { readNewestLines } from '../../../db/postgres/customer-keys.ts'
import { readStock } from '../../../db/postgres/stock.ts'
import { withStores } from '../../../db/postgres/scope.ts'
import { frontierOf, readHeads } from '../../../db/postgres/store.ts'
import { alertsOf, MAX_ACKNOWLEDGED, type Alert } from '../../../domain/alerts.ts'
import type { Catalog } from '../../../domain/catalog.ts'
import { sealingKeys } from '../../../domain/data-keys.ts'
import { lateRanges } from '../../../domain/late-entries.ts'
import { toPgText } from '../../../domain/nul-free-text.ts'
import type { OrderSearch } from '../../../domain/order-filter.ts'
import type { OrderView } from '../../../domain/order-view.ts'
import { catalogAt, type RecordVersion } from '../../../domain/record-versions.ts'
import { ok } from '../../../domain/result.ts'
import { itemsLeft, stockList } from '../../../domain/stock-list.ts'
import { acknowledgedLine, findAlert } from '../../alerts/alerts.ts'
import { MAX_REPORT_ORDERS } from '../../api/limits.ts'
import type { RestStore } from '../../api/rest-store.ts'
import type { NamedCustomer } from '../../../db/sqlite/order-queries.ts'
import type { KeyRing } from '../../personal-data/key-ring.ts'
import { reportOf } from '../../api/whole-day-report.ts'
import { acceptLateEntries, describeLate, MAX_LATE_READ } from '../../late-entries.ts'
import type { LateEntries } from '../../../protocol/screens.ts'
import { LOCKED_READER } from '../../personal-data/customers.ts'
import { createCustomerSearch } from '../../personal-data/customer-search.ts'
import { createPins, hashPinPlain } from '../../pin.ts'
import { stockEvents } from '../../inventory/stock-lines.ts'
import { removeDevice } from '../../remove-device.ts'
import { withReport } from '../office/report-context.ts'
import type { Tracking } from '../tracking/tracking.ts'
import { createCentreCustomers } from './centre-customers.ts'
import { createCentreGuests } from './centre-guests.ts'
import { ringOf, writeAsCentre, type AsCentre, type MemberDeps } from './writing.ts'

export interface CentreStoreDeps extends MemberDeps {
  /** Null: this centre gives out no links. */
  readonly tracking: Pick<Tracking, 'urlOf'> | null
}

/** What a store says of itself. */
interface About {
  readonly versions: readonly RecordVersion[]
  /** What counts of them now. */
  readonly catalog: Catalog
  readonly member: CentreMember | null
}

const searchNothing = (text: string): OrderSearch => ({ text, phoneHashes: [], orderIds: [] })

/** Open orders of one store that are read at one time. */
const MAX_OPEN_ORDERS = 2_000
/** Names of guests that are opened for one search: 20 µs each, and others wait meanwhile. */
const MAX_NAMES_READ = 300

/**
 * A store as the centre has it, for one call: the routes of a device ask it the same. Every answer
 * is read from PostgreSQL; what a device would have in memory is read once a call.
 */
export function createCentreStore(deps: CentreStoreDeps, storeId: string): RestStore {
  const { database, tracking } = deps
  const stored = toPgText(storeId)
  let read: Promise<About> | null = null

  const about = (): Promise<About> =>
    (read ??= reading(async (trx) => {
      const versions = await deps.records.read(trx, stored)
      const { catalog } = catalogAt(versions, deps.nowMs())
      return { versions, catalog, member: await findCentreMember(trx, storeId) }
    }))

  /** All of it sees the same moment. */
  const reading = <T>(work: (trx: Sql) => Promise<T>): Promise<T> =>
    withStores(database, [storeId], work, 'snapshot')

  /** What was read before is old afterwards. */
  const write = <T>(work: (as: AsCentre) => Promise<T>): Promise<T> => {
    read = null
    return writeAsCentre(deps, storeId, work)
  }

  const guests = createCentreGuests(stored, deps.newId)

  /** With what it takes to show their customers. */
  const ordersOf = async (trx: Sql, orderIds: readonly string[]): Promise<OrderView[]> => {
    const orders = (await loadOrders(trx, stored, orderIds)).flatMap(({ view }) => view ?? [])
    await guests.readFor(trx, orders)
    return orders
  }

  const ring = async () => {
    const { catalog, member } = await about()
    return member === null ? null : ringOf(deps, storeId, member, () => catalog)
  }

  /** Names lie sealed with keys of their own. */
  async function searchAmong(trx: Sql, keys: KeyRing, named: readonly NamedCustomer[]) {
    await guests.readKeys(
      trx,
      named.flatMap((row) => row.customer_key ?? []),
    )
    const book = guests.book(keys)
    const find = (keyId: string) => keys.find(keyId) ?? book.open(keyId)
    return (text: string) => createCustomerSearch({ all: keys.all, find })(text, named)
  }

  const order = (orderId: string): Promise<OrderView | null> =>
    reading(async (trx) => (await ordersOf(trx, [orderId]))[0] ?? null)

  const openOrders = (): Promise<OrderView[]> =>
    reading(async (trx) => ordersOf(trx, await findOpenOrderIds(trx, stored, MAX_OPEN_ORDERS)))

  /** Of printers, and of what has not come up yet, the centre knows nothing. */
  const alerts = async (): Promise<readonly Alert[]> => {
    const { catalog } = await about()
    const stock = await reading((trx) => readStock(trx, stored))
    const stockOf = (subject: string) => stock.get(subject) ?? null
    return alertsOf({
      catalog,
      orders: await openOrders(),
      stock: stockList(catalog, stockOf),
      left: itemsLeft(catalog, (subject) => stockOf(subject)?.levelMilli ?? null),
      printers: [],
      centreLacksSinceMs: null,
      lines: await reading((trx) =>
        readNewestLines(trx, stored, 'alert_acknowledged', MAX_ACKNOWLEDGED),
      ),
      nowMs: deps.nowMs(),
    })
  }

  return {
    deviceId: async () => (await about()).member?.deviceId ?? null,
    catalog: async () => (await about()).catalog,
    recordVersions: async () => (await about()).versions,
    picture: (id) => reading((trx) => readPicture(trx, stored, id)),
    pictureIds: () => reading((trx) => readPictureIds(trx, stored)),
    order,
    lookUp: async (orderId) => ok(await order(orderId)),
    lookUpWhole: (orderId) =>
      reading(async (trx) => {
        const [found] = await ordersOf(trx, [orderId])
        if (found === undefined) return ok(null)
        return ok({ order: found, entries: await entriesOf(trx, stored, [toPgText(orderId)]) })
      }),
    orders: (orderIds) => reading((trx) => ordersOf(trx, orderIds)),
    openOrders,
    listOrders: async ({ q, ...filter }, after, limit) => {
      const keys = q === undefined ? null : await ring()
      return reading(async (trx) => {
        const named = keys && (await findNamedCustomers(trx, stored, MAX_NAMES_READ))
        const search = keys && named ? await searchAmong(trx, keys, named) : searchNothing
        const wish = q === undefined ? filter : { ...filter, q: search(q) }
        const found = await findOrderIds(trx, stored, wish, after, limit + 1)
        const page = found.slice(0, limit)
        return {
          orders: await ordersOf(
            trx,
            page.map(({ id }) => id),
          ),
          next: (found.length > limit ? page.at(-1) : undefined) ?? null,
          missingBefore: null,
        }
      })
    },
    execute: (stamped, expectedVersion) =>
      write(async ({ desk, seal, trx, guests: writing }) => {
        const sealed = await seal(stamped.command)
        if (!sealed.ok) return sealed
        const { command, newKey, lines } = sealed.value
        await writing.keep(trx, newKey)
        const placed = await desk.execute({ ...stamped, command }, expectedVersion, lines)
        await writing.dropUnused(trx, newKey, lines)
        // The caller is shown it without reading it again.
        if (placed.ok) await guests.readFor(trx, [placed.value])
        return placed
      }),
    changeRecords: (stamp, decide) =>
      write(async ({ desk }) => {
        const decided = decide(desk.catalog(), desk.frontier(), desk.versions())
        if (!decided.ok) return decided
        if (!(await desk.isTaken(stamp.id))) desk.setRecords({ ...stamp, command: decided.value })
        return ok(null)
      }),
    hashPin: async (pin) => {
      const keys = await ring()
      const { catalog, member } = await about()
      const sealing =
        member && sealingKeys(catalog, member.deviceId).flatMap((id) => keys?.find(id) ?? [])[0]
      // Without a key it is hashed anew at the next sign-in at a till.
      if (keys === null || !sealing) return hashPinPlain(pin)
      return createPins({ find: keys.find, sealing: () => sealing }).hash(pin)
    },
    stock: async () => {
      const stock = await reading((trx) => readStock(trx, stored))
      return (subject) => stock.get(subject) ?? null
    },
    writeStock: (stamp, wish) =>
      write(async ({ desk }) => {
        if (await desk.isTaken(stamp.id)) return
        desk.writeJournal(stamp, (clock) => stockEvents(stamp.id, wish, clock))
      }),
    customers: async () => {
      const keys = await ring()
      return keys === null ? LOCKED_READER : guests.customers(keys)
    },
    ...createCentreCustomers({ deps, stored, guests, ring, about, reading, write, ordersOf }),
    alerts,
    acknowledgeAlert: async (stamp, alertId, role) => {
      const found = findAlert(await alerts(), alertId, role)
      if (!found.ok || found.value.acknowledged !== null) return found
      await write(async ({ desk }) => {
        if (await desk.isTaken(stamp.id)) return
        desk.writeJournal(stamp, () => [acknowledgedLine(found.value)])
      })
      return ok({ ...found.value, acknowledged: { by: stamp.actor, at: stamp.at } })
    },
    shiftLines: (from, to) =>
      reading((trx) => journalBegun(trx, stored, 'shift_started', from, to)),
    conflicts: (state, after, limit) =>
      reading((trx) => findConflicts(trx, stored, state, after, limit)),
    heldBack: (limit) => reading((trx) => findHeldBack(trx, stored, limit)),
    dayReport: async (businessDay) => {
      const orders = await reading(async (trx) => {
        const found = await findOrderIds(trx, stored, { businessDay }, null, MAX_REPORT_ORDERS)
        return ordersOf(
          trx,
          found.map(({ id }) => id),
        )
      })
      return ok(await reportOf(orders, (await about()).catalog, businessDay))
    },
    report: async (range, read) => {
      const now = () => new Date(deps.nowMs())
      return ok(await withReport({ database, now }, storeId, range, read))
    },
    removeDevice: (stamp, deviceId) =>
      write(async ({ desk, ring: keys }) =>
        (await desk.isTaken(stamp.id))
          ? ok(null)
          : removeDevice({ store: desk, ring: keys }, stamp, deviceId),
      ),
    lateEntries: async () => {
      const { catalog } = await about()
      return reading(async (trx) => {
        const frontier = frontierOf(await readHeads(trx, stored))
        const ranges = lateRanges(catalog, frontier)
        const late: LateEntries[] = []
        for (const range of ranges) {
          const { origin, fromSeq } = range
          const entries = await readLog(trx, stored, origin, fromSeq, MAX_LATE_READ)
          const { orders, ...told } = describeLate(range, entries, catalog, () => null)
          const known = await ordersOf(
            trx,
            orders.map(({ id }) => id),
          )
          const numbers = new Map(known.map(({ id, number }) => [id, number]))
          late.push({
            ...told,
            orders: orders.map(({ id }) => ({ id, number: numbers.get(id) ?? id })),
          })
        }
        return late
      })
    },
    acceptLateEntries: (stamp, wish) =>
      write(async ({ desk }) => acceptLateEntries(desk, stamp, wish)),
    newestEntries: (after, limit) => reading((trx) => findNewestEntries(trx, stored, after, limit)),
    commandIdWith: (prefix) => reading((trx) => findCommandId(trx, stored, prefix)),
    ...(tracking && { trackingUrl: (orderId) => tracking.urlOf(storeId, orderId) }),
  }
}
