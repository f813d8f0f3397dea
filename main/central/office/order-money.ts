import type { OrderMoney } from '../../../protocol/office/order-money.ts'
import type { Money } from '../../../protocol/rest/values.ts'
import type { Columns } from './answer.ts'

/** In minor units, as the database sums them or holds them. */
type MinorSums = Readonly<Record<Exclude<keyof OrderMoney, 'net'>, number>>

/** What orders come to, for an answer. */
export const orderMoneyOf = (sums: MinorSums, price: (minor: number) => Money): OrderMoney => ({
  gross: price(sums.gross),
  discounts: price(sums.discounts),
  net: price(sums.gross - sums.discounts),
  service_charge: price(sums.service_charge),
  tax: price(sums.tax),
  tax_added: price(sums.tax_added),
  vouchers: price(sums.vouchers),
  tips: price(sums.tips),
  total: price(sums.total),
  paid: price(sums.paid),
  due: price(sums.due),
})

/** The same in a file, with the currency of it all. */
export const ORDER_MONEY_COLUMNS: Columns<OrderMoney> = [
  ['gross', (row) => row.gross],
  ['discounts', (row) => row.discounts],
  ['net', (row) => row.net],
  ['service_charge', (row) => row.service_charge],
  ['tax', (row) => row.tax],
  ['tax_added', (row) => row.tax_added],
  ['vouchers', (row) => row.vouchers],
  ['tips', (row) => row.tips],
  ['total', (row) => row.total],
  ['paid', (row) => row.paid],
  ['due', (row) => row.due],
  ['currency', (row) => row.total.currency],
]
