import { setImmediate as othersTurn } from 'node:timers/promises'
import { createLocalSettings } from '../../db/sqlite/local-settings.ts'
import { readOrigins } from '../../db/sqlite/own-origins.ts'
import { readItemCounts } from '../../db/sqlite/popular-items.ts'
import type { Store } from '../../db/sqlite/store.ts'
import { businessDayIn } from '../../domain/business-day.ts'
import { MAX_FAVOURITES } from '../../domain/menu-records.ts'
import { messageOf, type Logger } from '../logger.ts'

/**
 * What this till sold most in the four weeks before today, for the free places among its favourites.
 * It is added up once a business day, a day at a time, while nobody sells, and kept: so a place stays
 * where it is until the next day, whatever is sold or started anew meanwhile.
 */
export interface PopularItems {
  /** The most sold first; none until it was first added up. */
  readonly itemIds: () => readonly string[]
  readonly stop: () => void
}

export interface PopularItemsDeps {
  readonly store: Pick<Store, 'catalog' | 'connection' | 'onCommit'>
  readonly nowMs: () => number
  readonly onChange: () => void
  readonly logger: Pick<Logger, 'warn'>
  /** How often it is looked whether there is time for it, and what counts as nobody selling. */
  readonly lookEveryMs?: number
  readonly quietMs?: number
}

const DAYS = 28
const DAY_MS = 86_400_000
const LOOK_EVERY_MS = 10_000
const QUIET_MS = 20_000

interface Kept {
  readonly day: string
  readonly itemIds: readonly string[]
}

export function createPopularItems(deps: PopularItemsDeps): PopularItems {
  const { store, nowMs, logger, quietMs = QUIET_MS } = deps
  const local = createLocalSettings(store.connection)
  const text = local.get('popular_items')
  let kept: Kept | null = text === null ? null : (JSON.parse(text) as Kept)
  let lastCommitMs = -Infinity
  let isAdding = false
  let isStopped = false
  /** What is added up so far, should somebody begin to sell meanwhile. */
  let sums = { day: '', daysRead: 0, quantities: new Map<string, number>() }

  const isQuiet = (): boolean => nowMs() - lastCommitMs >= quietMs

  async function addUp(today: string): Promise<void> {
    if (sums.day !== today) sums = { day: today, daysRead: 0, quantities: new Map() }
    const { ownOrigins } = readOrigins(local)
    while (sums.daysRead < DAYS) {
      if (isStopped || !isQuiet()) return
      sums.daysRead += 1
      const day = new Date(Date.parse(today) - sums.daysRead * DAY_MS).toISOString().slice(0, 10)
      for (const { itemId, quantity } of readItemCounts(store.connection, day, ownOrigins)) {
        sums.quantities.set(itemId, (sums.quantities.get(itemId) ?? 0) + quantity)
      }
      await othersTurn()
    }
    if (isStopped) return
    const itemIds = [...sums.quantities]
      .toSorted(([a, soldA], [b, soldB]) => soldB - soldA || (a < b ? -1 : 1))
      .slice(0, MAX_FAVOURITES)
      .map(([itemId]) => itemId)
    kept = { day: today, itemIds }
    local.set('popular_items', JSON.stringify(kept))
    deps.onChange()
  }

  const timer = setInterval(() => {
    const today = businessDayIn(store.catalog(), nowMs())
    if (isAdding || kept?.day === today || !isQuiet()) return
    isAdding = true
    addUp(today)
      .catch((error: unknown) =>
        logger.warn('what is sold most was not added up', { reason: messageOf(error) }),
      )
      .finally(() => (isAdding = false))
  }, deps.lookEveryMs ?? LOOK_EVERY_MS)
  timer.unref()
  const unsubscribe = store.onCommit(() => (lastCommitMs = nowMs()))

  return {
    itemIds: () => kept?.itemIds ?? [],
    stop: () => {
      isStopped = true
      clearInterval(timer)
      unsubscribe()
    },
  }
}
