/**
 * The log's vocabulary. An entry holds the events of one command: numbered, hashed, stored, sent and
 * applied as a whole. It is known by its origin and its gap-free number there.
 */

/** What an origin wrote down. Text fields hold no line break: it parts them in the hash. */
export interface EntryContent {
  readonly clock: number
  readonly commandId: string
  /** Wall-clock time where it was made, ISO 8601 UTC. For people. */
  readonly at: string
  /** Who: `staff:ID`, `token:LABEL` or `device:ID`. */
  readonly actor: string
  /** JSON array of events, byte for byte as its origin wrote it. */
  readonly body: string
}

export interface Entry extends EntryContent {
  readonly origin: string
  /** Gap-free from 1 in its origin (rule L2). */
  readonly seq: number
  /** SHA-256 over the hash of the entry before it and all of the above (rule L3). */
  readonly hash: Uint8Array
}

/** Where an entry stands among all of a store, by time. */
export type EntryPosition = Pick<Entry, 'clock' | 'origin' | 'seq'>

/**
 * Consecutive entries of one origin, as they travel. Only the last hash goes along: the receiver
 * computes the others from the entry it holds before `fromSeq`, and a wrong one anywhere shows at
 * the end.
 */
export interface EntryRange {
  readonly origin: string
  readonly fromSeq: number
  readonly entries: readonly EntryContent[]
  readonly lastHash: Uint8Array
}

/**
 * Consecutive entries of one origin that have left a device: the centre holds them, and the orders
 * that they tell of were closed long ago. What follows chains to `lastHash`.
 */
export interface Run {
  readonly origin: string
  readonly fromSeq: number
  readonly toSeq: number
  readonly lastHash: Uint8Array
  /** The clock of the last one, which is the latest of them. */
  readonly lastClock: number
}

/** As one device tells another what has left it. */
export type LeftRange = Omit<Run, 'lastHash'>

/** What a device can give of a log: entries, or where they have left it, that they have. */
export type LogPart = EntryRange | Run

export const isRun = (part: LogPart): part is Run => 'toSeq' in part

export const isRange = (part: LogPart): part is EntryRange => !isRun(part)

export const lastSeqOf = (part: LogPart): number =>
  isRun(part) ? part.toSeq : part.fromSeq + part.entries.length - 1

/** Origin → the highest number that is held, or has left, without a gap. An absent origin is 0. */
export type Frontier = ReadonlyMap<string, number>

export interface MissingRange {
  readonly origin: string
  readonly fromSeq: number
  readonly toSeq: number
}

/** What a holder of `ours` can give to a holder of `theirs`. */
export function missingRanges(ours: Frontier, theirs: Frontier): MissingRange[] {
  const missing: MissingRange[] = []
  for (const [origin, toSeq] of ours) {
    const held = theirs.get(origin) ?? 0
    if (held < toSeq) missing.push({ origin, fromSeq: held + 1, toSeq })
  }
  return missing
}

/** How many entries a holder of `ours` has that a holder of `theirs` lacks. */
export const countMissing = (ours: Frontier, theirs: Frontier): number =>
  missingRanges(ours, theirs).reduce((sum, range) => sum + range.toSeq - range.fromSeq + 1, 0)

/** What became of received ranges. Nothing in it is an error of the store itself. */
export interface IngestReport {
  /** Entries that are new here and are now durable. */
  readonly accepted: number
  /** Entries that were here already, byte for byte. */
  readonly repeated: number
  /** Ranges that start beyond what is held: to be asked for again from the frontier. */
  readonly gaps: readonly { readonly origin: string; readonly expectedSeq: number }[]
  /** Two entries claim one number: kept aside, never folded (rule L2). */
  readonly forks: readonly { readonly origin: string; readonly seq: number }[]
  /** Ranges whose hashes do not chain: not taken (rule L3). */
  readonly broken: readonly { readonly origin: string; readonly fromSeq: number }[]
}

/** The last entry of a branch: where two claim one number, the number alone does not tell which. */
export interface BranchTip {
  readonly origin: string
  readonly seq: number
  readonly hash: Uint8Array
}

/** What is known of another holder. */
export interface Holdings {
  readonly frontier: Frontier
  /** The last that is known of its own branch of each origin. */
  readonly heads: readonly BranchTip[]
  /** What else it is known to hold or to keep aside, and so all that comes before. */
  readonly tips: readonly BranchTip[]
}

/** What another holder lacks where an origin has more than one branch (rule L2). */
export interface Comparison {
  /**
   * Origins of which it holds what is not in our branch. Ours it lacks from `fromSeq` on, which is
   * beyond our last number where it lacks nothing.
   */
  readonly disputed: readonly { readonly origin: string; readonly fromSeq: number }[]
  /**
   * Of branches that we kept aside, what it lacks, within the limits that were asked for: where it
   * is known to hold what comes before, and to have gone on with another entry. It would take the
   * first to come for the right one.
   */
  readonly aside: readonly EntryRange[]
  /** False: something was left out for now. */
  readonly isWhole: boolean
}

export interface LogReport extends IngestReport {
  /** The last entry of each piece that came, was kept aside and had not been before. */
  readonly newTips: readonly BranchTip[]
}

/** What somebody holds under a number of a log, for who compares. */
export interface HeldHash {
  readonly origin: string
  /** The number whose hash this is. */
  readonly seq: number
  readonly hash: Uint8Array
  /** The last number that is held of this log. */
  readonly headSeq: number
}

/** A holder of the log, as the carriers see it. Implemented on SQLite; synchronous on purpose. */
export interface EntryLog {
  readonly storeId: string
  /** The origin which this device writes; never another's. */
  readonly ownOrigin: () => string
  readonly frontier: () => Frontier
  /**
   * Up to `maxEntries` entries from `fromSeq` on, cut when bodies pass `maxBytes` (at least one) and
   * before a run. Null where the number is not held.
   */
  readonly readRange: (
    origin: string,
    fromSeq: number,
    maxEntries: number,
    maxBytes: number,
  ) => EntryRange | null
  /** The run that a number has left in; null where it has not. */
  readonly runAt: (origin: string, seq: number) => Run | null
  /**
   * All that has left, where a holder of `theirs` lacks some of it and will get runs: it may hold
   * the beginning of an order and never see the end. The newest, where there are more than `limit`.
   */
  readonly leftFor: (theirs: Frontier, limit: number) => LeftRange[]
  /** Remembers, durably, what has left elsewhere: open orders of it are no longer open. */
  readonly noteLeft: (left: readonly LeftRange[]) => void
  /** The hash of the last entry of each origin: with it, two holders see whether they agree. */
  readonly headHashes: () => ReadonlyMap<string, Uint8Array>
  /** The last entry of each branch that was kept aside (rule L2). */
  readonly asideTips: () => readonly BranchTip[]
  /** What somebody lacks who holds that. */
  readonly compare: (
    theirs: Holdings,
    limits: { readonly maxEntries: number; readonly maxBytes: number },
  ) => Comparison
  /** Takes what others give in one durable transaction. Throws only when storage fails. */
  readonly ingest: (parts: readonly LogPart[]) => LogReport
  /**
   * Told after each commit, local or ingested, with the origins that grew, and whether more of a
   * branch was kept aside. Returns the end of it.
   */
  readonly onAdvance: (
    listener: (origins: readonly string[], keptAside: boolean) => void,
  ) => () => void
}
