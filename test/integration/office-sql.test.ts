import { readFileSync } from 'node:fs'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { migrate, openDatabase, type Database } from '../../db/postgres/database.ts'
import { createPostgresStore } from '../../db/postgres/store.ts'
import { decimal } from '../../main/csv.ts'
import { readDayReport, type DayReport } from '../../main/api/report-day.ts'
import { playDays, wineRecords } from '../support/office-story.ts'
import { startTestPostgres, type TestPostgres } from '../support/postgres.ts'
import { openTill, ringUp, type Till } from '../support/till.ts'

/** The role of docs/back-office.md and its queries, on days of a restaurant. */
const DAYS = ['2026-05-30', '2026-05-31'] as const
const STORE = 'chez-test'

let postgres: TestPostgres
let databaseUrl: string
let database: Database
let accountant: pg.Client
const tills: Till[] = []

const page = readFileSync('docs/back-office.md', 'utf8')
const blocksOf = (who: string): string[] =>
  [...page.matchAll(/```sql\n-- ([^\n]+)\n([^`]+)```/g)].flatMap(([, reader, text]) =>
    reader === who ? [(text ?? '').replaceAll('STORE_ID', STORE)] : [],
  )

async function upload(till: Till, storeId: string): Promise<void> {
  const store = createPostgresStore(database)
  await store.trustedTokenHash(storeId, 'none')
  const ranges = till.rangesBeyond(await store.frontier(storeId))
  await store.applyUpload({ storeId, deviceId: 'till-a', ranges }, new Date())
}

beforeAll(async () => {
  postgres = await startTestPostgres()
  databaseUrl = await postgres.createDatabase()
  database = openDatabase(databaseUrl, () => {})
  await migrate(database)
  // A second start finds all as it should be.
  await migrate(database)
  const till = await openTill(STORE, 'till-a', 'A')
  tills.push(till)
  till.setRecords(wineRecords)
  playDays(till, DAYS, 30)
  await upload(till, STORE)
  const other = await openTill('elsewhere', 'till-z', 'A')
  tills.push(other)
  ringUp(other, 'theirs')
  await upload(other, 'elsewhere')
  const [setUp] = blocksOf('the owner of the database')
  await postgres.query(databaseUrl, setUp ?? '')
  const url = new URL(databaseUrl)
  url.username = 'accountant'
  url.password = 'a long enough password'
  accountant = new pg.Client({ connectionString: url.href })
  await accountant.connect()
})
afterAll(async () => {
  for (const till of tills) till.close()
  await accountant.end()
  await database.close()
  await postgres.stop()
})

const rowsOf = async (text: string): Promise<Record<string, unknown>[]> =>
  (await accountant.query<Record<string, unknown>>(text)).rows

const reports = (): DayReport[] => {
  const [till] = tills
  if (till === undefined) throw new Error('the till is open')
  return DAYS.map((day) => readDayReport(till.store.connection, till.store.catalog(), day))
}
const usd = (amount: number): string => decimal({ amount, currency: 'USD' })

describe('[O7] an accountant reads with SQL', () => {
  test('the queries of the page, and they say what the devices say', async () => {
    const [days, taxes, items, payments, unpaid, ...others] = blocksOf('the accountant')
    expect(others).toEqual([])
    expect(await rowsOf(days ?? '')).toEqual(
      reports().map(({ businessDay, sales }) => ({
        business_day: businessDay,
        orders: String(sales.count),
        gross: usd(sales.grossMinor),
        discount: usd(sales.discountsMinor),
        service_charge: usd(sales.serviceChargeMinor),
        tax_added: usd(sales.taxAddedMinor),
        tips: usd(sales.tipsMinor),
        total: usd(sales.totalMinor),
        paid: usd(sales.paidMinor),
        due: usd(sales.dueMinor),
      })),
    )
    const bottom = new Map<string, { base: number; tax: number }>()
    for (const tax of reports().flatMap((report) => report.taxes)) {
      const held = bottom.get(tax.taxRateId) ?? { base: 0, tax: 0 }
      bottom.set(tax.taxRateId, { base: held.base + tax.baseMinor, tax: held.tax + tax.taxMinor })
    }
    expect(bottom.size).toBe(3)
    expect(
      (await rowsOf(taxes ?? '')).map((row) => [row['tax_rate_id'], row['base'], row['tax']]),
    ).toEqual(
      [...bottom]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([id, { base, tax }]) => [id, usd(base), usd(tax)]),
    )
    const [best] = await rowsOf(items ?? '')
    expect(best).toMatchObject({ menu_item_id: 'house-wine' })
    expect((await rowsOf(payments ?? '')).map((row) => [row['business_day'], row['net']])).toEqual(
      reports().map((report) => [report.businessDay, usd(report.payments[0]?.netMinor ?? 0)]),
    )
    expect((await rowsOf(unpaid ?? '')).length).toBeGreaterThan(0)
  })

  test('lines and refunds come to the same as their orders, to the cent', async () => {
    const [sums] = await rowsOf(
      `SELECT sum(net_minor)::int AS net, sum(discount_minor)::int AS discount,
         (SELECT sum(net_minor)::int FROM report.orders WHERE is_sale) AS orders_net,
         (SELECT sum(refunded_minor)::int FROM report.refunds) AS refunded
       FROM report.lines WHERE is_sale`,
    )
    const sum = (of: (report: DayReport) => number) => reports().reduce((a, r) => a + of(r), 0)
    expect(sums).toEqual({
      net: sum((r) => r.sales.grossMinor - r.sales.discountsMinor),
      discount: sum((r) => r.sales.discountsMinor),
      orders_net: sum((r) => r.sales.grossMinor - r.sales.discountsMinor),
      refunded: sum((r) => r.refunds.totalMinor),
    })
    expect(Number(sums?.['discount'])).toBeGreaterThan(0)
  })

  test('of the stores that were given alone, in every view, and until they are taken away', async () => {
    const { rows } = await postgres.query(
      databaseUrl,
      `SELECT relname AS name FROM pg_class
       WHERE relnamespace = 'report'::regnamespace AND relkind = 'v' ORDER BY 1`,
    )
    const views = rows.map((row: { name: string }) => row.name)
    expect(views).toEqual(['days', 'lines', 'orders', 'payments', 'refunds', 'stores', 'taxes'])
    const storesIn = async () => {
      const seen = new Set<string>()
      for (const view of views) {
        const found = await rowsOf(`SELECT DISTINCT store_id FROM report.${view}`)
        for (const row of found) seen.add(String(row['store_id']))
      }
      return [...seen].toSorted((a, b) => (a < b ? -1 : 1))
    }
    expect(await storesIn()).toEqual([STORE])
    // A condition of the reader's own is asked after the views' one, so it hears of no other store.
    await accountant.query('SET default_transaction_read_only = off')
    await accountant.query(
      `CREATE FUNCTION pg_temp.tell(text) RETURNS boolean LANGUAGE plpgsql COST 0.0001
       AS $$ BEGIN RAISE EXCEPTION 'heard of %', $1; END $$`,
    )
    await expect(
      rowsOf(`SELECT * FROM report.orders WHERE store_id = 'elsewhere' AND pg_temp.tell(store_id)`),
    ).resolves.toEqual([])
    // What a till is told by a setting, and the centre's own role, open nothing here.
    await accountant.query(`SELECT set_config('aura.stores', '{elsewhere}', false)`)
    await accountant.query(`SELECT set_config('aura.every_store', 'on', false)`)
    expect(await storesIn()).toEqual([STORE])
    for (const role of ['aura_central', 'aura_reports']) {
      await expect(rowsOf(`SET ROLE ${role}`)).rejects.toThrow(/permission denied/)
    }
    await postgres.query(
      databaseUrl,
      `INSERT INTO report.grants VALUES ('accountant', 'elsewhere')`,
    )
    expect(await storesIn()).toEqual([STORE, 'elsewhere'])
    await postgres.query(databaseUrl, `DELETE FROM report.grants WHERE role_name = 'accountant'`)
    expect(await storesIn()).toEqual([])
    await postgres.query(databaseUrl, `INSERT INTO report.grants VALUES ('accountant', $1)`, [
      STORE,
    ])
  })

  test('nothing but the views, and writes nothing', async () => {
    for (const table of ['orders', 'entries', 'records', 'office_users', 'order_events']) {
      await expect(rowsOf(`SELECT * FROM ${table}`), table).rejects.toThrow(/permission denied/)
    }
    for (const text of [
      'SELECT * FROM report.grants',
      `INSERT INTO report.grants VALUES ('accountant', 'elsewhere')`,
      'DELETE FROM report.orders',
      `UPDATE report.orders SET status = 'completed'`,
      'CREATE TABLE report.mine (a int)',
      'CREATE TABLE public.mine (a int)',
    ]) {
      await expect(rowsOf(text), text).rejects.toThrow(/permission denied|cannot/)
    }
  })

  test('nothing of a guest or of the staff', async () => {
    const { rows } = await postgres.query(
      databaseUrl,
      `SELECT DISTINCT column_name AS name FROM information_schema.columns
       WHERE table_schema = 'report'`,
    )
    const names = rows.map((row: { name: string }) => row.name)
    expect(names.length).toBeGreaterThan(40)
    expect(
      names.filter((name) => /customer|phone|mail|note|reason|actor|by$|table/.test(name)),
    ).toEqual([])
  })

  test('[M1] amounts have the decimals that a till gives them', async () => {
    const currencies = [...Intl.supportedValuesOf('currency'), '???']
    const shown = await rowsOf(
      `SELECT report.decimal(minor, currency)::text AS shown
       FROM unnest(ARRAY['${currencies.join("','")}']) AS currency, unnest(ARRAY[1234567, -5]) AS minor
       ORDER BY currency COLLATE "C", minor DESC`,
    )
    expect(shown.map((row) => row['shown'])).toEqual(
      currencies
        .toSorted()
        .flatMap((currency) => [1_234_567, -5].map((amount) => decimal({ amount, currency }))),
    )
  })
})
