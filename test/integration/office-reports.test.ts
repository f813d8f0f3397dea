import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPostgresStore } from '../../db/postgres/store.ts'
import { businessDayOf } from '../../domain/business-day.ts'
import { STORE_RECORD_ID } from '../../domain/catalog.ts'
import { allocate } from '../../domain/money.ts'
import { isLive, type OrderView } from '../../domain/order-view.ts'
import { readDayReport, type DayReport } from '../../main/api/report-day.ts'
import type { RestStore } from '../../main/api/rest-store.ts'
import { reportRoutes } from '../../main/api/routes/reports.ts'
import { reportToRest } from '../../main/report-format.ts'
import { readDeviceReport } from '../../main/reports/device-reports.ts'
import { officeDevices } from '../../protocol/office/devices.ts'
import {
  exceptionsReport,
  type ExceptionKind,
  type ExceptionRow,
} from '../../protocol/office/exceptions.ts'
import { ordersExport, paymentsExport } from '../../protocol/office/exports.ts'
import { overviewPage, storesPage } from '../../protocol/office/overview.ts'
import * as paths from '../../protocol/office/paths.ts'
import { preparationReport } from '../../protocol/office/preparation.ts'
import { SALES_BY, salesReport, taxReport, type SalesBy } from '../../protocol/office/sales.ts'
import { OFFICE_REFUSALS } from '../../protocol/office/session.ts'
import { dayReport } from '../../protocol/rest/report.ts'
import { startOffice, type OfficeServer, type SignedInUser } from '../support/office.ts'
import { playDays, wineRecords } from '../support/office-story.ts'
import { startTestPostgres, type TestPostgres } from '../support/postgres.ts'
import { openTill, ringUp, type Till } from '../support/till.ts'

/** The clocks of New York go forward on the eighth. */
const DAYS = ['2026-03-06', '2026-03-07', '2026-03-08', '2026-03-09'] as const
const RANGE = `from=${DAYS[0]}&to=${DAYS[3]}`
const STORE = 'chez-test'
const ZONE = 'America/New_York'
let now = new Date('2026-03-13T20:00:00Z')

let postgres: TestPostgres
let databaseUrl: string
let server: OfficeServer
let till: Till
let other: Till
let manager: SignedInUser
let views: readonly OrderView[]

async function upload(from: Till, storeId: string, deviceId: string): Promise<void> {
  const store = createPostgresStore(server.database)
  await store.trustedTokenHash(storeId, 'none')
  const ranges = from.rangesBeyond(await store.frontier(storeId))
  await store.applyUpload({ storeId, deviceId, ranges }, now)
}

beforeAll(async () => {
  postgres = await startTestPostgres()
  databaseUrl = await postgres.createDatabase()
  server = await startOffice(databaseUrl, () => now)
  till = await openTill(STORE, 'till-a', 'A')
  till.setRecords(wineRecords)
  playDays(till, DAYS.slice(0, 3), 30)
  // From the last day on, tax is rounded over the whole order.
  const store = till.store.catalog().store.get(STORE_RECORD_ID)
  if (!store) throw new Error('the store has its record')
  const value = { ...store, taxRounding: 'order', serviceChargePpm: 125_000 } as const
  till.setRecords([{ type: 'record.set', kind: 'store', id: STORE_RECORD_ID, value }])
  playDays(till, DAYS.slice(3), 30)
  await upload(till, STORE, 'till-a')
  other = await openTill('elsewhere', 'till-z', 'A')
  ringUp(other, 'theirs')
  await upload(other, 'elsewhere', 'till-z')
  manager = await server.signedIn('manager', [STORE])
  const ids = (
    await postgres.query(databaseUrl, 'SELECT id FROM orders WHERE store_id = $1', [STORE])
  ).rows as { id: string }[]
  views = till.store.orders(ids.map((row) => row.id))
})
afterAll(async () => {
  till.close()
  other.close()
  await server.stop()
  await postgres.stop()
})

const at = (path: string, query = '') =>
  `${paths.pathOf(path, { store_id: STORE })}${query === '' ? '' : `?${query}`}`

