import type { Store } from '../../db/sqlite/store.ts'
import type { Frontier } from '../../domain/log.ts'

/**
 * How long the entry has waited that has waited longest for the centre, in seconds; 0: nothing waits.
 * Null where the centre has not said what it holds.
 */
export function backlogAgeSeconds(
  store: Pick<Store, 'frontier' | 'readRange'>,
  centre: Frontier | null,
  nowMs: number,
): number | null {
  if (centre === null) return null
  const waitingSince = [...store.frontier()].flatMap(([origin, seq]) => {
    const next = (centre.get(origin) ?? 0) + 1
    if (next > seq) return []
    const at = store.readRange(origin, next, 1, 1)?.entries[0]?.at
    return at === undefined ? [] : [Date.parse(at)]
  })
  const sinceMs = Math.min(nowMs, ...waitingSince.filter((ms) => ms > 0))
  return (nowMs - sinceMs) / 1_000
}
