import { sql } from 'kysely'
import { compareStamps } from '../../../domain/clock.ts'
import type { Fact, OrderState } from '../../../domain/evolve.ts'
import { fromPgText, toPgText } from '../../../domain/nul-free-text.ts'
import { grossMinor, viewOrder, type OrderView } from '../../../domain/order-view.ts'
import { foldStates, loadEvents, loadStates, type States } from '../projections.ts'
import type { Sql } from '../rows.ts'
import { ordersIn, type StoreRange } from './range.ts'

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

/** Those of up to `limit` orders, the latest begun first, in each what happened last first. */
export async function findExceptions(
  db: Sql,
  range: StoreRange,
  {
    kind,
    after,
    limit,
  }: {
    readonly kind: ExceptionKind | undefined
    readonly after: OrderKey | null
    readonly limit: number
  },
): Promise<FoundExceptions> {
  const comesAfter =
    after === null
      ? sql`true`
      : sql`(o.created_at, o.id) < (${after.createdAt}, ${toPgText(after.id)})`
  const { rows } = await sql<{ id: string; created_at: string }>`
    SELECT o.id, o.created_at FROM orders AS o
    WHERE ${ordersIn(range)} AND (${HAS[kind ?? 'any']}) AND ${comesAfter}
    ORDER BY o.created_at DESC, o.id DESC
    LIMIT ${limit + 1}
  `.execute(db)
  const page = rows.slice(0, limit)
  const ids = page.map((row) => row.id)
  const states = foldStates(await loadEvents(db, range.storeId, ids))
  const lenders = await loadStates(db, range.storeId, states, (state) => state.lenders)
  const exceptions = ids
    .flatMap((id) => exceptionsOf(id, states, lenders))
    .filter((found) => kind === undefined || found.kind === kind)
  const last = page.at(-1)
  const isMore = last !== undefined && rows.length > limit
  return {
    exceptions,
    next: isMore ? { createdAt: last.created_at, id: fromPgText(last.id) } : null,
  }
}

const HAS_VOID = sql`EXISTS (
  SELECT FROM order_items AS i
  WHERE i.store_id = o.store_id AND i.order_id = o.id AND i.voided = 1)`
const HAS_REFUND = sql`EXISTS (
  SELECT FROM order_payments AS p
  WHERE p.store_id = o.store_id AND p.order_id = o.id AND p.refunded_minor > 0)`
const IS_DISCOUNTED = sql`o.discount_minor > 0`
const IS_CANCELLED = sql`o.status = 'cancelled'`

const HAS = {
  void: HAS_VOID,
  refund: HAS_REFUND,
  discount: IS_DISCOUNTED,
  comp: sql`o.discount_minor > 0 AND o.discount_minor = o.subtotal_minor`,
  cancellation: IS_CANCELLED,
  any: sql`${IS_CANCELLED} OR ${IS_DISCOUNTED} OR ${HAS_VOID} OR ${HAS_REFUND}`,
} as const

function exceptionsOf(storedId: string, states: States, lenders: States): OrderException[] {
  const state = states.get(storedId)
  if (state === undefined) return []
  const stateOf = (id: string) => states.get(toPgText(id)) ?? lenders.get(toPgText(id))
  const order = viewOrder(
    state,
    Object.keys(state.lenders)
      .toSorted()
      .flatMap((id) => stateOf(id) ?? []),
  )
  if (order === null) return []
  const found = [
    ...voids(order, stateOf),
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