async function get(path: string, query: string, user: SignedInUser = manager): Promise<string> {
  const answer = await server.ask(user.cookie, 'GET', at(path, query))
  expect(answer.status, answer.text).toBe(200)
  return answer.text
}
const getJson = async (path: string, query: string, user?: SignedInUser): Promise<unknown> =>
  JSON.parse(await get(path, query, user))

const salesOf = async (by: SalesBy, range = RANGE) =>
  salesReport.parse(await getJson(paths.SALES_PATH, `${range}&by=${by}`))

const deviceReport = (day: string): DayReport =>
  readDayReport(till.store.connection, till.store.catalog(), day)

const inRange = (order: OrderView): boolean =>
  order.businessDay >= DAYS[0] && order.businessDay <= DAYS[3]
const sold = (): OrderView[] =>
  views.filter((order) => inRange(order) && order.status !== 'cancelled')

const sum = <T>(rows: readonly T[], of: (row: T) => number): number =>
  rows.reduce((total, row) => total + of(row), 0)

/** What a device answers under `/api/v1/reports`. */
async function deviceAnswer(name: string, asked: string): Promise<unknown> {
  const found = reportRoutes.find(({ path }) => path === `/api/v1/reports/${name}`)
  if (found === undefined) throw new Error(name)
  const { connection } = till.store
  const query = found.query.parse(Object.fromEntries(new URLSearchParams(asked)))
  const report: RestStore['report'] = (range, read) =>
    readDeviceReport(
      {
        storeId: STORE,
        connection,
        catalog: till.store.catalog(),
        viewsOf: till.store.orders,
      },
      { from: range.from ?? DAYS[0], to: range.to ?? DAYS[0] },
      read,
    )
  const outcome = await found.handle({ store: { report }, query } as Parameters<
    typeof found.handle
  >[0])
  if (!outcome.ok) throw new Error(outcome.error.detail)
  expect(found.answer.schema.safeParse(outcome.value.body).error).toBeUndefined()
  return outcome.value.body
}

describe('[O4] a device answers with the reports of the back office', () => {
  const pairs: readonly (readonly [string, string, string])[] = [
    ...SALES_BY.map((by) => ['sales', paths.SALES_PATH, `&by=${by}`] as const),
    ['sales', paths.SALES_PATH, '&by=item&limit=2'],
    ['taxes', paths.TAXES_PATH, ''],
    ['preparation', paths.PREPARATION_PATH, ''],
    ['exceptions', paths.EXCEPTIONS_PATH, ''],
    ['exceptions', paths.EXCEPTIONS_PATH, '&kind=comp&limit=1'],
    ['exceptions', paths.EXCEPTIONS_PATH, '&kind=refund&actor=staff:staff-maria'],
  ]

  test.each(pairs)('%s: %s %s', async (name, path, more) => {
    let cursor = ''
    let pages = 0
    do {
      const asked = `${RANGE}${more}${cursor}`
      const shown = (await getJson(path, asked)) as { next_cursor?: string | null }
      expect(await deviceAnswer(name, asked)).toEqual(shown)
      cursor = shown.next_cursor ? `&cursor=${shown.next_cursor}` : ''
      pages += 1
    } while (cursor !== '' && pages < 5)
    if (more.includes('limit')) expect(pages).toBeGreaterThan(1)
    expect((await get(path, `${RANGE}${more}`)).length).toBeGreaterThan(300)
  })
})

