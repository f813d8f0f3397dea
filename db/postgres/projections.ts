import { setImmediate } from 'node:timers/promises'
import { sql } from 'kysely'
import { orderIdsOf } from '../../domain/events.ts'
import type { OrderState } from '../../domain/evolve.ts'
import type { Entry } from '../../domain/log.ts'
import { viewOrder } from '../../domain/order-view.ts'
import { registerOf } from '../../domain/record-versions.ts'
import type { KnownOrder } from '../decide-order.ts'
import {
  standingLine,
  foldOrder,
  laterRecord,
  readEntry,
  type ReadJournalEvent,
  type ReadOrderEvent,
  type ReadRecordEvent,
} from '../fold-entries.ts'
import {
  journalRow,
  ORDER_TABLES,
  orderRows,
  recordRow,
  type OrderTable,
  type Row,
} from '../tables.ts'
import { destroyKeysOf } from './customer-keys.ts'
import { entryChunks, entryOf } from './entries.ts'
import { unnest, writeLatestRows, writeOrderRows, type Sql } from './rows.ts'
import { fromPgText, toPgText } from '../../domain/nul-free-text.ts'

/**
 * The fold into PostgreSQL, many entries at a time: how many queries it takes does not depend on how
 * many entries there are. Order ids are in their stored form here (see text.ts).
 */

export type EventsByOrder = ReadonlyMap<string, readonly ReadOrderEvent[]>

interface Link {
  readonly orderId: string
  readonly entry: Entry
}

/** What entries say, sorted by what it changes. */
export interface ReadEntries {
  readonly eventsByOrder: EventsByOrder
  readonly links: readonly Link[]
  /** The one event that stands for each version of a record among these entries. */
  readonly records: readonly ReadRecordEvent[]
  /** The one writing that stands for each line of the journal. */
  readonly journal: readonly ReadJournalEvent[]
  /** Events that this version cannot read (rule L4). */
  readonly unreadable: readonly { readonly entry: Entry; readonly index: number }[]
}

export function readEntries(entries: readonly Entry[]): ReadEntries {
  const eventsByOrder = new Map<string, ReadOrderEvent[]>()
  const links: Link[] = []
  const records = new Map<string, ReadRecordEvent>()
  const journal = new Map<string, ReadJournalEvent>()
  const unreadable: { entry: Entry; index: number }[] = []
  for (const entry of entries) {
    const read = readEntry(entry)
    const orderIds = new Set<string>()
    for (const event of read.orderEvents) {
      for (const orderId of orderIdsOf(event.event).map(toPgText)) {
        orderIds.add(orderId)
        const events = eventsByOrder.get(orderId)
        if (events) events.push(event)
        else eventsByOrder.set(orderId, [event])
      }
    }
    for (const orderId of orderIds) links.push({ orderId, entry })
    for (const record of read.recordEvents) {
      const register = registerOf(record.event)
      const held = records.get(register)
      records.set(register, held ? laterRecord(held, record) : record)
    }
    for (const line of read.journalEvents) {
      const key = `${line.event.kind}\n${line.event.id}`
      const held = journal.get(key)
      journal.set(key, held ? standingLine(held, line) : line)
    }
    for (const index of read.unreadable) unreadable.push({ entry, index })
  }
  return {
    eventsByOrder,
    links,
    records: [...records.values()],
    journal: [...journal.values()],
    unreadable,
  }
}

/** Folds entries that have just been appended. */
export async function projectEntries(
  db: Sql,
  storeId: string,
  entries: readonly Entry[],
): Promise<void> {
  await whatIsAskedIsSent()
  const read = readEntries(entries)
  // Before the new links are written, so that it finds what was there before and nothing twice.
  const heldEvents = await loadEvents(db, storeId, [...read.eventsByOrder.keys()])
  await Promise.all([
    writeLinks(db, storeId, read),
    writeLatestRows(db, storeId, 'records', read.records.map(recordRow)),
    writeLatestRows(db, storeId, 'journal', read.journal.map(journalRow)),
    destroyKeysOf(db, storeId, erasedIn(read)),
    writeFolded(db, storeId, read, heldEvents),
  ])
}

