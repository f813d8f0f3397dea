import type { Frontier } from '../domain/log.ts'
import { TICK_MS } from './limits.ts'

/**
 * Entries that other devices wrote are passed on only some time after they came: by then their
 * writer has most likely delivered them itself. What arrived between two ticks forms a wave, and a
 * wave is ripe as a whole.
 *
 *     fresh ──tick──▶ waves (each with its due time) ──due──▶ ripe
 */
export interface HeldBack {
  readonly fresh: Frontier
  readonly waves: readonly { readonly dueMs: number; readonly upTo: Frontier }[]
  /** Up to here, per origin, entries may be passed on. */
  readonly ripe: Frontier
}

export const NOTHING_HELD_BACK: HeldBack = { fresh: new Map(), waves: [], ripe: new Map() }

export const holdBack = (held: HeldBack, came: Frontier): HeldBack => ({
  ...held,
  fresh: raised(held.fresh, came),
})

/** Starts the wait of one origin over, up to `seq`. */
export function holdAgain(held: HeldBack, origin: string, seq: number): HeldBack {
  return {
    fresh: raised(held.fresh, new Map([[origin, seq]])),
    waves: held.waves.map((wave) => ({ ...wave, upTo: without(wave.upTo, origin) })),
    ripe: without(held.ripe, origin),
  }
}

/** Waves are a tick apart at least, so there are never more than `afterMs / TICK_MS + 1` of them. */
export function ripen(held: HeldBack, nowMs: number, afterMs: number): HeldBack {
  const due = held.waves.filter((wave) => wave.dueMs <= nowMs)
  const ripe = due.reduce((sum, wave) => raised(sum, wave.upTo), held.ripe)
  const waves = due.length === 0 ? held.waves : held.waves.filter((wave) => wave.dueMs > nowMs)
  const lastDueMs = waves.at(-1)?.dueMs ?? -Infinity
  if (held.fresh.size === 0 || lastDueMs > nowMs + afterMs - TICK_MS) {
    return { fresh: held.fresh, waves, ripe }
  }
  return {
    fresh: new Map(),
    waves: [...waves, { dueMs: nowMs + afterMs, upTo: held.fresh }],
    ripe,
  }
}

/** The higher of both, per origin. The same object if nothing grew. */
export function raised(frontier: Frontier, by: Frontier): Frontier {
  let result: Map<string, number> | null = null
  for (const [origin, seq] of by) {
    if (seq > (frontier.get(origin) ?? 0)) {
      result ??= new Map(frontier)
      result.set(origin, seq)
    }
  }
  return result ?? frontier
}

function without(frontier: Frontier, origin: string): Frontier {
  if (!frontier.has(origin)) return frontier
  const result = new Map(frontier)
  result.delete(origin)
  return result
}