describe('[O4] what the centre says is what the devices say', () => {
  test('the story has all that a report tells of', () => {
    const reports = DAYS.map(deviceReport)
    expect(sum(reports, (r) => r.sales.count)).toBeGreaterThan(80)
    for (const report of reports) {
      expect(report.taxes.length).toBe(3)
      for (const amount of [
        report.sales.discountsMinor,
        report.voids.count,
        report.cancelled.count,
        report.refunds.count,
        report.openOrders.count,
      ]) {
        expect(amount).toBeGreaterThan(0)
      }
    }
    expect(reports[3]?.sales.serviceChargeMinor).toBeGreaterThan(0)
  })

  test.each(DAYS)('the Z report of %s, number by number', async (day) => {
    const shown = dayReport.parse(await getJson(paths.DAY_PATH, `day=${day}`))
    expect(shown).toEqual(reportToRest(deviceReport(day)))
  })

  test('sales by day, channel, hour and staff, and their sums', async () => {
    const reports = DAYS.map(deviceReport)
    const days = await salesOf('day')
    if (days.by !== 'day') throw new Error(days.by)
    expect(
      days.rows.map((row) => [row.key, row.orders, row.gross.amount, row.total.amount]),
    ).toEqual(
      reports.map((r) => [r.businessDay, r.sales.count, r.sales.grossMinor, r.sales.totalMinor]),
    )
    const expected = new Map<SalesBy, Map<string, number>>()
    const add = (by: SalesBy, key: string, order: OrderView) => {
      const keyed = expected.get(by) ?? new Map<string, number>()
      expected.set(by, keyed.set(key, (keyed.get(key) ?? 0) + order.totals.totalMinor))
    }
    const hour = new Intl.DateTimeFormat('en-US', {
      timeZone: ZONE,
      hourCycle: 'h23',
      hour: '2-digit',
    })
    for (const order of sold()) {
      add('channel', order.channel, order)
      add('staff', order.createdBy, order)
      add('hour', hour.format(Date.parse(order.createdAt)), order)
      expect(businessDayOf(Date.parse(order.createdAt), ZONE, 240)).toBe(order.businessDay)
    }
    for (const by of ['channel', 'staff', 'hour'] as const) {
      const report = await salesOf(by)
      if (report.by !== by) throw new Error(report.by)
      expect(new Map(report.rows.map((row) => [row.key, row.total.amount]))).toEqual(
        expected.get(by),
      )
      expect(sum(report.rows, (row) => row.due.amount)).toBe(report.totals.due.amount)
      expect(report.totals.net.amount).toBe(
        report.totals.gross.amount - report.totals.discounts.amount,
      )
      expect(report.totals.total.amount).toBe(sum(reports, (r) => r.sales.totalMinor))
    }
    // The business day begins at four: the small hours come last.
    const hours = await salesOf('hour')
    expect(hours.rows[0]?.key).toBe('11')
    expect(hours.rows.at(-1)?.key).toBe('03')
    const staff = await salesOf('staff')
    expect(staff.rows.map((row) => row.name)).toEqual(['Alex Morgan', 'Sam Chen', 'token:kiosk'])
  })

  test('sales by item and category: each line with its share of the discount', async () => {
    const items = new Map<
      string,
      { quantity: number; gross: number; discounts: number; orders: Set<string> }
    >()
    for (const order of sold()) {
      const lines = order.lines.filter(isLive)
      const shares = allocate(
        order.totals.discountMinor,
        lines.map((line) => line.totalMinor),
      )
      lines.forEach((line, i) => {
        const held = items.get(line.itemId) ?? {
          quantity: 0,
          gross: 0,
          discounts: 0,
          orders: new Set(),
        }
        items.set(line.itemId, {
          quantity: held.quantity + line.quantity,
          gross: held.gross + line.totalMinor,
          discounts: held.discounts + (shares[i] ?? 0),
          orders: held.orders.add(order.id),
        })
      })
    }
    const report = await salesOf('item')
    if (report.by !== 'item') throw new Error(report.by)
    expect(
      report.rows.map((row) => [
        row.key,
        row.quantity,
        row.orders,
        row.gross.amount,
        row.discounts.amount,
      ]),
    ).toEqual(
      [...items]
        .map(
          ([key, one]) => [key, one.quantity, one.orders.size, one.gross, one.discounts] as const,
        )
        .toSorted((a, b) => b[3] - a[3]),
    )
    expect(sum(report.rows, (row) => row.net.amount)).toBe(report.totals.net.amount)
    const categories = await salesOf('category')
    if (categories.by !== 'category') throw new Error(categories.by)
    const starters = report.rows.filter((row) => row.category_id === 'starters')
    expect(starters.length).toBeGreaterThan(0)
    expect(categories.rows.find((row) => row.key === 'starters')?.net.amount).toBe(
      sum(starters, (row) => row.net.amount),
    )
    expect(sum(categories.rows, (row) => row.net.amount)).toBe(report.totals.net.amount)
  })

  test('payments by method and taxes by rate', async () => {
    const payments = await salesOf('payment_method')
    if (payments.by !== 'payment_method') throw new Error(payments.by)
    const reports = DAYS.map(deviceReport)
    expect(payments.rows.map((row) => [row.key, row.payments, row.net.amount])).toEqual([
      [
        'cash',
        sum(reports, (r) => r.payments[0]?.count ?? 0),
        sum(reports, (r) => r.payments[0]?.netMinor ?? 0),
      ],
    ])
    const taxes = taxReport.parse(await getJson(paths.TAXES_PATH, RANGE))
    expect(
      taxes.rows.map((row) => [row.business_day, row.tax_rate_id, row.base.amount, row.tax.amount]),
    ).toEqual(
      reports.flatMap((r) =>
        r.taxes.map((tax) => [r.businessDay, tax.taxRateId, tax.baseMinor, tax.taxMinor]),
      ),
    )
    expect(taxes.rows.map((row) => row.name)).toContain('Wine')
  })

  test('preparation: half, nine of ten and 99 of a hundred took at most so long', async () => {
    const report = preparationReport.parse(await getJson(paths.PREPARATION_PATH, RANGE))
    const seconds = new Map<string, number[]>()
    let tickets = 0
    for (const order of views.filter(inRange)) {
      for (const ticket of order.tickets) {
        tickets += 1
        const ready = order.statusHistory
          .filter(({ status, at: readyAt }) => status === 'ready' && readyAt >= ticket.firedAt)
          .map((fact) => fact.at)
          .toSorted()[0]
        const doneAt = ticket.bumped ? ticket.bumpedAt : ready
        if (doneAt == null) continue
        const took = Math.floor((Date.parse(doneAt) - Date.parse(ticket.firedAt)) / 1_000)
        for (const key of ['all', ticket.stationId])
          seconds.set(key, [...(seconds.get(key) ?? []), took])
      }
    }
    const percentile = (times: readonly number[], of: number) =>
      times.toSorted((a, b) => a - b)[Math.ceil(times.length * of) - 1]
    const all = seconds.get('all') ?? []
    expect(all.length).toBeGreaterThan(50)
    expect(report.all).toEqual({
      tickets: all.length,
      unmeasured: tickets - all.length,
      p50_seconds: percentile(all, 0.5),
      p90_seconds: percentile(all, 0.9),
      p99_seconds: percentile(all, 0.99),
      longest_seconds: Math.max(...all),
    })
    const bar = seconds.get('bar') ?? []
    expect(report.by_station.find((row) => row.station_id === 'bar')).toMatchObject({
      name: 'Bar',
      tickets: bar.length,
      p90_seconds: percentile(bar, 0.9),
      late_after_seconds: 360,
      late: bar.filter((took) => took > 360).length,
    })
    expect(sum(report.by_hour, (row) => row.tickets)).toBe(all.length)
  })

  test('exceptions: who, when and why, as often as the devices count them', async () => {
    const rows: ExceptionRow[] = []
    let cursor = ''
    let pages = 0
    do {
      const page = exceptionsReport.parse(
        await getJson(paths.EXCEPTIONS_PATH, `${RANGE}&limit=7${cursor}`),
      )
      rows.push(...page.data)
      pages += 1
      cursor = page.next_cursor === null ? '' : `&cursor=${page.next_cursor}`
    } while (cursor !== '')
    expect(pages).toBeGreaterThan(3)
    expect(new Set(rows.map((row) => row.id)).size).toBe(rows.length)
    const reports = DAYS.map(deviceReport)
    const of = (...kinds: ExceptionKind[]) => rows.filter((row) => kinds.includes(row.kind))
    expect(of('void')).toHaveLength(sum(reports, (r) => r.voids.count))
    expect(sum(of('refund'), (row) => row.amount.amount)).toBe(
      sum(reports, (r) => r.refunds.totalMinor),
    )
    expect(of('cancellation')).toHaveLength(sum(reports, (r) => r.cancelled.count))
    const discounted = views.filter((order) => inRange(order) && order.totals.discountMinor > 0)
    expect(sum(of('discount', 'comp'), (row) => row.amount.amount)).toBe(
      sum(discounted, (order) => order.totals.discountMinor),
    )
    expect(of('comp').length).toBeGreaterThan(0)
    for (const row of of('void')) {
      expect(row).toMatchObject({
        by: { actor: 'staff:staff-maria', name: 'Maria Lopez' },
        reason: 'fell down',
      })
      expect(row.amount.amount).toBeGreaterThan(0)
    }
    const voids = exceptionsReport.parse(
      await getJson(paths.EXCEPTIONS_PATH, `${RANGE}&kind=void&limit=200`),
    )
    expect(voids.data).toEqual(of('void'))
    const nobody = await getJson(paths.EXCEPTIONS_PATH, `${RANGE}&actor=staff:nobody&limit=200`)
    expect(exceptionsReport.parse(nobody).data).toEqual([])
  })
})

