import type { Card } from '../../domain/payments.ts'

/**
 * The port to those who take cards: authorise and capture in one, by a reference of ours. A provider
 * keeps three promises, on which the driver rests:
 *
 * - the same reference is charged once, however often it is asked for;
 * - what became of a reference can be asked for later, also after a power cut on either side;
 * - a reference that was cancelled is never charged afterwards.
 *
 * Nothing is thrown: what went wrong on the way is `unknown`.
 */
export interface PaymentProvider {
  readonly name: string
  readonly pay: (wish: PayWish, signal: AbortSignal) => Promise<Outcome>
  readonly refund: (wish: RefundWish, signal: AbortSignal) => Promise<Outcome>
  /** What became of what was asked for in these words. */
  readonly status: (asked: Asked, signal: AbortSignal) => Promise<Outcome>
  readonly cancel: (asked: Asked, signal: AbortSignal) => Promise<Outcome>
}

export type Asked =
  | ({ readonly kind: 'payment' } & PayWish)
  | ({ readonly kind: 'refund' } & RefundWish)

export interface PayWish {
  readonly reference: string
  /** When it was written down, by this device's clock; ISO 8601 UTC. */
  readonly askedAt: string
  readonly amountMinor: number
  readonly currency: string
  /** Up to so much it may take upon itself while the bank cannot be reached; 0: nothing. */
  readonly offlineMinor: number
}

export interface RefundWish {
  readonly reference: string
  readonly askedAt: string
  /** Of the payment: our reference, and the provider's own id. */
  readonly ofReference: string
  readonly ofTransactionId: string | null
  readonly amountMinor: number
  readonly currency: string
}

export type Outcome =
  /** Less than was asked for is a partial approval; more has a tip in it. */
  | {
      readonly kind: 'approved'
      readonly transactionId: string
      readonly approvedMinor: number
      readonly card: Card
    }
  | { readonly kind: 'declined'; readonly reason: string }
  /** The guest did nothing for too long. */
  | { readonly kind: 'timeout' }
  /** By the guest, by us, or by the terminal itself: it will not be charged. */
  | { readonly kind: 'cancelled' }
  /** The guest is at it. */
  | { readonly kind: 'in_progress' }
  /** It has never heard of this reference. */
  | { readonly kind: 'not_found' }
  /** Nothing was sent: nobody answers there. */
  | { readonly kind: 'unreachable'; readonly detail: string }
  | { readonly kind: 'unknown'; readonly detail: string }
