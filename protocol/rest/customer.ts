import { z } from 'zod'
import { LANGUAGES, NOTICE_CHANNELS } from '../../domain/notices.ts'
import { order } from './order.ts'
import { customerIn } from './order-requests.ts'
import { shownCustomer } from './shown-customer.ts'
import { idIn, text, timeOut } from './values.ts'

export const customerParams = z.strictObject({ id: idIn })

export const customerQuery = z
  .strictObject({ phone: text(40).min(1).optional(), email: text(200).min(1).optional() })
  .refine(({ phone, email }) => phone !== undefined || email !== undefined, {
    message: 'Invalid input: name the whole phone or the whole e-mail',
  })

const notices = z
  .strictObject(
    Object.fromEntries(NOTICE_CHANNELS.map((channel) => [channel, z.boolean()])) as Record<
      (typeof NOTICE_CHANNELS)[number],
      z.ZodBoolean
    >,
  )
  .meta({ description: 'Whether the customer wants to be written to there.' })

export const restCustomer = z
  .strictObject({
    id: z.string(),
    customer: shownCustomer,
    language: z.enum(LANGUAGES).nullable(),
    notices,
    updated_at: timeOut.nullable(),
    erased_at: timeOut.nullable(),
    erased_on: z
      .array(
        z.strictObject({
          device_id: z.string(),
          name: z.string(),
          erased: z.boolean().nullable(),
        }),
      )
      .meta({
        description:
          'The devices of the store: whether each has destroyed the keys. Null: not heard yet.',
      }),
  })
  .meta({ id: 'Customer' })
export type RestCustomer = z.infer<typeof restCustomer>

export const customerList = z.strictObject({ data: z.array(restCustomer) })

export const putCustomerIn = customerIn
  .extend({ language: z.enum(LANGUAGES).optional(), notices: notices.partial().optional() })
  .meta({ description: 'What is left out is taken away.' })

export const customerExport = z.strictObject({
  customer: restCustomer,
  orders: z.array(order),
})

export const customerOrders = z.strictObject({ data: z.array(order) })

export const customerOrdersQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(50).default(5),
})
