import { sql } from 'kysely'
import { fromPgText, toPgText } from '../../domain/nul-free-text.ts'
import type { Database } from './database.ts'
import type { Sql } from './rows.ts'

/**
 * Whose rows a transaction can see and write. PostgreSQL itself holds every query to it (see
 * row-security.ts), so a forgotten `store_id` in a condition shows nobody what is another's.
 */

type Scoped = Pick<Database, 'sql'>

/** `snapshot`: all reads see the same moment, whatever is written meanwhile, and nothing is written. */
export type ScopeMode = 'write' | 'snapshot'

/**
 * Opens a transaction in which the rows of these stores exist, and no others. What `work` throws
 * rolls it back. Ids as the stores write them, not as PostgreSQL stores them.
 */
export function withStores<T>(
  database: Scoped,
  storeIds: readonly string[],
  work: (trx: Sql) => Promise<T>,
  mode: ScopeMode = 'write',
): Promise<T> {
  return inTransaction(database, mode, async (trx) => {
    const stored = storeIds.map(toPgText)
    await sql`SELECT set_config('aura.stores', ${stored}::text[]::text, true)`.execute(trx)
    return work(trx)
  })
}

/**
 * The one look across all stores: which there are, how far their logs go, and which have events to
 * be read again. Of no other table does it show a row, and it writes nothing.
 */
export function withEveryStore<T>(database: Scoped, read: (trx: Sql) => Promise<T>): Promise<T> {
  return inTransaction(database, 'snapshot', async (trx) => {
    await sql`SELECT set_config('aura.every_store', 'on', true)`.execute(trx)
    return read(trx)
  })
}

/** Every store that was ever seen here. */
export const allStoreIds = (database: Scoped): Promise<readonly string[]> =>
  withEveryStore(database, async (trx) => {
    const rows = await trx.selectFrom('stores').select('store_id').orderBy('store_id').execute()
    return rows.map((row) => fromPgText(row.store_id))
  })

function inTransaction<T>({ sql: db }: Scoped, mode: ScopeMode, work: (trx: Sql) => Promise<T>) {
  const transaction = db.transaction()
  return mode === 'write'
    ? transaction.execute(work)
    : transaction.setIsolationLevel('repeatable read').setAccessMode('read only').execute(work)
}