async function writeFolded(
  db: Sql,
  storeId: string,
  read: ReadEntries,
  heldEvents: EventsByOrder,
): Promise<void> {
  await whatIsAskedIsSent()
  const events = new Map(read.eventsByOrder)
  for (const [orderId, held] of heldEvents) {
    events.set(orderId, [...held, ...(events.get(orderId) ?? [])])
  }
  const states = foldStates(events)
  const borrowers = await loadStates(db, storeId, states, ({ lentTo }) => lentTo)
  const changed = new Map([...states, ...borrowers])
  const rows = await foldRows(db, storeId, changed)
  await writeOrders(db, storeId, rows, [...heldEvents.keys(), ...borrowers.keys()])
}

/** The statements before it are on their way, and PostgreSQL works while this process computes. */
const whatIsAskedIsSent = (): Promise<void> => setImmediate()

const erasedIn = ({ journal }: ReadEntries): string[] =>
  journal.flatMap(({ event }) => (event.kind === 'customer_erased' ? [event.id] : []))

/** Empties a store's projections and folds its whole log into them again (rule F3). */
export async function rebuildProjections(db: Sql, storeId: string): Promise<void> {
  for (const table of [
    ...ORDER_TABLES,
    'records',
    'journal',
    'order_entries',
    'unreadable',
  ] as const) {
    await sql`DELETE FROM ${sql.table(table)} WHERE store_id = ${storeId}`.execute(db)
  }
  for await (const entries of entryChunks(db, storeId)) {
    const read = readEntries(entries)
    await writeLinks(db, storeId, read)
    await writeLatestRows(db, storeId, 'records', read.records.map(recordRow))
    await writeLatestRows(db, storeId, 'journal', read.journal.map(journalRow))
  }
  for await (const orderIds of orderIdChunks(db, storeId)) {
    const states = foldStates(await loadEvents(db, storeId, orderIds))
    await writeOrders(db, storeId, await foldRows(db, storeId, states), [])
  }
}

/** Writes the orders' rows as their log gives them, where they differ. */
export async function refoldOrders(db: Sql, storeId: string): Promise<void> {
  for await (const orderIds of orderIdChunks(db, storeId)) {
    const states = foldStates(await loadEvents(db, storeId, orderIds))
    await writeOrders(db, storeId, await foldRows(db, storeId, states), orderIds)
  }
}

/** Entries with events that an older version could not read are read again (rule L4). */
export async function projectUnreadable(db: Sql, storeId: string): Promise<void> {
  for await (const entries of entryChunks(db, storeId, 'unreadable')) {
    const positions = unnest([
      { name: 'origin', type: 'text', values: entries.map((entry) => toPgText(entry.origin)) },
      { name: 'seq', type: 'bigint', values: entries.map((entry) => entry.seq) },
    ])
    await sql`
      DELETE FROM unreadable USING ${positions}
      WHERE unreadable.store_id = ${storeId}
        AND unreadable.origin = input.origin AND unreadable.seq = input.seq
    `.execute(db)
    await projectEntries(db, storeId, entries)
  }
}

/** Every event of the orders, with one query. */
export async function loadEvents(
  db: Sql,
  storeId: string,
  orderIds: readonly string[],
): Promise<EventsByOrder> {
  const eventsByOrder = new Map<string, ReadOrderEvent[]>()
  if (orderIds.length === 0) return eventsByOrder
  const rows = await db
    .selectFrom('order_entries as link')
    .innerJoin('entries as entry', (join) =>
      join
        .onRef('entry.store_id', '=', 'link.store_id')
        .onRef('entry.origin', '=', 'link.origin')
        .onRef('entry.seq', '=', 'link.seq'),
    )
    .select('link.order_id')
    .selectAll('entry')
    .where('link.store_id', '=', storeId)
    .where(sql<boolean>`link.order_id = ANY(${orderIds}::text[])`)
    .execute()
  for (const row of rows) {
    const events = eventsByOrder.get(row.order_id) ?? []
    if (events.length === 0) eventsByOrder.set(row.order_id, events)
    for (const event of readEntry(entryOf(row)).orderEvents) {
      if (orderIdsOf(event.event).map(toPgText).includes(row.order_id)) events.push(event)
    }
  }
  return eventsByOrder
}

/** The ids of all orders that any entry names, in binary order, a chunk at a time. */
export async function* orderIdChunks(db: Sql, storeId: string): AsyncGenerator<readonly string[]> {
  let after = ''
  for (;;) {
    const rows = await db
      .selectFrom('order_entries')
      .select('order_id')
      .distinct()
      .where('store_id', '=', storeId)
      .where('order_id', '>', after)
      .orderBy('order_id')
      .limit(ORDER_CHUNK)
      .execute()
    const last = rows.at(-1)
    if (last === undefined) return
    yield rows.map((row) => row.order_id)
    after = last.order_id
  }
}

