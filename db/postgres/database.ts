import { Kysely, PostgresDialect } from 'kysely'
import { Migrator } from 'kysely/migration'
import pg from 'pg'
import type { PostgresDatabase } from '../schema.ts'
import { migrations } from './migrations/index.ts'

/** The centre's database: a pool of connections and Kysely on top of it. */
export interface Database {
  readonly sql: Kysely<PostgresDatabase>
  /** Waits for running queries. */
  readonly close: () => Promise<void>
}

const MAX_CONNECTIONS = 10
const CONNECT_TIMEOUT_MS = 5_000

/**
 * Opens a pool; connects when first used. `onError` hears of connections that were lost. The pool
 * replaces them by itself, so losing one is worth a line in the log and no more.
 */
export function openDatabase(databaseUrl: string, onError: (error: Error) => void): Database {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: MAX_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: 'auraconnect-central',
    types: { getTypeParser },
  })
  pool.on('error', onError)
  // A connection that is lost while it is in use tells its client, not the pool, and an 'error' that
  // nobody listens to would end the process.
  pool.on('connect', (client) => client.on('error', onError))
  const sql = new Kysely<PostgresDatabase>({ dialect: new PostgresDialect({ pool }) })
  return { sql, close: () => pool.end() }
}

/** Brings the tables to the newest version. Two processes that start at once wait for each other. */
export async function migrate(database: Database): Promise<void> {
  const migrator = new Migrator({
    db: database.sql,
    provider: { getMigrations: () => Promise.resolve(migrations) },
  })
  const { error } = await migrator.migrateToLatest()
  if (error !== undefined) throw error
}

const INT8_OID = pg.types.builtins.INT8

/** Every int8 of ours is a safe integer; for this pool alone, they come as numbers. */
const getTypeParser: pg.CustomTypesConfig['getTypeParser'] = (oid, format) =>
  oid === INT8_OID ? Number : pg.types.getTypeParser(oid, format)
