import { sql as literal } from 'kysely'
import type { ConflictKind } from '../../domain/conflict-kinds.ts'
import type { Connection } from './connection.ts'
import { prepare } from './statements.ts'

/** Where a conflict stands in the lists: by the order's creation, newest first. */
export interface ConflictPosition {
  readonly createdAt: string
  readonly orderId: string
  readonly kind: ConflictKind
}

export type ConflictState = 'open' | 'settled'

/** A page of what is to be settled, or was, after a position. */
export function findConflicts(
  connection: Connection,
  state: ConflictState,
  after: ConflictPosition | null,
  limit: number,
): ConflictPosition[] {
  let query = connection.sql
    .selectFrom('order_conflicts')
    .innerJoin('orders', 'orders.id', 'order_conflicts.order_id')
    .select(['orders.created_at', 'order_conflicts.order_id', 'order_conflicts.kind'])
    .where(state === 'open' ? isOpen : isSettled)
    .orderBy('orders.created_at', 'desc')
    .orderBy('order_conflicts.order_id', 'desc')
    .orderBy('order_conflicts.kind', 'desc')
    .limit(limit)
  if (after) {
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(
        refTuple('orders.created_at', 'order_conflicts.order_id', 'order_conflicts.kind'),
        '<',
        tuple(after.createdAt, after.orderId, after.kind),
      ),
    )
  }
  const compiled = query.compile()
  return connection.raw
    .prepare<unknown[], { created_at: string; order_id: string; kind: ConflictKind }>(compiled.sql)
    .all(...compiled.parameters)
    .map((row) => ({ createdAt: row.created_at, orderId: row.order_id, kind: row.kind }))
}

/** How many are open. */
export function createConflictCount(connection: Connection): () => number {
  const query = connection.sql
    .selectFrom('order_conflicts')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where(isOpen)
  const count = prepare(connection, query)
  return () => count.get()?.count ?? 0
}

/** A number that two entries claim (rule L2). Which of them is right, only support can say. */
export interface HeldBackNumber {
  readonly origin: string
  readonly seq: number
}

export function findHeldBack(connection: Connection, limit: number): HeldBackNumber[] {
  const query = connection.sql
    .selectFrom('quarantine')
    .select(['origin', 'seq'])
    .distinct()
    .orderBy('origin')
    .orderBy('seq')
    .limit(limit)
  return prepare(connection, query).all(limit)
}

// Word for word the condition of the partial index, so that SQLite uses it.
const isOpen = literal<boolean>`settled = 0`
const isSettled = literal<boolean>`settled = 1`
