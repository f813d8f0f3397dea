import { hold } from './violation.ts'

/**
 * What an onlooker who sees every disk knows: each entry that was ever committed, what was
 * acknowledged to a user, and which order has which number.
 */
export interface Ledger {
  /** An entry was found on a disk. Two entries with one number are a fork, or a fault. */
  readonly found: (origin: string, seq: number, hash: string) => void
  readonly acknowledged: (entry: AcknowledgedEntry) => void
  /** From now on a fork of this origin is nobody's fault: its disk was copied or put back. */
  readonly suspect: (origin: string) => void
  readonly isSuspect: (origin: string) => boolean
  /** Origins with two entries of one number. */
  readonly forked: () => ReadonlySet<string>
  /** The disk at a place was replaced by one that holds less: others may have the rest, or nobody. */
  readonly orphan: (place: string, isHeld: (entry: AcknowledgedEntry) => boolean) => void
  /** What has to be there, given who is there and what each of them holds. */
  readonly owedTo: (members: readonly Holder[]) => readonly AcknowledgedEntry[]
  readonly numbered: (order: { businessDay: string; number: string; id: string }) => void
  /** Numbers with this code may be given out again: the disk that counts them was put back. */
  readonly suspectCode: (code: string) => void
}

export interface AcknowledgedEntry {
  readonly origin: string
  readonly seq: number
  readonly hash: string
  readonly commandId: string
  /** Where a user was told so. */
  readonly place: string
}

export interface Holder {
  readonly place: string
  readonly witness: {
    readonly holds: (origin: string, seq: number, hash: string) => boolean
  }
}

export function createLedger(): Ledger {
  const hashes = new Map<string, string>()
  const suspects = new Set<string>()
  const suspectCodes = new Set<string>()
  const forked = new Set<string>()
  const orderByNumber = new Map<string, string>()
  const acknowledged: AcknowledgedEntry[] = []
  const orphans = new Set<AcknowledgedEntry>()

  return {
    found(origin, seq, hash) {
      const key = `${origin}:${seq}`
      const known = hashes.get(key)
      if (known === undefined) hashes.set(key, hash)
      if (known === undefined || known === hash) return
      hold('L2', suspects.has(origin), () => `two entries of ${origin} have the number ${seq}`)
      forked.add(origin)
    },
    acknowledged: (entry) => acknowledged.push(entry),
    suspect: (origin) => suspects.add(origin),
    isSuspect: (origin) => suspects.has(origin),
    forked: () => forked,
    orphan(place, isHeld) {
      for (const entry of acknowledged) {
        if (entry.place === place && !isHeld(entry)) orphans.add(entry)
      }
    },
    owedTo(members) {
      const places = new Set(members.map((member) => member.place))
      return acknowledged.filter(
        (entry) =>
          (places.has(entry.place) && !orphans.has(entry)) ||
          members.some(({ witness }) => witness.holds(entry.origin, entry.seq, entry.hash)),
      )
    },
    numbered({ businessDay, number, id }) {
      if (suspectCodes.has(number.slice(0, number.indexOf('-')))) return
      const key = `${businessDay} ${number}`
      const other = orderByNumber.get(key) ?? id
      hold('N1', other === id, () => `the orders ${other} and ${id} are both ${number}`)
      orderByNumber.set(key, id)
    },
    suspectCode: (code) => suspectCodes.add(code),
  }
}
