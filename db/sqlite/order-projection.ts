import { sql as literal } from 'kysely'
import { orderIdsOf } from '../../domain/events.ts'
import { emptyOrder, evolveAll, type OrderState } from '../../domain/evolve.ts'
import { viewOrder, type OrderView } from '../../domain/order-view.ts'
import { foldOrder, readEntry, type ReadOrderEvent } from '../fold-entries.ts'
import { changedRows, ORDER_TABLES, orderRows, orderTables, type OrderRows } from '../tables.ts'
import type { Connection } from './connection.ts'
import { entryOf, type EntryRow, type Outcome } from './entry-log.ts'
import { prepare, prepareDelete, prepareDeleteOrder, prepareUpsert } from './statements.ts'

/**
 * Orders in memory and in their tables. An order's state is always the fold of its entries; what is
 * cached is only that, computed before. Writes run inside the caller's transaction and count in
 * memory once they have been settled.
 */
export interface OrderProjection {
  /** Undefined: nothing of this order is held. */
  readonly find: (orderId: string) => FoldedOrder | undefined
  readonly views: (orderIds: readonly string[]) => OrderView[]
  /** Orders that are neither completed nor cancelled, oldest first. */
  readonly open: () => readonly OrderView[]
  /** The states of the orders that lent it lines (see placed-lines.ts). */
  readonly lendersOf: (state: OrderState) => readonly OrderState[]
  readonly link: (orderId: string, entryId: number) => void
  /** These entries are held no longer. The orders are to be folded anew. */
  readonly unlink: (entryIds: readonly number[], orderIds: readonly string[]) => void
  /**
   * Joins events into their orders, and gives all orders that read differently by it: also those to
   * which a line of them was moved. The new entries must not be linked yet.
   */
  readonly apply: (events: ReadonlyMap<string, readonly ReadOrderEvent[]>) => OrderView[]
  /**
   * Folds orders, and those to which they lent lines, anew from their entries. Of an order without
   * entries nothing stays.
   */
  readonly refold: (orderIds: readonly string[]) => void
  readonly settle: (outcome: Outcome) => void
}

export interface FoldedOrder {
  readonly state: OrderState
  /** Null while the order's creation has not arrived. */
  readonly view: OrderView | null
}

/**
 * Orders whose fold stays in memory, those used last. Of an open order more than that, only the view
 * does: a restaurant has never so many, and a device that is being filled may.
 */
const MAX_CACHED_ORDERS = 1_000
/** Order ids looked up in one query. */
const LOOK_UP_CHUNK = 200

const noRows = Object.fromEntries(ORDER_TABLES.map((table) => [table, []])) as unknown as OrderRows

