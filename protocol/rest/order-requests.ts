import { z } from 'zod'
import { CHANNELS, MAX_GUESTS } from '../../domain/catalog.ts'
import { courseNumber, seatNumber } from '../../domain/course-records.ts'
import { ORDER_STATUSES } from '../../domain/order-status.ts'
import { splitBody } from './order.ts'
import { idIn, moneyIn, pageQuery, tableNumberIn, text, timeIn } from './values.ts'

/**
 * What callers may say about orders. An unknown member is refused: a misspelt one that is silently
 * left out costs a guest a dinner.
 */

const quantity = z.int().min(1).max(999)
const modifiers = z.array(idIn).max(200).meta({
  description:
    'Ids of modifiers; `no:`, `extra:` or `side:` in front of one says how it is wanted, where its group has that.',
})
const instructions = text(500).nullable()
const scheduledFor = z.iso.datetime({ offset: true }).nullable()
const promisedFor = scheduledFor.meta({
  description:
    'What the guest is told. Refused with `slot_full` where the store bounds a quarter of an hour.',
})
const notes = text(500).nullable()
const pager = text(20).nullable().meta({ description: 'What the guest is called by.' })

export const customerIn = z.strictObject({
  name: text(120).optional(),
  phone: text(40).optional(),
  email: text(200).optional(),
  address: text(300).optional(),
})

export const itemIn = z.strictObject({
  menu_item_id: idIn,
  quantity,
  modifiers: modifiers.optional(),
  special_instructions: instructions.optional(),
  picks: z
    .array(z.strictObject({ slot_id: idIn, menu_item_id: idIn, modifiers: modifiers.optional() }))
    .max(100)
    .optional()
    .meta({ description: 'Of a combo: what was chosen for its slots.' }),
  open: z
    .strictObject({ name: text(120).min(1), price: moneyIn })
    .optional()
    .meta({ description: 'Of an open item: what it is, and for how much.' }),
  seat: seatNumber.optional().meta({ description: 'Whose it is; left out: for the table.' }),
  course: courseNumber.optional(),
})
export type ItemIn = z.infer<typeof itemIn>

/** The limit of the store is held by its rules, which name it; this one only bounds the work. */
const items = z.array(itemIn).min(1).max(500)

export const createOrderIn = z.strictObject({
  order_type: z.enum(CHANNELS),
  items,
  customer_id: idIn.nullable().optional(),
  customer: customerIn.nullable().optional(),
  location_id: idIn.nullable().optional(),
  table_number: tableNumberIn.nullable().optional(),
  scheduled_for: scheduledFor.optional(),
  promised_for: promisedFor.optional(),
  notes: notes.optional(),
  pager: pager.optional(),
})
export type CreateOrderIn = z.infer<typeof createOrderIn>

const namesSomething = (body: object): boolean => Object.keys(body).length > 0
const NOTHING_NAMED = 'Invalid input: name at least one member to change'

export const updateOrderIn = z
  .strictObject({
    order_type: z.enum(CHANNELS).optional(),
    customer_id: idIn.nullable().optional(),
    customer: customerIn.nullable().optional(),
    table_number: tableNumberIn.nullable().optional(),
    scheduled_for: scheduledFor.optional(),
    promised_for: promisedFor.optional(),
    overbook: z.literal(true).optional().meta({
      description: 'Promises it although that quarter of an hour is full; managers may.',
    }),
    notes: notes.optional(),
    guests: z.int().min(1).max(MAX_GUESTS).nullable().optional(),
    pager: pager.optional(),
  })
  .refine(namesSomething, NOTHING_NAMED)
  .meta({ description: 'What is left out stays as it is; null empties it.' })
export type UpdateOrderIn = z.infer<typeof updateOrderIn>

const reason = text(500)
  .optional()
  .meta({ description: 'Required, and not blank: without one the answer is `reason_required`.' })

