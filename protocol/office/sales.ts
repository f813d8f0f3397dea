import { z } from 'zod'
import { orderMoney } from './order-money.ts'
import { money } from '../rest/values.ts'
import { isRange, nextCursor, RANGE_RULE, rangeFields, rangeOut, rowsFields } from './values.ts'

/**
 * Sales are all orders of the business days that were not cancelled, open ones among them, as in the
 * day's Z report:
 *
 *     gross − discounts = net
 *     net + service charge + tax added + tips = total = paid + due
 *
 * `tax` is all tax, also what prices contain; `tax_added` what comes on top of them.
 */
export const SALES_BY = [
  'hour',
  'day',
  'item',
  'category',
  'channel',
  'staff',
  'payment_method',
] as const
export type SalesBy = (typeof SALES_BY)[number]

export const salesQuery = z
  .strictObject({ ...rangeFields, ...rowsFields, by: z.enum(SALES_BY) })
  .refine(isRange, RANGE_RULE)

const orderSums = {
  orders: z.int(),
  ...orderMoney,
}

/** `key` tells rows apart and is what the table holds; `name` is for people. */
const keyed = { key: z.string(), name: z.string() }

/**
 * `hour`: the key is `00` … `23` in the store's zone, of when the order was begun, the first hour of
 * the business day first. `staff`: who began the order.
 */
export const orderSalesRow = z.strictObject({ ...keyed, ...orderSums })

/** Lines that were not voided. An order's discount is spread over its lines by value. */
export const lineSalesRow = z.strictObject({
  ...keyed,
  /** Of an item: its category's id now; null where it has left the menu. */
  category_id: z.string().nullable(),
  quantity: z.int(),
  orders: z.int(),
  gross: money,
  discounts: money,
  net: money,
})

/** Money that was taken, for cancelled orders too. net = amount + tips − refunded. */
export const paymentSalesRow = z.strictObject({
  ...keyed,
  payments: z.int(),
  amount: money,
  tips: money,
  refunded: money,
  net: money,
})

const around = { ...rangeOut, next_cursor: nextCursor }

export const salesReport = z
  .discriminatedUnion('by', [
    z.strictObject({
      ...around,
      by: z.enum(['hour', 'day', 'channel', 'staff']),
      /** Of the whole range, on every page. */
      totals: z.strictObject(orderSums),
      rows: z.array(orderSalesRow),
    }),
    z.strictObject({
      ...around,
      by: z.enum(['item', 'category']),
      totals: z.strictObject(orderSums),
      rows: z.array(lineSalesRow),
    }),
    z.strictObject({
      ...around,
      by: z.literal('payment_method'),
      totals: z.strictObject(orderSums),
      rows: z.array(paymentSalesRow),
    }),
  ])
  .meta({ id: 'SalesReport' })
export type SalesReport = z.infer<typeof salesReport>

/** Tax by business day and rate, as `taxes` in the day's report. */
export const taxReport = z.strictObject({
  ...rangeOut,
  rows: z.array(
    z.strictObject({
      business_day: z.string(),
      tax_rate_id: z.string(),
      /** As the menu names it now; the id where it has left. */
      name: z.string(),
      rate_ppm: z.int(),
      included: z.boolean(),
      base: money,
      tax: money,
    }),
  ),
})
export type TaxReport = z.infer<typeof taxReport>
