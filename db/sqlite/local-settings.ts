import { assert } from '../../domain/result.ts'
import type { Connection } from './connection.ts'
import { prepare } from './statements.ts'

/** What a device is from the moment it is made. */
export type IdentityKey =
  | 'store_id'
  | 'device_id'
  | 'device_name'
  | 'device_role'
  | 'device_code'
  | 'origin'
  | 'upstream_token'

/** What belongs to this device alone and never leaves it. */
export type LocalKey =
  | IdentityKey
  | 'central_url'
  /** What this device shows at the centre, where the store is enrolled. */
  | 'central_credential'
  /** How far the log has been read at the centre. */
  | 'shape_position'
  | 'known_peers'
  /** The port that peers remember, for the next start. */
  | 'peer_port'
  /** The member that let this device in: trusted until the roster has arrived. */
  | 'admitted_by'
  | 'order_counts'
  /** How many orders have left this device. */
  | 'orders_left'
  | 'own_origins'
  /** What this till sold most, and the business day for which that was added up. */
  | 'popular_items'

export interface LocalSettings {
  readonly get: (key: LocalKey) => string | null
  readonly require: (key: LocalKey) => string
  readonly set: (key: LocalKey, value: string) => void
}

export function createLocalSettings(connection: Connection): LocalSettings {
  const { sql } = connection
  const select = prepare(connection, sql.selectFrom('local').select('value').where('key', '=', ''))
  const upsert = prepare(connection, sql.replaceInto('local').values({ key: '', value: '' }))
  const get = (key: LocalKey): string | null => select.get(key)?.value ?? null
  return {
    get,
    require: (key) => {
      const value = get(key)
      assert(value !== null, `this data folder has no ${key}: it is not a device of a store yet`)
      return value
    },
    set: (key, value) => void upsert.run(key, value),
  }
}
