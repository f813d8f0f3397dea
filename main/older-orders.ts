import type { Connection } from '../db/sqlite/connection.ts'
import { foldOrder, readEntry, type ReadOrderEvent } from '../db/fold-entries.ts'
import { createRunTable } from '../db/sqlite/run-table.ts'
import { clockToMs } from '../domain/clock.ts'
import { orderIdsOf } from '../domain/events.ts'
import { viewOrder, type OrderView } from '../domain/order-view.ts'
import type { FoundEntry, LookUp, LookUpAnswer } from '../protocol/look-up.ts'
import type { CentreClient } from '../sync/centre-client.ts'

/** Orders that have left this device, as the centre has them. */
export interface OlderOrders {
  /** Some orders created before this moment have left; ISO 8601 UTC. Null: all are here. */
  readonly leftUntil: () => string | null
  /** Null: the centre cannot be reached, or does not answer as it should. */
  readonly find: (wish: LookUp['wish']) => Promise<FoundOlder | null>
}

export interface FoundOlder {
  readonly orders: readonly OrderView[]
  /** Of these orders, and some of others that share them. */
  readonly entries: readonly FoundEntry[]
}

/** Null: the centre cannot be asked now. */
export type LookUpOlder = (
  wish: LookUp['wish'],
) => Promise<Awaited<ReturnType<CentreClient['lookUp']>> | null>

export function createOlderOrders(connection: Connection, lookUp: LookUpOlder): OlderOrders {
  const runs = createRunTable(connection)
  return {
    leftUntil() {
      const [newest] = runs.newest(1)
      // What left last was created no later than its last entry was written.
      return newest ? new Date(clockToMs(newest.lastClock) + 1).toISOString() : null
    },
    async find(wish) {
      const answer = await lookUp(wish)
      return answer?.ok ? foldFound(answer.value) : null
    },
  }
}

/** Folds what the centre gave as this device would if it held it. */
function foldFound({ orderIds, entries }: LookUpAnswer): FoundOlder {
  const events = new Map<string, ReadOrderEvent[]>()
  for (const entry of entries) {
    for (const orderEvent of readEntry(entry).orderEvents) {
      for (const orderId of orderIdsOf(orderEvent.event)) {
        const known = events.get(orderId)
        if (known) known.push(orderEvent)
        else events.set(orderId, [orderEvent])
      }
    }
  }
  const states = new Map([...events].map(([id, of]) => [id, foldOrder(id, of)]))
  const orders = orderIds.flatMap((orderId) => {
    const state = states.get(orderId)
    if (state === undefined) return []
    const lenders = Object.keys(state.lenders).toSorted()
    return (
      viewOrder(
        state,
        lenders.flatMap((id) => states.get(id) ?? []),
      ) ?? []
    )
  })
  return { orders, entries }
}
