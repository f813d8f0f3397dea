import { z } from 'zod'
import { money } from '../rest/values.ts'

/** What orders come to, one or many: gross − discounts = net, and rule M1 for the rest. */
export const orderMoney = {
  gross: money,
  discounts: money,
  net: money,
  service_charge: money,
  tax: money,
  tax_added: money,
  vouchers: money,
  tips: money,
  total: money,
  paid: money,
  due: money,
}
const orderMoneySchema = z.strictObject(orderMoney)
export type OrderMoney = z.infer<typeof orderMoneySchema>
