import type { IntentView, PaymentView } from '../../domain/payment-view.ts'
import type { Card, PaidFor } from '../../domain/payments.ts'
import type { RestPayment, RestPaymentIntent } from './payment.ts'
import type { Money } from './values.ts'

/** Payments as callers read them. */

type Price = (minor: number) => Money

export const paymentToRest = (payment: PaymentView, price: Price): RestPayment => ({
  id: payment.id,
  method: payment.method,
  amount: price(payment.amountMinor),
  tip: price(payment.tipMinor),
  tendered: price(payment.tenderedMinor),
  change: price(payment.changeMinor),
  refunded: price(payment.refundedMinor),
  paid_for: payment.paidFor && paidForToRest(payment.paidFor),
  reference: payment.reference,
  voucher_id: payment.voucherId,
  payment_intent_id: payment.intentId,
  card: payment.card && cardToRest(payment.card),
  settled_because: payment.settledBecause,
  at: payment.at,
  actor: payment.actor,
})

export const intentToRest = (intent: IntentView, price: Price): RestPaymentIntent => ({
  id: intent.id,
  kind: intent.kind,
  state: intent.state,
  amount: price(intent.amountMinor),
  tip: price(intent.tipMinor),
  payment_id: intent.paymentId,
  provider: intent.provider,
  terminal_id: intent.terminalId,
  device_id: intent.deviceId,
  cancel_asked: intent.cancelAsked,
  why: intent.why,
  detail: intent.detail,
  at: intent.at,
  actor: intent.actor,
})

export const cardToRest = (card: Card) => ({
  brand: card.brand,
  last_four: card.lastFour,
  authorisation_code: card.authorisationCode,
  offline: card.offline,
})

export const paidForToRest = (paidFor: PaidFor): NonNullable<RestPayment['paid_for']> => {
  switch (paidFor.kind) {
    case 'part':
      return { part: paidFor.part, of: paidFor.of }
    case 'items':
      return { item_ids: paidFor.lineIds }
    case 'guest':
      return { guest: paidFor.guest }
  }
}

export function paidForIn(given: NonNullable<RestPayment['paid_for']>): PaidFor {
  if ('part' in given) return { kind: 'part', ...given }
  if ('guest' in given) return { kind: 'guest', ...given }
  return { kind: 'items', lineIds: given.item_ids }
}
