import { z } from 'zod'
import { paymentText } from './card-number.ts'

/** What is said of a payment, in commands and in the log alike. */

export const PAYMENT_METHODS = ['cash', 'card', 'voucher', 'external'] as const
export type PaymentMethod = (typeof PAYMENT_METHODS)[number]

/**
 * What a refund is for. What came back and goodwill leave nothing to be paid; what was paid too much
 * was never due; and what is to be paid in another way is due again.
 */
export const REFUND_PURPOSES = ['returned', 'goodwill', 'overpaid', 'other_payment'] as const
export type RefundPurpose = (typeof REFUND_PURPOSES)[number]

export const FAILURES = [
  'declined',
  'timeout',
  'cancelled',
  /** The terminal could not be reached, and was never asked. */
  'unreachable',
  /** The device stopped before it could ask, and the terminal has never heard of it. */
  'interrupted',
  /** A manager said so. */
  'settled',
] as const
export type Failure = (typeof FAILURES)[number]

/** Of which part of the order a payment is. */
export const paidForSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('part'),
    part: z.int().min(1).max(99),
    of: z.int().min(2).max(99),
  }),
  z.strictObject({
    kind: z.literal('items'),
    lineIds: z.array(z.string().min(1).max(120)).min(1).max(500),
  }),
  z.strictObject({ kind: z.literal('guest'), guest: paymentText(40).min(1) }),
])
export type PaidFor = z.infer<typeof paidForSchema>

/** All that is ever known of a card. */
export const cardSchema = z.strictObject({
  brand: paymentText(40).nullable(),
  lastFour: z
    .string()
    .regex(/^\d{4}$/)
    .nullable(),
  token: paymentText(120).nullable(),
  authorisationCode: paymentText(40).nullable(),
  /** The terminal took it upon itself: nobody has asked the bank yet. */
  offline: z.boolean(),
})
export type Card = z.infer<typeof cardSchema>

/** The terminal of the device that decides. */
export interface CardTerminal {
  readonly deviceId: string
  readonly provider: string
  readonly terminalId: string
}

/** One transaction of a terminal is one payment, whoever writes it down and how often. */
export const capturedPaymentId = (intentId: string, transactionId: string | null): string =>
  `${intentId}~${transactionId ?? 'settled'}`
