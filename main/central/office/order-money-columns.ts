import type { OrderMoney } from '../../../protocol/office/order-money.ts'
import type { Columns } from './answer.ts'

/** What orders come to, in a file, with the currency of it all. */
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
