import type fc from 'fast-check'
import {
  commandOn,
  createReplica,
  newOrder,
  line,
  type Replica,
  type StampedEvent,
} from './orders.ts'

/**
 * A story: an order that begins on one device and goes on at several, which see each other now and
 * then. Gives every event that any of them wrote.
 */
export function playStory(
  g: fc.GeneratorValue,
  arbitraries: typeof fc,
  steps: number,
): { readonly replicas: readonly Replica[]; readonly events: readonly StampedEvent[] } {
  const startMs = Date.UTC(2026, 0, 1)
  const replicas = ['A', 'B', 'C'].map((origin) => {
    // One clock is an hour off, as clocks are.
    const skewMs = g(arbitraries.constantFrom, 0, 3_600_000, -3_600_000)
    return createReplica(origin, {}, startMs + skewMs)
  })
  const [first] = replicas as [Replica, ...Replica[]]
  first.run(newOrder([line('burger', 2, ['extra_cheese']), line('salad')]))
  for (const replica of replicas.slice(1)) replica.receive(first.events())
  for (let step = 0; step < steps; step += 1) {
    const replica = replicas[g(arbitraries.nat, { max: replicas.length - 1 })]!
    replica.run(g(commandOn, replica.view()))
    if (g(arbitraries.nat, { max: 3 }) === 0) {
      const other = replicas[g(arbitraries.nat, { max: replicas.length - 1 })]!
      other.receive(unseen(other, replica))
    }
  }
  const events = new Map<string, StampedEvent>()
  for (const replica of replicas) {
    for (const stamped of replica.events()) events.set(keyOf(stamped), stamped)
  }
  return { replicas, events: [...events.values()] }
}

const keyOf = ({ meta }: StampedEvent): string => `${meta.origin}/${meta.clock}/${meta.index}`

function unseen(receiver: Replica, sender: Replica): StampedEvent[] {
  const held = new Set(receiver.events().map(keyOf))
  return sender.events().filter((stamped) => !held.has(keyOf(stamped)))
}

/** JSON with sorted keys: two states are the same when this is. */
export const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
