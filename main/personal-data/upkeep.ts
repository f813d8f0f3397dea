import type { RecordEvent } from '../../domain/events.ts'
import { originsOf } from '../../domain/late-entries.ts'
import { isOnRoster } from '../../domain/roster.ts'
import type { Store } from '../../db/sqlite/store.ts'
import type { KeyRing } from './key-ring.ts'

/**
 * What a member owes the others, looked after at the start and after each change of the records:
 * its own public key in the roster, without which nothing can be wrapped for it, the logs that it
 * writes, by which its entries are known for its own, and the keys that it holds for members that
 * lack them, because they joined or were made elsewhere meanwhile. Two members that do the same
 * write the same records twice, which harms nobody.
 */
export interface UpkeepDeps {
  readonly store: Store
  readonly ring: Pick<KeyRing, 'missingWraps' | 'spoiltWraps'>
  readonly publicKey: string
  readonly nowMs: () => number
  readonly newId: () => string
}

export function keepUp({ store, ring, publicKey, nowMs, newId }: UpkeepDeps): () => void {
  let planned: NodeJS.Immediate | null = null
  let lastOrigin = store.ownOrigin()

  function look(): void {
    planned = null
    const records = [...ownRecord(), ...ring.missingWraps(), ...ring.spoiltWraps()]
    if (records.length === 0) return
    const at = new Date(nowMs()).toISOString()
    store.setRecords({ id: newId(), at, actor: `device:${store.deviceId}`, command: records })
  }

  function ownRecord(): RecordEvent[] {
    const catalog = store.catalog()
    const own = catalog.device.get(store.deviceId)
    if (own === undefined || !isOnRoster(catalog, store.deviceId)) return []
    const origin = store.ownOrigin()
    const isKnown = originsOf(own).includes(origin)
    if (own.publicKey === publicKey && isKnown) return []
    const laterOrigins = [...(own.laterOrigins ?? []), origin]
    const value = { ...own, publicKey, ...(!isKnown && { laterOrigins }) }
    return [{ type: 'record.set', kind: 'device', id: store.deviceId, value }]
  }

  /** Not inside the commit that is being told of: others have to hear of it first. */
  const plan = (): void => {
    planned ??= setImmediate(look)
  }
  const unsubscribe = store.onCommit(({ recordsChanged }) => {
    const origin = store.ownOrigin()
    if (recordsChanged || origin !== lastOrigin) plan()
    lastOrigin = origin
  })
  look()
  return () => {
    unsubscribe()
    if (planned !== null) clearImmediate(planned)
  }
}
