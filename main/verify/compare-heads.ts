import type { HeldHash } from '../../domain/log.ts'

/**
 * Whether a device's file says what others hold of the same logs. A chain vouches for all that comes
 * before its end, so one hash of each log is enough: who has changed an entry and computed everything
 * after it anew, signatures too, ends with another hash than those who took the log in before.
 */
export interface OwnHashes {
  /** The last number of a log that is held here; 0: none of it. */
  readonly headSeq: (origin: string) => number
  /** Null: that entry has left this device. */
  readonly hashAt: (origin: string, seq: number) => Uint8Array | null
  /** Whether this device wrote that log. */
  readonly isOwn: (origin: string) => boolean
}

export interface Comparison {
  /** Logs that both hold. */
  readonly logs: number
  /** In words; empty where nothing is wrong. */
  readonly faults: readonly string[]
  /** Logs of which an entry is another one there, with a number from which on it is. */
  readonly differing: readonly { readonly origin: string; readonly seq: number }[]
}

/** `who`: "the centre", or a device by its name. */
export function compareHeads(
  ours: OwnHashes,
  theirs: readonly HeldHash[],
  who: string,
): Comparison {
  const known = theirs.filter(({ origin }) => ours.headSeq(origin) > 0 || ours.isOwn(origin))
  const differing = known.filter(({ origin, seq, hash }) => differs(ours, origin, seq, hash))
  return {
    logs: known.length,
    differing,
    faults: [
      ...differing.map(({ origin, seq }) => differenceIn(origin, seq, who)),
      // Of others' logs it may lack what is on its way. Of its own it holds all, or has lost it.
      ...known
        .filter(({ origin, headSeq }) => ours.isOwn(origin) && headSeq > ours.headSeq(origin))
        .map(
          ({ origin, headSeq }) =>
            `origin ${origin}: this device wrote it and holds it up to entry ${ours.headSeq(origin)}, ${who} up to ${headSeq}: its end is missing here`,
        ),
    ],
  }
}

export const differenceIn = (origin: string, seq: number, who: string): string =>
  `origin ${origin}: what stands here up to entry ${seq} is not what ${who} holds`

/** What has left here cannot be compared. */
export function differs(ours: OwnHashes, origin: string, seq: number, hash: Uint8Array): boolean {
  const own = seq > ours.headSeq(origin) ? null : ours.hashAt(origin, seq)
  return own !== null && Buffer.compare(own, hash) !== 0
}
