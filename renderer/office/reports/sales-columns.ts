import { formatMoney } from '../../ui/format.ts'
import { CHANNEL_NAMES } from '../../ui/words.ts'
import { formatShortDay } from '../format.ts'
import type { Column } from '../parts/DataTable.tsx'
import type { LineSalesRow, OrderSalesRow, PaymentSalesRow } from './sales-rows.ts'

type Amount = { readonly amount: number; readonly currency: string }
type Write = (amount: Amount) => string

const NAMED = {
  hour: 'Hour',
  day: 'Day',
  channel: 'Channel',
  staff: 'Staff',
  item: 'Item',
  category: 'Category',
  payment_method: 'Method',
} as const

/** The name of a row as people say it. `key` is what the table holds. */
export function nameOf(
  by: keyof typeof NAMED,
  { key, name }: { readonly key: string; readonly name: string },
): string {
  switch (by) {
    case 'hour':
      return `${key}:00`
    case 'day':
      return formatShortDay(key)
    case 'channel':
      return CHANNEL_NAMES[key as keyof typeof CHANNEL_NAMES] ?? name
    case 'payment_method':
      return name.charAt(0).toUpperCase() + name.slice(1)
    case 'staff':
    case 'item':
    case 'category':
      return name
  }
}

const sum = <Row>(rows: readonly Row[], read: (row: Row) => number): number =>
  rows.reduce((total, row) => total + read(row), 0)

const name = <Row extends { readonly key: string; readonly name: string }>(
  by: keyof typeof NAMED,
): Column<Row> => ({
  id: 'name',
  header: NAMED[by],
  isHeading: true,
  // Hours and days are sorted by what they are, the rest by what they are called.
  value: (row) => (by === 'day' ? row.key : nameOf(by, row)),
  show: (row) => nameOf(by, row),
  total: () => 'Total',
})

const count = <Row>(id: string, header: string, read: (row: Row) => number): Column<Row> => ({
  id,
  header,
  isNumber: true,
  value: read,
  total: (rows) => sum(rows, read),
})

const amount = <Row>(
  id: string,
  header: string,
  read: (row: Row) => Amount,
  currency: string,
  write: Write,
  isMinor = false,
): Column<Row> => ({
  id,
  header,
  isNumber: true,
  isMinor,
  value: (row) => read(row).amount,
  show: (row) => write(read(row)),
  total: (rows) =>
    formatMoney(
      sum(rows, (row) => read(row).amount),
      currency,
    ),
})

export const orderColumns = (
  by: 'hour' | 'day' | 'channel' | 'staff',
  currency: string,
  write: Write,
): readonly Column<OrderSalesRow>[] => [
  name(by),
  count('orders', 'Orders', ({ orders }) => orders),
  amount('gross', 'Gross', ({ gross }) => gross, currency, write),
  amount('discounts', 'Discounts', ({ discounts }) => discounts, currency, write),
  amount('net', 'Net', ({ net }) => net, currency, write),
  amount('service', 'Service', (row) => row.service_charge, currency, write, true),
  amount('tax', 'Tax', ({ tax }) => tax, currency, write),
  amount('tips', 'Tips', ({ tips }) => tips, currency, write),
  amount('total', 'Total', ({ total }) => total, currency, write),
]

export const lineColumns = (
  by: 'item' | 'category',
  currency: string,
  write: Write,
): readonly Column<LineSalesRow>[] => [
  name(by),
  count('quantity', 'Sold', ({ quantity }) => quantity),
  {
    id: 'orders',
    header: 'Orders',
    isNumber: true,
    value: ({ orders }) => orders,
  },
  amount('gross', 'Gross', ({ gross }) => gross, currency, write),
  amount('discounts', 'Discounts', ({ discounts }) => discounts, currency, write),
  amount('net', 'Net', ({ net }) => net, currency, write),
]

export const paymentColumns = (
  currency: string,
  write: Write,
): readonly Column<PaymentSalesRow>[] => [
  name('payment_method'),
  count('payments', 'Payments', ({ payments }) => payments),
  amount('amount', 'Amount', (row) => row.amount, currency, write),
  amount('tips', 'Tips', ({ tips }) => tips, currency, write),
  amount('refunded', 'Refunded', ({ refunded }) => refunded, currency, write),
  amount('net', 'Net', ({ net }) => net, currency, write),
]
