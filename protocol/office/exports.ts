import { z } from 'zod'
import { orderMoney } from './order-money.ts'
import { CHANNELS } from '../../domain/catalog.ts'
import { ORDER_STATUSES } from '../../domain/order-status.ts'
import { money, timeOut } from '../rest/values.ts'
import {
  doer,
  isRange,
  nextCursor,
  RANGE_RULE,
  rangeFields,
  rangeOut,
  rowsFields,
} from './values.ts'

/**
 * Rows for a spreadsheet or an accountant's program. As JSON they come in pages, as CSV all of them in
 * one file. Nothing of a guest is in them.
 */
export const exportQuery = z
  .strictObject({ ...rangeFields, ...rowsFields })
  .refine(isRange, RANGE_RULE)

export const exportedOrder = z.strictObject({
  order_id: z.string(),
  order_number: z.string(),
  business_day: z.string(),
  status: z.enum(ORDER_STATUSES),
  order_type: z.enum(CHANNELS),
  table_number: z.string().nullable(),
  created_at: timeOut,
  created_by: doer,
  /** When it was completed or cancelled; null while it is open. */
  closed_at: timeOut.nullable(),
  items: z.int().meta({ description: 'How many were sold, voided ones not counted.' }),
  ...orderMoney,
})
export type ExportedOrder = z.infer<typeof exportedOrder>

export const exportedPayment = z.strictObject({
  payment_id: z.string(),
  order_id: z.string(),
  order_number: z.string(),
  order_status: z.enum(ORDER_STATUSES),
  /** Of the order: there the money counts. */
  business_day: z.string(),
  at: timeOut,
  by: doer,
  method: z.string(),
  amount: money,
  tips: money,
  refunded: money,
  net: money,
})
export type ExportedPayment = z.infer<typeof exportedPayment>

export const ordersExport = z.strictObject({
  ...rangeOut,
  data: z.array(exportedOrder),
  next_cursor: nextCursor,
})

export const paymentsExport = z.strictObject({
  ...rangeOut,
  data: z.array(exportedPayment),
  next_cursor: nextCursor,
})
