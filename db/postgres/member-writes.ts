import { sql } from 'kysely'
import { businessDayIn } from '../../domain/business-day.ts'
import { INVENTORY_SETTINGS_ID, type Catalog } from '../../domain/catalog.ts'
import { nextClock, type Clock } from '../../domain/clock.ts'
import type { StockOf } from '../../domain/inventory.ts'
import type { JournalEvent } from '../../domain/journal.ts'
import type { OrderCommand, Stamped } from '../../domain/commands.ts'
import type { DecideContext } from '../../domain/decision.ts'
import type { DomainEvent, RecordEvent } from '../../domain/events.ts'
import { orderNumberOf } from '../../domain/ids.ts'
import type { Entry, Frontier } from '../../domain/log.ts'
import { toPgText } from '../../domain/nul-free-text.ts'
import type { OrderView } from '../../domain/order-view.ts'
import { pacingOf } from '../../domain/pacing.ts'
import type { Rejection } from '../../domain/rejections.ts'
import { withEvents } from '../../domain/record-changes.ts'
import { catalogAt, type RecordVersion } from '../../domain/record-versions.ts'
import { assert, ok, type Result } from '../../domain/result.ts'
import { chainHash } from '../chain.ts'
import { readVoucher, voucherLines, type VoucherAccount } from '../../domain/vouchers.ts'
import { journalAbout } from './journal-lines.ts'
import { decideOnHeld, type KnownOrder } from '../decide-order.ts'
import type { CentreMember } from './centre-members.ts'
import { appendEntries } from './entries.ts'
import { NO_HEAD } from './ingest.ts'
import type { KeptRecords } from './kept-records.ts'
import { readPromised } from './promised.ts'
import { loadOrders, projectEntries } from './projections.ts'
import type { Sql } from './rows.ts'
import { readStock } from './stock.ts'
import { frontierOf, readHeads, writeHeads } from './store.ts'

/**
 * The centre writes to a store as a device does: it decides on what the store's log holds, and
 * appends to a log of its own. The store is locked from the first read until the commit, so it does
 * not matter how many processes of the centre do it at once: none has anything in memory.
 */
export interface MemberDesk {
  readonly deviceId: string
  /** With what was written at this desk. */
  readonly catalog: () => Catalog
  /** The same with every date. */
  readonly versions: () => readonly RecordVersion[]
  /** As it was when the store was locked. */
  readonly frontier: () => Frontier
  /** Whether the log holds this command (rule L5). */
  readonly isTaken: (commandId: string) => Promise<boolean>
  /** Writes reference data as one entry. */
  readonly setRecords: (stamped: Stamped<readonly RecordEvent[]>) => void
  /** Writes lines of the journal as one entry, at the moment that `write` is told. */
  readonly writeJournal: (
    stamp: Omit<Stamped<never>, 'command'>,
    write: (clock: Clock) => readonly JournalEvent[],
  ) => void
  /** What was written at this desk is in the tables then, for who reads them in this transaction. */
  readonly flush: () => Promise<void>
  /** As a device's store does (rules L5, N1); what comes of it is in the tables already. */
  readonly execute: (
    stamped: Stamped<OrderCommand>,
    expectedVersion?: number,
    lines?: readonly JournalEvent[],
  ) => Promise<Result<OrderView, Rejection>>
}

export interface MemberSettings {
  readonly records: KeptRecords
  readonly maxItemsPerOrder: number
  readonly autoConfirm: boolean
  readonly nowMs: () => number
}

