import type { Catalog } from '../../domain/catalog.ts'
import { businessDayIn } from '../../domain/business-day.ts'
import { nextClock, observeClock, type Clock } from '../../domain/clock.ts'
import type { OrderCommand, Stamped } from '../../domain/commands.ts'
import { bodyOfCopy } from '../../domain/entry-copy.ts'
import { orderIdsOf, type DomainEvent, type RecordEvent } from '../../domain/events.ts'
import type { JournalEvent } from '../../domain/journal.ts'
import { orderNumberOf } from '../../domain/ids.ts'
import {
  isRun,
  type BranchTip,
  type Entry,
  type EntryLog,
  type Frontier,
  type IngestReport,
  type LogPart,
  type LogReport,
} from '../../domain/log.ts'
import type { OrderPosition } from '../../domain/order-filter.ts'
import type { OrderView } from '../../domain/order-view.ts'
import type { RecordVersion } from '../../domain/record-versions.ts'
import type { CardTerminal } from '../../domain/payments.ts'
import type { Rejection } from '../../domain/rejections.ts'
import { assert, ok, type Result } from '../../domain/result.ts'
import { readVoucher, voucherLines } from '../../domain/vouchers.ts'
import { unsignedBody } from '../../domain/signed-log.ts'
import { decideOnHeld } from '../decide-order.ts'
import { metaOf, readEntry, type ReadEntry, type ReadOrderEvent } from '../fold-entries.ts'
import { createConflictCount } from './conflict-queries.ts'
import type { Connection } from './connection.ts'
import { createJournal, type Journal } from './journal.ts'
import { createEndedElsewhere, type EndedRule } from './ended-elsewhere.ts'
import { createEntryTable, type Signatures } from './entry-log.ts'
import { countLeft, createLeaving, type LeavingRule, type LeavingTurn } from './leaving.ts'
import { createLocalSettings } from './local-settings.ts'
import { createOrderNumbers } from './order-numbers.ts'
import { readOrigins, takeFreshOrigin } from './own-origins.ts'
import { createOrderProjection } from './order-projection.ts'
import { createRecordProjection } from './record-projection.ts'
import { prepare } from './statements.ts'
import { createPromised } from './promised.ts'
import { createStockTable, type StockTable } from './stock.ts'

/** What one commit changed, for everyone who shows or passes on the store's data. */
export interface Commit {
  readonly entries: readonly Entry[]
  readonly orders: readonly OrderView[]
  readonly recordsChanged: boolean
  /** Of each order that it touched: the last number of each origin that it brought. */
  readonly heads: ReadonlyMap<string, Frontier>
  /** Orders that are held no longer. */
  readonly gone: readonly string[]
}

export interface OrderSettings {
  readonly maxItemsPerOrder: number
  readonly autoConfirm: boolean
  /** Absent: this device takes no cards. */
  readonly cardTerminal?: Omit<CardTerminal, 'deviceId'>
}

/** A device's copy of the store: log, fold and projections in one SQLite file. */
export interface Store extends EntryLog {
  readonly deviceId: string
  readonly connection: Connection
  /** What counts now; another object as soon as something else does, also when a date comes. */
  readonly catalog: () => Catalog
  /** All that is held of the records, dates that have not come among it. */
  readonly recordVersions: () => readonly RecordVersion[]
  readonly order: (orderId: string) => OrderView | null
  readonly orders: (orderIds: readonly string[]) => OrderView[]
  readonly openOrders: () => readonly OrderView[]
  /**
   * Decides, writes, folds and commits one command; the answer is durable (rule L1). A command that
   * was taken before changes nothing and answers with the order as it is (rule L5).
   * `expectedVersion`: refused where the order has moved on. `lines` go into the same entry.
   */
  readonly execute: (
    stamped: Stamped<OrderCommand>,
    expectedVersion?: number,
    lines?: readonly JournalEvent[],
  ) => Result<OrderView, Rejection>
  /** Writes reference data as one entry. False: this command was taken before. */
  readonly setRecords: (stamped: Stamped<readonly RecordEvent[]>) => boolean
  readonly journal: Omit<Journal, 'apply'>
  readonly stock: StockTable
  /**
   * Writes what `decide` makes of the journal as it is now, as one entry, at the moment that it is
   * told. `taken`: this command was taken before, so nothing was decided or written (rule L5).
   */
  readonly writeJournal: <E>(
    stamp: Omit<Stamped<never>, 'command'>,
    decide: (clock: Clock) => Result<readonly JournalEvent[], E>,
  ) => Result<{ readonly taken: boolean }, E>
  /** Signs what a burst has left without: an entry that tells of nothing else. False: nothing was. */
  readonly signRest: () => boolean
  /** `alongside` writes in the same transaction, after the entries. */
  readonly ingest: (parts: readonly LogPart[], alongside?: () => void) => LogReport
  /**
   * Lets the next old closed orders go, after a position (leaving.ts), and open ones that have left
   * elsewhere (ended-elsewhere.ts).
   */
  readonly letGo: (rule: LeavingRule & EndedRule, after: OrderPosition | null) => LeavingTurn
  readonly onCommit: (listener: (commit: Commit) => void) => () => void
  readonly health: () => StoreHealth
  readonly close: () => void
}

