import type { EntryLog } from '../../domain/log.ts'
import type { Store } from '../../db/sqlite/store.ts'
import type { PeerFrame } from '../../protocol/peer.ts'
import type { Disk, StatementFault } from './disk.ts'

/**
 * A fault put into a run on purpose, by wrapping what surrounds the real machine and the real
 * store, to see that an oracle finds it. Faults inside of them: see planted-inside.ts.
 */
export interface Plant {
  readonly name: string
  /** By which rules' oracles it may be found. */
  readonly rules: readonly string[]
  readonly statement?: () => StatementFault
  /** The log as the session of one connection sees it. */
  readonly log?: (log: EntryLog, link: PlantedLink) => EntryLog
  /** The store as the device's users see it. */
  readonly store?: (store: Store) => Store
  /** What really goes over the wire; null: nothing. */
  readonly frame?: (frame: PeerFrame) => PeerFrame | null
  /** The id of a fresh origin. */
  readonly freshOrigin?: (ownOrigin: string, fresh: string) => string
  /** Whether a device still speaks with another; `real`: as the roster says. */
  readonly isMember?: (real: boolean) => boolean
  /** What a crash does to the disk. */
  readonly onCrash?: (disk: Disk, ownOrigin: string) => void
}

export interface PlantedLink {
  readonly at: string
  readonly to: () => string
  readonly later: (delayMs: number, run: () => void) => void
}