/** In the caller's transaction, which holds the store's lock and commits when this is done. */
export async function writeAsMember<T>(
  trx: Sql,
  id: string,
  member: Pick<CentreMember, 'deviceId' | 'origin'>,
  settings: MemberSettings,
  work: (desk: MemberDesk) => Promise<T>,
): Promise<T> {
  const storeId = toPgText(id)
  const { deviceId, origin } = member
  const heads = await readHeads(trx, storeId)
  let head = heads.get(origin) ?? NO_HEAD
  let clock = await highestClock(trx, storeId)
  let versions = await settings.records.read(trx, storeId)
  let { catalog } = catalogAt(versions, settings.nowMs())
  let unwritten: Entry[] = []

  function append(stamped: Stamped<unknown>, events: readonly DomainEvent[]): void {
    clock = nextClock(clock, settings.nowMs())
    const content = {
      clock,
      commandId: stamped.id,
      at: stamped.at,
      actor: stamped.actor,
      body: JSON.stringify(events),
    }
    const seq = head.seq + 1
    const hash = chainHash(head.hash, origin, seq, content)
    head = { seq, hash, knownSeq: Math.max(head.knownSeq, seq) }
    unwritten.push({ ...content, origin, seq, hash })
  }

  async function write(): Promise<void> {
    const entries = unwritten
    if (entries.length === 0) return
    unwritten = []
    await appendEntries(trx, storeId, entries)
    await writeHeads(trx, storeId, new Map([[origin, head]]))
    await projectEntries(trx, storeId, entries)
  }

  function setRecords(stamped: Stamped<readonly RecordEvent[]>): void {
    if (stamped.command.length === 0) return
    append(stamped, stamped.command)
    const nowMs = settings.nowMs()
    versions = withEvents(versions, stamped.command, nowMs)
    ;({ catalog } = catalogAt(versions, nowMs))
  }

  function writeJournal(
    stamp: Omit<Stamped<never>, 'command'>,
    lines: (moment: Clock) => readonly JournalEvent[],
  ): void {
    append({ ...stamp, command: null }, lines(nextClock(clock, settings.nowMs())))
  }

  /** Asked for where the store lets its stock refuse a sale, and nowhere else. */
  async function stockFor({ type }: OrderCommand): Promise<StockOf> {
    const rule = catalog.inventory_settings.get(INVENTORY_SETTINGS_ID)?.soldOutBy ?? 'nothing'
    const sells = type === 'createOrder' || type === 'addLines' || type === 'changeLine'
    if (rule === 'nothing' || !sells) return () => null
    const stock = await readStock(trx, storeId)
    return (subject) => stock.get(subject)?.levelMilli ?? null
  }

  /** Asked for where the store bounds them, and something is to be promised. */
  async function promisesFor(command: OrderCommand): Promise<DecideContext['promisedFrom']> {
    const { maxOrders, maxItems } = pacingOf(catalog)
    const asked = 'promisedFor' in command ? command.promisedFor : null
    const isBounded = maxOrders !== null || maxItems !== null
    if (!isBounded || asked === null || asked === undefined) return () => []
    const promised = await readPromised(trx, storeId, Date.parse(asked))
    return () => promised
  }

  async function execute(
    stamped: Stamped<OrderCommand>,
    expectedVersion?: number,
    lines: readonly JournalEvent[] = [],
  ) {
    await write()
    const { command } = stamped
    const { orderId } = command
    const voucher = await voucherNamed(trx, storeId, command)
    const other =
      command.type === 'moveLines' || command.type === 'mergeOrder'
        ? [command.toOrderId]
        : voucher
          ? [voucher.soldOn]
          : []
    const known = await loadOrders(trx, storeId, [orderId, ...other])
    const held = known.find(({ state }) => state.orderId === orderId)
    const businessDay = businessDayIn(catalog, Date.parse(stamped.at))
    const decision = decideOnHeld(held, stamped, expectedVersion, {
      catalog,
      orderById: (sought) => known.find(({ state }) => state.orderId === sought)?.view ?? null,
      voucherById: (sought) => (sought === voucher?.id ? voucher : null),
      orderNumber: command.type === 'createOrder' ? await nextNumber(businessDay) : '',
      businessDay,
      stock: await stockFor(command),
      promisedFrom: await promisesFor(command),
      maxItemsPerOrder: settings.maxItemsPerOrder,
      autoConfirm: settings.autoConfirm,
    })
    if (!decision.ok) return decision
    if (decision.value.length === 0) return ok(viewOf(held))
    append(stamped, [...decision.value, ...lines])
    const aboutVouchers = held?.view ? voucherLines(held.view, decision.value) : []
    if (aboutVouchers.length > 0) {
      append({ ...stamped, id: `${stamped.id}:vouchers` }, aboutVouchers)
    }
    await write()
    const [now] = await loadOrders(trx, storeId, [orderId])
    return ok(viewOf(now))
  }

  async function nextNumber(businessDay: string): Promise<string> {
    const code = catalog.device.get(deviceId)?.code
    assert(code !== undefined, 'who writes is in the roster')
    return orderNumberOf(code, 1 + (await lastCount(trx, storeId, businessDay, code)))
  }

  const result = await work({
    deviceId,
    catalog: () => catalog,
    versions: () => versions,
    frontier: () => frontierOf(heads),
    isTaken: (commandId) => isTaken(trx, storeId, commandId),
    setRecords,
    writeJournal,
    flush: write,
    execute,
  })
  await write()
  return result
}

/** What the command is about, where it is about one of the store's gift vouchers. */
async function voucherNamed(
  trx: Sql,
  storeId: string,
  command: OrderCommand,
): Promise<VoucherAccount | null> {
  const id = 'voucherId' in command ? command.voucherId : undefined
  return id === undefined ? null : readVoucher(await journalAbout(trx, storeId, id))
}

function viewOf(known: KnownOrder | undefined): OrderView {
  assert(known?.view, 'only an order that exists has nothing to decide')
  return known.view
}

/** The clock of an origin only goes forward, so each one's last entry has its latest. */
async function highestClock(db: Sql, storeId: string): Promise<number> {
  const row = await db
    .selectFrom('origins')
    .innerJoin('entries', (join) =>
      join
        .onRef('entries.store_id', '=', 'origins.store_id')
        .onRef('entries.origin', '=', 'origins.origin')
        .onRef('entries.seq', '=', 'origins.head_seq'),
    )
    .select(({ fn }) => fn.max('entries.clock').as('clock'))
    .where('origins.store_id', '=', storeId)
    .executeTakeFirst()
  return row?.clock ?? 0
}

async function isTaken(db: Sql, storeId: string, commandId: string): Promise<boolean> {
  const row = await db
    .selectFrom('entries')
    .select('seq')
    .where('store_id', '=', storeId)
    .where('command_id', '=', toPgText(commandId))
    .executeTakeFirst()
  return row !== undefined
}

/** The highest number that orders of the day carry with this code. */
async function lastCount(
  db: Sql,
  storeId: string,
  businessDay: string,
  code: string,
): Promise<number> {
  const { rows } = await sql<{ count: number | null }>`
    SELECT max(substr(order_number, ${code.length + 2})::bigint) AS count
    FROM orders
    WHERE store_id = ${storeId} AND business_day = ${businessDay}
      AND order_number ~ ${`^${code}-[0-9]{1,9}$`}
  `.execute(db)
  return rows[0]?.count ?? 0
}
