import type { Store } from '../../db/sqlite/store.ts'
import type { Frontier } from '../../domain/log.ts'
import { isOnRoster } from '../../domain/roster.ts'
import type { Holding } from '../../sync/peers.ts'

/** Whether a member has taken the erasure in, and with it destroyed the keys. */
export interface ErasureReach {
  readonly deviceId: string
  readonly name: string
  /** Null: it has not been heard since this device started. */
  readonly erased: boolean | null
}

export interface ReachDeps {
  readonly store: Pick<Store, 'connection' | 'journal' | 'catalog' | 'deviceId'>
  readonly holdings: () => readonly Holding[]
  /** What the centre says to hold; null while it cannot be asked. */
  readonly centre: () => Frontier | null
}

/** Who has obeyed, of all who belong to the store: whoever holds the entry did so in taking it. */
export function createErasureReach({
  store,
  holdings,
  centre,
}: ReachDeps): (customerId: string) => ErasureReach[] {
  const selectEntry = store.connection.raw.prepare<[string], { origin: string; seq: number }>(
    `SELECT origin, seq FROM entries WHERE command_id =
      (SELECT command_id FROM journal WHERE kind = 'customer_erased' AND id = ?)`,
  )
  return (customerId) => {
    const entry = selectEntry.get(customerId)
    if (entry === undefined) return []
    const holds = (frontier: Frontier | null): boolean | null =>
      frontier && (frontier.get(entry.origin) ?? 0) >= entry.seq
    const frontiers = new Map(holdings().map((one) => [one.deviceId, one.frontier]))
    const catalog = store.catalog()
    return [...catalog.device]
      .filter(([deviceId]) => isOnRoster(catalog, deviceId))
      .map(([deviceId, { name, role }]) => ({
        deviceId,
        name,
        erased:
          deviceId === store.deviceId ||
          holds(role === 'central' ? centre() : (frontiers.get(deviceId) ?? null)),
      }))
  }
}
