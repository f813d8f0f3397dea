import type { Frontier } from '../../domain/log.ts'
import type { Holding } from '../../sync/peers.ts'

export interface SavedChange {
  readonly onTwo: readonly string[]
  readonly onlyHere: readonly string[]
}

/**
 * Which orders a second device has. An order is durable here before any screen sees it; another
 * device has it when what that one says it holds reaches the order's last number in every origin.
 * What was said stays said: a device that goes away has its disk with it.
 */
export interface Saved {
  readonly onTwo: () => string[]
  /** After a commit: the orders that grew by it, with the last numbers that it brought. */
  readonly touch: (heads: ReadonlyMap<string, Frontier>) => SavedChange
  /** Looks what the others hold by now. Only orders that wait for it cost anything. */
  readonly check: () => SavedChange
  readonly forget: (orderIds: readonly string[]) => void
}

export interface SavedDeps {
  /** The orders that the screens show at first. */
  readonly orderIds: readonly string[]
  readonly readHeads: (orderIds: readonly string[]) => ReadonlyMap<string, Frontier>
  readonly holdings: () => readonly Holding[]
}

export function createSaved({ orderIds: shown, readHeads, holdings }: SavedDeps): Saved {
  const headsByOrder = new Map(readHeads(shown))
  const waiting = new Set(shown)
  const onTwo = new Set<string>()
  look(waiting)

  function look(orderIds: Iterable<string>): string[] {
    const frontiers = holdings().map(({ frontier }) => frontier)
    const found = [...orderIds].filter((orderId) => {
      const needed = headsByOrder.get(orderId) ?? new Map<string, number>()
      return frontiers.some((frontier) => reaches(frontier, needed))
    })
    for (const orderId of found) {
      waiting.delete(orderId)
      onTwo.add(orderId)
    }
    return found
  }

  function touch(grown: ReadonlyMap<string, Frontier>): SavedChange {
    const before = new Set(onTwo)
    const unknown = [...grown.keys()].filter((orderId) => !headsByOrder.has(orderId))
    for (const [orderId, whole] of readHeads(unknown)) headsByOrder.set(orderId, whole)
    for (const [orderId, brought] of grown) {
      headsByOrder.set(orderId, joined(headsByOrder.get(orderId), brought))
      onTwo.delete(orderId)
      waiting.add(orderId)
    }
    const found = new Set(look(grown.keys()))
    const orderIds = [...grown.keys()]
    return {
      onTwo: orderIds.filter((id) => found.has(id) && !before.has(id)),
      onlyHere: orderIds.filter((id) => !found.has(id) && before.has(id)),
    }
  }

  return {
    onTwo: () => [...onTwo],
    touch,
    check: () => ({ onTwo: waiting.size === 0 ? [] : look(waiting), onlyHere: [] }),
    forget: (orderIds) => {
      for (const orderId of orderIds) {
        headsByOrder.delete(orderId)
        waiting.delete(orderId)
        onTwo.delete(orderId)
      }
    },
  }
}

const reaches = (held: Frontier, needed: Frontier): boolean =>
  [...needed].every(([origin, seq]) => (held.get(origin) ?? 0) >= seq)

function joined(a: Frontier = new Map(), b: Frontier): Frontier {
  const both = new Map(a)
  for (const [origin, seq] of b) both.set(origin, Math.max(both.get(origin) ?? 0, seq))
  return both
}
