import type { Frontier } from '../../domain/log.ts'
import type { Connection } from './connection.ts'
import { createEntryTable } from './entry-log.ts'
import { createLocalSettings } from './local-settings.ts'
import { writtenHere } from './own-origins.ts'
import { createRunTable } from './run-table.ts'

/** The hashes of the logs in a file, as it says them: for who compares them with what others hold. */
export interface HeldHashes {
  readonly frontier: Frontier
  readonly headSeq: (origin: string) => number
  /** Null: not held, or left without being the end of its run. */
  readonly hashAt: (origin: string, seq: number) => Uint8Array | null
  readonly isOwn: (origin: string) => boolean
}

export function createHeldHashes(connection: Connection): HeldHashes {
  const frontier = createEntryTable(connection).frontier()
  const own = new Set(writtenHere(createLocalSettings(connection)))
  const runs = createRunTable(connection)
  const select = connection.raw
    .prepare<[number, string], Uint8Array>(
      `SELECT entries.hash FROM origins JOIN entries
       ON entries.id = origins.num * (1 << 40) + ? WHERE origins.origin = ?`,
    )
    .pluck()
  return {
    frontier,
    headSeq: (origin) => frontier.get(origin) ?? 0,
    hashAt: (origin, seq) => select.get(seq, origin) ?? runs.hashOfEnd(origin, seq),
    isOwn: (origin) => own.has(origin),
  }
}
