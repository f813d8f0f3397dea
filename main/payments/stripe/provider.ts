import type Stripe from 'stripe'
import { retrieveOutcome, NO_CARD } from './read-intent.ts'
import { pause } from '../pause.ts'
import type { Asked, Outcome, PaymentProvider, PayWish, RefundWish } from '../provider.ts'
import { toStripe } from './amount.ts'
import { called, type Called } from './calls.ts'

/**
 * Stripe, with a reader that Stripe's servers drive. A payment of ours is one payment intent of theirs:
 * it is made under an idempotency key that is our reference, so that making it again finds it again,
 * and carries the reference in its metadata for when the key has been forgotten. What is not paid is
 * cancelled there before anybody says that it has failed, for a cancelled intent is never charged.
 */
export interface StripeProviderOptions {
  readonly stripe: Stripe
  readonly readerId: string
  readonly nowMs: () => number
  readonly pollMs?: number
}

const POLL_MS = 1_000
/** Stripe forgets keys after a day at the earliest. */
const KEYS_LAST_MS = 20 * 3_600_000
/** A payment is not refunded more often than this. */
const MAX_REFUNDS = 100
const REFERENCE = 'aura_reference'

type PaymentAsked = Extract<Asked, { kind: 'payment' }>
type RefundAsked = Extract<Asked, { kind: 'refund' }>

