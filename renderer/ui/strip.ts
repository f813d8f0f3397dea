import type { DeviceStatus } from '../../protocol/screens.ts'
import { say } from '../words/say.ts'
import { formatAge } from './format.ts'
import type { ConnectionText } from './neighbours.ts'

/** What the strip says beside who is connected. Pure. */

/** Orders do not mind (rule T2), people reading their times do. */
export const DRIFT_WORTH_SAYING_MS = 30_000

/** Where the open orders are kept: what is on one device alone is lost with it. */
export function describeSaved(
  status: DeviceStatus,
  orderIds: Iterable<string>,
  savedOnTwo: ReadonlySet<string>,
): ConnectionText {
  if (status.peers.length === 0) return { health: 'off', text: say('status.savedHere') }
  const count = [...orderIds].filter((id) => !savedOnTwo.has(id)).length
  return count === 0
    ? { health: 'good', text: say('status.onTwo') }
    : { health: 'stale', text: say('status.hereOnly', { count }) }
}

/** Clocks that are so wrong that times on screens mislead. */
export function describeDrift({ peers }: DeviceStatus): ConnectionText[] {
  return peers.flatMap(({ name, driftMs }): ConnectionText[] => {
    if (driftMs === null || Math.abs(driftMs) < DRIFT_WORTH_SAYING_MS) return []
    const age = formatAge(Math.abs(driftMs))
    const text = say(driftMs > 0 ? 'status.ahead' : 'status.behind', { name, age })
    return [{ health: 'stale', text }]
  })
}

/** What waits for a manager: disagreements, and what removed devices wrote late. */
export function describeToSettle({ conflicts, lateEntries }: DeviceStatus): ConnectionText[] {
  const n = conflicts + lateEntries.length
  return n === 0 ? [] : [{ health: 'stale', text: say('status.toSettle', { n }) }]
}

const WORST_FIRST: Readonly<Record<ConnectionText['health'], number>> = {
  bad: 0,
  stale: 1,
  off: 2,
  good: 3,
}

/** Where there is little room the strip grows a line; what is wrong stands first in any case. */
export const worstFirst = (items: readonly ConnectionText[]): ConnectionText[] =>
  items.toSorted((a, b) => WORST_FIRST[a.health] - WORST_FIRST[b.health])