describe('at a glance', () => {
  test('one line a store: today so far beside the same weekday before, what is open, who is behind', async () => {
    const before = now
    try {
      // Sunday the fifteenth at six in the afternoon, a week after a day of the story.
      now = new Date('2026-03-15T22:00:00Z')
      const later = await server.signedIn('manager', [STORE])
      const untilMs = Date.parse('2026-03-08T22:00:00Z')
      const page = overviewPage.parse(
        (await server.ask(later.cookie, 'GET', paths.OVERVIEW_PATH)).json,
      )
      expect(page.data.map((line) => line.store_id)).toEqual([STORE])
      const [line] = page.data
      const weekBefore = sold().filter((order) => order.businessDay === '2026-03-08')
      const soFar = weekBefore.filter((order) => Date.parse(order.createdAt) < untilMs)
      expect(soFar.length).toBeGreaterThan(0)
      expect(soFar.length).toBeLessThan(weekBefore.length)
      const open = views.filter((o) => o.status !== 'cancelled' && o.status !== 'completed')
      expect(line).toMatchObject({
        name: 'Chez Test',
        day: '2026-03-15',
        business_day: '2026-03-15',
        day_starts_at: '04:00',
        sales: { orders: 0, total: { amount: 0, currency: 'USD' } },
        week_before: {
          orders: soFar.length,
          total: { amount: sum(soFar, (o) => o.totals.totalMinor) },
        },
        week_before_whole: {
          orders: weekBefore.length,
          total: { amount: sum(weekBefore, (o) => o.totals.totalMinor) },
        },
        open_orders: { count: open.length, due: { amount: sum(open, (o) => o.totals.dueMinor) } },
        open_conflicts: sum(views, (o) => o.conflicts.filter((c) => c.settled === null).length),
        preparation: { p50_seconds: null, p90_seconds: null },
        devices: { count: 1, behind: 0 },
        last_contact_at: before.toISOString(),
      })
      const past = await server.ask(later.cookie, 'GET', `${paths.OVERVIEW_PATH}?day=${DAYS[1]}`)
      const [pastLine] = overviewPage.parse(past.json).data
      expect(pastLine?.sales.total.amount).toBe(deviceReport(DAYS[1]).sales.totalMinor)
      const range = `from=${DAYS[1]}&to=${DAYS[1]}`
      const report = preparationReport.parse(await getJson(paths.PREPARATION_PATH, range, later))
      const { p50_seconds, p90_seconds } = report.all
      expect(p50_seconds).not.toBeNull()
      expect(pastLine?.preparation).toEqual({ p50_seconds, p90_seconds })
    } finally {
      now = before
      manager = await server.signedIn('manager', [STORE])
    }
  })

  test('many stores come in pages, by name, and can be searched', async () => {
    const admin = await server.signedIn('admin', 'all')
    await postgres.query(
      databaseUrl,
      `INSERT INTO stores (store_id, token_hash, enrolled_as)
       SELECT 'many-' || n, '', 'Branch ' || n FROM generate_series(1, 7) AS n`,
    )
    const names: string[] = []
    let cursor = ''
    do {
      const asked = await server.ask(admin.cookie, 'GET', `${paths.STORES_PATH}?limit=4${cursor}`)
      const page = storesPage.parse(asked.json)
      names.push(...page.data.map((line) => line.name))
      cursor = page.next_cursor === null ? '' : `&cursor=${page.next_cursor}`
    } while (cursor !== '')
    expect(names).toEqual([...names].toSorted())
    expect(names.filter((name) => name.startsWith('Branch'))).toHaveLength(7)
    const found = await server.ask(admin.cookie, 'GET', `${paths.OVERVIEW_PATH}?q=branch%203`)
    expect(overviewPage.parse(found.json).data.map((line) => line.store_id)).toEqual(['many-3'])
  })

  test('[U2] each device with what is missing, by number', async () => {
    await postgres.query(
      databaseUrl,
      'UPDATE origins SET known_seq = head_seq + 5 WHERE store_id = $1 AND origin = $2',
      [STORE, 'till-a'],
    )
    const report = officeDevices.parse(await getJson(paths.OFFICE_DEVICES_PATH, ''))
    const held = till.store.frontier().get('till-a') ?? 0
    expect(report.data).toMatchObject([
      {
        device_id: 'till-a',
        name: 'Till A',
        removed: false,
        last_contact_at: now.toISOString(),
        missing_count: 5,
        behind: true,
        logs: [
          {
            origin: 'till-a',
            held_up_to: held,
            known_up_to: held + 5,
            missing: { from: held + 1, to: held + 5, count: 5 },
          },
        ],
      },
    ])
    const page = overviewPage.parse(
      (await server.ask(manager.cookie, 'GET', paths.OVERVIEW_PATH)).json,
    )
    expect(page.data[0]?.devices).toEqual({ count: 1, behind: 1 })
  })
})