export function createOrderProjection(connection: Connection): OrderProjection {
  const { sql } = connection
  const insertLink = prepare(
    connection,
    sql.insertInto('order_entries').orIgnore().values({ order_id: '', entry_id: 0 }),
  )
  const deleteLink = prepare(
    connection,
    sql.deleteFrom('order_entries').where('order_id', '=', '').where('entry_id', '=', 0),
  )
  const selectEntries = prepare(
    connection,
    sql
      .selectFrom('order_entries')
      .innerJoin('entries', 'entries.id', 'order_entries.entry_id')
      .selectAll('entries')
      .where('order_entries.order_id', '=', '')
      // The link's own column: by that of the entry, SQLite would sort what is in order already.
      .orderBy('order_entries.entry_id'),
  )
  const selectAnyLink = prepare(
    connection,
    sql.selectFrom('order_entries').select('entry_id').where('order_id', '=', ''),
  )
  const writers = ORDER_TABLES.map((table) => ({
    table,
    spec: orderTables[table],
    upsert: prepareUpsert(connection, table),
    remove: prepareDelete(connection, table),
    removeOrder: prepareDeleteOrder(connection, table),
  }))

  const cache = new Map<string, FoldedOrder>()
  const open = new Map<string, OrderView>()
  const staged = new Map<string, FoldedOrder>()
  /** Orders that were looked for in this transaction and are not held. */
  const absent = new Set<string>()

  function load(orderId: string): FoldedOrder | undefined {
    const known = staged.get(orderId) ?? cache.get(orderId)
    if (known || absent.has(orderId)) return known
    const state = readState(orderId)
    if (state === undefined) {
      absent.add(orderId)
      return undefined
    }
    const folded = fold(state, lendersOf(state))
    remember(orderId, folded)
    return folded
  }

  function readState(orderId: string): OrderState | undefined {
    // Most orders that are not in memory are new: the cheap question comes first.
    if (!selectAnyLink.get(orderId)) return undefined
    const events = eventsOf(orderId, selectEntries.all(orderId))
    return events.length === 0 ? undefined : foldOrder(orderId, events)
  }

  /** States alone: two orders may have lent each other lines. */
  const stateOf = (orderId: string): OrderState | undefined =>
    (staged.get(orderId) ?? cache.get(orderId))?.state ?? readState(orderId)

  /** `newer`: states that count before those that are held. */
  const lendersOf = (
    { lenders }: OrderState,
    newer: ReadonlyMap<string, OrderState> = new Map(),
  ): OrderState[] =>
    Object.keys(lenders)
      .toSorted()
      .flatMap((orderId) => newer.get(orderId) ?? stateOf(orderId) ?? [])

  function remember(orderId: string, folded: FoldedOrder): void {
    cache.delete(orderId)
    cache.set(orderId, folded)
    for (const oldest of cache.keys()) {
      if (cache.size <= MAX_CACHED_ORDERS) break
      cache.delete(oldest)
    }
  }

  function apply(changes: ReadonlyMap<string, readonly ReadOrderEvent[]>): OrderView[] {
    const states = new Map<string, OrderState>()
    const before = new Map<string, FoldedOrder | undefined>()
    for (const [orderId, events] of changes) {
      const held = load(orderId)
      before.set(orderId, held)
      states.set(orderId, evolveAll(held?.state ?? emptyOrder(orderId), events))
    }
    for (const state of [...states.values()]) {
      for (const borrowerId of Object.keys(state.lentTo)) {
        if (before.has(borrowerId)) continue
        const borrower = load(borrowerId)
        if (borrower === undefined) continue
        before.set(borrowerId, borrower)
        states.set(borrowerId, borrower.state)
      }
    }
    const views: OrderView[] = []
    for (const [orderId, state] of states) {
      const now = fold(state, lendersOf(state, states))
      writeRows(rowsOf(before.get(orderId)), rowsOf(now))
      staged.set(orderId, now)
      if (now.view) views.push(now.view)
    }
    return views
  }

  function writeRows(before: OrderRows, now: OrderRows): void {
    for (const { table, spec, upsert, remove } of writers) {
      const changes = changedRows(spec, before[table], now[table])
      for (const row of changes.upserts) upsert.run(...row)
      for (const key of changes.deletes) remove.run(...key)
    }
  }

  function refold(orderIds: readonly string[]): void {
    for (const orderId of orderIds) cache.delete(orderId)
    const borrowerIds = orderIds.flatMap((id) => Object.keys(load(id)?.state.lentTo ?? {}))
    for (const orderId of borrowerIds) cache.delete(orderId)
    for (const orderId of new Set([...orderIds, ...borrowerIds])) {
      const folded = load(orderId)
      for (const { removeOrder } of writers) removeOrder.run(orderId)
      if (!folded) continue
      writeRows(noRows, rowsOf(folded))
      staged.set(orderId, folded)
    }
  }

  function settle(outcome: Outcome): void {
    if (outcome === 'committed') {
      for (const [orderId, folded] of staged) {
        const isOpen = folded.view !== null && !isClosed(folded.view)
        if (isOpen) open.set(orderId, folded.view)
        else open.delete(orderId)
        remember(orderId, folded)
      }
      for (const orderId of absent) if (!staged.has(orderId)) open.delete(orderId)
    }
    staged.clear()
    absent.clear()
    if (outcome === 'committed') return
    // What was folded anew may rest on what is not so.
    cache.clear()
    if (outcome === 'undone') return
    open.clear()
    loadOpen()
  }

  function loadOpen(): void {
    const rows = prepare(
      connection,
      sql
        .selectFrom('orders')
        .select('id')
        // Word for word the condition of the partial index, so that SQLite uses it.
        .where(literal<boolean>`status NOT IN ('completed', 'cancelled')`)
        .orderBy('created_at'),
    ).all()
    const ids = rows.map((row) => row.id)
    for (let start = 0; start < ids.length; start += LOOK_UP_CHUNK) {
      for (const view of viewsOf(ids.slice(start, start + LOOK_UP_CHUNK))) open.set(view.id, view)
    }
  }

  loadOpen()
  return {
    find: load,
    lendersOf: (state) => lendersOf(state),
    views: (orderIds) => viewsOf(orderIds),
    open: () => [...open.values()].sort(byAge),
    link: (orderId, entryId) => insertLink.run(orderId, entryId),
    unlink: (entryIds, orderIds) => {
      for (const orderId of orderIds) for (const id of entryIds) deleteLink.run(orderId, id)
    },
    apply,
    refold,
    settle,
  }

  /** Loads what is not in memory with one query for each `LOOK_UP_CHUNK` orders, and their lenders. */
  function viewsOf(orderIds: readonly string[]): OrderView[] {
    const missing = orderIds.filter((id) => !cache.has(id) && !open.has(id))
    for (let start = 0; start < missing.length; start += LOOK_UP_CHUNK) {
      loadMany(missing.slice(start, start + LOOK_UP_CHUNK))
    }
    return orderIds.flatMap((id) => open.get(id) ?? load(id)?.view ?? [])
  }

  function loadMany(orderIds: readonly string[]): void {
    const states = readStates(orderIds)
    const lenderIds = new Set([...states.values()].flatMap((state) => Object.keys(state.lenders)))
    const elsewhere = [...lenderIds].filter((id) => !states.has(id) && !cache.has(id))
    const read = new Map([...states, ...readStates(elsewhere)])
    for (const [orderId, state] of states) {
      remember(orderId, fold(state, lendersOf(state, read)))
    }
  }

  function readStates(orderIds: readonly string[]): Map<string, OrderState> {
    if (orderIds.length === 0) return new Map()
    const query = sql
      .selectFrom('order_entries')
      .innerJoin('entries', 'entries.id', 'order_entries.entry_id')
      .select('order_entries.order_id')
      .selectAll('entries')
      .where('order_entries.order_id', 'in', orderIds)
      .orderBy('order_entries.order_id')
      .orderBy('order_entries.entry_id')
    const byOrder = Map.groupBy(prepare(connection, query).all(...orderIds), (row) => row.order_id)
    return new Map(
      [...byOrder].map(([orderId, rows]) => [orderId, foldOrder(orderId, eventsOf(orderId, rows))]),
    )
  }
}

const eventsOf = (orderId: string, rows: readonly EntryRow[]): ReadOrderEvent[] =>
  rows
    .flatMap((row) => readEntry(entryOf(row)).orderEvents)
    .filter(({ event }) => orderIdsOf(event).includes(orderId))

function fold(state: OrderState, lenders: readonly OrderState[]): FoldedOrder {
  const view = viewOrder(state, lenders)
  return { state, view }
}

/** Made from the view again each time: kept, they would be most of what orders take up in memory. */
const rowsOf = (folded: FoldedOrder | undefined): OrderRows =>
  folded?.view ? orderRows(folded.view) : noRows

export const isClosed = (order: OrderView): boolean =>
  order.status === 'completed' || order.status === 'cancelled'

const byAge = (a: OrderView, b: OrderView): number =>
  a.createdAt === b.createdAt ? (a.id < b.id ? -1 : 1) : a.createdAt < b.createdAt ? -1 : 1
