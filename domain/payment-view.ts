import { compareStamps } from './clock.ts'
import type { Fact, OrderState } from './evolve.ts'
import type { Card, Failure, PaidFor, PaymentMethod, RefundPurpose } from './payments.ts'

/** The money of an order as people and programs read it. */

export interface PaymentView {
  readonly id: string
  readonly method: PaymentMethod
  readonly amountMinor: number
  readonly tipMinor: number
  readonly tenderedMinor: number
  readonly changeMinor: number
  readonly refundedMinor: number
  /** The part of it that leaves nothing due: for what came back, or as goodwill. */
  readonly forgivenMinor: number
  readonly paidFor: PaidFor | null
  readonly reference: string | null
  /** Of one of the store's own gift vouchers. */
  readonly voucherId: string | null
  readonly intentId: string | null
  readonly transactionId: string | null
  readonly card: Card | null
  /** Why a manager counted it without the terminal. */
  readonly settledBecause: string | null
  readonly at: string
  readonly actor: string
}

/** What a terminal was asked for, and what became of it. */
export interface IntentView {
  readonly id: string
  readonly kind: 'payment' | 'refund'
  readonly state: IntentState
  readonly amountMinor: number
  readonly tipMinor: number
  /** What it brought, or what is given back of; null: nothing yet. */
  readonly paymentId: string | null
  /** Of a refund: what the terminal gives back from. */
  readonly transactionId: string | null
  readonly provider: string
  readonly terminalId: string
  /** The device that asks. */
  readonly deviceId: string
  readonly reason: string | null
  readonly refundFor: RefundPurpose | null
  readonly cancelAsked: boolean
  readonly why: Failure | null
  readonly detail: string | null
  readonly paidFor: PaidFor | null
  readonly at: string
  readonly actor: string
}

/** `pending`: the terminal is asked. `unclear`: it could not say, and a manager is asked. */
export type IntentState = 'pending' | 'unclear' | 'done' | 'failed'

export const isOpenIntent = ({ state }: IntentView): boolean =>
  state === 'pending' || state === 'unclear'

/**
 * One payment for each transaction of a terminal, however often it was written down. What a manager
 * counted without the terminal stands for the intent's money as long as no transaction of it is known.
 */
export function viewPayments(state: OrderState): PaymentView[] {
  const taken = sorted(state.payments)
  const countedAs = countingIds(state)
  const refunded = new Map<string, number>()
  const forgiven = new Map<string, number>()
  const add = (sums: Map<string, number>, id: string, minor: number): unknown =>
    sums.set(id, (sums.get(id) ?? 0) + minor)
  for (const { value } of Object.values(state.refunds)) {
    const id = countedAs(value.paymentId)
    add(refunded, id, value.amountMinor)
    if (value.refundFor === 'returned' || value.refundFor === 'goodwill') {
      add(forgiven, id, value.amountMinor)
    }
  }
  return taken
    .filter(([id]) => countedAs(id) === id)
    .map(([id, { value, at, actor }]) => ({
      id,
      method: value.method,
      amountMinor: value.amountMinor,
      tipMinor: value.tipMinor,
      tenderedMinor: value.tenderedMinor,
      changeMinor: value.changeMinor,
      refundedMinor: refunded.get(id) ?? 0,
      forgivenMinor: forgiven.get(id) ?? 0,
      paidFor: value.paidFor ?? null,
      reference: value.reference ?? null,
      voucherId: value.voucherId ?? null,
      intentId: value.intentId ?? null,
      transactionId: value.transactionId ?? null,
      card: value.card ?? null,
      settledBecause: value.settledBecause ?? null,
      at,
      actor,
    }))
}

/** Which payment counts for the one named: a manager's word gives way to what the terminal said. */
function countingIds({ payments }: OrderState): (paymentId: string) => string {
  const captured = new Map<string, string>()
  for (const [id, { value }] of sorted(payments)) {
    if (value.intentId === undefined || value.transactionId === undefined) continue
    if (!captured.has(value.intentId)) captured.set(value.intentId, id)
  }
  return (paymentId) => {
    const value = payments[paymentId]?.value
    if (value?.intentId === undefined || value.transactionId !== undefined) return paymentId
    return captured.get(value.intentId) ?? paymentId
  }
}

export function viewIntents(state: OrderState, payments: readonly PaymentView[]): IntentView[] {
  const paymentIdOf = new Map(payments.map((payment) => [payment.intentId, payment.id]))
  const countedAs = countingIds(state)
  return sorted(state.intents).map(([id, { value, at, actor }]) => {
    const isPayment = value.type === 'order.payment_intended'
    const isDone = isPayment ? paymentIdOf.has(id) : id in state.refunds
    const failure = isDone ? undefined : state.failures[id]?.value
    const unclear = state.unclear[id]?.value
    return {
      id,
      kind: isPayment ? 'payment' : 'refund',
      state: isDone
        ? 'done'
        : failure !== undefined
          ? 'failed'
          : unclear !== undefined
            ? 'unclear'
            : 'pending',
      amountMinor: value.amountMinor,
      tipMinor: isPayment ? value.tipMinor : 0,
      paymentId: isPayment ? (paymentIdOf.get(id) ?? null) : countedAs(value.paymentId),
      transactionId: isPayment ? null : value.transactionId,
      provider: value.provider,
      terminalId: value.terminalId,
      deviceId: value.deviceId,
      reason: isPayment ? null : value.reason,
      refundFor: isPayment ? null : value.refundFor,
      cancelAsked: id in state.cancelAsks,
      why: failure?.why ?? null,
      detail: isDone ? null : (failure?.detail ?? unclear?.detail ?? null),
      paidFor: isPayment ? (value.paidFor ?? null) : null,
      at,
      actor,
    }
  })
}

/** What is in the house of the guest's money: for the sums, see `paidMinor`. */
export const heldMinor = (payments: readonly PaymentView[]): number =>
  payments.reduce((sum, p) => sum + p.amountMinor + p.tipMinor - p.refundedMinor, 0)

/**
 * What counts as paid of a total (rule M1): what is held, and what was given back without being due
 * again, as far as the total needs it.
 */
export function paidMinor(payments: readonly PaymentView[], totalMinor: number): number {
  const held = heldMinor(payments)
  const forgiven = payments.reduce((sum, p) => sum + p.forgivenMinor, 0)
  return held + Math.min(forgiven, Math.max(0, totalMinor - held))
}

function sorted<T>(facts: { readonly [id: string]: Fact<T> }): [string, Fact<T>][] {
  return Object.entries(facts).sort(([, a], [, b]) => compareStamps(a.stamp, b.stamp))
}
