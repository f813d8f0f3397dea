import type { Database } from '../database.ts'
import type { Sql } from '../rows.ts'
import { allStoreIds, withStores } from '../scope.ts'
import type { UserStores } from './users.ts'

/** Reads what is these stores', all of one moment, whatever is uploaded meanwhile. */
export const readStores = async <T>(
  database: Pick<Database, 'sql'>,
  stores: UserStores,
  read: (trx: Sql) => Promise<T>,
): Promise<T> =>
  withStores(database, stores === 'all' ? await allStoreIds(database) : stores, read, 'snapshot')
