import type { Store } from '../../db/sqlite/store.ts'
import { messageOf, type Logger } from '../logger.ts'

/**
 * A key that was destroyed is overwritten in its page, and the pages as they were before still lie in
 * the write-ahead log. So the log is copied into the file and cut to nothing, at once; where somebody
 * reads just then, again until it is done.
 */
export interface WipeDeps {
  readonly store: Pick<Store, 'onCommit' | 'connection'>
  readonly logger: Pick<Logger, 'warn'>
}

const RETRY_MS = 500

export function wipeAfterErasure({ store, logger }: WipeDeps): () => void {
  const { raw } = store.connection
  let timer: NodeJS.Timeout | null = null

  function wipe(): void {
    timer = null
    try {
      const [result] = raw.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[]
      if (result?.busy === 0) return
    } catch (error) {
      logger.warn('the write-ahead log was not emptied', { reason: messageOf(error) })
    }
    plan(RETRY_MS)
  }

  function plan(ms: number): void {
    timer ??= setTimeout(wipe, ms).unref()
  }

  const unsubscribe = store.onCommit(({ entries }) => {
    if (entries.some(({ body }) => body.includes('"customer_erased"'))) plan(0)
  })
  // The process may have ended between an erasure and this.
  plan(0)
  return () => {
    unsubscribe()
    if (timer !== null) clearTimeout(timer)
  }
}
