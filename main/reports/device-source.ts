import { foldOrder, readEntry, type ReadOrderEvent } from '../../db/fold-entries.ts'
import { exceptionsOf } from '../../db/report-exceptions.ts'
import type { Connection } from '../../db/sqlite/connection.ts'
import {
  findUnusualOrders,
  readMadeTickets,
  readSoldLines,
  readSoldOrders,
  readTakenPayments,
} from '../../db/sqlite/report-rows.ts'
import type { StoreInfo } from '../../db/postgres/office/stores.ts'
import type { Catalog, RecordKind, RecordValue } from '../../domain/catalog.ts'
import { orderIdsOf } from '../../domain/events.ts'
import type { OrderState } from '../../domain/evolve.ts'
import type { EntryContent } from '../../domain/log.ts'
import {
  hourReader,
  lineSumsBy,
  orderSumsBy,
  orderSumsOf,
  paymentSumsOf,
  preparationTimesOf,
  taxSumsOf,
} from './device-sums.ts'
import type { BusinessDays, ReportSource } from './report-context.ts'

export interface DeviceSourceDeps {
  readonly catalog: Catalog
  readonly store: StoreInfo
  readonly range: BusinessDays
  /** The tables that hold all orders of a day. */
  readonly tablesOf: (day: string) => Connection
  /** All tables that hold orders of the range. */
  readonly tables: readonly Connection[]
  readonly entriesOf: (orderId: string) => readonly (EntryContent & { readonly origin: string })[]
}

/**
 * The reports of a device. It reads a day at a time and lets others have their turn in between: nobody
 * who taps waits for a year to be added up.
 */
export function deviceSource(deps: DeviceSourceDeps): ReportSource {
  const { catalog, store, range, tablesOf, entriesOf } = deps
  const hourOf = hourReader(range, store.timeZone)

  async function ofAllDays<T>(
    read: (tables: Connection, day: string) => readonly T[],
  ): Promise<T[]> {
    const all: T[] = []
    for (const day of daysOf(range)) {
      for (const row of read(tablesOf(day), day)) all.push(row)
      await new Promise((resolve) => setImmediate(resolve))
    }
    return all
  }

  /** Folded as everywhere, with the states of orders that lent it lines. */
  function readStates(): (orderId: string) => OrderState | undefined {
    const read = new Map<string, OrderState | undefined>()
    return (orderId) => {
      if (!read.has(orderId)) {
        const events = entriesOf(orderId).flatMap((entry) => ofOrder(orderId, entry))
        read.set(orderId, events.length === 0 ? undefined : foldOrder(orderId, events))
      }
      return read.get(orderId)
    }
  }

  return {
    totals: async () => orderSumsOf(await ofAllDays(readSoldOrders)),
    salesBy: async (by) => {
      if (by === 'day') {
        return ofAllDays((tables, day) => orderSumsBy(readSoldOrders(tables, day), () => day))
      }
      const orders = await ofAllDays(readSoldOrders)
      return orderSumsBy(orders, (order) => (by === 'staff' ? order.created_by : order.order_type))
    },
    salesByHour: async () =>
      orderSumsBy(await ofAllDays(readSoldOrders), (order) => hourOf(order.created_at)),
    salesByItem: async () =>
      lineSumsBy(await ofAllDays(readSoldLines), (line) => line.menu_item_id),
    salesByCategory: async (categoryOf) =>
      lineSumsBy(await ofAllDays(readSoldLines), (line) => categoryOf.get(line.menu_item_id) ?? ''),
    paymentsByMethod: async () => paymentSumsOf(await ofAllDays(readTakenPayments)),
    taxesByDay: () =>
      ofAllDays((tables, day) => taxSumsOf(day, readSoldLines(tables, day), store.taxRounding)),
    preparationTimes: async (lateAfter) =>
      preparationTimesOf(await ofAllDays(readMadeTickets), hourOf, lateAfter),
    exceptions: ({ kind, after, limit }) => {
      const found = deps.tables
        .flatMap((tables) => findUnusualOrders(tables, range, kind, after, limit + 1))
        .toSorted((a, b) => latestFirst(a.created_at, b.created_at) || latestFirst(a.id, b.id))
      const page = found.filter(({ id }, at) => found[at - 1]?.id !== id).slice(0, limit + 1)
      const stateOf = readStates()
      const last = page.length > limit ? page[limit - 1] : undefined
      return {
        exceptions: page.slice(0, limit).flatMap(({ id }) => {
          const state = stateOf(id)
          const exceptions = state === undefined ? [] : exceptionsOf(state, stateOf)
          return exceptions.filter((one) => kind === undefined || one.kind === kind)
        }),
        next: last === undefined ? null : { createdAt: last.created_at, id: last.id },
      }
    },
    records: <K extends RecordKind>(kind: K) =>
      catalog[kind] as ReadonlyMap<string, RecordValue<K>>,
    // A device knows the staff of its store, and nobody of the back office.
    officeUsers: () => new Map(),
  }
}

const latestFirst = (a: string, b: string): number => (a < b ? 1 : a > b ? -1 : 0)

const ofOrder = (
  orderId: string,
  entry: EntryContent & { readonly origin: string },
): ReadOrderEvent[] =>
  readEntry(entry).orderEvents.filter(({ event }) => orderIdsOf(event).includes(orderId))

const DAY_MS = 86_400_000

function daysOf({ from, to }: BusinessDays): string[] {
  const days: string[] = []
  for (let ms = Date.parse(from); ms <= Date.parse(to); ms += DAY_MS) {
    days.push(new Date(ms).toISOString().slice(0, 10))
  }
  return days
}
