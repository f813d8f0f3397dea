import type {
  BranchTip,
  Comparison,
  Entry,
  EntryContent,
  EntryRange,
  Holdings,
} from '../../domain/log.ts'
import { isSignedBody, signingKeyOf } from '../../domain/signed-log.ts'
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
  /** The entries of a range that follows one that is kept aside, with its hash; null: it follows none. */
  readonly follow: (
    range: EntryRange,
  ) => { readonly before: Uint8Array; readonly entries: Entry[] } | null
  /** Where the branches begin that hold this number: the lowest; null where there is none. */
  readonly beginOf: (origin: string, seq: number) => number | null
  readonly tips: () => readonly BranchTip[]
  readonly compare: (theirs: Holdings, limits: Limits) => Comparison
  /** What was kept in this transaction has been undone. */
  readonly forget: () => void
}

interface Limits {
  readonly maxEntries: number
  readonly maxBytes: number
}

/** From the first entry that is not held to the tip. */
type Branch = readonly QuarantineTable[]

/** Entries kept aside that are read: more than that, and a member floods the store with them. */
const MAX_ASIDE = 5_000

/** `heldHash`: of the entry that is held under a number; null where none is, or it has left. */
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

  function follow(range: EntryRange) {
    for (const { hash } of selectHashes.all(range.origin, range.fromSeq - 1)) {
      const entries = chainRange(hash, range)
      if (entries !== null) return { before: hash, entries }
    }
    return null
  }

  function branches(): readonly Branch[] {
    known ??= growBranches(selectAll.all(MAX_ASIDE))
    return known
  }

  const tips = (): BranchTip[] => branches().map(tipOf)

  function beginOf(origin: string, seq: number): number | null {
    const there = branches().filter(
      (branch) => tipOf(branch).origin === origin && branch.some((row) => row.seq === seq),
    )
    return there.length === 0 ? null : Math.min(...there.map(firstSeqOf))
  }

  function compare(theirs: Holdings, limits: Limits): Comparison {
    const tipsByOrigin = Map.groupBy([...theirs.heads, ...theirs.tips], ({ origin }) => origin)
    const asideByOrigin = Map.groupBy(branches(), (branch) => tipOf(branch).origin)
    const headByOrigin = new Map(theirs.heads.map((head) => [head.origin, head]))
    const disputed: Comparison['disputed'][number][] = []
    const pieces: Branch[] = []
    let isWhole = true
    for (const origin of new Set([...tipsByOrigin.keys(), ...asideByOrigin.keys()])) {
      const tips = tipsByOrigin.get(origin) ?? []
      const aside = asideByOrigin.get(origin) ?? []
      const placeOf = placesIn(origin, aside)
      const sharedSeq = Math.max(0, ...tips.filter((t) => placeOf(t) === 'held').map((t) => t.seq))
      const fromSeq = lackOurs(tips.map(placeOf), aside, sharedSeq)
      if (fromSeq !== null) disputed.push({ origin, fromSeq })
      const head = headByOrigin.get(origin)
      const hasOther = head !== undefined && isElsewhere(placeOf(head))
      const firstTo = hasOther ? Infinity : (theirs.frontier.get(origin) ?? 0)
      const has = new Set(tips.map(keyOf))
      for (const branch of aside) {
        const lacked = branch.slice(branch.findLastIndex((row) => has.has(keyOf(row))) + 1)
        const beginsAt = firstSeqOf(branch)
        const isBegun = lacked.length < branch.length
        if (!isBegun && !isRooted(branch)) continue
        if (isBegun || (beginsAt - 1 <= sharedSeq && beginsAt <= firstTo)) pieces.push(lacked)
        else isWhole = false
        // Branches share their beginnings.
        for (const row of lacked) has.add(keyOf(row))
      }
    }
    const { ranges, isAll } = withinLimits(pieces, limits)
    return { disputed, aside: ranges, isWhole: isWhole && isAll }
  }

  type Place = 'held' | 'aside' | 'rival' | 'beyond'

  /**
   * Where an entry of theirs stands here. What is beyond our last may just as well follow it, and
   * what stands where something has left may be just that (rule L7).
   */
  function placesIn(origin: string, aside: readonly Branch[]): (tip: BranchTip) => Place {
    const asideKeys = new Set(aside.flat().map(keyOf))
    return (tip) => {
      const held = tip.seq < 1 ? null : heldHash(origin, tip.seq)
      if (held !== null && Buffer.compare(held, tip.hash) === 0) return 'held'
      if (asideKeys.has(keyOf(tip))) return 'aside'
      return held === null ? 'beyond' : 'rival'
    }
  }

  const isElsewhere = (place: Place): boolean => place === 'aside' || place === 'rival'

  /** From which number on they lack ours, if they hold anything that is not in it; else null. */
  function lackOurs(places: readonly Place[], aside: readonly Branch[], sharedSeq: number) {
    if (!places.some(isElsewhere)) return null
    // Whatever they have of known branches, they have what comes before the first of them.
    const isKnown = !places.includes('rival') && aside.every(isRooted)
    const before = isKnown ? Math.min(...aside.map(firstSeqOf)) - 1 : 0
    return Math.max(sharedSeq, before) + 1
  }

  /** False: it parted from ours inside of what had left its giver, and chains to nothing here. */
  function isRooted([first]: Branch): boolean {
    const before = first && heldHash(first.origin, first.seq - 1)
    return !before || follows(first, { hash: before })
  }

  return { keep, follow, beginOf, tips, compare, forget: () => (known = null) }
}

function withinLimits(pieces: readonly Branch[], { maxEntries, maxBytes }: Limits) {
  const ranges: EntryRange[] = []
  let entriesLeft = maxEntries
  let bytesLeft = maxBytes
  let isAll = true
  for (const piece of pieces) {
    const within = piece.filter((row) => {
      entriesLeft -= 1
      bytesLeft -= row.body.length
      return entriesLeft >= 0 && bytesLeft >= 0
    })
    const fitting = upToSignature(within)
    isAll &&= fitting.length === piece.length
    const [first, last] = [fitting[0], fitting.at(-1)]
    if (first === undefined || last === undefined) continue
    const { origin, seq: fromSeq } = first
    ranges.push({ origin, fromSeq, entries: fitting.map(contentOf), lastHash: last.hash })
  }
  return { ranges, isAll }
}

/** Of a signed log nothing is given that no signature covers. */
const upToSignature = (rows: Branch): Branch =>
  rows[0] === undefined || signingKeyOf(rows[0].origin) === null
    ? rows
    : rows.slice(0, rows.findLastIndex(({ body }) => isSignedBody(body)) + 1)

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

const follows = (row: QuarantineTable, before: Pick<QuarantineTable, 'hash'>): boolean =>
  Buffer.compare(chainHash(before.hash, row.origin, row.seq, contentOf(row)), row.hash) === 0
