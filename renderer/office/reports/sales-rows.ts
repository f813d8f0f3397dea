import type { SalesReport } from '../../../protocol/office/sales.ts'

export type OrderSalesRow = Extract<
  SalesReport,
  { by: 'hour' | 'day' | 'channel' | 'staff' }
>['rows'][number]
export type LineSalesRow = Extract<SalesReport, { by: 'item' | 'category' }>['rows'][number]
export type PaymentSalesRow = Extract<SalesReport, { by: 'payment_method' }>['rows'][number]
