import type Stripe from 'stripe'
import type { Card } from '../../../domain/payments.ts'
import type { Outcome } from '../provider.ts'
import { fromStripe } from './amount.ts'
import { called } from './calls.ts'

export const NO_CARD: Card = {
  brand: null,
  lastFour: null,
  token: null,
  authorisationCode: null,
  offline: false,
}

/** `open`: it may still be paid; `error`: what the last try came to. */
type Seen = Outcome | { readonly kind: 'open'; readonly error: string | null }

/** What a payment intent says of itself. */
export async function retrieveOutcome(
  stripe: Stripe,
  id: string,
  currency: string,
  signal: AbortSignal,
): Promise<Seen> {
  const got = await called(
    stripe.paymentIntents.retrieve(id, { expand: ['latest_charge'] }),
    signal,
  )
  if (got.kind !== 'done') return { kind: 'unknown', detail: got.detail }
  const intent = got.value
  const error = intent.last_payment_error?.message ?? null
  switch (intent.status) {
    case 'succeeded':
      return paid(intent, currency)
    case 'canceled':
      return error === null ? { kind: 'cancelled' } : { kind: 'declined', reason: error }
    case 'processing':
      return { kind: 'in_progress' }
    default:
      return { kind: 'open', error }
  }
}

function paid(intent: Stripe.PaymentIntent, currency: string): Outcome {
  const approvedMinor = fromStripe(intent.amount_received, currency)
  if (approvedMinor === null) return { kind: 'unknown', detail: 'an amount that cannot be' }
  const charge = typeof intent.latest_charge === 'object' ? intent.latest_charge : null
  return {
    kind: 'approved',
    transactionId: charge?.id ?? intent.id,
    approvedMinor,
    card: charge ? cardOf(charge) : NO_CARD,
  }
}

function cardOf({ payment_method_details: details }: Stripe.Charge): Card {
  const card = details?.card_present ?? details?.interac_present
  if (!card) return NO_CARD
  return {
    brand: card.brand,
    lastFour: card.last4,
    token: card.generated_card,
    authorisationCode: card.receipt?.authorization_code ?? null,
    offline: false,
  }
}
