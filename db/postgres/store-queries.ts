import { sql } from 'kysely'
import type { ConflictKind } from '../../domain/conflict-kinds.ts'
import type { Entry, EntryPosition } from '../../domain/log.ts'
import { fromPgText, toPgText } from '../../domain/nul-free-text.ts'
import type { ConflictPosition, ConflictState, HeldBackNumber } from '../sqlite/conflict-queries.ts'
import type { NamedCustomer } from '../sqlite/order-queries.ts'
import { entryOf } from './entries.ts'
import type { Sql } from './rows.ts'

/** What is asked of one store at the centre, beside its orders themselves. `storeId`: as stored. */

/** Orders that are neither completed nor cancelled, oldest first. */
export async function findOpenOrderIds(db: Sql, storeId: string, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('orders')
    .select('id')
    .where('store_id', '=', storeId)
    .where('status', 'in', ['pending', 'confirmed', 'preparing', 'ready'])
    .orderBy('created_at')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(({ id }) => fromPgText(id))
}

/** A page of what is to be settled, or was, after a position. */
export async function findConflicts(
  db: Sql,
  storeId: string,
  state: ConflictState,
  after: ConflictPosition | null,
  limit: number,
): Promise<ConflictPosition[]> {
  let query = db
    .selectFrom('order_conflicts')
    .innerJoin('orders', (join) =>
      join
        .onRef('orders.store_id', '=', 'order_conflicts.store_id')
        .onRef('orders.id', '=', 'order_conflicts.order_id'),
    )
    .select(['orders.created_at', 'order_conflicts.order_id', 'order_conflicts.kind'])
    .where('order_conflicts.store_id', '=', storeId)
    .where('order_conflicts.settled', '=', state === 'open' ? 0 : 1)
    .orderBy('orders.created_at', 'desc')
    .orderBy('order_conflicts.order_id', 'desc')
    .orderBy('order_conflicts.kind', 'desc')
    .limit(limit)
  if (after) {
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(
        refTuple('orders.created_at', 'order_conflicts.order_id', 'order_conflicts.kind'),
        '<',
        tuple(after.createdAt, toPgText(after.orderId), after.kind),
      ),
    )
  }
  return (await query.execute()).map((row) => ({
    createdAt: row.created_at,
    orderId: fromPgText(row.order_id),
    kind: row.kind as ConflictKind,
  }))
}

export async function findHeldBack(
  db: Sql,
  storeId: string,
  limit: number,
): Promise<HeldBackNumber[]> {
  const rows = await db
    .selectFrom('quarantine')
    .select(['origin', 'seq'])
    .distinct()
    .where('store_id', '=', storeId)
    .orderBy('origin')
    .orderBy('seq')
    .limit(limit)
    .execute()
  return rows.map(({ origin, seq }) => ({ origin: fromPgText(origin), seq }))
}

/** The newest orders that name a customer, as they lie there. */
export async function findNamedCustomers(
  db: Sql,
  storeId: string,
  limit: number,
): Promise<NamedCustomer[]> {
  return db
    .selectFrom('orders')
    .select(['id', 'customer_key', 'customer_name', 'customer_phone'])
    .where('store_id', '=', storeId)
    .where(sql<boolean>`customer_name IS NOT NULL OR customer_phone IS NOT NULL`)
    .orderBy('created_at', 'desc')
    .limit(limit)
    .execute()
}

/** The id of a command in the log that begins so. */
export async function findCommandId(
  db: Sql,
  storeId: string,
  prefix: string,
): Promise<string | null> {
  const row = await db
    .selectFrom('entries')
    .select('command_id')
    .where('store_id', '=', storeId)
    .where('command_id', '>=', prefix)
    .where('command_id', '<', `${prefix}\u{10ffff}`)
    .limit(1)
    .executeTakeFirst()
  return row?.command_id ?? null
}

/** Entries of one log from a number on. */
export async function readLog(
  db: Sql,
  storeId: string,
  origin: string,
  fromSeq: number,
  limit: number,
): Promise<Entry[]> {
  const rows = await db
    .selectFrom('entries')
    .selectAll()
    .where('store_id', '=', storeId)
    .where('origin', '=', toPgText(origin))
    .where('seq', '>=', fromSeq)
    .orderBy('seq')
    .limit(limit)
    .execute()
  return rows.map(entryOf)
}

/** Entries of all logs of a store, newest first, after a position. */
export async function findNewestEntries(
  db: Sql,
  storeId: string,
  after: EntryPosition | null,
  limit: number,
): Promise<Entry[]> {
  let query = db
    .selectFrom('entries')
    .select(['origin', 'seq', 'clock', 'command_id', 'at', 'actor', 'body', 'hash'])
    .where('store_id', '=', storeId)
    .orderBy('clock', 'desc')
    .orderBy('origin', 'desc')
    .orderBy('seq', 'desc')
    .limit(limit)
  if (after) {
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(
        refTuple('clock', 'origin', 'seq'),
        '<',
        tuple(after.clock, toPgText(after.origin), after.seq),
      ),
    )
  }
  return (await query.execute()).map(entryOf)
}
