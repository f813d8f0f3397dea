import type {
  KeyedOrderSums,
  LineSums,
  OrderSums,
  PaymentSums,
} from '../../db/postgres/office/sales.ts'
import type { PreparationTimes } from '../../db/postgres/office/preparation.ts'
import type { TaxSums } from '../../db/postgres/office/taxes.ts'
import type { MadeTicket, SoldLine, SoldOrder, TakenPayment } from '../../db/sqlite/report-rows.ts'
import { allocate, type TaxRounding } from '../../domain/money.ts'
import { offsetPeriods, type OffsetPeriod } from '../../domain/zone-offsets.ts'
import { sumTaxRates } from '../api/report-taxes.ts'
import type { BusinessDays } from './report-context.ts'

/**
 * Sums over rows, in the domain's own words: how a discount is spread and how a tax is taken apart is
 * what rang the orders up, and no second writing of it. A device has a month of orders, or what it was
 * told to keep; PostgreSQL has years of many stores, and does the same in SQL (db/postgres/office).
 */

const byKey = <T>(a: readonly [string, T], b: readonly [string, T]): number =>
  a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0

const grouped = <T>(rows: readonly T[], keyOf: (row: T) => string): [string, T[]][] =>
  [...Map.groupBy(rows, keyOf)].toSorted(byKey)

const sum = <T>(rows: readonly T[], of: (row: T) => number): number =>
  rows.reduce((total, row) => total + of(row), 0)

export const orderSumsOf = (orders: readonly SoldOrder[]): OrderSums => ({
  orders: orders.length,
  gross: sum(orders, (order) => order.subtotal_minor),
  discounts: sum(orders, (order) => order.discount_minor),
  service_charge: sum(orders, (order) => order.service_charge_minor),
  tax: sum(orders, (order) => order.tax_minor),
  tax_added: sum(orders, (order) => order.tax_added_minor),
  vouchers: sum(orders, (order) => order.vouchers_minor),
  tips: sum(orders, (order) => order.tip_minor),
  total: sum(orders, (order) => order.total_minor),
  paid: sum(orders, (order) => order.paid_minor),
  due: sum(orders, (order) => order.due_minor),
})

export const orderSumsBy = (
  orders: readonly SoldOrder[],
  keyOf: (order: SoldOrder) => string,
): KeyedOrderSums[] => grouped(orders, keyOf).map(([key, of]) => ({ key, ...orderSumsOf(of) }))

/** The discount of each order is spread over its lines by value, as when it was rung up. */
export function lineSumsBy(
  lines: readonly SoldLine[],
  keyOf: (line: SoldLine) => string,
): LineSums[] {
  const shared = [...Map.groupBy(lines, (line) => line.order_id).values()].flatMap((of) => {
    const shares = allocate(
      of[0]?.order_discount_minor ?? 0,
      of.map((line) => line.line_total_minor),
    )
    return of.map((line, at) => ({ ...line, share: shares[at] ?? 0 }))
  })
  return grouped(shared, keyOf)
    .map(([key, of]) => ({
      key,
      name: of.reduce((last, { name }) => (name > last ? name : last), ''),
      quantity: sum(of, (line) => line.quantity),
      orders: new Set(of.map((line) => line.order_id)).size,
      gross: sum(of, (line) => line.line_total_minor),
      discounts: sum(of, (line) => line.share),
    }))
    .toSorted((a, b) => b.gross - a.gross)
}

export const paymentSumsOf = (payments: readonly TakenPayment[]): PaymentSums[] =>
  grouped(payments, ({ method }) => method).map(([key, of]) => ({
    key,
    payments: of.length,
    amount: sum(of, (payment) => payment.amount_minor),
    tips: sum(of, (payment) => payment.tip_minor),
    refunded: sum(of, (payment) => payment.refunded_minor),
    refunds: of.filter((payment) => payment.refunded_minor > 0).length,
  }))

