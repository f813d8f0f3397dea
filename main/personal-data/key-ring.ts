import type { Catalog } from '../../domain/catalog.ts'
import { lackingKey, sealingKeys, wrapIdOf, type KeyHolder } from '../../domain/data-keys.ts'
import type { Stamped } from '../../domain/commands.ts'
import type { RecordEvent } from '../../domain/events.ts'
import { isOnRoster, isRevoked } from '../../domain/roster.ts'
import { assert } from '../../domain/result.ts'
import type { Store } from '../../db/sqlite/store.ts'
import { isGenuine, isProven, newDataKey, wrapFor, type MemberKeys } from './new-data-key.ts'
import { dataKeyOf, type DataKey } from './seal.ts'
import { unwrapKey } from './wrap.ts'

/** The data keys of the store, as far as this device can open them. */
export interface KeyRing {
  /** What is written now is sealed with this one. Where none counts any more, it is made. */
  readonly sealing: () => DataKey
  /** Null: this device does not have it. */
  readonly find: (keyId: string) => DataKey | null
  readonly all: () => readonly DataKey[]
  /** What gives a new member every key that is here. */
  readonly wrapsFor: (holder: KeyHolder) => readonly RecordEvent[]
  /** A new key for those who are left once a device is removed; written with the removal. */
  readonly replacing: (removedId: string) => readonly RecordEvent[]
  /** What members lack of the keys that are here. */
  readonly missingWraps: () => readonly RecordEvent[]
  /** Asks for the keys whose wrapping does not open here, spoilt as it is. */
  readonly spoiltWraps: () => readonly RecordEvent[]
}

export interface KeyRingDeps {
  readonly store: Pick<Store, 'deviceId' | 'catalog'> & {
    readonly setRecords: (stamped: Stamped<readonly RecordEvent[]>) => unknown
  }
  readonly keys: MemberKeys
  readonly nowMs: () => number
  readonly newId: () => string
}

export function createKeyRing({ store, keys, nowMs, newId }: KeyRingDeps): KeyRing {
  const self = store.deviceId
  const maker: MemberKeys = { ...keys, deviceId: self }
  const opened = new Map<string, DataKey>()
  let current: { readonly catalog: Catalog; readonly key: DataKey } | null = null

  function find(keyId: string): DataKey | null {
    const known = opened.get(keyId)
    if (known !== undefined) return known
    const wrapped = store.catalog().key_wrap.get(wrapIdOf(keyId, self))?.wrapped
    if (wrapped === undefined || wrapped === null) return null
    const secret = unwrapKey(wrapped, keys.privateKey, { keyId, deviceId: self })
    const key = secret && dataKeyOf(secret)
    // The id is a hash of the key: a wrapping that holds another one is not the key's.
    if (key === null || key.id !== keyId) return null
    opened.set(keyId, key)
    return key
  }

  const all = (): DataKey[] =>
    [...store.catalog().data_key.keys()].flatMap((keyId) => find(keyId) ?? [])

  function sealing(): DataKey {
    const catalog = store.catalog()
    if (current?.catalog !== catalog) current = { catalog, key: held(catalog) ?? makeOne() }
    return current.key
  }

  /** A removed device goes on with what it has: nobody takes it in, and it can read its own orders. */
  function held(catalog: Catalog): DataKey | null {
    const keyIds = isRevoked(catalog, self)
      ? [...catalog.data_key.keys()]
      : sealingKeys(catalog, self).filter(isMadeByItsMaker)
    return keyIds.map(find).find((key) => key !== null) ?? null
  }

  function makeOne(): DataKey {
    const { key, records } = newDataKey(store.catalog(), maker)
    const at = new Date(nowMs()).toISOString()
    store.setRecords({ id: newId(), at, actor: `device:${self}`, command: records })
    const made = find(key.id)
    assert(made, 'a key that was just wrapped for this device opens here')
    return made
  }

  function isMadeByItsMaker(keyId: string): boolean {
    const record = store.catalog().data_key.get(keyId)
    if (record === undefined) return false
    if (record.madeBy === self) return isGenuine(keyId, record, keys.publicKey)
    const publicKey = store.catalog().device.get(record.madeBy)?.publicKey
    if (publicKey === undefined || !isProven({ deviceId: record.madeBy, publicKey })) return false
    return isGenuine(keyId, record, publicKey)
  }

  return {
    sealing,
    find,
    all,
    wrapsFor: (holder) => all().map((key) => wrapFor(key, holder)),
    replacing: (removedId) => {
      // Whoever removes itself will be nobody whose keys count.
      if (removedId === self) return []
      const catalog = store.catalog()
      const revocation = new Map(catalog.revocation).set(removedId, { revokedBy: self })
      return newDataKey({ ...catalog, revocation }, maker).records
    },
    missingWraps: () => {
      const catalog = store.catalog()
      if (!isOnRoster(catalog, self)) return []
      return all()
        .filter(({ id }) => isMadeByItsMaker(id))
        .flatMap((key) =>
          lackingKey(catalog, key.id)
            .filter(isProven)
            .map((holder) => wrapFor(key, holder)),
        )
    },
    spoiltWraps: () => {
      const { data_key: dataKeys, key_wrap: wraps } = store.catalog()
      return [...dataKeys.keys()]
        .map((keyId) => ({ keyId, id: wrapIdOf(keyId, self) }))
        .filter(({ keyId, id }) => wraps.get(id)?.wrapped && find(keyId) === null)
        .map(({ id }) => ({ type: 'record.set', kind: 'key_wrap', id, value: { wrapped: null } }))
    },
  }
}
