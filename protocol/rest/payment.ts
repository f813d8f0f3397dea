import { z } from 'zod'
import { paymentText } from '../../domain/card-number.ts'
import { FAILURES, PAYMENT_METHODS, REFUND_PURPOSES } from '../../domain/payments.ts'
import { money, moneyIn, someMoneyIn, text, timeOut } from './values.ts'

/** Payments, and what card terminals are asked for. No text of them may hold a card number. */

const NO_CARD_NUMBERS = 'Refused where it looks like a card number.'

export const paidFor = z
  .union([
    z.strictObject({ part: z.int().min(1).max(99), of: z.int().min(2).max(99) }),
    z.strictObject({ item_ids: z.array(z.string().min(1).max(120)).min(1).max(500) }),
    z.strictObject({ guest: paymentText(40).min(1) }),
  ])
  .meta({ description: 'Which part of the order it is: one of equal parts, items, or a guest.' })

export const payment = z.strictObject({
  id: z.string(),
  method: z.enum(PAYMENT_METHODS),
  amount: money,
  tip: money,
  tendered: money,
  change: money,
  refunded: money,
  paid_for: paidFor.nullable(),
  reference: z.string().nullable().meta({ description: 'Of a voucher, or at the marketplace.' }),
  voucher_id: z
    .string()
    .nullable()
    .meta({ description: "Of one of the store's own gift vouchers." }),
  payment_intent_id: z.string().nullable().meta({ description: 'What a card payment came of.' }),
  card: z
    .strictObject({
      brand: z.string().nullable(),
      last_four: z.string().nullable(),
      authorisation_code: z.string().nullable(),
      offline: z
        .boolean()
        .meta({ description: 'The terminal took it upon itself: the bank has not been asked.' }),
    })
    .nullable(),
  settled_because: z
    .string()
    .nullable()
    .meta({ description: 'Why a manager counted it without the terminal.' }),
  at: timeOut,
  actor: z.string(),
})
export type RestPayment = z.infer<typeof payment>

export const paymentIntent = z
  .strictObject({
    id: z.string(),
    kind: z.enum(['payment', 'refund']),
    state: z.enum(['pending', 'unclear', 'done', 'failed']).meta({
      description:
        '`pending`: the terminal is being asked. `unclear`: it could not say, and a manager settles it.',
    }),
    amount: money,
    tip: money,
    payment_id: z
      .string()
      .nullable()
      .meta({ description: 'What it brought, or what is given back of.' }),
    provider: z.string(),
    terminal_id: z.string(),
    device_id: z.string().meta({ description: 'The device that asks the terminal.' }),
    cancel_asked: z.boolean(),
    why: z.enum(FAILURES).nullable(),
    detail: z.string().nullable(),
    at: timeOut,
    actor: z.string(),
  })
  .meta({ id: 'PaymentIntent' })
export type RestPaymentIntent = z.infer<typeof paymentIntent>

export const paymentIn = z
  .strictObject({
    method: z.enum(PAYMENT_METHODS),
    amount: someMoneyIn.meta({ description: 'What is paid of the order, without the tip.' }),
    tip: moneyIn.optional(),
    tendered: moneyIn
      .optional()
      .meta({ description: 'Cash that the guest handed over; absent: exactly amount and tip.' }),
    reference: paymentText(120)
      .min(1)
      .optional()
      .meta({
        description: `The voucher's number, or the marketplace's of the order. ${NO_CARD_NUMBERS}`,
      }),
    voucher_code: text(60)
      .min(1)
      .optional()
      .meta({ description: "Of one of the store's own gift vouchers, with which it is paid." }),
    paid_for: paidFor.optional(),
    despite_pending: z
      .literal(true)
      .optional()
      .meta({ description: 'Although a card is being asked for what is due.' }),
  })
  .refine(({ method, tendered }) => tendered === undefined || method === 'cash', {
    path: ['tendered'],
    message: 'Invalid input: only cash is handed over',
  })
  .refine(({ method, voucher_code }) => voucher_code === undefined || method === 'voucher', {
    path: ['voucher_code'],
    message: 'Invalid input: only a voucher has one',
  })

export const refundIn = z.strictObject({
  amount: someMoneyIn,
  reason: paymentText(500)
    .optional()
    .meta({
      description: `Required, and not blank: without one the answer is \`reason_required\`. ${NO_CARD_NUMBERS}`,
    }),
  refund_for: z.enum(REFUND_PURPOSES).optional().meta({
    description:
      'What came back and goodwill leave nothing due; `other_payment` is due again. Absent: `overpaid` where so much was paid too much, `other_payment` where the order is not paid in full, else `returned`.',
  }),
})

export const settleIn = z.strictObject({
  as: z.enum(['taken', 'not_taken']),
  reason: paymentText(500)
    .optional()
    .meta({ description: `Required, and not blank. ${NO_CARD_NUMBERS}` }),
})

export const paymentParams = z.strictObject({
  id: text(120).min(1),
  payment_id: text(240).min(1).meta({ description: "The payment's, or that of its intent." }),
})
export const intentParams = z.strictObject({
  id: text(120).min(1),
  intent_id: text(120).min(1),
})