export const taxSumsOf = (
  businessDay: string,
  lines: readonly SoldLine[],
  rounding: TaxRounding,
): TaxSums[] =>
  sumTaxRates(
    lines.map((line) => ({
      orderId: line.order_id,
      discountMinor: line.order_discount_minor,
      orderTaxMinor: line.order_tax_minor,
      grossMinor: line.line_total_minor,
      taxRateId: line.tax_rate_id,
      taxRatePpm: line.tax_rate_ppm,
      taxIncluded: line.tax_included,
    })),
    rounding,
  )
    .map((tax) => ({
      business_day: businessDay,
      tax_rate_id: tax.taxRateId,
      rate_ppm: tax.ratePpm,
      included: tax.included ? 1 : 0,
      base: tax.baseMinor,
      tax: tax.taxMinor,
    }))
    .toSorted(
      (a, b) =>
        byKey([a.tax_rate_id, 0], [b.tax_rate_id, 0]) ||
        a.rate_ppm - b.rate_ppm ||
        a.included - b.included,
    )

const DAY_MS = 86_400_000
/** A business day begins up to a day after midnight, and a zone is up to 14 hours from UTC. */
const MARGIN_MS = 3 * DAY_MS

/** The hour, `00` to `23`, of a moment by the store's clocks. */
export function hourReader({ from, to }: BusinessDays, timeZone: string): (at: string) => string {
  const periods = offsetPeriods(timeZone, Date.parse(from) - MARGIN_MS, Date.parse(to) + MARGIN_MS)
  const begins = periods.map(({ fromMs }) => new Date(fromMs).toISOString())
  return (at) => {
    const last = begins.findLastIndex((begin) => begin <= at)
    return localHour(at, periods[Math.max(0, last)])
  }
}

/** Moments are what devices wrote: one that is none counts for midnight UTC. */
function localHour(at: string, period: OffsetPeriod | undefined): string {
  const [, hour = '0', minute = '0'] = /^.{10}T(\d\d):(\d\d)/.exec(at) ?? []
  const minutes = Number(hour) * 60 + Number(minute) + (period?.offsetMinutes ?? 0)
  return String(Math.floor((minutes + 2 * 1_440) / 60) % 24).padStart(2, '0')
}

/** From being sent to being put away, or, where no screen puts tickets away, until it was ready. */
export function preparationTimesOf(
  tickets: readonly MadeTicket[],
  hourOf: (at: string) => string,
  lateAfter: ReadonlyMap<string, number>,
): PreparationTimes[] {
  if (tickets.length === 0) return []
  const timed = tickets.map((ticket): Timed => {
    const doneAt = ticket.bumped === 1 ? ticket.bumped_at : ticket.ready_at
    const seconds = Math.floor((Date.parse(doneAt ?? '') - Date.parse(ticket.fired_at)) / 1_000)
    const isMeasured = seconds >= 0
    return {
      station: ticket.station_id,
      hour: hourOf(ticket.fired_at),
      seconds: isMeasured ? seconds : null,
      isLate: isMeasured && seconds > (lateAfter.get(ticket.station_id) ?? Infinity),
    }
  })
  const of = (rows: readonly Timed[], station_id: string | null, hour: string | null) =>
    timesOf(rows, { station_id, hour })
  return [
    of(timed, null, null),
    ...grouped(timed, ({ station }) => station).map(([station, rows]) => of(rows, station, null)),
    ...grouped(timed, ({ hour }) => hour).map(([hour, rows]) => of(rows, null, hour)),
  ]
}

interface Timed {
  readonly station: string
  readonly hour: string
  /** Null: not done, or done before it was sent, by a wrong clock. */
  readonly seconds: number | null
  readonly isLate: boolean
}

function timesOf(
  rows: readonly Timed[],
  about: Pick<PreparationTimes, 'station_id' | 'hour'>,
): PreparationTimes {
  const measured = rows.flatMap(({ seconds }) => seconds ?? []).toSorted((a, b) => a - b)
  const at = (part: number): number => measured[Math.ceil(part * measured.length) - 1] ?? 0
  return {
    ...about,
    tickets: measured.length,
    unmeasured: rows.length - measured.length,
    percentiles: measured.length === 0 ? null : [at(0.5), at(0.9), at(0.99)],
    longest: measured.at(-1) ?? null,
    late: rows.filter(({ isLate }) => isLate).length,
  }
}