const ORDER_CHUNK = 1_000

export type FoldedRows = { readonly [T in OrderTable]: readonly Row[] }

/** By the ids as they are stored. */
export type States = ReadonlyMap<string, OrderState>

export const foldStates = (eventsByOrder: EventsByOrder): States =>
  new Map(
    [...eventsByOrder].map(([id, events]) => [id, foldOrder(fromPgText(id), events)] as const),
  )

/** The orders that these lent lines to or borrowed from and that are not among them: one query. */
export async function loadStates(
  db: Sql,
  storeId: string,
  states: States,
  named: (state: OrderState) => { readonly [orderId: string]: true },
): Promise<States> {
  const orderIds = new Set(
    [...states.values()].flatMap((state) => Object.keys(named(state)).map(toPgText)),
  )
  const elsewhere = [...orderIds].filter((orderId) => !states.has(orderId))
  return foldStates(await loadEvents(db, storeId, elsewhere))
}

/** The rows of these orders, each read together with its lenders (see placed-lines.ts). */
export async function foldRows(db: Sql, storeId: string, states: States): Promise<FoldedRows> {
  const known = await withLenders(db, storeId, states)
  const all = known.flatMap(({ view }) => (view === null ? [] : [orderRows(view)]))
  return Object.fromEntries(
    ORDER_TABLES.map((table) => [table, all.flatMap((order) => order[table])]),
  ) as unknown as FoldedRows
}

/** The orders that any entry names, of those that are asked for, in that order. */
export async function loadOrders(
  db: Sql,
  storeId: string,
  orderIds: readonly string[],
): Promise<KnownOrder[]> {
  const held = foldStates(await loadEvents(db, storeId, orderIds.map(toPgText)))
  const known = await withLenders(db, storeId, held)
  const byId = new Map(known.map((order) => [order.state.orderId, order]))
  return orderIds.flatMap((orderId) => byId.get(fromPgText(toPgText(orderId))) ?? [])
}

async function withLenders(db: Sql, storeId: string, states: States): Promise<KnownOrder[]> {
  const elsewhere = await loadStates(db, storeId, states, (state) => state.lenders)
  const stateOf = (orderId: string) =>
    states.get(toPgText(orderId)) ?? elsewhere.get(toPgText(orderId))
  return [...states.values()].map((state) => {
    const lenders = Object.keys(state.lenders)
      .toSorted()
      .flatMap((orderId) => stateOf(orderId) ?? [])
    return { state, lenders, view: viewOrder(state, lenders) }
  })
}

async function writeOrders(
  db: Sql,
  storeId: string,
  rows: FoldedRows,
  heldOrderIds: readonly string[],
): Promise<void> {
  await Promise.all(
    ORDER_TABLES.map((table) => writeOrderRows(db, storeId, table, rows[table], heldOrderIds)),
  )
}

async function writeLinks(db: Sql, storeId: string, read: ReadEntries): Promise<void> {
  if (read.links.length > 0) {
    const links = unnest([
      { name: 'order_id', type: 'text', values: read.links.map((link) => link.orderId) },
      { name: 'origin', type: 'text', values: read.links.map((l) => toPgText(l.entry.origin)) },
      { name: 'seq', type: 'bigint', values: read.links.map((link) => link.entry.seq) },
    ])
    await sql`
      INSERT INTO order_entries (store_id, order_id, origin, seq)
      SELECT ${storeId}, order_id, origin, seq FROM ${links}
      ON CONFLICT DO NOTHING
    `.execute(db)
  }
  if (read.unreadable.length > 0) {
    const events = unnest([
      {
        name: 'origin',
        type: 'text',
        values: read.unreadable.map((u) => toPgText(u.entry.origin)),
      },
      { name: 'seq', type: 'bigint', values: read.unreadable.map((u) => u.entry.seq) },
      { name: 'event_index', type: 'integer', values: read.unreadable.map((u) => u.index) },
    ])
    await sql`
      INSERT INTO unreadable (store_id, origin, seq, event_index)
      SELECT ${storeId}, origin, seq, event_index FROM ${events}
      ON CONFLICT DO NOTHING
    `.execute(db)
  }
}
