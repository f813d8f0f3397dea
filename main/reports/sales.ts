import type {
  KeyedOrderSums,
  LineSums,
  OrderSums,
  PaymentSums,
} from '../../db/postgres/office/sales.ts'
import type { SalesReport, TaxReport } from '../../protocol/office/sales.ts'
import { orderMoneyOf } from './order-money.ts'
import { byHourOfDay, type NameOfActor, type ReportContext } from './report-context.ts'

/** What was sold, in every way in which somebody asks: rows for an answer or a file. */

type OrderReport = Extract<SalesReport, { by: 'hour' | 'day' | 'channel' | 'staff' }>
type LineReport = Extract<SalesReport, { by: 'item' | 'category' }>
type PaymentReport = Extract<SalesReport, { by: 'payment_method' }>
export type OrderRow = OrderReport['rows'][number]
export type LineRow = LineReport['rows'][number]
export type PaymentRow = PaymentReport['rows'][number]

/** `nameOf`: of whom somebody may see. */
export async function orderRows(
  context: ReportContext,
  by: OrderReport['by'],
  nameOf: () => Promise<NameOfActor>,
): Promise<OrderRow[]> {
  const { source, store } = context
  const toRow = (name: (key: string) => string) => (sums: KeyedOrderSums) => ({
    key: sums.key,
    name: name(sums.key),
    ...orderSums(context, sums),
  })
  if (by === 'hour') {
    const rows = await source.salesByHour()
    return byHourOfDay(rows, (row) => row.key, store).map(toRow((hour) => `${hour}:00`))
  }
  const rows = await source.salesBy(by)
  if (by !== 'staff') return rows.map(toRow((key) => key))
  const name = await nameOf()
  return rows.map(toRow((actor) => name(actor) ?? actor))
}

export async function lineRows(context: ReportContext, by: LineReport['by']): Promise<LineRow[]> {
  const { source } = context
  const menu = await source.records('menu_item')
  if (by === 'item') {
    const rows = await source.salesByItem()
    return rows.map((sums) => {
      const { key } = sums
      const item = menu.get(key)
      const category_id = item?.categoryId ?? null
      return {
        key,
        name: item?.name ?? sums.name,
        category_id,
        ...lineSums(context, sums),
      }
    })
  }
  const categories = await source.records('category')
  const categoryOf = new Map([...menu].map(([id, item]) => [id, item.categoryId]))
  const rows = await source.salesByCategory(categoryOf)
  return rows.map((sums) => {
    const { key } = sums
    const name = key === '' ? 'No longer on the menu' : (categories.get(key)?.name ?? key)
    return { key, name, category_id: key === '' ? null : key, ...lineSums(context, sums) }
  })
}

export const orderSums = ({ price }: ReportContext, sums: OrderSums) => ({
  orders: sums.orders,
  ...orderMoneyOf(sums, price),
})

const lineSums = ({ price }: ReportContext, sums: LineSums) => ({
  quantity: sums.quantity,
  orders: sums.orders,
  gross: price(sums.gross),
  discounts: price(sums.discounts),
  net: price(sums.gross - sums.discounts),
})

export async function paymentRows({ source, price }: ReportContext): Promise<PaymentRow[]> {
  const rows = await source.paymentsByMethod()
  return rows.map((sums) => paymentRow(price, sums))
}

function paymentRow(price: ReportContext['price'], sums: PaymentSums): PaymentRow {
  const { key } = sums
  return {
    key,
    name: key,
    payments: sums.payments,
    amount: price(sums.amount),
    tips: price(sums.tips),
    refunded: price(sums.refunded),
    net: price(sums.amount + sums.tips - sums.refunded),
  }
}

export async function taxRows(context: ReportContext): Promise<TaxReport['rows']> {
  const { source, price } = context
  const rates = await source.records('tax_rate')
  const rows = await source.taxesByDay()
  return rows.map((row) => {
    const { tax_rate_id } = row
    return {
      business_day: row.business_day,
      tax_rate_id,
      name: rates.get(tax_rate_id)?.name ?? tax_rate_id,
      rate_ppm: row.rate_ppm,
      included: row.included === 1,
      base: price(row.base),
      tax: price(row.tax),
    }
  })
}
