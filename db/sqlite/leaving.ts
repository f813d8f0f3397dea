import { clockToMs, type Clock } from '../../domain/clock.ts'
import type { Frontier } from '../../domain/log.ts'
import type { OrderPosition } from '../../domain/order-filter.ts'
import type { Connection } from './connection.ts'
import type { EntryTable } from './entry-log.ts'
import { createLocalSettings, type LocalSettings } from './local-settings.ts'
import type { OrderProjection } from './order-projection.ts'
import { prepare } from './statements.ts'
import type { StockTable } from './stock.ts'
import { createTogether, type Together } from './together.ts'

/**
 * Old closed orders leave the device: their entries become runs, their rows go. Orders that share an
 * entry, because a line was moved between them, leave together or not at all.
 */
export interface Leaving {
  /** Looks at the next closed orders, oldest first. Within the caller's transaction. */
  readonly leave: (rule: LeavingRule, after: OrderPosition | null) => LeavingTurn
}

export interface LeavingRule {
  /** The last entry of an order has to be older. */
  readonly before: Clock
  /** Orders looked at in one transaction. */
  readonly maxOrders: number
  /** Whether all up to these numbers is where it has to be before it may leave. */
  readonly isSafe: (heads: Frontier) => boolean
}

export interface LeavingTurn {
  readonly orderIds: readonly string[]
  /** Where to go on; null: all have been looked at. */
  readonly next: OrderPosition | null
}

export function createLeaving(
  connection: Connection,
  log: Pick<EntryTable, 'leave'>,
  orders: Pick<OrderProjection, 'unlink' | 'refold'>,
  stock: Pick<StockTable, 'isBehindCounts'>,
): Leaving {
  const { sql } = connection
  const selectClosed = prepare(
    connection,
    sql
      .selectFrom('orders')
      .select(['id', 'created_at'])
      .where('created_at', '<', '')
      .where(({ eb, refTuple, tuple }) => eb(refTuple('created_at', 'id'), '>', tuple('', '')))
      .where('status', 'in', ['completed', 'cancelled'])
      .orderBy('created_at')
      .orderBy('id')
      .limit(0),
  )
  const selectStatus = prepare(
    connection,
    sql.selectFrom('orders').select('status').where('id', '=', ''),
  )
  const selectConflict = prepare(
    connection,
    sql
      .selectFrom('order_conflicts')
      .select('kind')
      .where('order_id', '=', '')
      .where('settled', '=', 0)
      .limit(1),
  )
  const selectOpenIntent = prepare(
    connection,
    sql
      .selectFrom('order_payment_intents')
      .select('id')
      .where('order_id', '=', '')
      .where('state', 'in', ['pending', 'unclear'])
      .limit(1),
  )
  const gather = createTogether(connection)
  const selectForked = prepare(connection, sql.selectFrom('quarantine').select('origin').distinct())

  /** Nothing waits for a person or for a terminal. */
  const isSettled = (id: string): boolean =>
    selectConflict.get(id, 0, 1) === undefined &&
    selectOpenIntent.get(id, 'pending', 'unclear', 1) === undefined

  function leave(rule: LeavingRule, after: OrderPosition | null): LeavingTurn {
    const forked = new Set(selectForked.all().map(({ origin }) => origin))
    const oldest = after ?? { createdAt: '', id: '' }
    const createdBefore = new Date(clockToMs(rule.before)).toISOString()
    const found = selectClosed.all(
      createdBefore,
      oldest.createdAt,
      oldest.id,
      'completed',
      'cancelled',
      rule.maxOrders,
    )
    const left = new Set<string>()
    for (const { id } of found) {
      const together = left.has(id) ? null : gather(id)
      if (together === null || !mayLeave(together, rule, forked)) continue
      log.leave([...together.entries.values()])
      orders.unlink([...together.entries.keys()], together.orderIds)
      for (const orderId of together.orderIds) left.add(orderId)
    }
    orders.refold([...left])
    const last = found.length < rule.maxOrders ? undefined : found.at(-1)
    return {
      orderIds: [...left],
      next: last === undefined ? null : { createdAt: last.created_at, id: last.id },
    }
  }

  function mayLeave(
    { orderIds, entries: byId }: Together,
    rule: LeavingRule,
    forked: ReadonlySet<string>,
  ): boolean {
    const entries = [...byId.values()]
    if (entries.some((entry) => entry.clock >= rule.before || forked.has(entry.origin)))
      return false
    if (!orderIds.every((id) => isClosed(id) && isSettled(id))) return false
    // What it took from stock would be there again.
    if (!orderIds.every(stock.isBehindCounts)) return false
    const heads = new Map<string, number>()
    for (const { origin, seq } of entries) heads.set(origin, Math.max(heads.get(origin) ?? 0, seq))
    return rule.isSafe(heads)
  }

  function isClosed(orderId: string): boolean {
    const status = selectStatus.get(orderId)?.status
    return status === 'completed' || status === 'cancelled'
  }

  return { leave }
}

/** Within the caller's transaction. */
export const countLeft = (local: LocalSettings, more: number): void =>
  local.set('orders_left', String(ordersLeft(local) + more))

/** How many orders have left this device, and how many numbers of the log are no longer held. */
export function whatLeft(connection: Connection): { orders: number; entries: number } {
  const { sql } = connection
  const spans = prepare(connection, sql.selectFrom('runs').select(['from_seq', 'to_seq'])).all()
  const entries = spans.reduce((sum, run) => sum + run.to_seq - run.from_seq + 1, 0)
  return { orders: ordersLeft(createLocalSettings(connection)), entries }
}

const ordersLeft = (local: LocalSettings): number => Number(local.get('orders_left') ?? '0')
