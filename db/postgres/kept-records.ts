import type { RecordVersion } from '../../domain/record-versions.ts'
import { readRecordVersions } from './catalog.ts'
import type { Sql } from './rows.ts'

/** A store's reference data, read again only when it is another than it was. */
export interface KeptRecords {
  /** In the caller's transaction, which sees what it would see without this. Id as it is stored. */
  readonly read: (trx: Sql, storeId: string) => Promise<readonly RecordVersion[]>
}

/** Some hundred kilobytes a store, of those that were asked last. */
const MAX_STORES = 200

/**
 * The name that PostgreSQL gives to what the records are (see 0012-records-version.ts) is asked for in
 * each transaction, so nothing that is kept can be older than what the transaction sees, whichever
 * process changed it (decision 0071).
 */
export function createKeptRecords(maxStores = MAX_STORES): KeptRecords {
  const byStore = new Map<string, { version: string; versions: readonly RecordVersion[] }>()

  return {
    read: async (trx, storeId) => {
      const row = await trx
        .selectFrom('stores')
        .select('records_version')
        .where('store_id', '=', storeId)
        .executeTakeFirst()
      const kept = byStore.get(storeId)
      byStore.delete(storeId)
      if (row === undefined) return readRecordVersions(trx, storeId)
      const { records_version: version } = row
      const versions =
        kept?.version === version ? kept.versions : await readRecordVersions(trx, storeId)
      // The one that was asked for last is the last to go.
      byStore.set(storeId, { version, versions })
      const [oldest] = byStore.keys()
      if (byStore.size > maxStores && oldest !== undefined) byStore.delete(oldest)
      return versions
    },
  }
}
