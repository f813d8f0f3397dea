import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { toPgText } from '../../domain/nul-free-text.ts'
import { LOG_GREW } from './entries.ts'

/**
 * Tells who waits when a store's log has grown, also by another process of the centre: PostgreSQL
 * passes the word on. Where that connection is lost, everybody who waits is woken to look for
 * himself, until it is there again.
 */
export interface LogGrowth {
  /** Resolves when the log has grown since the call, or the wait is over, or nobody can tell. */
  readonly next: (storeId: string, over: AbortSignal) => Promise<void>
  readonly stop: () => Promise<void>
}

const RECONNECT_MS = 500
const LOOK_AGAIN_MS = 500
const CONNECT_TIMEOUT_MS = 5_000

export function watchLogGrowth(databaseUrl: string, onError: (error: Error) => void): LogGrowth {
  const waiting = new Map<string, Set<() => void>>()
  const stopping = new AbortController()
  let listening = false
  let current: pg.Client | null = null

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      const client = new pg.Client({
        connectionString: databaseUrl,
        application_name: 'auraconnect-log-growth',
        keepAlive: true,
        connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      })
      const ended = Promise.withResolvers<void>()
      client.on('error', onError)
      client.on('end', () => ended.resolve())
      client.on('notification', ({ payload }) => wake(payload ?? ''))
      current = client
      try {
        await client.connect()
        await client.query(`LISTEN ${LOG_GREW}`)
        // Only now can it be ended: a client that is asked to while it connects never says so.
        if (stopping.signal.aborted) break
        listening = true
        // What was committed before is not told any more.
        wakeAll()
        await ended.promise
      } catch (error) {
        onError(error instanceof Error ? error : new Error(String(error)))
      } finally {
        await client.end().catch(() => {})
      }
      listening = false
      wakeAll()
      await sleep(RECONNECT_MS, undefined, { signal: stopping.signal }).catch(() => {})
    }
  }

  function wake(storeId: string): void {
    for (const resume of waiting.get(storeId) ?? []) resume()
  }

  function wakeAll(): void {
    for (const storeId of [...waiting.keys()]) wake(storeId)
  }

  const running = run()
  return {
    next(storeId, over) {
      if (over.aborted) return Promise.resolve()
      const { promise, resolve } = Promise.withResolvers<void>()
      const key = toPgText(storeId)
      const inStore = waiting.get(key) ?? new Set()
      waiting.set(key, inStore)
      const timer = listening ? null : setTimeout(done, LOOK_AGAIN_MS)
      function done(): void {
        if (timer !== null) clearTimeout(timer)
        inStore.delete(done)
        if (inStore.size === 0 && waiting.get(key) === inStore) waiting.delete(key)
        over.removeEventListener('abort', done)
        resolve()
      }
      inStore.add(done)
      over.addEventListener('abort', done)
      return promise
    },
    async stop() {
      stopping.abort()
      if (listening) await current?.end().catch(() => {})
      await running
      wakeAll()
    },
  }
}
