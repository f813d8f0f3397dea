import { moneyOf } from '../protocol/rest/values.ts'
import type { RestDayReport } from '../protocol/rest/report.ts'
import type { DayReport } from './api/report-day.ts'
import { csvLine, decimal } from './csv.ts'
import { PLAIN_NAMES, type ReportNames } from './report-names.ts'
import { formatPrice } from './menu-file/decimal-price.ts'

export const REPORT_FORMATS = ['text', 'json', 'csv'] as const
export type ReportFormat = (typeof REPORT_FORMATS)[number]

/** The report for a person, a program or a spreadsheet; `json` is what REST answers. */
export function formatReport(report: DayReport, format: ReportFormat): string {
  switch (format) {
    case 'text':
      return toText(report)
    case 'json':
      return JSON.stringify(reportToRest(report), null, 2)
    case 'csv':
      return toCsv(report)
  }
}

export function reportToRest(report: DayReport): RestDayReport {
  const price = (minor: number) => moneyOf(minor, report.currency)
  const { sales, cancelled, refunds, openOrders } = report
  return {
    business_day: report.businessDay,
    currency: report.currency,
    orders_by_status: report.ordersByStatus.map(({ status, count, totalMinor }) => ({
      status,
      count,
      total: price(totalMinor),
    })),
    sales: {
      count: sales.count,
      gross: price(sales.grossMinor),
      discounts: price(sales.discountsMinor),
      service_charge: price(sales.serviceChargeMinor),
      tax: price(sales.taxMinor),
      tax_added: price(sales.taxAddedMinor),
      vouchers: price(sales.vouchersMinor),
      tips: price(sales.tipsMinor),
      total: price(sales.totalMinor),
      paid: price(sales.paidMinor),
      due: price(sales.dueMinor),
    },
    taxes: report.taxes.map((tax) => ({
      tax_rate_id: tax.taxRateId,
      rate_ppm: tax.ratePpm,
      included: tax.included,
      base: price(tax.baseMinor),
      tax: price(tax.taxMinor),
    })),
    by_channel: report.byChannel.map(({ channel, count, totalMinor }) => ({
      order_type: channel,
      count,
      total: price(totalMinor),
    })),
    payments: report.payments.map((row) => ({
      method: row.method,
      count: row.count,
      amount: price(row.amountMinor),
      tips: price(row.tipsMinor),
      refunded: price(row.refundedMinor),
      net: price(row.netMinor),
    })),
    refunds: { count: refunds.count, total: price(refunds.totalMinor) },
    voids: report.voids,
    comps: { count: report.comps.count, total: price(report.comps.totalMinor) },
    cancelled: {
      count: cancelled.count,
      total: price(cancelled.totalMinor),
      paid: price(cancelled.paidMinor),
    },
    open_orders: { count: openOrders.count, due: price(openOrders.dueMinor) },
  }
}

/** One line of the report; `count` or `amountMinor` is null where a line has none. */
export interface ReportLine {
  readonly section: string
  readonly name: string
  readonly count: number | null
  readonly amountMinor: number | null
}

export function reportLines(report: DayReport, names: ReportNames): ReportLine[] {
  const { sales } = report
  const amount = (section: string, name: string, amountMinor: number): ReportLine => ({
    section,
    name,
    count: null,
    amountMinor,
  })
  const counted = (
    section: string,
    name: string,
    count: number,
    amountMinor: number | null,
  ): ReportLine => ({
    section,
    name,
    count,
    amountMinor,
  })
  return [
    amount(names.sales, names.gross, sales.grossMinor),
    amount(names.sales, names.discounts, -sales.discountsMinor || 0),
    amount(names.sales, names.serviceCharge, sales.serviceChargeMinor),
    amount(names.sales, names.taxAdded, sales.taxAddedMinor),
    amount(names.sales, names.vouchersSold, sales.vouchersMinor),
    amount(names.sales, names.tips, sales.tipsMinor),
    counted(names.sales, names.total, sales.count, sales.totalMinor),
    amount(names.sales, names.paid, sales.paidMinor),
    amount(names.sales, names.due, sales.dueMinor),
    ...report.taxes.flatMap((tax) => {
      const rate = `${tax.taxRateId} ${percent(tax.ratePpm)}`
      const name = tax.included ? names.included(rate) : rate
      return [
        amount(names.tax, names.taxBase(name), tax.baseMinor),
        amount(names.tax, names.taxOf(name), tax.taxMinor),
      ]
    }),
    ...report.byChannel.map(({ channel, count, totalMinor }) =>
      counted(names.channels, names.channel(channel), count, totalMinor),
    ),
    ...report.payments.map(({ method, count, netMinor }) =>
      counted(names.payments, names.method(method), count, netMinor),
    ),
    counted(names.payments, names.refunds, report.refunds.count, -report.refunds.totalMinor || 0),
    ...report.ordersByStatus.map(({ status, count, totalMinor }) =>
      counted(names.orders, names.status(status), count, totalMinor),
    ),
    counted(names.orders, names.voided, report.voids.count, null),
    counted(names.orders, names.comped, report.comps.count, report.comps.totalMinor),
    amount(names.orders, names.paidOnCancelled, report.cancelled.paidMinor),
    counted(names.orders, names.stillOpen, report.openOrders.count, report.openOrders.dueMinor),
  ]
}

/** 88 750 → `8.875 %`, without a floating point. */
export const percent = (ratePpm: number): string =>
  `${formatPrice(ratePpm, 4).replace(/\.?0+$/, '')} %`

const NAME_WIDTH = 30
const COUNT_WIDTH = 7
const AMOUNT_WIDTH = 14

function toText(report: DayReport): string {
  const lines = [`Z report for ${report.businessDay}, amounts in ${report.currency}`]
  for (const [section, rows] of Map.groupBy(
    reportLines(report, PLAIN_NAMES),
    (line) => line.section,
  )) {
    lines.push('', section)
    for (const { name, count, amountMinor } of rows) {
      const counted = count === null ? '' : String(count)
      const amount =
        amountMinor === null ? '' : decimal({ amount: amountMinor, currency: report.currency })
      const row = `  ${name.padEnd(NAME_WIDTH)}${counted.padStart(COUNT_WIDTH)}`
      lines.push(`${row}${amount.padStart(AMOUNT_WIDTH)}`.trimEnd())
    }
  }
  return `${lines.join('\n')}\n`
}

function toCsv(report: DayReport): string {
  const { businessDay, currency } = report
  const rows = reportLines(report, PLAIN_NAMES).map(({ section, name, count, amountMinor }) => [
    businessDay,
    section,
    name,
    count,
    amountMinor === null ? null : { amount: amountMinor, currency },
    currency,
  ])
  const header = ['business_day', 'section', 'name', 'count', 'amount', 'currency']
  return [header, ...rows].map(csvLine).join('')
}
