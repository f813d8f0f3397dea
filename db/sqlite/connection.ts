import Database from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import { DEFAULT_MIGRATION_TABLE, Migrator } from 'kysely/migration'
import { assert } from '../../domain/result.ts'
import type { SqliteDatabase } from '../schema.ts'
import { migrations, REFOLDING } from './migrations/index.ts'
import { rebuildProjections } from './rebuild.ts'

/** How long a second process beside the running device waits for its turn to write. */
const BUSY_TIMEOUT_MS = 5_000
/**
 * Pages in the write-ahead log before a commit copies it into the file: 32 MB. Orders being sold keep
 * to the same few pages, so a longer log means that much less to copy, and fewer moments in which a
 * commit waits for it. A running device copies it before that, when nobody sells.
 */
const PAGES_BEFORE_CHECKPOINT = 8_000

export interface Connection {
  readonly raw: Database.Database
  /** Builds SQL; the hot path runs what it compiles as prepared statements on `raw`. */
  readonly sql: Kysely<SqliteDatabase>
  readonly close: () => void
}

/**
 * Opens a device's file (`:memory:` for a throw-away one) and brings it to this program's schema.
 * Throws where the file is no database or was written by a newer program.
 */
export async function openConnection(file: string): Promise<Connection> {
  const raw = new Database(file)
  try {
    raw.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`)
    raw.pragma('journal_mode = WAL')
    raw.pragma(`wal_autocheckpoint = ${PAGES_BEFORE_CHECKPOINT}`)
    raw.pragma('foreign_keys = ON')
    // What is destroyed is gone from the bytes of the file, too (see customer-keys.ts).
    raw.pragma('secure_delete = ON')
    makeDurable(raw)
    const sql = new Kysely<SqliteDatabase>({ dialect: new SqliteDialect({ database: raw }) })
    const connection: Connection = { raw, sql, close: () => raw.close() }
    await migrate(connection)
    return connection
  } catch (error) {
    raw.close()
    throw error
  }
}

/**
 * Rule L1. better-sqlite3 is compiled so that in WAL mode it reports FULL at first and silently
 * drops to NORMAL once the file has been read: so FULL is set, the file is read, and then it has to
 * be FULL still. `fullfsync` makes macOS flush the drive's cache; elsewhere it does nothing.
 */
function makeDurable(raw: Database.Database): void {
  raw.prepare('SELECT count(*) FROM sqlite_schema').get()
  raw.pragma('synchronous = FULL')
  raw.pragma('fullfsync = ON')
  raw.prepare('SELECT count(*) FROM sqlite_schema').get()
  assertDurable(raw)
}

const SYNCHRONOUS_FULL = 2

export function assertDurable(raw: Database.Database): void {
  const level = raw.pragma('synchronous', { simple: true })
  assert(
    level === SYNCHRONOUS_FULL,
    `SQLite must run with synchronous=FULL (2), it runs with ${String(level)}: an acknowledged order could be lost`,
  )
}

/**
 * All of it or nothing: the library does not take SQLite for able to change its schema in a
 * transaction, and a process that died in the middle would leave a file that no start can mend.
 */
async function migrate(connection: Connection): Promise<void> {
  const { raw, sql } = connection
  if (isUpToDate(raw)) return
  const migrator = new Migrator({ db: sql, provider: { getMigrations: async () => migrations } })
  raw.exec('BEGIN IMMEDIATE')
  try {
    const { error, results } = await migrator.migrateToLatest()
    if (error !== undefined) {
      throw error instanceof Error ? error : new Error('the database could not be migrated')
    }
    // New columns say what the log said already.
    if (results?.some(({ migrationName }) => REFOLDING.includes(migrationName))) {
      rebuildProjections(connection)
    }
    raw.exec('COMMIT')
  } catch (error) {
    raw.exec('ROLLBACK')
    throw error
  }
}

/** A look without a lock: a command beside a running device must not hold up its sales. */
function isUpToDate(raw: Database.Database): boolean {
  const table = raw.prepare(`SELECT 1 FROM sqlite_schema WHERE name = '${DEFAULT_MIGRATION_TABLE}'`)
  if (table.get() === undefined) return false
  const done = raw.prepare(`SELECT name FROM ${DEFAULT_MIGRATION_TABLE} ORDER BY name`).pluck()
  return JSON.stringify(done.all()) === JSON.stringify(Object.keys(migrations).toSorted())
}
