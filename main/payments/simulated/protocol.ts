import { z } from 'zod'
import { cardSchema } from '../../../domain/payments.ts'

/**
 * What is spoken with the simulated terminal: one JSON object a line, one question and one answer a
 * connection. There is no secret in it: it is for trying things out, on this computer.
 */
const reference = z.string().min(1).max(120)
const minor = z.int().min(0).max(18_000_000_000)

export const questionSchema = z.discriminatedUnion('ask', [
  z.strictObject({
    ask: z.literal('pay'),
    reference,
    amountMinor: minor,
    currency: z.string().length(3),
    offlineMinor: minor,
  }),
  z.strictObject({
    ask: z.literal('refund'),
    reference,
    ofReference: reference,
    amountMinor: minor,
    currency: z.string().length(3),
  }),
  z.strictObject({ ask: z.literal('status'), reference }),
  z.strictObject({ ask: z.literal('cancel'), reference }),
])
export type Question = z.infer<typeof questionSchema>

export const replySchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('approved'),
    transactionId: z.string().min(1).max(60),
    approvedMinor: minor,
    card: cardSchema,
  }),
  z.strictObject({ kind: z.literal('declined'), reason: z.string().max(200) }),
  z.strictObject({ kind: z.literal('timeout') }),
  z.strictObject({ kind: z.literal('cancelled') }),
  z.strictObject({ kind: z.literal('in_progress') }),
  z.strictObject({ kind: z.literal('not_found') }),
])
export type Reply = z.infer<typeof replySchema>

export const MAX_LINE_BYTES = 4_096
