import {
  type Entry,
  type EntryContent,
  type EntryLog,
  type EntryRange,
  type Frontier,
  type LeftRange,
  type Run,
} from '../../domain/log.ts'
import { assert } from '../../domain/result.ts'
import { isSignedBody, MAX_UNSIGNED, signingKeyOf } from '../../domain/signed-log.ts'
import { CHAIN_START, chainHash, chainRange } from '../chain.ts'
import {
  isSignatureOf,
  nextEntry,
  signedPart,
  type CheckSignature,
  type Signer,
} from '../signing.ts'
import type { EntriesTable } from '../schema.ts'
import { contentOf, createBranches } from './branches.ts'
import type { Connection } from './connection.ts'
import { createRunTable, type RunTable } from './run-table.ts'
import { prepare } from './statements.ts'

/**
 * The log table: what is in it, where each origin ends, and how entries get in and out. Writes run
 * inside the caller's transaction; what they change in memory counts only after `settle(true)`.
 */
export interface EntryTable {
  readonly frontier: () => Frontier
  /** The id of the new row. */
  readonly append: (origin: string, content: EntryContent) => { entry: Entry; id: number }
  /** Entries at the end of a log that no signature covers yet. */
  readonly unsignedIn: (origin: string) => number
  /** `after`: what the giver had before it where that has left, and is not what is held here. */
  readonly takeRange: (range: EntryRange, after?: Run) => TakenRange
  /** Counts as held from now on what has left elsewhere. */
  readonly takeRun: (run: Run) => TakenRun
  /** Lets go of entries that are held; all of them stay part of the frontier. */
  readonly leave: (entries: readonly Entry[]) => void
  readonly readRange: (
    origin: string,
    fromSeq: number,
    maxEntries: number,
    maxBytes: number,
  ) => EntryRange | null
  readonly runAt: RunTable['at']
  readonly leftFor: EntryLog['leftFor']
  readonly headHashes: () => ReadonlyMap<string, Uint8Array>
  readonly asideTips: EntryLog['asideTips']
  readonly compare: EntryLog['compare']
  /** Entries of an origin that are held, from a number on. */
  readonly tail: (origin: string, fromSeq: number) => Entry[]
  /** Of these, the entries that still are what their hash says: a damaged disk bears no witness. */
  readonly soundTail: (origin: string, fromSeq: number) => Entry[]
  readonly get: (id: number) => Entry | null
  readonly highestClock: () => number
  readonly settle: (committed: boolean) => Outcome
}

/** What became of a transaction. `unclear`: it failed, and the log is not as it was before. */
export type Outcome = 'committed' | 'undone' | 'unclear'

export type TakenRange =
  | {
      readonly kind: 'taken'
      readonly fresh: readonly { entry: Entry; id: number }[]
      readonly repeated: number
      /** Entries with a number that is taken, and what follows them: kept aside. */
      readonly forks: readonly Entry[]
      /** The last that was kept aside now and had not been before. */
      readonly newFork: Entry | undefined
    }
  | { readonly kind: 'gap'; readonly expectedSeq: number }
  | { readonly kind: 'broken' }

export type TakenRun =
  /** `rivals`: entries that are held under its numbers and are not those that have left. */
  | {
      readonly kind: 'taken'
      readonly isNew: boolean
      readonly rivals: readonly Entry[]
      /** Of what is held, something was kept aside now that had not been before. */
      readonly wasLeftBehind: boolean
    }
  | { readonly kind: 'gap'; readonly expectedSeq: number }

interface Head {
  readonly num: number
  readonly seq: number
  readonly hash: Uint8Array
  readonly clock: number
  /** Of a signed log: entries since the last signature. */
  readonly unsigned: number
  /** The last entry itself, where it was written since the start: peers are about to ask for it. */
  readonly content: EntryContent | null
}

