import { z } from 'zod'
import { isBehind, readDevices, type DeviceStanding } from '../../../db/postgres/office/devices.ts'
import { readOverview, type OverviewRow } from '../../../db/postgres/office/overview.ts'
import { readStores } from '../../../db/postgres/office/read-stores.ts'
import { listStores, type StoreInfo } from '../../../db/postgres/office/stores.ts'
import type { UserStores } from '../../../db/postgres/office/users.ts'
import type { Sql } from '../../../db/postgres/rows.ts'
import { toPgText } from '../../../domain/nul-free-text.ts'
import { ok } from '../../../domain/result.ts'
import {
  overviewQuery,
  storesQuery,
  type OverviewLine,
  type StoreLine,
} from '../../../protocol/office/overview.ts'
import { OVERVIEW_PATH, STORES_PATH } from '../../../protocol/office/paths.ts'
import { OFFICE_ROLES } from '../../../protocol/office/session.ts'
import { moneyOf } from '../../../protocol/rest/values.ts'
import { decodeCursor, encodeCursor } from '../../api/paging.ts'
import { csvFile, type Columns } from './answer.ts'
import { businessDayAt, type ReportDeps } from './report-context.ts'
import { officeRoute, type OfficeRoute } from './route.ts'

const cursorKey = z.tuple([z.string(), z.string()])
const WEEK_MS = 7 * 86_400_000

interface StoresWish {
  readonly q?: string | undefined
  readonly limit: number
  readonly cursor?: string | undefined
}

/** The stores that somebody may see, to choose from, and how each is doing. */
export function overviewRoutes({ database, now }: ReportDeps): OfficeRoute[] {
  return [
    officeRoute({
      method: 'GET',
      path: STORES_PATH,
      roles: OFFICE_ROLES,
      query: storesQuery,
      handle: ({ query, session }) =>
        storesPage(query, session.stores, async (_trx, stores) =>
          stores.map((store) => storeToRest(store)),
        ),
    }),
    officeRoute({
      method: 'GET',
      path: OVERVIEW_PATH,
      roles: OFFICE_ROLES,
      query: overviewQuery,
      handle: async ({ query, session }) => {
        const page = await storesPage(query, session.stores, (trx, stores) =>
          overviewLines(trx, stores, query.day),
        )
        if (!page.ok || query.format === 'json') return page
        return ok(csvFile('overview', COLUMNS, page.value.body.data))
      },
    }),
  ]

  async function storesPage<T>(
    { q, limit, cursor }: StoresWish,
    within: UserStores,
    linesOf: (trx: Sql, stores: readonly StoreInfo[]) => Promise<T[]>,
  ) {
    const position = decodeCursor(cursor, cursorKey)
    if (!position.ok) return position
    const after = position.value && { name: position.value[0], storeId: position.value[1] }
    return readStores(database, within, async (trx) => {
      const found = await listStores(trx, within, { q, after, limit: limit + 1 })
      const stores = found.slice(0, limit)
      const last = stores.at(-1)
      const isMore = last !== undefined && found.length > limit
      const next_cursor = isMore ? encodeCursor([last.name, last.storeId]) : null
      return ok({ body: { data: await linesOf(trx, stores), next_cursor } })
    })
  }

  function storeToRest(store: StoreInfo): StoreLine {
    const { storeId, name, currency, timeZone, dayStartsAtMinutes } = store
    return {
      store_id: storeId,
      name,
      currency,
      time_zone: timeZone,
      day_starts_at: clockTime(dayStartsAtMinutes),
      business_day: businessDayAt(store, now()),
    }
  }

  async function overviewLines(
    trx: Sql,
    stores: readonly StoreInfo[],
    asked: string | undefined,
  ): Promise<OverviewLine[]> {
    const ids = stores.map((store) => toPgText(store.storeId))
    const wishes = stores.map((store, i) => {
      const today = businessDayAt(store, now())
      const day = asked ?? today
      const weekBefore = new Date(Date.parse(day) - WEEK_MS).toISOString().slice(0, 10)
      const until = day === today ? new Date(now().getTime() - WEEK_MS).toISOString() : null
      return { storeId: ids[i] ?? '', day, weekBefore, until }
    })
    const rows = new Map((await readOverview(trx, wishes)).map((row) => [row.store_id, row]))
    const devices = await readDevices(trx, ids)
    return stores.flatMap((store, i) => {
      const row = rows.get(ids[i] ?? '')
      if (row === undefined) return []
      const day = wishes[i]?.day ?? ''
      return [
        { ...storeToRest(store), day, ...lineOf(store, row, devices.get(row.store_id) ?? []) },
      ]
    })
  }
}

const clockTime = (minutes: number): string =>
  [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':')

function lineOf({ currency }: StoreInfo, row: OverviewRow, devices: readonly DeviceStanding[]) {
  const price = (minor: number) => moneyOf(minor, currency)
  const members = devices.filter((one) => one.deviceId !== null && !one.isRemoved)
  const contacts = devices.flatMap((one) => one.lastContactAt?.getTime() ?? [])
  return {
    sales: { orders: row.orders, total: price(row.total) },
    week_before: { orders: row.before_orders, total: price(row.before_total) },
    week_before_whole: { orders: row.whole_orders, total: price(row.whole_total) },
    open_orders: { count: row.open_orders, due: price(row.open_due) },
    open_conflicts: row.open_conflicts,
    preparation: { p50_seconds: row.p50_seconds, p90_seconds: row.p90_seconds },
    devices: { count: members.length, behind: members.filter(isBehind).length },
    last_contact_at: contacts.length === 0 ? null : new Date(Math.max(...contacts)).toISOString(),
  }
}

const COLUMNS: Columns<OverviewLine> = [
  ['store', (row) => row.name],
  ['day', (row) => row.day],
  ['orders', (row) => row.sales.orders],
  ['total', (row) => row.sales.total],
  ['week_before_orders', (row) => row.week_before.orders],
  ['week_before_total', (row) => row.week_before.total],
  ['week_before_whole_orders', (row) => row.week_before_whole.orders],
  ['week_before_whole_total', (row) => row.week_before_whole.total],
  ['open_orders', (row) => row.open_orders.count],
  ['open_due', (row) => row.open_orders.due],
  ['open_conflicts', (row) => row.open_conflicts],
  ['preparation_p50_seconds', (row) => row.preparation.p50_seconds],
  ['preparation_p90_seconds', (row) => row.preparation.p90_seconds],
  ['devices', (row) => row.devices.count],
  ['devices_behind', (row) => row.devices.behind],
  ['last_contact_at', (row) => row.last_contact_at],
  ['currency', (row) => row.sales.total.currency],
  ['store_id', (row) => row.store_id],
]