describe('[O5] exports', () => {
  const csvOf = async (path: string, query: string): Promise<Record<string, string>[]> => {
    const text = await get(path, `${query}&format=csv`)
    expect(text.endsWith('\r\n')).toBe(true)
    return parse(text, { columns: true }) as Record<string, string>[]
  }
  const inCents = (cell: string | undefined): number => Number((cell ?? '').replace('.', ''))

  test('orders: the file has the rows of all pages, to the cent', async () => {
    const rows = []
    let cursor = ''
    do {
      const page = ordersExport.parse(
        await getJson(paths.ORDERS_EXPORT_PATH, `${RANGE}&limit=50${cursor}`),
      )
      rows.push(...page.data)
      cursor = page.next_cursor === null ? '' : `&cursor=${page.next_cursor}`
    } while (cursor !== '')
    expect(rows).toHaveLength(views.filter(inRange).length)
    const csv = await csvOf(paths.ORDERS_EXPORT_PATH, RANGE)
    expect(
      csv.map((row) => [
        row['order_id'],
        inCents(row['total']),
        inCents(row['due']),
        row['closed_at'],
      ]),
    ).toEqual(
      rows.map((row) => [row.order_id, row.total.amount, row.due.amount, row.closed_at ?? '']),
    )
    expect(
      sum(
        rows.filter((row) => row.status !== 'cancelled'),
        (row) => row.total.amount,
      ),
    ).toBe(sum(DAYS.map(deviceReport), (r) => r.sales.totalMinor))
    const { rows: noted } = await postgres.query(
      databaseUrl,
      `SELECT user_id, subject, changed FROM office_audit WHERE action = 'exported'`,
    )
    expect(noted).toEqual([
      { user_id: manager.userId, subject: STORE, changed: `orders ${DAYS[0]} ${DAYS[3]}` },
    ])
  })

  test('payments', async () => {
    const page = paymentsExport.parse(
      await getJson(paths.PAYMENTS_EXPORT_PATH, `${RANGE}&limit=5000`),
    )
    const csv = await csvOf(paths.PAYMENTS_EXPORT_PATH, RANGE)
    expect(csv.map((row) => [row['payment_id'], inCents(row['net'])])).toEqual(
      page.data.map((row) => [row.payment_id, row.net.amount]),
    )
    expect(sum(page.data, (row) => row.net.amount)).toBe(
      sum(DAYS.map(deviceReport), (r) => r.payments[0]?.netMinor ?? 0),
    )
  })

  test('what a spreadsheet would carry out is a text in it, and quotes and commas survive', async () => {
    const items = await csvOf(paths.SALES_PATH, `${RANGE}&by=item`)
    expect(items.map((row) => row['name'])).toContain(`'=cmd|" /C calc"!A0, "red"`)
    const orders = await csvOf(paths.ORDERS_EXPORT_PATH, RANGE)
    expect(orders.map((row) => row['table_number'])).toContain(`'=1+1`)
    const reasons = (await csvOf(paths.EXCEPTIONS_PATH, RANGE)).map((row) => row['reason'])
    expect(reasons).toContain(`'-gone`)
    expect(reasons).toContain(`'@cold`)
    // A number below zero is one, and no text.
    const taxes = await csvOf(paths.TAXES_PATH, RANGE)
    expect(taxes.map((row) => inCents(row['tax']))).toEqual(
      taxReport.parse(await getJson(paths.TAXES_PATH, RANGE)).rows.map((row) => row.tax.amount),
    )
  })

  test('every report has its file', async () => {
    const queries = [
      ...SALES_BY.map((by) => [paths.SALES_PATH, `${RANGE}&by=${by}`]),
      [paths.PREPARATION_PATH, RANGE],
      [paths.EXCEPTIONS_PATH, RANGE],
      [paths.DAY_PATH, `day=${DAYS[0]}`],
      [paths.OFFICE_DEVICES_PATH, ''],
    ] as const
    for (const [path = '', query = ''] of queries) {
      const answer = await server.ask(manager.cookie, 'GET', at(path, `${query}&format=csv`))
      expect(answer.headers.get('content-type')).toMatch(/^text\/csv/)
      expect(answer.headers.get('content-disposition')).toMatch(
        /^attachment; filename="[\w.-]+\.csv"$/,
      )
      expect(parse(answer.text, { columns: true }).length, `${path} ${query}`).toBeGreaterThan(0)
    }
  })

  test('an accountant sees numbers, and no names, reasons or guests', async () => {
    const viewer = await server.signedIn('viewer', [STORE])
    const files = [
      await get(paths.ORDERS_EXPORT_PATH, `${RANGE}&limit=5000`, viewer),
      await get(paths.EXCEPTIONS_PATH, `${RANGE}&limit=200`, viewer),
      await get(paths.SALES_PATH, `${RANGE}&by=staff`, viewer),
    ].join('\n')
    expect(files.length).toBeGreaterThan(10_000)
    for (const word of ['Maria', 'Alex', 'fell down', 'regulars', 'customer', 'phone']) {
      expect(files).not.toContain(word)
    }
  })
})

