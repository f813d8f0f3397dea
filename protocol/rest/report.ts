import { z } from 'zod'
import { CHANNELS } from '../../domain/catalog.ts'
import { ORDER_STATUSES } from '../../domain/order-status.ts'
import { money } from './values.ts'

export const dayQuery = z.strictObject({
  day: z.iso.date().optional().meta({ description: 'The business day; absent: the one now.' }),
})

const counted = { count: z.int(), total: money }

/** The day's Z report. Sales are all orders of the business day that were not cancelled. */
export const dayReport = z
  .strictObject({
    business_day: z.string().meta({ format: 'date' }),
    currency: z.string(),
    orders_by_status: z.array(z.strictObject({ status: z.enum(ORDER_STATUSES), ...counted })),
    sales: z.strictObject({
      count: z.int(),
      gross: money,
      discounts: money,
      service_charge: money,
      tax: money,
      tax_added: money,
      vouchers: money.meta({ description: 'Gift vouchers that were sold: no revenue.' }),
      tips: money,
      total: money,
      paid: money,
      due: money,
    }),
    taxes: z.array(
      z.strictObject({
        tax_rate_id: z.string(),
        rate_ppm: z.int(),
        included: z.boolean(),
        base: money,
        tax: money,
      }),
    ),
    by_channel: z.array(z.strictObject({ order_type: z.enum(CHANNELS), ...counted })),
    payments: z.array(
      z.strictObject({
        method: z.string(),
        count: z.int(),
        amount: money,
        tips: money,
        refunded: money,
        net: money,
      }),
    ),
    refunds: z.strictObject({ count: z.int(), total: money }),
    voids: z.strictObject({ count: z.int() }),
    comps: z.strictObject(counted).meta({
      description: 'Items made and served for nothing, and what they would have come to.',
    }),
    cancelled: z.strictObject({ ...counted, paid: money }),
    open_orders: z.strictObject({ count: z.int(), due: money }),
  })
  .meta({ id: 'DayReport' })
export type RestDayReport = z.infer<typeof dayReport>
