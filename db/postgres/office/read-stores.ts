import type { Database } from '../database.ts'
import type { Sql } from '../rows.ts'
import type { UserStores } from './users.ts'

/** Reads what is these stores', all of one moment, whatever is uploaded meanwhile. */
export const readStores = <T>(
  { sql: db }: Pick<Database, 'sql'>,
  _storeIds: UserStores,
  read: (trx: Sql) => Promise<T>,
): Promise<T> =>
  db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(read)
