import { compareStamps } from '../domain/clock.ts'
import type { Fact, OrderState } from '../domain/evolve.ts'
import { grossMinor, viewOrder, type OrderView } from '../domain/order-view.ts'

/**
 * What was done against the ordinary course: who, when and why. The tables say which orders have
 * something of the kind; the facts themselves come from the fold of those orders, so what counts there
 * counts here.
 */
export type ExceptionKind = 'void' | 'discount' | 'comp' | 'refund' | 'cancellation'

export interface OrderException {
  readonly id: string
  readonly kind: ExceptionKind
  readonly at: string
  readonly actor: string
  readonly reason: string | null
  readonly order: OrderView
  readonly itemName: string | null
  readonly quantity: number | null
  readonly amountMinor: number
}

export interface OrderKey {
  readonly createdAt: string
  readonly id: string
}

export interface FoundExceptions {
  readonly exceptions: readonly OrderException[]
  /** Where to go on; null: these were the last ones. */
  readonly next: OrderKey | null
}

/** Of one order, what happened last first. `stateOf`: of this order and of those that lent it lines. */
export function exceptionsOf(
  state: OrderState,
  stateOf: (id: string) => OrderState | undefined,
): OrderException[] {
  const order = viewOrder(
    state,
    Object.keys(state.lenders)
      .toSorted()
      .flatMap((id) => stateOf(id) ?? []),
  )
  if (order === null) return []
  const found = [
    ...voids(order, stateOf),
    ...comps(order, stateOf),
    ...discounts(order, state),
    ...refunds(order, state),
    ...cancellations(order, state),
  ]
  return found
    .toSorted((a, b) => compareStamps(b.fact.stamp, a.fact.stamp))
    .map(({ fact, ...rest }) => ({ ...rest, order, at: fact.at, actor: fact.actor }))
}

type Found = Omit<OrderException, 'order' | 'at' | 'actor'> & { readonly fact: Fact<unknown> }

const ofOrder = { itemName: null, quantity: null } as const

const voids = (order: OrderView, stateOf: (id: string) => OrderState | undefined): Found[] =>
  order.lines.flatMap((line) => {
    const fact = stateOf(line.homeOrderId)?.lines[line.id]?.voided
    if (fact === undefined || line.movedTo !== null) return []
    return {
      id: `void:${order.id}:${line.id}`,
      kind: 'void' as const,
      fact,
      reason: fact.value.reason,
      itemName: line.name,
      quantity: line.quantity,
      amountMinor: grossMinor(line.unitPriceMinor, line.modifiers, line.quantity),
    }
  })

const comps = (order: OrderView, stateOf: (id: string) => OrderState | undefined): Found[] =>
  order.lines.flatMap(({ id, homeOrderId, movedTo, voided, comp, name, quantity }) => {
    const fact = stateOf(homeOrderId)?.lines[id]?.comped
    if (fact === undefined || comp === null || voided || movedTo !== null) return []
    const { reason, valueMinor: amountMinor } = comp
    const about = { id: `comp:${order.id}:${id}`, kind: 'comp' as const, fact, reason }
    return [{ ...about, itemName: name, quantity, amountMinor }]
  })

function discounts({ id, totals }: OrderView, { discount: fact }: OrderState): Found[] {
  const { discountMinor: amountMinor, subtotalMinor } = totals
  if (fact === undefined || amountMinor === 0) return []
  const kind = amountMinor === subtotalMinor ? 'comp' : 'discount'
  return [{ ...ofOrder, id: `${kind}:${id}`, kind, fact, reason: fact.value.reason, amountMinor }]
}

const refunds = (order: OrderView, state: OrderState): Found[] =>
  Object.entries(state.refunds)
    .filter(([, { value }]) => value.paymentId in state.payments)
    .map(([refundId, fact]) => ({
      ...ofOrder,
      id: `refund:${order.id}:${refundId}`,
      kind: 'refund' as const,
      fact,
      reason: fact.value.reason,
      amountMinor: fact.value.amountMinor,
    }))

/** Cancelled twice, by two devices apart: the first one tells. */
function cancellations({ id, status, totals }: OrderView, { statuses }: OrderState): Found[] {
  if (status !== 'cancelled') return []
  const [fact] = Object.values(statuses)
    .filter(({ value }) => value.status === 'cancelled')
    .toSorted((a, b) => compareStamps(a.stamp, b.stamp))
  if (fact === undefined) return []
  const { totalMinor: amountMinor } = totals
  const { reason } = fact.value
  return [{ ...ofOrder, id: `cancellation:${id}`, kind: 'cancellation', fact, reason, amountMinor }]
}
