import { z } from 'zod'
import { ORDER_STATUSES } from '../../domain/order-status.ts'
import { money, text, timeOut } from '../rest/values.ts'
import { doer, isRange, nextCursor, RANGE_RULE, rangeFields, rangeOut } from './values.ts'

/**
 * What somebody did against the ordinary course. `comp`: a discount that leaves nothing of the order's
 * lines to pay; every other one is a `discount`.
 */
export const EXCEPTION_KINDS = ['void', 'discount', 'comp', 'refund', 'cancellation'] as const
export type ExceptionKind = (typeof EXCEPTION_KINDS)[number]

export const exceptionsFields = {
  kind: z.enum(EXCEPTION_KINDS).optional(),
  /** What `doer.actor` says. */
  actor: text(200).optional(),
  /** Of orders: all exceptions of so many orders are one page. */
  limit: z.coerce.number().int().min(1).max(200).default(100),
  cursor: z.string().max(1_000).optional(),
}

export const exceptionsQuery = z
  .strictObject({ ...rangeFields, ...exceptionsFields })
  .refine(isRange, RANGE_RULE)

export const exceptionRow = z.strictObject({
  /** Tells rows apart. */
  id: z.string(),
  kind: z.enum(EXCEPTION_KINDS),
  at: timeOut,
  by: doer,
  /** Null where none was given, and for accountants. */
  reason: z.string().nullable(),
  business_day: z.string(),
  order_id: z.string(),
  order_number: z.string(),
  order_status: z.enum(ORDER_STATUSES),
  /** Of a void: what was voided, and how many. */
  item_name: z.string().nullable(),
  quantity: z.int().nullable(),
  /** What a void would have come to, a discount took off, a refund gave back, a cancelled order was. */
  amount: money,
})
export type ExceptionRow = z.infer<typeof exceptionRow>

export const exceptionsReport = z
  .strictObject({
    ...rangeOut,
    /** Orders with the latest beginning first, in each what happened last first. */
    data: z.array(exceptionRow),
    next_cursor: nextCursor,
  })
  .meta({ id: 'ExceptionsReport' })
export type ExceptionsReport = z.infer<typeof exceptionsReport>
