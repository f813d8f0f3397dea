import type { Store } from '../../db/sqlite/store.ts'
import { messageOf, type Logger } from '../logger.ts'

/**
 * SQLite copies its write-ahead log into the file at a commit that finds it too long, and whoever
 * taps at that moment waits for it. So it is done before that, in a moment when nobody taps: a till
 * has many of them, and the log stays short for a start after a power cut.
 */
export interface CheckpointDeps {
  readonly store: Pick<Store, 'onCommit' | 'connection'>
  readonly logger: Pick<Logger, 'warn'>
}

/** Commits worth copying; fewer wait for more. */
const ENOUGH_COMMITS = 20
/** So long without a commit counts as a quiet moment; copying what twenty have written takes less. */
const QUIET_MS = 4

export function checkpointWhenIdle({ store, logger }: CheckpointDeps): () => void {
  const { raw } = store.connection
  let commits = 0
  let timer: NodeJS.Timeout | null = null

  function copy(): void {
    timer = null
    commits = 0
    try {
      // PASSIVE waits for nobody: what a reader still needs is copied the next time.
      raw.pragma('wal_checkpoint(PASSIVE)')
    } catch (error) {
      logger.warn('the write-ahead log was not copied', { reason: messageOf(error) })
    }
  }

  const unsubscribe = store.onCommit(() => {
    commits += 1
    if (timer !== null) timer.refresh()
    else if (commits >= ENOUGH_COMMITS) timer = setTimeout(copy, QUIET_MS).unref()
  })
  return () => {
    unsubscribe()
    if (timer !== null) clearTimeout(timer)
  }
}
