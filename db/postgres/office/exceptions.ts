import { sql } from 'kysely'
import { fromPgText, toPgText } from '../../../domain/nul-free-text.ts'
import {
  exceptionsOf,
  type ExceptionKind,
  type FoundExceptions,
  type OrderKey,
} from '../../report-exceptions.ts'
import { foldStates, loadEvents, loadStates } from '../projections.ts'
import type { Sql } from '../rows.ts'
import { ordersIn, type StoreRange } from './range.ts'

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
    .flatMap((id) => {
      const state = states.get(id)
      if (state === undefined) return []
      return exceptionsOf(state, (of) => states.get(toPgText(of)) ?? lenders.get(toPgText(of)))
    })
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
const HAS_COMP = sql`EXISTS (
  SELECT FROM order_items AS i
  WHERE i.store_id = o.store_id AND i.order_id = o.id AND i.voided = 0 AND i.comp_reason IS NOT NULL)`
const IS_DISCOUNTED = sql`o.discount_minor > 0`
const IS_CANCELLED = sql`o.status = 'cancelled'`

const HAS = {
  void: HAS_VOID,
  refund: HAS_REFUND,
  discount: IS_DISCOUNTED,
  comp: sql`(o.discount_minor > 0 AND o.discount_minor = o.subtotal_minor) OR ${HAS_COMP}`,
  cancellation: IS_CANCELLED,
  any: sql`${IS_CANCELLED} OR ${IS_DISCOUNTED} OR ${HAS_VOID} OR ${HAS_COMP} OR ${HAS_REFUND}`,
} as const
