import type {
  BranchTip,
  Comparison,
  Entry,
  EntryContent,
  EntryRange,
  Holdings,
} from '../../domain/log.ts'
import { chainHash, chainRange } from '../chain.ts'
import type { EntriesTable, QuarantineTable } from '../schema.ts'
import type { Connection } from './connection.ts'
import { prepare } from './statements.ts'

/**
 * Branches that were kept aside (rule L2): entries with a number that is taken, and what follows
 * them. They are never folded, but whoever wrote them has to get them, also by way of others.
 *
 *     held    1 ─ 2 ─ 3 ─ 4 ─ 5
 *                   └ aside 3' ─ 4'      a tip: 4'
 *                         └ aside 4''     another
 */
export interface Branches {
  /** Keeps an entry aside. False: it was there before. */
  readonly keep: (entry: Entry) => boolean
  /** The entries of a range that follows one that is kept aside; null where it follows none. */
  readonly follow: (range: EntryRange) => Entry[] | null
  readonly tips: () => readonly BranchTip[]
  readonly compare: (theirs: Holdings, limits: Limits) => Comparison
}

interface Limits {
  readonly maxEntries: number
  readonly maxBytes: number
}

/** From the first entry that is not held to the tip. */
type Branch = readonly QuarantineTable[]

/** Entries kept aside that are read: more than that, and a member floods the store with them. */
const MAX_ASIDE = 5_000

