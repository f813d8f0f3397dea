import type { EntryLog } from '../../domain/log.ts'
import type { Holding } from '../../sync/peers.ts'

export interface AloneDeps {
  readonly log: Pick<EntryLog, 'ownOrigin' | 'frontier'>
  readonly holdings: () => readonly Holding[]
  readonly nowMs: () => number
}

/**
 * Since when no other device that is there holds all that this one wrote; null while one does. A
 * device that is connected and takes nothing in leaves this one as alone as one that is gone.
 */
export function createAlone({ log, holdings, nowMs }: AloneDeps): () => number | null {
  let sinceMs: number | null = nowMs()
  return () => {
    const own = log.ownOrigin()
    const written = log.frontier().get(own) ?? 0
    const hasCompany = holdings().some(
      ({ connected, frontier }) => connected && (frontier.get(own) ?? 0) >= written,
    )
    sinceMs = hasCompany ? null : (sinceMs ?? nowMs())
    return sinceMs
  }
}
