import type { LeavingTurn } from '../../db/sqlite/leaving.ts'
import type { Store } from '../../db/sqlite/store.ts'
import { nextClock, type Clock } from '../../domain/clock.ts'
import type { Frontier } from '../../domain/log.ts'
import type { OrderPosition } from '../../domain/order-filter.ts'
import type { Holding } from '../../sync/peers.ts'
import type { Config } from '../config.ts'
import { carryStock } from '../inventory/carry-stock.ts'
import { messageOf, type Logger } from '../logger.ts'

/** Lets old closed orders go in the background, a few at a time, for as long as the process runs. */
export interface LeavingDeps {
  readonly store: Pick<Store, 'letGo' | 'deviceId' | 'stock' | 'writeJournal'>
  readonly keepClosedDays: Config['orders']['keep_closed_days']
  /** What the centre says to hold; null while it does not say. */
  readonly centre: () => Frontier | null
  readonly holdings: () => readonly Holding[]
  readonly nowMs: () => number
  readonly newId: () => string
  readonly logger: Logger
}

/** One transaction of some milliseconds, and then everybody else's turn. */
const ORDERS_AT_ONCE = 10
const NEXT_TURN_MS = 100
/** After all were looked at: the next look, later each time that nothing could go. */
const LOOK_AGAIN_MIN_MS = 2_000
const LOOK_AGAIN_MAX_MS = 30_000
const DAY_MS = 86_400_000
const CARRY_STOCK_EVERY_MS = 3_600_000
/** Orders younger than this do not leave because another device says that they have left it. */
const ENDED_AFTER_DAYS = 1

export function startLeaving(deps: LeavingDeps): { readonly stop: () => void } {
  let after: OrderPosition | null = null
  let hasLeft = false
  let pauseMs = LOOK_AGAIN_MIN_MS
  let carriedMs = -Infinity
  let timer = setTimeout(turn, pauseMs)

  function turn(): void {
    const { orderIds, next } = lookAtSome()
    after = next
    hasLeft ||= orderIds.length > 0
    if (next !== null) {
      timer = setTimeout(turn, NEXT_TURN_MS)
      return
    }
    pauseMs = hasLeft ? LOOK_AGAIN_MIN_MS : Math.min(LOOK_AGAIN_MAX_MS, pauseMs * 2)
    hasLeft = false
    timer = setTimeout(turn, pauseMs)
  }

  /** A disk that fails fails here as well: the next look is soon enough. */
  function lookAtSome(): LeavingTurn {
    try {
      const rule = leavingRule(deps)
      if (after === null) carry(rule.before)
      return deps.store.letGo({ ...rule, maxOrders: ORDERS_AT_ONCE }, after)
    } catch (error) {
      deps.logger.error('old orders could not leave', { error: messageOf(error) })
      return { orderIds: [], next: null }
    }
  }

  function carry(before: Clock): void {
    const now = deps.nowMs()
    if (before === 0 || now - carriedMs < CARRY_STOCK_EVERY_MS) return
    carriedMs = now
    const at = new Date(now).toISOString()
    carryStock(deps.store, before, {
      id: deps.newId(),
      at,
      actor: `device:${deps.store.deviceId}`,
    })
  }

  return { stop: () => clearTimeout(timer) }
}

/**
 * An order may leave once the centre holds all of it and another device of the store does. A device
 * that is connected and lacks some of it gets it first, as entries.
 */
export function leavingRule(
  deps: Pick<LeavingDeps, 'keepClosedDays' | 'centre' | 'holdings' | 'nowMs'>,
): Omit<Parameters<Store['letGo']>[0], 'maxOrders'> {
  const { keepClosedDays } = deps
  const centre = deps.centre()
  const others = deps.holdings()
  const daysAgo = (days: number): Clock => nextClock(0, deps.nowMs() - days * DAY_MS)
  const keptFrom = keepClosedDays === 'never' || centre === null ? 0 : daysAgo(keepClosedDays)
  return {
    before: keptFrom,
    endedBefore: daysAgo(
      keepClosedDays === 'never' ? ENDED_AFTER_DAYS : Math.min(ENDED_AFTER_DAYS, keepClosedDays),
    ),
    isSafe: (heads) =>
      reaches(centre ?? new Map(), heads) &&
      others.some(({ frontier }) => reaches(frontier, heads)) &&
      others.every(({ connected, frontier }) => !connected || reaches(frontier, heads)),
    mayBeUpstream: (origin, seq) => centre === null || (centre.get(origin) ?? 0) >= seq,
  }
}

const reaches = (held: Frontier, needed: Frontier): boolean =>
  [...needed].every(([origin, seq]) => (held.get(origin) ?? 0) >= seq)