/** `heldHash`: of the entry that is held under a number; null where none is. */
export function createBranches(
  connection: Connection,
  heldHash: (origin: string, seq: number) => Uint8Array | null,
): Branches {
  const { sql } = connection
  const insert = prepare(
    connection,
    sql.insertInto('quarantine').orIgnore().values({
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
  const selectHashes = prepare(
    connection,
    sql.selectFrom('quarantine').select('hash').where('origin', '=', '').where('seq', '=', 0),
  )
  const selectAll = prepare(
    connection,
    sql.selectFrom('quarantine').selectAll().orderBy('origin').orderBy('seq').limit(0),
  )
  let known: readonly Branch[] | null = null

  function keep(entry: Entry): boolean {
    const { origin, seq, clock, commandId, at, actor, body, hash } = entry
    const { changes } = insert.run(origin, seq, clock, commandId, at, actor, body, hash)
    if (changes > 0) known = null
    return changes > 0
  }

  function follow(range: EntryRange): Entry[] | null {
    for (const { hash } of selectHashes.all(range.origin, range.fromSeq - 1)) {
      const entries = chainRange(hash, range)
      if (entries !== null) return entries
    }
    return null
  }

  function branches(): readonly Branch[] {
    known ??= growBranches(selectAll.all(MAX_ASIDE))
    return known
  }

  const tips = (): BranchTip[] => branches().map(tipOf)

  function compare(theirs: Holdings, limits: Limits): Comparison {
    const tipsByOrigin = Map.groupBy(theirs.tips, ({ origin }) => origin)
    const oursByOrigin = Map.groupBy(branches(), (branch) => tipOf(branch).origin)
    const disputed = [...tipsByOrigin].flatMap(([origin, tips]) => {
      const fromSeq = disputedFrom(origin, tips, oursByOrigin.get(origin) ?? [])
      return fromSeq === null ? [] : [{ origin, fromSeq }]
    })
    let { maxEntries, maxBytes } = limits
    let isWhole = true
    const aside: EntryRange[] = []
    for (const [origin, ours] of oursByOrigin) {
      const tips = tipsByOrigin.get(origin) ?? []
      const heldThere = theirs.frontier.get(origin) ?? 0
      const sharedSeq = sharedUpTo(tips)
      const has = new Set(tips.map(keyOf))
      for (const branch of ours) {
        const lacked = branch.slice(branch.findLastIndex((row) => has.has(keyOf(row))) + 1)
        const beginsAt = firstSeqOf(branch)
        const mayGo =
          lacked.length < branch.length || (beginsAt - 1 <= sharedSeq && beginsAt <= heldThere)
        const fitting = lacked.filter((row) => {
          if (!mayGo) return false
          maxEntries -= 1
          maxBytes -= row.body.length
          return maxEntries >= 0 && maxBytes >= 0
        })
        isWhole &&= fitting.length === lacked.length
        const [first, last] = [fitting[0], fitting.at(-1)]
        if (first === undefined || last === undefined) continue
        const entries = fitting.map(contentOf)
        aside.push({ origin, fromSeq: first.seq, entries, lastHash: last.hash })
        // Branches share their beginnings.
        for (const row of fitting) has.add(keyOf(row))
      }
    }
    return { disputed, aside, isWhole }
  }

  const isHeld = ({ origin, seq, hash }: BranchTip): boolean => {
    const held = seq < 1 ? null : heldHash(origin, seq)
    return held !== null && Buffer.compare(held, hash) === 0
  }

  /** Up to which number they are known to hold the same as we. */
  const sharedUpTo = (tips: readonly BranchTip[]): number =>
    Math.max(0, ...tips.filter(isHeld).map(({ seq }) => seq))

  /** From which number on they lack ours, if they hold anything that is not in it; else null. */
  function disputedFrom(
    origin: string,
    tips: readonly BranchTip[],
    aside: readonly Branch[],
  ): number | null {
    const asideKeys = new Set(aside.flat().map(keyOf))
    const others = tips.filter((tip) => tip.seq >= 1 && !isHeld(tip))
    const areKnown = others.map((tip) => asideKeys.has(keyOf(tip)))
    // What is under no number of ours may just as well follow it.
    const unknown = others.filter(
      (tip, index) => areKnown[index] !== true && heldHash(origin, tip.seq) !== null,
    )
    if (unknown.length === 0 && !areKnown.includes(true)) return null
    // Whatever they have of known branches, they have what comes before the first of them.
    const before = unknown.length > 0 ? 0 : Math.min(...aside.map(firstSeqOf)) - 1
    return Math.max(sharedUpTo(tips), before) + 1
  }

  return { keep, follow, tips, compare }
}

type ContentRow = Pick<EntriesTable, 'clock' | 'command_id' | 'at' | 'actor' | 'body'>

export const contentOf = (row: ContentRow): EntryContent => ({
  clock: row.clock,
  commandId: row.command_id,
  at: row.at,
  actor: row.actor,
  body: row.body,
})

const keyOf = ({ seq, hash }: { readonly seq: number; readonly hash: Uint8Array }): string =>
  `${seq} ${Buffer.from(hash).toString('base64')}`

const firstSeqOf = ([first]: Branch): number => first?.seq ?? 1

const tipOf = (branch: Branch): BranchTip => branch.at(-1) as QuarantineTable

/** Of rows by origin and number: one branch for each that nothing follows. */
function growBranches(rows: readonly QuarantineTable[]): Branch[] {
  const parents = new Map<QuarantineTable, QuarantineTable>()
  let candidates: QuarantineTable[] = []
  let previous: QuarantineTable[] = []
  for (const row of rows) {
    const [last] = candidates
    if (last?.origin !== row.origin || last.seq !== row.seq) {
      previous = last?.origin === row.origin && last.seq === row.seq - 1 ? candidates : []
      candidates = []
    }
    candidates.push(row)
    const parent = previous.find((before) => follows(row, before))
    if (parent !== undefined) parents.set(row, parent)
  }
  const followed = new Set(parents.values())
  return rows.filter((row) => !followed.has(row)).map((tip) => pathTo(tip, parents))
}

function pathTo(tip: QuarantineTable, parents: ReadonlyMap<QuarantineTable, QuarantineTable>) {
  const path: QuarantineTable[] = []
  for (let row: typeof tip | undefined = tip; row !== undefined; row = parents.get(row)) {
    path.push(row)
  }
  return path.reverse()
}

const follows = (row: QuarantineTable, before: QuarantineTable): boolean =>
  Buffer.compare(chainHash(before.hash, row.origin, row.seq, contentOf(row)), row.hash) === 0
