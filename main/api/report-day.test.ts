import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'csv-parse/sync'
import type { OrderCommand } from '../../domain/commands.ts'
import type { OrderView } from '../../domain/order-view.ts'
import { dayReport } from '../../protocol/rest/report.ts'
import { formatReport } from '../report-format.ts'
import { readDayReport, type DayReport } from './report-day.ts'
import { call, openDevice, testFolder, type TestDevice } from './test-store.ts'

const folder = testFolder()
const DAY = '2026-05-01'
const AT = `${DAY}T12:00:00.000Z`
let device: TestDevice
let report: DayReport
let commands = 0

function run(command: OrderCommand, at = AT): OrderView {
  commands += 1
  const result = device.store.execute({ id: `c${commands}`, at, actor: 'staff:1', command })
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

type Channel = Extract<OrderCommand, { type: 'createOrder' }>['channel']

function create(orderId: string, channel: Channel, itemIds: readonly string[], at = AT): OrderView {
  return run(
    {
      type: 'createOrder',
      orderId,
      channel,
      table: null,
      customerId: null,
      customer: null,
      locationId: null,
      scheduledFor: null,
      notes: null,
      lines: itemIds.map((itemId, i) => ({
        itemId,
        quantity: i + 1,
        modifierIds: [],
        instructions: null,
      })),
    },
    at,
  )
}

const pay = (orderId: string, amountMinor: number, tipMinor = 0) =>
  run({ type: 'takePayment', orderId, method: 'cash', amountMinor, tipMinor, tenderedMinor: null })

beforeAll(async () => {
  device = await openDevice(folder.dir, {
    name: 'A',
    founds: true,
    nowMs: () => Date.parse(AT),
  })
  // Two rates of tax, and a discount that has to be spread over both.
  create('mixed', 'dine_in', ['burger-classic', 'draft-lager', 'garlic-bread'])
  const discount = { kind: 'percent', ratePpm: 133_333 } as const
  const discounted = run({ type: 'setDiscount', orderId: 'mixed', discount, reason: 'regulars' })
  pay('mixed', discounted.totals.dueMinor, 250)
  for (const type of ['startPreparing', 'markReady'] as const) run({ type, orderId: 'mixed' })
  run({ type: 'completeOrder', orderId: 'mixed' })

  const takeout = create('refunded', 'takeout', ['garlic-bread'])
  const paid = pay('refunded', takeout.totals.dueMinor)
  const paymentId = paid.payments[0]!.id
  run({ type: 'refundPayment', orderId: 'refunded', paymentId, amountMinor: 100, reason: 'cold' })

  const voided = create('open', 'dine_in', ['garlic-bread', 'onion-rings'])
  run({ type: 'voidLine', orderId: 'open', lineId: voided.lines[0]!.id, reason: null })

  create('cancelled', 'delivery', ['burger-classic'])
  pay('cancelled', 500)
  run({ type: 'cancelOrder', orderId: 'cancelled', reason: 'no driver' })

  create('yesterday', 'dine_in', ['burger-classic'], '2026-04-30T23:59:59.999Z')
  const { connection, catalog } = device.store
  report = readDayReport(connection, catalog(), DAY)
})
afterAll(async () => {
  await device.close()
  folder.remove()
})

const viewsOf = (...ids: string[]) => device.store.orders(ids)
const sumOf = (ids: string[], of: (order: OrderView) => number) =>
  viewsOf(...ids).reduce((sum, order) => sum + of(order), 0)
const SOLD = ['mixed', 'refunded', 'open']

describe('the day report', () => {
  test('[M1] its sums are those of its orders, and hold among themselves', () => {
    const { sales } = report
    expect(sales).toEqual({
      count: 3,
      totalMinor: sumOf(SOLD, (o) => o.totals.totalMinor),
      grossMinor: sumOf(SOLD, (o) => o.totals.subtotalMinor),
      discountsMinor: sumOf(SOLD, (o) => o.totals.discountMinor),
      serviceChargeMinor: 0,
      taxMinor: sumOf(SOLD, (o) => o.totals.taxMinor),
      taxAddedMinor: sumOf(SOLD, (o) => o.totals.taxAddedMinor),
      vouchersMinor: 0,
      tipsMinor: 250,
      paidMinor: sumOf(SOLD, (o) => o.totals.paidMinor),
      dueMinor: sumOf(SOLD, (o) => o.totals.dueMinor),
    })
    expect(sales.discountsMinor).toBeGreaterThan(0)
    const { grossMinor, discountsMinor, serviceChargeMinor, taxAddedMinor, tipsMinor } = sales
    expect(grossMinor - discountsMinor + serviceChargeMinor + taxAddedMinor + tipsMinor).toBe(
      sales.totalMinor,
    )
    expect(sales.paidMinor + sales.dueMinor).toBe(sales.totalMinor)
  })

  test('tax is told per rate, to the cent that each order says', () => {
    const expected = new Map<string, number>()
    for (const { totals } of viewsOf(...SOLD)) {
      for (const tax of totals.taxes) {
        expected.set(tax.taxRateId, (expected.get(tax.taxRateId) ?? 0) + tax.taxMinor)
      }
    }
    expect(expected.size).toBe(2)
    expect(new Map(report.taxes.map((tax) => [tax.taxRateId, tax.taxMinor]))).toEqual(expected)
  })

  test('counts by status, channel and payment, and what went wrong', () => {
    const counts = Object.fromEntries(report.ordersByStatus.map((row) => [row.status, row.count]))
    expect(counts).toEqual({
      pending: 1,
      confirmed: 1,
      preparing: 0,
      ready: 0,
      cancelled: 1,
      completed: 1,
    })
    expect(report.byChannel.map((row) => [row.channel, row.count])).toEqual([
      ['dine_in', 2],
      ['takeout', 1],
      ['delivery', 0],
      ['online', 0],
    ])
    const all = [...SOLD, 'cancelled']
    const amountMinor = sumOf(all, (o) => o.payments.reduce((sum, p) => sum + p.amountMinor, 0))
    expect(report.payments).toEqual([
      {
        method: 'cash',
        count: 3,
        amountMinor,
        tipsMinor: 250,
        refundedMinor: 100,
        netMinor: amountMinor + 250 - 100,
      },
    ])
    expect(report.refunds).toEqual({ count: 1, totalMinor: 100 })
    expect(report.voids).toEqual({ count: 1 })
    expect(report.cancelled).toEqual({
      count: 1,
      totalMinor: sumOf(['cancelled'], (o) => o.totals.totalMinor),
      paidMinor: 500,
    })
    expect(report.openOrders).toEqual({
      count: 2,
      dueMinor: sumOf(['refunded', 'open'], (o) => o.totals.dueMinor),
    })
  })

  test('a day without orders is all zeros', () => {
    const { connection, catalog } = device.store
    const empty = readDayReport(connection, catalog(), '2020-01-01')
    expect([empty.sales.count, empty.sales.totalMinor, empty.taxes, empty.payments]).toEqual([
      0,
      0,
      [],
      [],
    ])
  })

  test('REST answers it in its own schema, for today where no day is named', async () => {
    const named = await call(device, 'GET', `/api/v1/reports/day?day=${DAY}`)
    const today = await call(device, 'GET', '/api/v1/reports/day')
    expect(dayReport.parse(named.json).sales.gross.amount).toBe(report.sales.grossMinor)
    expect(today.json).toEqual(named.json)
  })
})

describe('its formats', () => {
  test('text for a person', () => {
    const text = formatReport(report, 'text')
    expect(text).toContain(`Z report for ${DAY}, amounts in USD`)
    expect(text).toMatch(/\n {2}Total +3 +\d+\.\d\d\n/)
    expect(text).toMatch(/\n {2}sales 8\.875 %, tax +\d+\.\d\d\n/)
    expect(text).toMatch(/\n {2}Refunds +1 +-1\.00\n/)
  })

  test('CSV for a spreadsheet, whose rows all have the same columns', () => {
    const rows: Record<string, string>[] = parse(formatReport(report, 'csv'), { columns: true })
    const total = rows.find((row) => row['section'] === 'Sales' && row['name'] === 'Total')
    expect(total).toMatchObject({ business_day: DAY, count: '3', currency: 'USD' })
    expect(Number(total?.['amount']?.replace('.', ''))).toBe(report.sales.totalMinor)
  })

  test('JSON for a program is what REST answers', async () => {
    const { json } = await call(device, 'GET', `/api/v1/reports/day?day=${DAY}`)
    expect(JSON.parse(formatReport(report, 'json'))).toEqual(json)
  })
})