export function createStripeProvider(options: StripeProviderOptions): PaymentProvider {
  const { stripe, readerId, nowMs, pollMs = POLL_MS } = options

  async function pay(wish: PayWish, signal: AbortSignal): Promise<Outcome> {
    const asked: PaymentAsked = { kind: 'payment', ...wish }
    const made = await make(asked, signal)
    if (made.kind !== 'done') return made.kind === 'refused' ? declined(made.detail) : made
    const { id } = made.value
    const started = await called(
      stripe.terminal.readers.processPaymentIntent(
        readerId,
        { payment_intent: id },
        { idempotencyKey: `${wish.reference}:process` },
      ),
      signal,
    )
    if (started.kind === 'refused') return giveUp(asked, id, declined(started.detail), signal)
    if (started.kind !== 'done') return unknown(started.detail)
    for (;;) {
      const outcome = await look(asked, id, signal)
      if (outcome.kind !== 'in_progress') return outcome
      await pause(pollMs, signal)
      if (signal.aborted) return unknown('it took too long')
    }
  }

  /** Making it twice makes it once: the second answer is the first one again. */
  const make = ({ reference, amountMinor, currency }: PaymentAsked, signal: AbortSignal) =>
    called(
      stripe.paymentIntents.create(
        {
          amount: toStripe(amountMinor, currency),
          currency: currency.toLowerCase(),
          allowed_payment_method_types: ['card_present'],
          capture_method: 'automatic',
          metadata: { [REFERENCE]: reference },
        },
        { idempotencyKey: `${reference}:create` },
      ),
      signal,
    )

  async function find(asked: PaymentAsked, signal: AbortSignal): Promise<Called<string | null>> {
    if (areKeysKept(asked)) {
      const made = await make(asked, signal)
      return made.kind === 'done' ? { kind: 'done', value: made.value.id } : made
    }
    const query = `metadata['${REFERENCE}']:'${asked.reference.replaceAll(/['\\]/g, '\\$&')}'`
    const found = await called(stripe.paymentIntents.search({ query, limit: 1 }), signal)
    return found.kind === 'done' ? { kind: 'done', value: found.value.data[0]?.id ?? null } : found
  }

  /** What has become of it, and where it came to nothing, made sure of that. */
  async function look(asked: PaymentAsked, id: string, signal: AbortSignal): Promise<Outcome> {
    const before = await retrieveOutcome(stripe, id, asked.currency, signal)
    if (before.kind !== 'open') return before
    const reader = await called(stripe.terminal.readers.retrieve(readerId), signal)
    if (reader.kind !== 'done') return unknown(reader.detail)
    const action = 'deleted' in reader.value ? null : reader.value.action
    const ours = action?.process_payment_intent?.payment_intent
    if (action && (typeof ours === 'string' ? ours : ours?.id) === id) {
      if (action.status !== 'failed') return { kind: 'in_progress' }
      return giveUp(asked, id, failureOf(action), signal)
    }
    return before.error === null
      ? { kind: 'not_found' }
      : giveUp(asked, id, declined(before.error), signal)
  }

  /** Final once it is cancelled there; until then it may still be charged. */
  async function giveUp(
    asked: PaymentAsked,
    id: string,
    outcome: Outcome,
    signal: AbortSignal,
  ): Promise<Outcome> {
    const cancelled = await called(stripe.paymentIntents.cancel(id), signal)
    if (cancelled.kind === 'done') return outcome
    // It was paid meanwhile, or cancelled by whoever asked beside us.
    const now = await retrieveOutcome(stripe, id, asked.currency, signal)
    if (now.kind === 'cancelled') return outcome
    return now.kind === 'open' ? unknown('Stripe did not cancel it') : now
  }

  async function refund(wish: RefundWish, signal: AbortSignal): Promise<Outcome> {
    const { reference, amountMinor, currency, ofTransactionId } = wish
    if (ofTransactionId === null) return declined('Stripe never said which payment it was.')
    const made = await called(
      stripe.refunds.create(
        {
          ...paymentNamed(ofTransactionId),
          amount: toStripe(amountMinor, currency),
          metadata: { [REFERENCE]: reference },
        },
        { idempotencyKey: `${reference}:refund` },
      ),
      signal,
    )
    if (made.kind === 'refused') return declined(made.detail)
    return made.kind === 'done' ? refundOutcome(made.value, wish) : made
  }

  async function refundStatus(asked: RefundAsked, signal: AbortSignal): Promise<Outcome> {
    const { ofTransactionId, reference } = asked
    if (ofTransactionId === null) return { kind: 'not_found' }
    const listed = await called(
      stripe.refunds.list({ ...paymentNamed(ofTransactionId), limit: MAX_REFUNDS }),
      signal,
    )
    if (listed.kind !== 'done') return unknown(listed.detail)
    const found = listed.value.data.find(({ metadata }) => metadata?.[REFERENCE] === reference)
    return found ? refundOutcome(found, asked) : { kind: 'not_found' }
  }

  async function status(asked: Asked, signal: AbortSignal): Promise<Outcome> {
    if (asked.kind === 'refund') return refundStatus(asked, signal)
    const found = await find(asked, signal)
    if (found.kind !== 'done') return unknown(found.detail)
    return found.value === null ? { kind: 'not_found' } : look(asked, found.value, signal)
  }

  async function cancel(asked: Asked, signal: AbortSignal): Promise<Outcome> {
    if (asked.kind === 'refund') return cancelRefund(asked, signal)
    const found = await find(asked, signal)
    if (found.kind !== 'done') return unknown(found.detail)
    if (found.value === null) return { kind: 'cancelled' }
    const now = await look(asked, found.value, signal)
    if (now.kind === 'in_progress') {
      // A reader at which the card has been read goes on, and says so.
      const stopped = await called(stripe.terminal.readers.cancelAction(readerId), signal)
      if (stopped.kind !== 'done') return look(asked, found.value, signal)
    } else if (now.kind !== 'not_found') return now
    return giveUp(asked, found.value, { kind: 'cancelled' }, signal)
  }

  /**
   * Nothing forbids a refund that is on its way, and a manager has asked for it: as long as its key makes
   * sure that it happens once, it is done rather than given up. Later nothing is on its way any more.
   */
  async function cancelRefund(asked: RefundAsked, signal: AbortSignal): Promise<Outcome> {
    const found = await refundStatus(asked, signal)
    if (found.kind !== 'not_found') return found
    return areKeysKept(asked) ? refund(asked, signal) : { kind: 'cancelled' }
  }

  const areKeysKept = ({ askedAt }: Asked): boolean => nowMs() - Date.parse(askedAt) < KEYS_LAST_MS

  return { name: 'stripe', pay, refund, status, cancel }
}

const declined = (reason: string): Outcome => ({ kind: 'declined', reason })
const unknown = (detail: string): Outcome => ({ kind: 'unknown', detail })

/** What a charge had no name for yet is known by its intent. */
const paymentNamed = (id: string) =>
  id.startsWith('pi_') ? { payment_intent: id } : { charge: id }

/** None of it has cost the guest anything; the words are for the cashier. */
function failureOf(action: Stripe.Terminal.Reader.Action): Outcome {
  const { failure_code: code, failure_message: message, api_error: error } = action
  if (error === null && code !== null && /time/.test(code)) return { kind: 'timeout' }
  if (error === null && code !== null && /cancel/.test(code)) return { kind: 'cancelled' }
  return declined(error?.message ?? message ?? code ?? 'the reader could not do it')
}

function refundOutcome(refund: Stripe.Refund, { amountMinor }: RefundWish): Outcome {
  switch (refund.status) {
    case 'succeeded':
    case 'pending':
      return {
        kind: 'approved',
        transactionId: refund.id,
        approvedMinor: amountMinor,
        card: NO_CARD,
      }
    case 'failed':
    case 'canceled':
      return declined(refund.failure_reason ?? refund.status)
    default:
      return unknown(`the refund is ${refund.status ?? 'nowhere'}`)
  }
}
