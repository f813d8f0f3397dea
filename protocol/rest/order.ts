import { z } from 'zod'
import { CHANNELS } from '../../domain/catalog.ts'
import { MAX_MINOR } from '../../domain/money.ts'
import { MAX_CHECKS } from '../../domain/split-schema.ts'
import { ALSO_AS, KITCHEN_MARKS } from '../../domain/events.ts'
import { PREPARATIONS } from '../../domain/preparations.ts'
import { ORDER_STATUSES } from '../../domain/order-status.ts'
import { paidFor, payment, paymentIntent } from './payment.ts'
import { shownCustomer } from './shown-customer.ts'
import { money, pageOf, timeOut } from './values.ts'

/** An order as REST and the events feed show it. */

const modifier = z.strictObject({
  id: z.string(),
  name: z.string(),
  price: money,
  preparation: z
    .enum(PREPARATIONS)
    .nullable()
    .meta({ description: 'Left out, more of it, or on the side; null: as it is.' }),
})

export const orderItem = z
  .strictObject({
    id: z.string(),
    menu_item_id: z.string(),
    name: z.string(),
    quantity: z.int(),
    unit_price: money,
    modifiers: z.array(modifier),
    special_instructions: z.string().nullable(),
    line_total: money.meta({ description: 'Quantity times price and modifiers.' }),
    kitchen_status: z
      .enum(['new', 'none', 'queued', 'preparing', 'ready'])
      .meta({ description: '`new`: not sent yet. `none`: sent, and no station makes it.' }),
    station_id: z.string().nullable(),
    ticket_id: z.string().nullable(),
    also_at: z
      .array(
        z.strictObject({
          station_id: z.string(),
          ticket_id: z.string(),
          as: z.enum(ALSO_AS),
          kitchen_status: z.enum(KITCHEN_MARKS),
        }),
      )
      .meta({
        description: 'Other stations that were given it: to make a part, or to know of it.',
      }),
    added_at: timeOut,
    combo: z
      .strictObject({ id: z.string(), combo_id: z.string(), name: z.string() })
      .nullable()
      .meta({
        description: 'It was sold as part of a combo: items with one `id` belong together.',
      }),
    price_level: z
      .strictObject({ id: z.string(), name: z.string() })
      .nullable()
      .meta({ description: 'Where its price comes from; null: from the menu itself.' }),
    comp: z
      .strictObject({ reason: z.string(), value: money })
      .nullable()
      .meta({ description: 'Made and served for nothing, and what it would have come to.' }),
    seat: z.int().nullable().meta({ description: 'Whose it is; null: for the table.' }),
    course: z.int().nullable(),
    held: z.boolean().meta({ description: 'It waits until its course is fired.' }),
  })
  .meta({ id: 'OrderItem' })
export type RestOrderItem = z.infer<typeof orderItem>

/** One of these. */
export const splitBody = z
  .union([
    z.strictObject({ equal: z.int().min(2).max(MAX_CHECKS) }),
    z.strictObject({
      amounts: z
        .array(z.int().min(1).max(MAX_MINOR))
        .min(1)
        .max(MAX_CHECKS - 1)
        .meta({ description: 'Minor units; what is left is the last check.' }),
    }),
    z.strictObject({ by_seat: z.literal(true) }),
    z.strictObject({
      items: z
        .array(z.array(z.string().min(1).max(120)).min(1).max(500))
        .min(1)
        .max(MAX_CHECKS - 1)
        .meta({ description: 'Ids of items, a list for each check; the rest is the last one.' }),
    }),
  ])
  .meta({ id: 'Split' })

const ticket = z.strictObject({
  id: z.string(),
  station_id: z.string(),
  firing_number: z.int().meta({ description: '1 is the first; a higher one is an add-on.' }),
  fired_at: timeOut,
  item_ids: z.array(z.string()),
  bumped: z.boolean(),
  bumped_at: timeOut.nullable(),
  seen_by: z.array(z.strictObject({ device_id: z.string(), at: timeOut })),
  rushed_at: timeOut.nullable().meta({ description: 'It goes before all others since then.' }),
  handed_at: timeOut.nullable().meta({ description: 'It left the kitchen then.' }),
  changes: z
    .array(
      z.strictObject({
        id: z.string(),
        item_id: z.string(),
        kind: z.enum(['changed', 'voided']),
        at: timeOut,
      }),
    )
    .meta({ description: 'What changed since it was sent, and no cook has acknowledged.' }),
})

const tax = z.strictObject({
  tax_rate_id: z.string(),
  rate_ppm: z.int(),
  included: z.boolean(),
  base: money,
  tax: money,
})

