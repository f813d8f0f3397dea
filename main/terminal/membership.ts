import type { LocalSettings } from '../../db/sqlite/local-settings.ts'
import type { Store } from '../../db/sqlite/store.ts'
import type { Catalog } from '../../domain/catalog.ts'
import { isOnRoster, isRevoked } from '../../domain/roster.ts'
import type { Membership } from '../../sync/membership.ts'

/**
 * The roster as the peers ask for it. A device that has just joined holds none yet: until the entry
 * that names the member which let it in has arrived, it trusts that one, whose key it has seen prove
 * the code.
 */
export function createMembership(store: Store, local: LocalSettings): Membership {
  const admittedBy = local.get('admitted_by')
  const listeners = new Set<() => void>()
  let before = rosterOf(store.catalog())

  store.onCommit(({ recordsChanged }) => {
    if (!recordsChanged) return
    const now = rosterOf(store.catalog())
    if (now === before) return
    before = now
    for (const listener of listeners) listener()
  })

  return {
    isMember(deviceId) {
      const catalog = store.catalog()
      if (catalog.device.has(deviceId)) return isOnRoster(catalog, deviceId)
      return deviceId === admittedBy && !isRevoked(catalog, deviceId)
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

const rosterOf = ({ device, revocation }: Catalog): string =>
  JSON.stringify([[...device.keys()], [...revocation.keys()]])
