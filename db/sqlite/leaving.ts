import { clockToMs, type Clock } from '../../domain/clock.ts'
import { orderIdsOf } from '../../domain/events.ts'
import type { Entry, Frontier } from '../../domain/log.ts'
import { readEntry } from '../fold-entries.ts'
import type { Connection } from './connection.ts'
import { entryOf, type EntryTable } from './entry-log.ts'
import type { OrderProjection } from './order-projection.ts'
import type { OrderPosition } from './order-queries.ts'
import { prepare } from './statements.ts'

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

/** Orders that hang together by more entries than this stay: no restaurant has such. */
const MAX_ENTRIES_TOGETHER = 2_000

export function createLeaving(
  connection: Connection,
  log: Pick<EntryTable, 'leave'>,
  orders: Pick<OrderProjection, 'unlink' | 'refold'>,
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
  const selectEntries = prepare(
    connection,
    sql
      .selectFrom('order_entries')
      .innerJoin('entries', 'entries.id', 'order_entries.entry_id')
      .selectAll('entries')
      .where('order_entries.order_id', '=', ''),
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
  const selectForked = prepare(connection, sql.selectFrom('quarantine').select('origin').distinct())

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
      log.leave(together.entries)
      for (const orderId of together.orderIds) {
        orders.unlink(orderId)
        left.add(orderId)
      }
    }
    orders.refold([...left])
    const last = found.length < rule.maxOrders ? undefined : found.at(-1)
    return {
      orderIds: [...left],
      next: last === undefined ? null : { createdAt: last.created_at, id: last.id },
    }
  }

  /** Null where something in it is more than orders, or is not understood yet (rule L4). */
  function gather(first: string): Together | null {
    const orderIds = new Set([first])
    const entries = new Map<number, Entry>()
    for (const orderId of orderIds) {
      for (const row of selectEntries.all(orderId)) {
        if (entries.has(row.id)) continue
        const entry = entryOf(row)
        const read = readEntry(entry)
        if (read.unreadable.length > 0 || read.recordEvents.length > 0) return null
        entries.set(row.id, entry)
        if (entries.size > MAX_ENTRIES_TOGETHER) return null
        // A set that grows while it is walked is walked to its end.
        for (const { event } of read.orderEvents) orderIdsOf(event).forEach((id) => orderIds.add(id))
      }
    }
    return { orderIds: [...orderIds], entries: [...entries.values()] }
  }

  function mayLeave(
    { orderIds, entries }: Together,
    rule: LeavingRule,
    forked: ReadonlySet<string>,
  ): boolean {
    if (entries.some((entry) => entry.clock >= rule.before || forked.has(entry.origin))) return false
    if (!orderIds.every((id) => isClosed(id) && selectConflict.get(id, 0, 1) === undefined)) {
      return false
    }
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

/** Orders that share entries, and all of their entries. */
interface Together {
  readonly orderIds: readonly string[]
  readonly entries: readonly Entry[]
}
