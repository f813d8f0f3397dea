import { createHash } from 'node:crypto'
import type { Entry } from '../../domain/log.ts'
import { registerOf } from '../../domain/record-versions.ts'
import { CHAIN_START, chainHash } from '../chain.ts'
import { createSignatureChecks } from '../verify-signatures.ts'
import {
  standingLine,
  laterRecord,
  type ReadJournalEvent,
  type ReadRecordEvent,
} from '../fold-entries.ts'
import {
  journalRow,
  ORDER_TABLES,
  recordRow,
  specOf,
  type OrderTable,
  type ProjectedTable,
  type Row,
} from '../tables.ts'
import { entryChunks } from './entries.ts'
import { foldRows, foldStates, loadEvents, orderIdChunks, readEntries } from './projections.ts'
import { allRows, readOrderRows, type Sql } from './rows.ts'
import { fromPgText, toPgText } from '../../domain/nul-free-text.ts'

export interface VerifyReport {
  readonly ok: boolean
  readonly entries: number
  /** The first fault that was found, in words; null where there is none. */
  readonly fault: string | null
}

/**
 * Checks a store's log (rules L2, L3) and that its projections are what the log gives (rule F3).
 * Bounded in memory: entries and orders are read a chunk at a time, and what belongs to the whole
 * log is counted, not collected.
 */
export async function verifyStore(db: Sql, storeId: string): Promise<VerifyReport> {
  let entries = 0
  try {
    const log = await verifyLog(db, storeId, (read) => (entries += read))
    await verifyLinks(db, storeId, log)
    await verifyRows(db, storeId, 'records', log.records, recordRow)
    await verifyRows(db, storeId, 'journal', log.journal, journalRow)
    await verifyOrders(db, storeId)
    return { ok: true, entries, fault: null }
  } catch (error) {
    if (error instanceof Fault) return { ok: false, entries, fault: error.message }
    throw error
  }
}

/** Ends the check at the first fault. */
class Fault extends Error {}

interface LogFacts {
  readonly records: ReadonlyMap<string, ReadRecordEvent>
  readonly journal: ReadonlyMap<string, ReadJournalEvent>
  readonly links: SetHash
  readonly unreadable: SetHash
}

async function verifyLog(
  db: Sql,
  storeId: string,
  onRead: (entries: number) => void,
): Promise<LogFacts> {
  const records = new Map<string, ReadRecordEvent>()
  const journal = new Map<string, ReadJournalEvent>()
  const links = createSetHash()
  const unreadable = createSetHash()
  const heads = new Map<string, { readonly seq: number; readonly hash: Uint8Array }>()
  const signatures = createSignatureChecks(new Set())
  for await (const entries of entryChunks(db, storeId)) {
    for (const entry of entries) {
      const before = heads.get(entry.origin) ?? { seq: 0, hash: CHAIN_START }
      checkChained(before, entry)
      if (!heads.has(entry.origin)) checkSigned(signatures.end())
      checkSigned(signatures.next(before.hash, entry))
      heads.set(entry.origin, entry)
    }
    const read = readEntries(entries)
    for (const { orderId, entry } of read.links) links.add(linkKey(orderId, entry))
    for (const { entry, index } of read.unreadable) unreadable.add(linkKey(String(index), entry))
    for (const record of read.records) {
      const key = recordKey(record.event)
      const held = records.get(key)
      records.set(key, held ? laterRecord(held, record) : record)
    }
    for (const line of read.journal) {
      const key = recordKey(line.event)
      const held = journal.get(key)
      journal.set(key, held ? standingLine(held, line) : line)
    }
    onRead(entries.length)
  }
  checkSigned(signatures.end())
  await verifyHeads(db, storeId, heads)
  return { records, journal, links, unreadable }
}

function checkSigned(fault: string | null): void {
  if (fault !== null) throw new Fault(fault)
}

function checkChained(before: { readonly seq: number; readonly hash: Uint8Array }, entry: Entry) {
  const { origin, seq } = entry
  if (seq !== before.seq + 1) {
    throw new Fault(`origin ${origin}: entry ${before.seq + 1} is missing, ${seq} comes next`)
  }
  if (Buffer.compare(chainHash(before.hash, origin, seq, entry), entry.hash) !== 0) {
    throw new Fault(`origin ${origin}: entry ${seq} was changed, its hash does not fit`)
  }
}

/** An origin that lost its last entries has no gap; only what was noted beside the log tells. */
async function verifyHeads(
  db: Sql,
  storeId: string,
  heads: ReadonlyMap<string, { readonly seq: number; readonly hash: Uint8Array }>,
): Promise<void> {
  const rows = await db.selectFrom('origins').selectAll().where('store_id', '=', storeId).execute()
  const noted = new Map(rows.map((row) => [fromPgText(row.origin), row]))
  for (const origin of new Set([...noted.keys(), ...heads.keys()])) {
    const head = heads.get(origin) ?? { seq: 0, hash: CHAIN_START }
    const note = noted.get(origin)
    if (note?.head_seq !== head.seq || Buffer.compare(note.head_hash, head.hash) !== 0) {
      throw new Fault(
        `origin ${origin}: the log ends at entry ${head.seq}, noted is ${note?.head_seq ?? 'none'}`,
      )
    }
  }
}