export const statusIn = z.strictObject({
  status: z.enum(ORDER_STATUSES),
  reason: reason.meta({ description: 'Required for `cancelled`.' }),
})
const shares = [
  z.strictObject({ amount: moneyIn }),
  z.strictObject({ rate_ppm: z.int().min(0).max(1_000_000) }),
] as const
export const discountIn = z.strictObject({
  discount: z
    .union(shares)
    .nullable()
    .meta({ description: 'An amount, or a share in parts per million; null takes it back.' }),
  reason,
})
export const serviceChargeIn = z.strictObject({
  service_charge: z
    .union([...shares, z.literal('none')])
    .nullable()
    .meta({ description: 'An amount, a share, or `none`; null: by the rule of the store again.' }),
  reason,
})
export const compIn = z.strictObject({
  reason: text(500)
    .nullable()
    .meta({ description: 'Why it is made and served for nothing; null takes that back.' }),
})
export const cancelIn = z.strictObject({ reason })

export const addItemsIn = z
  .union([z.strictObject({ items }), itemIn])
  .transform((body): readonly ItemIn[] => ('items' in body ? body.items : [body]))
  .meta({ description: 'One item, or several that are added together.' })

export const changeItemIn = z
  .strictObject({
    quantity: quantity.optional(),
    modifiers: modifiers.optional(),
    special_instructions: instructions.optional(),
    seat: seatNumber
      .nullable()
      .optional()
      .meta({ description: 'This alone can be changed once the kitchen has the item.' }),
    course: courseNumber.nullable().optional(),
  })
  .refine(namesSomething, NOTHING_NAMED)

export const moveItemIn = z.strictObject({
  to_order_id: idIn.meta({ description: 'Another order that is open.' }),
})

export const splitIn = z.strictObject({ split: splitBody.nullable() })

export const mergeIn = z.strictObject({
  into_order_id: idIn.meta({ description: 'Another order that is open.' }),
})

export const removeItemIn = z.strictObject({ reason: text(500).optional() }).optional()
export const removeItemQuery = z.strictObject({
  reason: text(500)
    .optional()
    .meta({ description: 'Required for an item that the kitchen has already; or in the body.' }),
})

export const kitchenMarkIn = z
  .strictObject({
    item_ids: z.array(idIn).min(1).max(500).optional(),
    station: idIn.optional(),
  })
  .optional()
  .meta({ description: 'Without a body: the whole order.' })
export type KitchenMarkIn = z.infer<typeof kitchenMarkIn>

const ticketIdIn = text(160).min(1)

export const ticketIn = z.strictObject({ ticket_id: ticketIdIn })

export const acknowledgeIn = z.strictObject({
  ticket_id: ticketIdIn,
  change_ids: z
    .array(text(140).min(1))
    .min(1)
    .max(500)
    .optional()
    .meta({ description: 'Left out: all changes that this device knows of.' }),
})

export const rushIn = z
  .strictObject({
    ticket_ids: z.array(ticketIdIn).min(1).max(500).optional(),
    rush: z.boolean().default(true),
  })
  .optional()
  .meta({ description: 'Without tickets: all that are still in the kitchen.' })

export const handOverIn = z
  .strictObject({
    ticket_ids: z.array(ticketIdIn).min(1).max(500).optional(),
    handed: z.boolean().default(true),
  })
  .optional()
  .meta({ description: 'Without tickets: all that are made.' })

export const allDayQuery = z.strictObject({ station: text(120).optional() })

const statusList = z
  .string()
  .max(200)
  .transform((list) => list.split(',').map((status) => status.trim()))
  .pipe(z.array(z.enum(ORDER_STATUSES)).min(1))

export const orderListQuery = pageQuery.extend({
  status: statusList
    .optional()
    .meta({ description: `A comma list of ${ORDER_STATUSES.join(', ')}.` }),
  order_type: z.enum(CHANNELS).optional(),
  table_number: text(20).optional(),
  from: timeIn.optional().meta({ description: 'Created at or after.' }),
  to: timeIn.optional().meta({ description: 'Created before.' }),
  q: text(60)
    .optional()
    .meta({ description: 'Part of the order number, the table, the name or the phone.' }),
})

export const kitchenListQuery = pageQuery.extend({ station: text(120).optional() })

export const orderParams = z.strictObject({ id: text(120).min(1) })
export const courseParams = orderParams.extend({
  course: z
    .string()
    .regex(/^[1-9]$/, 'Invalid input: a course is 1 to 9')
    .transform(Number),
})
export const itemParams = orderParams.extend({ item_id: text(120).min(1) })