/** What a person should know about. */
export interface StoreHealth {
  /** Events that this version cannot read (rule L4). */
  readonly unreadable: number
  /** Entries kept aside because two claim one number (rule L2). */
  readonly quarantined: number
  /** Open conflicts of orders (rule F4). */
  readonly conflicts: number
}

export interface StoreDeps {
  readonly connection: Connection
  readonly nowMs: () => number
  /** A fresh random id, for a new origin (rule L6). */
  readonly newId: () => string
  readonly settings: OrderSettings
  /** Absent: this device's log is one from before there were signatures. */
  readonly signatures?: Signatures
  /** Told of a listener that threw: the commit it was told of stands. */
  readonly onListenerError: (error: unknown) => void
}

type AdvanceListener = Parameters<EntryLog['onAdvance']>[0]

/** Opens the store in a file whose device has an identity already (see `createIdentity`). */
export function openStore(deps: StoreDeps): Store {
  const { connection, nowMs, newId, settings, onListenerError } = deps
  const { raw, sql } = connection
  const local = createLocalSettings(connection)
  const log = createEntryTable(connection, deps.signatures)
  const newOrigin = () => deps.signatures?.signer?.newOrigin(newId()) ?? newId()
  const orders = createOrderProjection(connection)
  const records = createRecordProjection(connection, nowMs)
  const journal = createJournal(connection)
  const stock = createStockTable(connection)
  const promised = createPromised(connection)
  const leaving = createLeaving(connection, log, orders, stock)
  const ended = createEndedElsewhere(connection, log, orders)
  const deviceId = local.require('device_id')
  const storeId = local.require('store_id')
  const deviceCode = local.require('device_code')
  const selectCommand = prepare(
    connection,
    sql.selectFrom('entries').select('id').where('command_id', '=', ''),
  )
  const selectByCommand = prepare(
    connection,
    sql
      .selectFrom('entries')
      .select(['origin', 'at', 'actor', 'body'])
      .where('command_id', '=', ''),
  )
  const insertUnreadable = prepare(
    connection,
    sql.insertInto('unreadable').orIgnore().values({ entry_id: 0, event_index: 0 }),
  )
  const numbers = createOrderNumbers(connection, local, deviceCode)
  const commitListeners = new Set<(commit: Commit) => void>()
  const advanceListeners = new Set<AdvanceListener>()
  let { origin, ownOrigins } = readOrigins(local)
  let clock = log.highestClock()

  const begin = raw.prepare('BEGIN IMMEDIATE')
  const commit = raw.prepare('COMMIT')
  const rollback = raw.prepare('ROLLBACK')

  /** Runs a synchronous transaction; memory follows only what the disk has taken. */
  function transact<T>(work: () => T extends Promise<unknown> ? never : T): T {
    begin.run()
    let committed = false
    try {
      const result = work()
      commit.run()
      committed = true
      return result
    } finally {
      // Some failures, a full disk for one, have rolled back by themselves.
      if (!committed && raw.inTransaction) rollback.run()
      if (!committed) {
        ;({ origin, ownOrigins } = readOrigins(local))
        numbers.forget()
      }
      orders.settle(log.settle(committed))
      records.settle()
    }
  }

  interface Executed {
    readonly order: OrderView
    /** Null: the command was taken before. */
    readonly written: Pick<Commit, 'orders' | 'heads' | 'entries'> | null
  }

  function execute(
    stamped: Stamped<OrderCommand>,
    expectedVersion?: number,
    lines: readonly JournalEvent[] = [],
  ) {
    const executed = transact(() => decideAndWrite(stamped, expectedVersion, lines))
    if (!executed.ok) return executed
    const { order, written } = executed.value
    if (written) {
      published({ recordsChanged: false, gone: [], ...written })
    }
    return ok(order)
  }

  function decideAndWrite(
    stamped: Stamped<OrderCommand>,
    expectedVersion: number | undefined,
    lines: readonly JournalEvent[],
  ): Result<Executed, Rejection> {
    const { orderId, type } = stamped.command
    const before = orders.find(orderId)
    const held = before && { ...before, lenders: orders.lendersOf(before.state) }
    const businessDay = businessDayIn(records.catalog(), Date.parse(stamped.at))
    const count = type === 'createOrder' ? numbers.next(businessDay) : 0
    const decision = decideOnHeld(held, stamped, expectedVersion, {
      catalog: records.catalog(),
      orderById: (id) => orders.find(id)?.view ?? null,
      voucherById: (id) => readVoucher(journal.about(id)),
      orderNumber: orderNumberOf(deviceCode, count),
      businessDay,
      promisedFrom: promised,
      stock: (subject) => stock.of(subject)?.levelMilli ?? null,
      maxItemsPerOrder: settings.maxItemsPerOrder,
      autoConfirm: settings.autoConfirm,
      ...(settings.cardTerminal && { cardTerminal: { deviceId, ...settings.cardTerminal } }),
    })
    if (!decision.ok) return decision
    if (decision.value.length === 0) {
      assert(before?.view, 'only an order that exists has nothing to decide')
      return ok({ order: before.view, written: null })
    }
    const { entry, id } = append(stamped, [...decision.value, ...lines])
    const byOrder = new Map<string, OrderChange>()
    for (const [index, event] of decision.value.entries()) {
      gather({ id, entry }, { event, meta: metaOf(entry, index) }, byOrder)
    }
    const linesFrom = decision.value.length
    journal.apply(lines.map((event, index) => ({ event, meta: metaOf(entry, linesFrom + index) })))
    const changed = foldOrders(byOrder)
    const order = changed.find((view) => view.id === orderId)
    assert(order, 'an order that this device wrote to has been created')
    if (count > 0) numbers.used(businessDay, count)
    // Of its own, for it stays when the order has left.
    const aboutVouchers = before?.view ? voucherLines(before.view, decision.value) : []
    const entries = [
      entry,
      ...(aboutVouchers.length > 0
        ? [writeEntry({ ...stamped, id: `${stamped.id}:vouchers` }, aboutVouchers)]
        : []),
    ]
    return ok({ order, written: { entries, orders: changed, heads: headsOf(byOrder) } })
  }

  function append(
    stamped: Omit<Stamped<never>, 'command'>,
    events: readonly DomainEvent[],
    stamp = nextClock(clock, nowMs()),
  ) {
    const appended = log.append(origin, {
      clock: stamp,
      commandId: stamped.id,
      at: stamped.at,
      actor: stamped.actor,
      body: JSON.stringify(events),
    })
    clock = stamp
    return appended
  }

  function setRecords(stamped: Stamped<readonly RecordEvent[]>): boolean {
    if (stamped.command.length === 0 || selectCommand.get(stamped.id)) return false
    const entry = transact(() => writeEntry(stamped, stamped.command))
    published({ entries: [entry], orders: [], recordsChanged: true, heads: new Map(), gone: [] })
    return true
  }

  /** One entry that is about no order. */
  function writeEntry(
    stamp: Omit<Stamped<never>, 'command'>,
    events: readonly DomainEvent[],
    moment?: Clock,
  ) {
    const appended = append(stamp, events, moment)
    foldEntry(appended, readEntry(appended.entry), new Map())
    return appended.entry
  }

  function writeJournal<E>(
    stamp: Omit<Stamped<never>, 'command'>,
    decide: (clock: Clock) => Result<readonly JournalEvent[], E>,
  ): Result<{ readonly taken: boolean }, E> {
    const written = transact((): Result<Entry | null, E> => {
      if (selectCommand.get(stamp.id)) return ok(null)
      const moment = nextClock(clock, nowMs())
      const decided = decide(moment)
      return decided.ok ? ok(writeEntry(stamp, decided.value, moment)) : decided
    })
    if (!written.ok) return written
    const { value: entry } = written
    if (entry === null) return ok({ taken: true })
    published({ entries: [entry], orders: [], recordsChanged: false, heads: new Map(), gone: [] })
    return ok({ taken: false })
  }

  function signRest(): boolean {
    if (log.unsignedIn(origin) === 0) return false
    const stamp = { id: newId(), at: new Date(nowMs()).toISOString(), actor: `device:${deviceId}` }
    const entry = transact(() => append(stamp, []).entry)
    published({ entries: [entry], orders: [], recordsChanged: false, heads: new Map(), gone: [] })
    return true
  }

  interface OrderChange {
    readonly events: ReadOrderEvent[]
    readonly entryIds: Set<number>
    readonly heads: Map<string, number>
  }

  /** Folds records and notes what is unreadable; order events are gathered for one write an order. */
  function foldEntry(
    { id, entry }: { readonly id: number; readonly entry: Entry },
    read: ReadEntry,
    byOrder: Map<string, OrderChange>,
  ): void {
    records.apply(read.recordEvents)
    journal.apply(read.journalEvents)
    for (const index of read.unreadable) insertUnreadable.run(id, index)
    for (const orderEvent of read.orderEvents) gather({ id, entry }, orderEvent, byOrder)
  }

  function gather(
    { id, entry }: { readonly id: number; readonly entry: Entry },
    orderEvent: ReadOrderEvent,
    byOrder: Map<string, OrderChange>,
  ): void {
    for (const orderId of orderIdsOf(orderEvent.event)) {
      const change: OrderChange = byOrder.get(orderId) ?? {
        events: [],
        entryIds: new Set(),
        heads: new Map(),
      }
      change.events.push(orderEvent)
      change.entryIds.add(id)
      change.heads.set(entry.origin, Math.max(change.heads.get(entry.origin) ?? 0, entry.seq))
      byOrder.set(orderId, change)
    }
  }

  const headsOf = (byOrder: ReadonlyMap<string, OrderChange>): Commit['heads'] =>
    new Map([...byOrder].map(([orderId, change]) => [orderId, change.heads]))

  /** Links come last: what `apply` compares with must not hold the new entries yet. */
  function foldOrders(byOrder: ReadonlyMap<string, OrderChange>): OrderView[] {
    const views = orders.apply(
      new Map([...byOrder].map(([orderId, change]) => [orderId, change.events])),
    )
    for (const [orderId, { entryIds }] of byOrder) {
      for (const id of entryIds) orders.link(orderId, id)
    }
    return views
  }

  /** An order that was created here may turn out to have a number from elsewhere (rule N1). */
  function foldReceived(byOrder: ReadonlyMap<string, OrderChange>): OrderView[] {
    const before = [...byOrder.keys()].map((orderId) => orders.find(orderId)?.view)
    const views = foldOrders(byOrder)
    const numbersNow = new Map(views.map((view) => [view.id, view.number]))
    for (const view of before) {
      if (view && numbersNow.get(view.id) !== view.number) numbers.givenOut(view)
    }
    return views
  }

  function ingest(parts: readonly LogPart[], alongside?: () => void): LogReport {
    const { report, changed, grownByRuns, wasLeftBehind } = transact(() => {
      const ingested = ingestAll(parts)
      alongside?.()
      return ingested
    })
    const keptAside = wasLeftBehind || report.newTips.length > 0
    if (changed.entries.length + grownByRuns.length > 0) published(changed, grownByRuns, keptAside)
    else if (keptAside) advanced([], true)
    return report
  }

  function ingestAll(parts: readonly LogPart[]) {
    const gaps: IngestReport['gaps'][number][] = []
    const forks: IngestReport['forks'][number][] = []
    const broken: IngestReport['broken'][number][] = []
    const newTips: BranchTip[] = []
    const entries: Entry[] = []
    const byOrder = new Map<string, OrderChange>()
    const forkedOff: Entry[] = []
    const rivals: Entry[] = []
    const grownByRuns: string[] = []
    let repeated = 0
    let recordsChanged = false
    let wasLeftBehind = false
    for (const [index, range] of parts.entries()) {
      if (isRun(range)) {
        const taken = log.takeRun(range)
        if (taken.kind === 'gap') {
          gaps.push({ origin: range.origin, expectedSeq: taken.expectedSeq })
        } else {
          if (taken.isNew) grownByRuns.push(range.origin)
          clock = observeClock(clock, range.lastClock)
          for (const { seq } of taken.rivals) forks.push({ origin: range.origin, seq })
          wasLeftBehind ||= taken.wasLeftBehind
          if (ownOrigins.includes(range.origin)) rivals.push(...taken.rivals)
        }
        continue
      }
      const before = parts[index - 1]
      const taken = log.takeRange(range, before && isRun(before) ? before : undefined)
      if (taken.kind === 'gap') {
        gaps.push({ origin: range.origin, expectedSeq: taken.expectedSeq })
      } else if (taken.kind === 'broken') {
        broken.push({ origin: range.origin, fromSeq: range.fromSeq })
      } else {
        repeated += taken.repeated
        for (const { seq } of taken.forks) forks.push({ origin: range.origin, seq })
        if (taken.newFork !== undefined) newTips.push(taken.newFork)
        if (taken.forks.length > 0 && ownOrigins.includes(range.origin)) {
          forkedOff.push(...taken.forks)
        }
        for (const { entry, id } of taken.fresh) {
          const read = readEntry(entry)
          foldEntry({ id, entry }, read, byOrder)
          entries.push(entry)
          clock = observeClock(clock, entry.clock)
          recordsChanged ||= read.recordEvents.length > 0
        }
      }
    }
    const accepted = entries.length
    if (grownByRuns.includes(origin) || entries.some((entry) => entry.origin === origin)) {
      startFreshOrigin()
    }
    for (const { entry, id } of writeAgain(forkedOff, rivals)) {
      const read = readEntry(entry)
      foldEntry({ id, entry }, read, byOrder)
      entries.push(entry)
      recordsChanged ||= read.recordEvents.length > 0
    }
    const views = foldReceived(byOrder)
    const report: LogReport = { accepted, repeated, gaps, forks, broken, newTips }
    const heads = headsOf(byOrder)
    const changed: Commit = { entries, orders: views, recordsChanged, heads, gone: [] }
    return { report, changed, grownByRuns, wasLeftBehind }
  }

  /** Others hold more of our origin than we did: this file is older than the store knows (L6). */
  function startFreshOrigin(): void {
    ;({ origin, ownOrigins } = takeFreshOrigin(local, newOrigin))
    numbers.forget()
  }

  /**
   * An origin of ours has two branches: this file was put back or copied, and went on before it
   * knew. Nobody folds the branch that is not its own (rule L2), so nothing of either would be
   * everywhere. But they are our entries: all that the branches do not share, and that no damage of
   * the disk has changed, is written once more in a fresh origin, and counts there as it did. Of a
   * branch that has left the other devices, only its `rivals` here are lacked there.
   */
  function writeAgain(
    forked: readonly Entry[],
    rivals: readonly Entry[],
  ): { entry: Entry; id: number }[] {
    const branches = [...Map.groupBy(forked, (entry) => entry.origin)].flatMap(([from, theirs]) => {
      const fromSeq = Math.min(...theirs.map((entry) => entry.seq))
      return [...log.soundTail(from, fromSeq), ...theirs]
    })
    const byHash = new Map(
      [...branches, ...rivals].map((entry) => [Buffer.from(entry.hash).toString('hex'), entry]),
    )
    const missing = [...byHash.values()].filter((entry) => !isWrittenAgain(entry))
    const isOurs = forked.some((entry) => entry.origin === origin)
    if (missing.length > 0 || isOurs) startFreshOrigin()
    let last = 0
    return missing
      .toSorted((a, b) => a.clock - b.clock)
      .map((entry) => {
        last = Math.max(last + 1, entry.clock)
        clock = observeClock(clock, last)
        const { commandId, at, actor } = entry
        const body = bodyOfCopy({ ...entry, body: unsignedBody(entry.body) })
        return log.append(origin, { clock: last, commandId, at, actor, body })
      })
  }

  /** That entry, and not another of the same command: each branch may have taken the tap. */
  function isWrittenAgain(entry: Entry): boolean {
    const copy = bodyOfCopy({ ...entry, body: unsignedBody(entry.body) })
    return selectByCommand
      .all(entry.commandId)
      .some(
        (row) =>
          row.origin !== entry.origin &&
          ownOrigins.includes(row.origin) &&
          row.at === entry.at &&
          row.actor === entry.actor &&
          unsignedBody(row.body) === copy,
      )
  }

  function letGo(rule: LeavingRule & EndedRule, after: OrderPosition | null): LeavingTurn {
    const { turn, changed } = transact(() => {
      const elsewhere = ended.leave(rule)
      const turn = leaving.leave(rule, after)
      const gone = [...elsewhere.gone, ...turn.orderIds]
      if (gone.length > 0) countLeft(local, gone.length)
      return { turn, changed: { gone, orders: elsewhere.changed } }
    })
    if (changed.gone.length + changed.orders.length > 0) {
      published({ entries: [], recordsChanged: false, heads: new Map(), ...changed })
    }
    return turn
  }

  /** A listener that fails must not make a commit look as if it had failed. */
  function published(
    changed: Commit,
    grownByRuns: readonly string[] = [],
    keptAside = false,
  ): void {
    const origins = [...new Set([...changed.entries.map((e) => e.origin), ...grownByRuns])]
    if (origins.length > 0) advanced(origins, keptAside)
    for (const listener of commitListeners) guarded(() => listener(changed))
  }

  function advanced(origins: readonly string[], keptAside: boolean): void {
    for (const listener of advanceListeners) guarded(() => listener(origins, keptAside))
  }

  function guarded(call: () => void): void {
    try {
      call()
    } catch (error) {
      onListenerError(error)
    }
  }

  /** After an update: what this version has learned to read is folded now (rule L4). */
  function retryUnreadable(): void {
    const rows = prepare(connection, sql.selectFrom('unreadable').selectAll()).all()
    const remove = prepare(
      connection,
      sql.deleteFrom('unreadable').where('entry_id', '=', 0).where('event_index', '=', 0),
    )
    for (const { entry_id: id, event_index: index } of rows) {
      const entry = log.get(id)
      const read = entry && readEntry(entry)
      if (!read || read.unreadable.includes(index)) continue
      transact(() => {
        remove.run(id, index)
        records.apply(read.recordEvents)
        journal.apply(read.journalEvents)
        const orderIds = [...new Set(read.orderEvents.flatMap(({ event }) => orderIdsOf(event)))]
        for (const orderId of orderIds) orders.link(orderId, id)
        orders.refold(orderIds)
      })
    }
  }

  retryUnreadable()
  const countUnreadable = prepare(
    connection,
    sql.selectFrom('unreadable').select(({ fn }) => fn.countAll<number>().as('count')),
  )
  const countQuarantined = prepare(
    connection,
    sql.selectFrom('quarantine').select(({ fn }) => fn.countAll<number>().as('count')),
  )

  const countConflicts = createConflictCount(connection)

  return {
    deviceId,
    storeId,
    connection,
    ownOrigin: () => origin,
    catalog: records.catalog,
    recordVersions: records.versions,
    order: (orderId) => orders.find(orderId)?.view ?? null,
    orders: orders.views,
    openOrders: orders.open,
    execute,
    setRecords,
    journal,
    stock,
    writeJournal,
    signRest,
    frontier: log.frontier,
    readRange: log.readRange,
    runAt: log.runAt,
    leftFor: log.leftFor,
    noteLeft: (left) => transact(() => ended.note(left)),
    headHashes: log.headHashes,
    asideTips: log.asideTips,
    compare: log.compare,
    ingest,
    letGo,
    onAdvance: (listener) => subscribe(advanceListeners, listener),
    onCommit: (listener) => subscribe(commitListeners, listener),
    health: () => ({
      unreadable: countUnreadable.get()?.count ?? 0,
      quarantined: countQuarantined.get()?.count ?? 0,
      conflicts: countConflicts(),
    }),
    close: () => connection.close(),
  }
}

function subscribe<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
