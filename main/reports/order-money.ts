import type { OrderMoney } from '../../protocol/office/order-money.ts'
import type { Money } from '../../protocol/rest/values.ts'

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
