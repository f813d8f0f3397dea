import { Kysely, PostgresDialect } from 'kysely'
import { Migrator } from 'kysely/migration'
import pg from 'pg'
import type { PostgresDatabase } from '../schema.ts'
import { migrations, REFOLDING } from './migrations/index.ts'
import { planningOnce } from './planned-once.ts'
import { refoldOrders } from './projections.ts'
import { secureReports } from './report-roles.ts'
import { lockStore } from './store.ts'
import { letOwnerPast, secureRows, workUnderPolicies } from './row-security.ts'
import { refuseOldServer } from './server-version.ts'

/** The centre's database: a pool of connections and Kysely on top of it. */
export interface Database {
  /** For work under row-level security: see scope.ts. */
  readonly sql: Kysely<PostgresDatabase>
  readonly url: string
  readonly connections: () => ConnectionCounts
  /** Waits for running queries. */
  readonly close: () => Promise<void>
}

export interface ConnectionCounts {
  readonly open: number
  readonly idle: number
  /** Callers that wait for one. */
  readonly waiting: number
}

const MAX_CONNECTIONS = 10
const CONNECT_TIMEOUT_MS = 5_000

/**
 * Opens a pool; connects when first used. `onError` hears of connections that were lost. The pool
 * replaces them by itself, so losing one is worth a line in the log and no more.
 */
export function openDatabase(
  databaseUrl: string,
  onError: (error: Error) => void,
  maxConnections = MAX_CONNECTIONS,
): Database {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: maxConnections,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: 'auraconnect-central',
    pipeline: true,
    types: { getTypeParser },
    // The pool waits for it, whatever its types say.
    // oxlint-disable-next-line typescript/no-misused-promises
    onConnect: workUnderPolicies,
  })
  pool.on('error', onError)
  // A connection that is lost while it is in use tells its client, not the pool, and an 'error' that
  // nobody listens to would end the process.
  pool.on('connect', (client) => client.on('error', onError))
  const dialect = new PostgresDialect({ pool: planningOnce(pool) })
  const sql = new Kysely<PostgresDatabase>({ dialect })
  return {
    sql,
    url: databaseUrl,
    connections: () => ({
      open: pool.totalCount,
      idle: pool.idleCount,
      waiting: pool.waitingCount,
    }),
    close: () => pool.end(),
  }
}

/**
 * Brings the tables to the newest version, as the user of the URL, and puts them under row-level
 * security. Two processes that start at once wait for each other.
 */
export async function migrate({ url }: Pick<Database, 'url'>): Promise<void> {
  const pool = new pg.Pool({
    connectionString: url,
    types: { getTypeParser },
    max: 1,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: 'auraconnect-migration',
    pipeline: true,
  })
  pool.on('error', () => {})
  const owner = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  try {
    await refuseOldServer(owner)
    const migrator = new Migrator({
      db: owner,
      provider: { getMigrations: () => Promise.resolve(migrations) },
    })
    const all = await migrator.getMigrations()
    if (all.some(({ executedAt }) => executedAt === undefined)) await letOwnerPast(owner)
    const { error, results } = await migrator.migrateToLatest()
    if (error !== undefined) throw error
    if (results?.some(({ migrationName }) => REFOLDING.includes(migrationName))) {
      await refoldAll(owner)
    }
    await secureRows(owner)
    await secureReports(owner)
  } finally {
    await owner.destroy()
  }
}

/** A store at a time, each of them whole or not at all. */
async function refoldAll(owner: Kysely<unknown>): Promise<void> {
  const db = owner as Kysely<PostgresDatabase>
  const stores = await db.selectFrom('stores').select('store_id').execute()
  for (const { store_id: storeId } of stores) {
    await db.transaction().execute(async (trx) => {
      // Another process may serve already.
      await lockStore(trx, storeId)
      await refoldOrders(trx, storeId)
    })
  }
}

const INT8_OID = pg.types.builtins.INT8

/** Every int8 of ours is a safe integer; for this pool alone, they come as numbers. */
const getTypeParser: pg.CustomTypesConfig['getTypeParser'] = (oid, format) =>
  oid === INT8_OID ? Number : pg.types.getTypeParser(oid, format)