async function verifyLinks(db: Sql, storeId: string, log: LogFacts): Promise<void> {
  const links = createSetHash()
  for await (const orderIds of orderIdChunks(db, storeId)) {
    const rows = await db
      .selectFrom('order_entries')
      .select(['order_id', 'origin', 'seq'])
      .where('store_id', '=', storeId)
      .where('order_id', '>=', orderIds[0] ?? '')
      .where('order_id', '<=', orderIds.at(-1) ?? '')
      .execute()
    for (const row of rows) {
      links.add(linkKey(row.order_id, { origin: fromPgText(row.origin), seq: row.seq }))
    }
  }
  if (links.hex() !== log.links.hex()) {
    throw new Fault('table order_entries: it does not name the entries which the log gives')
  }
  const unreadable = createSetHash()
  const rows = await db
    .selectFrom('unreadable')
    .selectAll()
    .where('store_id', '=', storeId)
    .execute()
  for (const row of rows) {
    const position = { origin: fromPgText(row.origin), seq: row.seq }
    unreadable.add(linkKey(String(row.event_index), position))
  }
  if (unreadable.hex() !== log.unreadable.hex()) {
    throw new Fault('table unreadable: it does not name the events which the log gives')
  }
}

/** Of a table beside those of the orders. */
async function verifyRows<T>(
  db: Sql,
  storeId: string,
  table: 'records' | 'journal',
  standing: ReadonlyMap<string, T>,
  rowOf: (one: T) => Row,
): Promise<void> {
  const keyOf = (row: Row): string =>
    JSON.stringify(row.slice(0, specOf(table).keyColumns).map(asStored))
  const rows = [...standing.values()].map(rowOf)
  const expected = new Map(rows.map((row) => [keyOf(row), row]))
  for await (const row of allRows(db, storeId, table)) {
    const key = keyOf(row)
    checkRow(table, row, expected.get(key))
    expected.delete(key)
  }
  for (const row of expected.values()) checkRow(table, undefined, row)
}

async function verifyOrders(db: Sql, storeId: string): Promise<void> {
  const counts = new Map<OrderTable, number>()
  for await (const orderIds of orderIdChunks(db, storeId)) {
    const states = foldStates(await loadEvents(db, storeId, orderIds))
    const rows = await foldRows(db, storeId, states)
    for (const table of ORDER_TABLES) {
      const found = await readOrderRows(db, storeId, table, orderIds)
      compareRows(table, found, rows[table])
      counts.set(table, (counts.get(table) ?? 0) + found.length)
    }
  }
  for (const table of ORDER_TABLES) {
    const { held } = await db
      .selectFrom(table)
      .select(({ fn }) => fn.countAll<number>().as('held'))
      .where('store_id', '=', storeId)
      .executeTakeFirstOrThrow()
    const extra = held - (counts.get(table) ?? 0)
    if (extra !== 0) {
      throw new Fault(
        `table ${table}: it holds ${extra} rows of orders which the log does not name`,
      )
    }
  }
}

function compareRows(table: OrderTable, found: readonly Row[], expected: readonly Row[]): void {
  const { keyColumns } = specOf(table)
  const keyOf = (row: Row): string => JSON.stringify(row.slice(0, keyColumns))
  const expectedByKey = new Map(expected.map((row) => [keyOf(row), row]))
  for (const row of found) {
    checkRow(table, row, expectedByKey.get(keyOf(row)))
    expectedByKey.delete(keyOf(row))
  }
  for (const row of expectedByKey.values()) checkRow(table, undefined, row)
}

function checkRow(table: ProjectedTable, found: Row | undefined, expected: Row | undefined): void {
  const holds = found ? JSON.stringify(found) : 'nothing'
  const gives = expected ? JSON.stringify(expected.map(asStored)) : 'nothing'
  if (holds !== gives) throw new Fault(`table ${table}: it holds ${holds}, the log gives ${gives}`)
}

const asStored = (cell: Row[number]): Row[number] =>
  typeof cell === 'string' ? fromPgText(toPgText(cell)) : cell

const recordKey = (version: Parameters<typeof registerOf>[0]): string =>
  registerOf({ ...version, id: fromPgText(toPgText(version.id)) })

const linkKey = (what: string, { origin, seq }: Pick<Entry, 'origin' | 'seq'>): string =>
  `${what}\n${origin}\n${seq}`

/** A hash of a set that does not depend on the order in which its members come, nor collects them. */
interface SetHash {
  readonly add: (member: string) => void
  readonly hex: () => string
}

function createSetHash(): SetHash {
  let sum = 0n
  let members = 0
  return {
    add: (member) => {
      sum += BigInt(`0x${createHash('sha256').update(member).digest('hex')}`)
      members += 1
    },
    hex: () => `${members}:${sum.toString(16)}`,
  }
}