describe('[O6] who may not is refused at every door', () => {
  const RIGHT_BODY: Readonly<Record<string, object>> = {
    [paths.USERS_PATH]: { email: 'x@example.com', name: 'X', role: 'viewer', stores: 'all' },
    [paths.USER_PATH]: { name: 'X' },
    [paths.ENROLL_CODES_PATH]: { store_name: 'X' },
    [paths.PASSWORD_PATH]: { current_password: 'x', new_password: 'a long enough one' },
  }
  const guarded = () => server.office.routes.filter((route) => route.roles !== null)
  const askFor = (
    cookie: string | null,
    { method, path }: { method: string; path: string },
    storeId = STORE,
  ) =>
    server.ask(
      cookie,
      method,
      `${paths.pathOf(path, { store_id: storeId, user_id: 'somebody' })}${path === paths.SALES_PATH ? '?by=day' : ''}`,
      method === 'GET' || method === 'DELETE' ? undefined : RIGHT_BODY[path],
    )

  test('without a session, with an ended one, and as a disabled user', async () => {
    expect(guarded().length).toBeGreaterThan(15)
    const idle = await server.signedIn('admin', 'all')
    const absolute = await server.signedIn('admin', 'all')
    const out = await server.signedIn('admin', 'all')
    const disabled = await server.signedIn('admin', 'all')
    expect((await server.ask(out.cookie, 'DELETE', paths.SESSION_PATH)).status).toBe(204)
    const age = (userId: string, column: string, age: string) =>
      postgres.query(
        databaseUrl,
        `UPDATE office_sessions SET ${column} = ${column} - $2::interval WHERE user_id = $1`,
        [userId, age],
      )
    await age(idle.userId, 'last_used_at', '4 hours')
    await age(absolute.userId, 'created_at', '24 hours')
    await postgres.query(
      databaseUrl,
      'UPDATE office_users SET disabled = true WHERE user_id = $1',
      [disabled.userId],
    )
    const cookies = [null, 'aura_office=', `aura_office=${'x'.repeat(43)}`]
    for (const cookie of [...cookies, idle.cookie, absolute.cookie, out.cookie, disabled.cookie]) {
      for (const route of guarded()) {
        const answer = await askFor(cookie, route)
        expect([answer.status, answer.json['code']], `${route.method} ${route.path}`).toEqual([
          401,
          OFFICE_REFUSALS.signedOut,
        ])
        expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/)
      }
    }
  })

  test('with another role', async () => {
    for (const role of ['admin', 'manager', 'viewer'] as const) {
      const user = await server.signedIn(role, 'all')
      for (const route of guarded()) {
        if (route.roles?.includes(role)) continue
        const answer = await askFor(user.cookie, route)
        expect(
          [answer.status, answer.json['code']],
          `${role} ${route.method} ${route.path}`,
        ).toEqual([403, OFFICE_REFUSALS.forbidden])
      }
    }
  })

  test("for a store that is somebody else's, or is none", async () => {
    const ofStore = guarded().filter((route) => route.path.includes('{store_id}'))
    expect(ofStore.length).toBeGreaterThan(7)
    const user = await server.signedIn('admin', ['elsewhere'])
    const everywhere = await server.signedIn('admin', 'all')
    for (const route of ofStore) {
      expect((await askFor(user.cookie, route, 'elsewhere')).status).toBe(200)
      for (const answer of [
        await askFor(user.cookie, route),
        await askFor(everywhere.cookie, route, 'no-such'),
      ]) {
        expect([answer.status, answer.json['code']], route.path).toEqual([
          404,
          OFFICE_REFUSALS.storeNotFound,
        ])
      }
    }
    const seen = storesPage.parse((await server.ask(user.cookie, 'GET', paths.STORES_PATH)).json)
    expect(seen.data.map((line) => line.store_id)).toEqual(['elsewhere'])
  })

  test('and on the API of orders, where the header names the store', async () => {
    const user = await server.signedIn('manager', [STORE])
    const call = (cookie: string | undefined, store: string | undefined) =>
      server.office.callerOf({
        headers: { ...(cookie && { cookie }), ...(store && { [paths.STORE_HEADER]: store }) },
      })
    expect(await call(user.cookie, STORE)).toEqual({
      ok: true,
      value: { userId: user.userId, email: user.email, role: 'manager', storeId: STORE },
    })
    expect(await call(undefined, STORE)).toBeNull()
    const refusals: [string, string | undefined, string][] = [
      [`aura_office=${'x'.repeat(43)}`, STORE, 'signed_out'],
      [user.cookie, undefined, 'store_header_missing'],
      [user.cookie, 'elsewhere', 'store_not_found'],
      [user.cookie, 'no-such', 'store_not_found'],
    ]
    for (const [cookie, store, code] of refusals) {
      expect(await call(cookie, store)).toMatchObject({ ok: false, error: { code } })
    }
  })

  test('[P3] a question without bounds', async () => {
    const bad = [
      'from=2026-01-01&to=2027-01-04',
      'from=2026-03-02&to=2026-03-01',
      'from=2026-03-01',
      'from=yesterday&to=today',
      `${RANGE}&limit=100000`,
    ]
    for (const query of bad) {
      const answer = await server.ask(manager.cookie, 'GET', at(paths.ORDERS_EXPORT_PATH, query))
      expect([answer.status, answer.json['code']], query).toEqual([422, 'validation_failed'])
    }
    const doors = [
      [paths.SALES_PATH, `${RANGE}&by=item`],
      [paths.EXCEPTIONS_PATH, RANGE],
      [paths.ORDERS_EXPORT_PATH, RANGE],
    ] as const
    for (const [path, query] of doors) {
      const answer = await server.ask(manager.cookie, 'GET', at(path, `${query}&cursor=bm9uZQ`))
      expect([answer.status, answer.json['code']], path).toEqual([422, 'validation_failed'])
    }
  })
})