/** Room for 2^40 entries an origin; 8 191 origins fit below the largest safe integer. */
const SEQ_SPACE = 2 ** 40

export type EntryRow = EntriesTable & { id: number }

/** Absent signer: here is no key, and no signed log is written. */
export interface Signatures {
  readonly signer?: Signer
  readonly check: CheckSignature
}

export function createEntryTable(
  connection: Connection,
  { signer, check }: Signatures = { check: isSignatureOf },
): EntryTable {
  const { sql } = connection
  const insert = prepare(
    connection,
    sql.insertInto('entries').values({
      id: 0,
      origin: '',
      seq: 0,
      clock: 0,
      command_id: '',
      at: '',
      actor: '',
      body: '',
      hash: new Uint8Array(),
    }),
  )
  const insertOrigin = prepare(connection, sql.insertInto('origins').values({ origin: '' }))
  const selectFrom = prepare(
    connection,
    sql.selectFrom('entries').selectAll().where('id', '>=', 0).where('id', '<', 0).orderBy('id'),
  )
  const selectLast = prepare(
    connection,
    sql
      .selectFrom('entries')
      .selectAll()
      .where('id', '>=', 0)
      .where('id', '<', 0)
      .orderBy('id', 'desc'),
  )
  const selectOne = prepare(connection, sql.selectFrom('entries').selectAll().where('id', '=', 0))
  const remove = prepare(connection, sql.deleteFrom('entries').where('id', '=', 0))
  const runs = createRunTable(connection)

  const heads = readHeads()
  const staged = new Map<string, Head>()
  const headOf = (origin: string): Head | undefined => staged.get(origin) ?? heads.get(origin)
  const branches = createBranches(connection, (origin, seq) => {
    const head = headOf(origin)
    return head === undefined || seq > head.seq ? null : hashBefore(origin, seq + 1)
  })

  /** One seek an origin: `max(seq) … GROUP BY` would walk the whole log. */
  function readHeads(): Map<string, Head> {
    const rows = prepare(connection, sql.selectFrom('origins').selectAll()).all()
    return new Map(
      rows.map(({ num, origin }) => {
        const last = selectLast.get(num * SEQ_SPACE, (num + 1) * SEQ_SPACE)
        const run = runs.last(origin)
        const head: Head = last ? { num, ...headOfRow(last), content: null } : emptyHead(num)
        return [origin, run === null || run.toSeq < head.seq ? head : headAfter(num, run)]
      }),
    )
  }

  function headForWriting(origin: string): Head {
    const known = headOf(origin)
    if (known) return known
    const num = Number(insertOrigin.run(origin).lastInsertRowid)
    const head = emptyHead(num)
    staged.set(origin, head)
    return head
  }

  function write(entry: Entry, num: number): number {
    const id = num * SEQ_SPACE + entry.seq
    insert.run(
      id,
      entry.origin,
      entry.seq,
      entry.clock,
      entry.commandId,
      entry.at,
      entry.actor,
      entry.body,
      entry.hash,
    )
    const { seq, hash, clock, commandId, at, actor, body } = entry
    const content = { clock, commandId, at, actor, body }
    const unsigned = isSignedBody(body) ? 0 : 1 + (headOf(entry.origin)?.unsigned ?? 0)
    staged.set(entry.origin, { num, seq, hash, clock, unsigned, content })
    return id
  }

  function append(origin: string, content: EntryContent) {
    const head = headForWriting(origin)
    assert(content.clock > head.clock, 'the clock of an origin only goes forward')
    const { entry, unsigned } = nextEntry(head, origin, content, signer)
    assert(
      signingKeyOf(origin) === null || unsigned <= MAX_UNSIGNED,
      'a signed log is written with its key',
    )
    return { entry, id: write(entry, head.num) }
  }

  function takeRange(range: EntryRange, after?: Run): TakenRange {
    const held = headOf(range.origin)?.seq ?? 0
    if (range.fromSeq > held + 1) {
      return takeFurtherFork(range) ?? { kind: 'gap', expectedSeq: held + 1 }
    }
    const previous = hashBefore(range.origin, range.fromSeq)
    if (previous === null) return takeFurtherFork(range) ?? takeWithinRun(range, held)
    const chained = chainRange(previous, range)
    if (chained === null) {
      return takeFurtherFork(range) ?? takeAfter(range, after) ?? { kind: 'broken' }
    }
    const admitted = admit(previous, chained)
    if (admitted === null) return { kind: 'broken' }
    if (admitted.length === 0) return { kind: 'gap', expectedSeq: held + 1 }
    return takeChained(range, admitted, held)
  }

  /** What is held already was looked at when it came. */
  function admit(previous: Uint8Array, chained: readonly Entry[]): readonly Entry[] | null {
    const last = chained.at(-1)
    const isHeld =
      last !== undefined && last.seq <= (headOf(last.origin)?.seq ?? 0) && mayBeHeld(last)
    return isHeld ? chained : signedPart(previous, chained, check)
  }

  function takeChained(range: EntryRange, chained: readonly Entry[], held: number): TakenRange {
    const at = chained.findIndex((entry) => entry.seq > held || !mayBeHeld(entry))
    const repeated = at < 0 ? chained.length : at
    const rest = chained.slice(repeated)
    if (rest[0] === undefined || rest[0].seq > held) {
      const fresh = rest.map((entry) => {
        return { entry, id: write(entry, headForWriting(range.origin).num) }
      })
      return { kind: 'taken', fresh, repeated, forks: [], newFork: undefined }
    }
    // What comes before them and may be what has left goes along: others chain it to what they hold.
    const known = chained.slice(0, repeated).findLastIndex(({ seq }) => {
      return hashBefore(range.origin, seq + 1) !== null
    })
    const newFork = chained
      .slice(known + 1)
      .filter(branches.keep)
      .at(-1)
    return { kind: 'taken', fresh: [], repeated, forks: rest, newFork }
  }

  /**
   * What it would be chained to has left, so nobody here can say whether it is the same. It is old;
   * what reaches beyond the run has to chain to the run's end.
   */
  function takeWithinRun(range: EntryRange, held: number): TakenRange {
    const { origin, fromSeq, entries, lastHash } = range
    const endSeq = runs.at(origin, fromSeq - 1)?.toSeq ?? held
    const within = entries.slice(0, endSeq - fromSeq + 1).length
    if (within === entries.length) {
      return { kind: 'taken', fresh: [], repeated: within, forks: [], newFork: undefined }
    }
    const rest = { origin, fromSeq: endSeq + 1, entries: entries.slice(within), lastHash }
    const taken = takeRange(rest)
    if (taken.kind !== 'taken') return { kind: 'gap', expectedSeq: held + 1 }
    return { ...taken, repeated: within + taken.repeated }
  }

  /**
   * The clock of an origin only goes forward: an entry under a number of the run with a later clock
   * than the run's last is none of those that have left, but one of another branch (rule L6).
   */
  function takeRun(run: Run): TakenRun {
    const held = headOf(run.origin)?.seq ?? 0
    if (run.fromSeq > held + 1) return { kind: 'gap', expectedSeq: held + 1 }
    if (run.toSeq <= held) {
      return { kind: 'taken', isNew: false, rivals: rivalsBeside(run), wasLeftBehind: false }
    }
    const head = headForWriting(run.origin)
    const rivals =
      head.clock > run.lastClock
        ? tail(run.origin, run.fromSeq).filter((entry) => entry.clock > run.lastClock)
        : []
    const leftBehind = leftBehindBy(run, rivals.length > 0)
    const wasLeftBehind = leftBehind.filter(branches.keep).length > 0
    runs.add({ ...run, fromSeq: held + 1 })
    const clock = Math.max(head.clock, run.lastClock)
    staged.set(run.origin, { ...headAfter(head.num, run), clock })
    return { kind: 'taken', isNew: true, rivals, wasLeftBehind }
  }

  /** What is held in place of a run, and after it, where its last entry is another one here. */
  function rivalsBeside(run: Run): Entry[] {
    const end = hashBefore(run.origin, run.toSeq + 1)
    if (end === null || Buffer.compare(end, run.lastHash) === 0) return []
    return tail(run.origin, run.fromSeq).filter(
      ({ seq, clock }) => seq >= run.toSeq || clock > run.lastClock,
    )
  }

  /**
   * From the run on, our branch of the origin is the sender's. What is held and is not in it would
   * count as known to whoever holds the same end, so it is kept aside: all that the run goes over, if
   * it has rivals there, and all beside a branch that was kept aside and reaches up to the run.
   */
  function leftBehindBy(run: Run, hasRivals: boolean): Entry[] {
    const fromSeq = branches.beginOf(run.origin, run.fromSeq - 1)
    if (fromSeq !== null) return tail(run.origin, fromSeq)
    return hasRivals ? tail(run.origin, run.fromSeq) : []
  }

  function leftFor(theirs: Frontier, limit: number): LeftRange[] {
    const left = runs.newest(limit)
    return left.some((run) => run.toSeq > (theirs.get(run.origin) ?? 0)) ? left : []
  }

  function leave(entries: readonly Entry[]): void {
    for (const { origin, seq, hash, clock } of entries) {
      const head = headForWriting(origin)
      remove.run(head.num * SEQ_SPACE + seq)
      if (seq === head.seq) staged.set(origin, { ...head, content: null })
      runs.add({ origin, fromSeq: seq, toSeq: seq, lastHash: hash, lastClock: clock })
    }
  }

  /** What chains to nothing that is held may follow entries that were kept aside before. */
  function takeFurtherFork(range: EntryRange): TakenRange | null {
    const found = branches.follow(range)
    return found && takeForks(found.before, found.entries)
  }

  function takeForks(before: Uint8Array, chained: readonly Entry[]): TakenRange {
    const forks = signedPart(before, chained, check)
    if (forks === null) return { kind: 'broken' }
    const newFork = forks.filter(branches.keep).at(-1)
    return { kind: 'taken', fresh: [], repeated: 0, forks, newFork }
  }

  /** Whoever wrote it writes it again, though where it parted from ours has left the giver. */
  function takeAfter(range: EntryRange, after: Run | undefined): TakenRange | null {
    if (after?.origin !== range.origin || after.toSeq !== range.fromSeq - 1) return null
    const chained = chainRange(after.lastHash, range)
    return chained && takeForks(after.lastHash, chained)
  }

  function tail(origin: string, fromSeq: number): Entry[] {
    const head = headOf(origin)
    if (!head) return []
    const base = head.num * SEQ_SPACE
    return selectFrom.all(base + fromSeq, base + head.seq + 1).map(entryOf)
  }

  function soundTail(origin: string, fromSeq: number): Entry[] {
    let before = hashBefore(origin, fromSeq)
    return tail(origin, fromSeq).filter((entry) => {
      const fits =
        before === null ||
        Buffer.compare(chainHash(before, origin, entry.seq, entry), entry.hash) === 0
      before = entry.hash
      return fits
    })
  }

  /** Null: that entry has left, and was not the last of its run. */
  function hashBefore(origin: string, seq: number): Uint8Array | null {
    const head = headOf(origin)
    if (seq === 1 || !head) return CHAIN_START
    if (head.seq === seq - 1) return head.hash
    const before = selectOne.get(head.num * SEQ_SPACE + seq - 1)
    return before?.hash ?? runs.hashOfEnd(origin, seq - 1)
  }

  /** Of one that has left, only the run's end and its clock can tell otherwise. */
  function mayBeHeld({ origin, seq, hash, clock }: Entry): boolean {
    const held = hashBefore(origin, seq + 1)
    if (held !== null) return Buffer.compare(held, hash) === 0
    return clock <= (runs.at(origin, seq)?.lastClock ?? 0)
  }

  function readRange(origin: string, fromSeq: number, maxEntries: number, maxBytes: number) {
    const head = heads.get(origin)
    if (!head || fromSeq > head.seq || fromSeq < 1) return null
    const isSigned = signingKeyOf(origin) !== null
    if (fromSeq === head.seq && head.content !== null && !(isSigned && head.unsigned > 0)) {
      return { origin, fromSeq, entries: [head.content], lastHash: head.hash }
    }
    const base = head.num * SEQ_SPACE
    // No LIMIT: bound, it makes SQLite plan the query anew each time.
    // A signed log is given up to a signature, a few entries further where there is none before.
    const endSeq = Math.min(head.seq + 1, fromSeq + maxEntries + (isSigned ? MAX_UNSIGNED : 0))
    const entries: EntryContent[] = []
    let bytes = 0
    let count = 0
    let lastHash: Uint8Array = CHAIN_START
    for (const row of selectFrom.iterate(base + fromSeq, base + endSeq)) {
      if (row.seq !== fromSeq + entries.length) break
      bytes += row.body.length
      const isFull = entries.length >= maxEntries || (entries.length > 0 && bytes > maxBytes)
      if (isFull && count > 0) break
      entries.push(contentOf(row))
      if (isSigned && !isSignedBody(row.body)) continue
      count = entries.length
      lastHash = row.hash
    }
    return count === 0 ? null : { origin, fromSeq, entries: entries.slice(0, count), lastHash }
  }

  /**
   * A commit that failed may have reached the disk all the same: memory is read from there again, or
   * the next entry would get a number that is taken.
   */
  function settle(committed: boolean): Outcome {
    const found = committed ? staged : readHeads()
    if (!committed) branches.forget()
    const isUndone = !committed && [...found].every(([o, { seq }]) => heads.get(o)?.seq === seq)
    for (const [origin, head] of found) heads.set(origin, head)
    staged.clear()
    if (committed) return 'committed'
    return isUndone ? 'undone' : 'unclear'
  }

  return {
    frontier: () => new Map([...heads].map(([origin, head]) => [origin, head.seq])),
    append,
    unsignedIn: (origin) => (signingKeyOf(origin) === null ? 0 : (headOf(origin)?.unsigned ?? 0)),
    takeRange,
    takeRun,
    leave,
    readRange,
    runAt: runs.at,
    leftFor,
    headHashes: () => new Map([...heads].map(([origin, head]) => [origin, head.hash])),
    asideTips: branches.tips,
    compare: (theirs, limits) => branches.compare(theirs, limits),
    tail,
    soundTail,
    get: (id) => {
      const row = selectOne.get(id)
      return row ? entryOf(row) : null
    },
    highestClock: () => Math.max(0, ...[...heads.values()].map((head) => head.clock)),
    settle,
  }
}

/** How many before it are not signed is not looked up: the next one is signed then. */
const headOfRow = ({ seq, hash, clock, body }: EntryRow) => ({
  seq,
  hash,
  clock,
  unsigned: isSignedBody(body) ? 0 : MAX_UNSIGNED,
})

const emptyHead = (num: number): Head => ({
  num,
  seq: 0,
  hash: CHAIN_START,
  clock: 0,
  unsigned: 0,
  content: null,
})

const headAfter = (num: number, run: Run): Head => ({
  num,
  seq: run.toSeq,
  hash: run.lastHash,
  clock: run.lastClock,
  unsigned: 0,
  content: null,
})

export const entryOf = (row: EntryRow): Entry => ({
  ...contentOf(row),
  origin: row.origin,
  seq: row.seq,
  hash: row.hash,
})
