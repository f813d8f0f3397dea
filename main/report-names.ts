import type { Channel } from '../domain/catalog.ts'
import type { OrderStatus } from '../domain/order-status.ts'

/** What the lines of a day's report are called. */
export interface ReportNames {
  readonly sales: string
  readonly gross: string
  readonly discounts: string
  readonly serviceCharge: string
  readonly taxAdded: string
  readonly vouchersSold: string
  readonly tips: string
  readonly total: string
  readonly paid: string
  readonly due: string
  readonly tax: string
  /** `name`: of the rate, such as `Food 8.875 %`. */
  readonly included: (name: string) => string
  readonly taxBase: (name: string) => string
  readonly taxOf: (name: string) => string
  readonly channels: string
  readonly payments: string
  readonly refunds: string
  readonly orders: string
  readonly voided: string
  readonly comped: string
  readonly paidOnCancelled: string
  readonly stillOpen: string
  readonly channel: (channel: Channel) => string
  /** Also of one that a newer program has. */
  readonly method: (method: string) => string
  readonly status: (status: OrderStatus) => string
}

/** For programs, and for whoever reads what programs do: channels, methods and statuses as REST has them. */
export const PLAIN_NAMES: ReportNames = {
  sales: 'Sales',
  gross: 'Gross',
  discounts: 'Discounts',
  serviceCharge: 'Service charge',
  taxAdded: 'Tax added',
  vouchersSold: 'Vouchers sold',
  tips: 'Tips',
  total: 'Total',
  paid: 'Paid',
  due: 'Due',
  tax: 'Tax',
  included: (name) => `${name} included`,
  taxBase: (name) => `${name}, on`,
  taxOf: (name) => `${name}, tax`,
  channels: 'Channel',
  payments: 'Payments',
  refunds: 'Refunds',
  orders: 'Orders',
  voided: 'Voided items',
  comped: 'Comped items',
  paidOnCancelled: 'Paid on cancelled',
  stillOpen: 'Still open, due',
  channel: (channel) => channel,
  method: (method) => method,
  status: (status) => status,
}