export const order = z
  .strictObject({
    id: z.string(),
    order_number: z.string(),
    status: z.enum(ORDER_STATUSES),
    order_type: z.enum(CHANNELS),
    table_number: z.string().nullable(),
    customer_id: z.string().nullable(),
    customer: shownCustomer.nullable(),
    location_id: z.string().nullable(),
    scheduled_for: z.string().nullable(),
    promised_for: z
      .string()
      .nullable()
      .meta({ description: 'When the guest was told that it will be there.' }),
    notes: z.string().nullable(),
    guests: z.int().nullable(),
    pager: z.string().nullable(),
    items: z.array(orderItem),
    split: splitBody.nullable(),
    checks: z
      .array(
        z.strictObject({
          part: z.int(),
          of: z.int(),
          seat: z.int().nullable(),
          item_ids: z.array(z.string()).nullable(),
          amount: money,
          paid: money,
          due: money,
          paid_for: paidFor,
        }),
      )
      .meta({
        description:
          'What each guest pays where the bill is split; what is due of all of them is what is due of the order. A payment of one says its `paid_for`.',
      }),
    held_courses: z.array(z.int()).meta({
      description: 'Courses of which something waits to be fired, the first one first.',
    }),
    merged_into: z.string().nullable().meta({
      description: 'The order into which all of this one went. Then it counts nowhere.',
    }),
    removed_items: z.array(orderItem.extend({ reason: z.string().nullable() })),
    subtotal: money,
    discount: money,
    discount_reason: z.string().nullable(),
    service_charge: money,
    service_charge_by_hand: z
      .boolean()
      .meta({ description: 'Somebody set it; else it is what the store’s rule says.' }),
    tax: money.meta({ description: 'All tax, also what the prices contain.' }),
    tax_added: money.meta({ description: 'The part of it that comes on top of the prices.' }),
    taxes: z.array(tax),
    vouchers: z.array(
      z.strictObject({ id: z.string(), hint: z.string(), amount: money }).meta({
        description: 'A gift voucher that is sold with the order: paid for, and no revenue.',
      }),
    ),
    tip: money,
    total: money,
    paid: money.meta({
      description:
        'Payments less refunds; and what was given back without being due again still counts.',
    }),
    due: money,
    payments: z.array(payment),
    payment_intents: z.array(paymentIntent),
    status_history: z.array(
      z.strictObject({
        status: z.enum(ORDER_STATUSES),
        reason: z.string().nullable(),
        at: timeOut,
        actor: z.string(),
        origin: z.string(),
      }),
    ),
    tickets: z.array(ticket),
    business_day: z.string().meta({ format: 'date' }),
    currency: z.string(),
    version: z.int().meta({ description: 'Also the ETag; for `If-Match`.' }),
    created_at: timeOut,
    created_by: z.string(),
    updated_at: timeOut,
    times_out_at: timeOut.nullable().optional().meta({
      description:
        'A pending order that nobody has touched by then is flagged, and soon cancelled by rule. Null: it waits for nobody, or a person decides. Only devices say it.',
    }),
  })
  .meta({ id: 'Order' })
export type RestOrder = z.infer<typeof order>

/** Where it was made at the centre, its guest can follow it there. */
export const createdOrder = order
  .extend({
    tracking_url: z.url().optional().meta({
      description:
        'For the guest: whoever has it sees what was ordered and how far it is. The centre alone has such links.',
    }),
  })
  .meta({ id: 'CreatedOrder' })

/** `incomplete`: the newest orders, and older ones could not be asked for. */
export const orderPage = pageOf(order).extend({
  incomplete: z
    .strictObject({
      code: z.literal('older_orders_unreachable'),
      detail: z.string(),
      before: timeOut.meta({ description: 'Orders created before may be missing.' }),
    })
    .optional(),
})

/** An order as the kitchen needs it: no prices, and only what its stations have to make. */
export const kitchenOrder = z
  .strictObject({
    id: z.string(),
    order_number: z.string(),
    status: z.enum(ORDER_STATUSES),
    order_type: z.enum(CHANNELS),
    table_number: z.string().nullable(),
    notes: z.string().nullable(),
    pager: z.string().nullable(),
    scheduled_for: z.string().nullable(),
    promised_for: z
      .string()
      .nullable()
      .meta({ description: 'When the guest was told that it will be there.' }),
    created_at: timeOut,
    version: z.int(),
    held_courses: z.array(z.int()).meta({
      description: 'Courses that are still to come, once somebody fires them.',
    }),
    tickets: z.array(
      ticket.omit({ item_ids: true, bumped: true, bumped_at: true }).extend({
        items: z.array(
          z.strictObject({
            id: z.string(),
            menu_item_id: z.string(),
            name: z.string(),
            quantity: z.int(),
            modifiers: z.array(z.string()),
            special_instructions: z.string().nullable(),
            kitchen_status: z.string(),
            part: z.enum(['own', 'make', 'show']).meta({
              description:
                '`make`: another station makes the rest of it. `show`: another station makes it, and this one is told.',
            }),
            removed: z.boolean(),
            seat: z.int().nullable(),
            course: z.int().nullable(),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'KitchenOrder' })
export type RestKitchenOrder = z.infer<typeof kitchenOrder>

/** How much of each thing is still to be made. */
export const allDay = z
  .strictObject({
    items: z.array(
      z.strictObject({
        menu_item_id: z.string(),
        name: z.string(),
        quantity: z.int(),
        modifiers: z.array(z.strictObject({ name: z.string(), quantity: z.int() })),
      }),
    ),
  })
  .meta({ id: 'AllDay' })
