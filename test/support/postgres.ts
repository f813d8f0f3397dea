import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startEmbeddedPostgres } from '../../main/central/embedded-postgres.ts'
import { createLogger } from '../../main/logger.ts'

/** A real PostgreSQL for one test file, in a folder that is gone afterwards. Starts in a second. */
export interface TestPostgres {
  /** Its data. */
  readonly folder: string
  /** A fresh empty database. */
  readonly createDatabase: () => Promise<string>
  /** Runs one statement in a database. */
  readonly query: (databaseUrl: string, text: string, values?: unknown[]) => Promise<pg.QueryResult>
  /** Ends the server as an administrator would, and starts it again on the same port. */
  readonly down: () => Promise<void>
  readonly up: () => Promise<void>
  readonly stop: () => Promise<void>
}

export async function startTestPostgres(): Promise<TestPostgres> {
  const folder = await mkdtemp(join(tmpdir(), 'aura-postgres-'))
  await chmod(folder, 0o711)
  const start = () => startEmbeddedPostgres(folder, createLogger('test'))
  let postgres = await start()
  // Nothing here has to survive a power cut.
  await query(postgres.databaseUrl, 'ALTER SYSTEM SET fsync = off')
  await query(postgres.databaseUrl, 'SELECT pg_reload_conf()')
  return {
    folder,
    createDatabase: async () => {
      const name = `test_${randomBytes(6).toString('hex')}`
      await query(postgres.databaseUrl, `CREATE DATABASE ${name}`)
      return postgres.databaseUrl.replace(/[^/]+$/, name)
    },
    query,
    down: () => postgres.stop(),
    up: async () => {
      postgres = await start()
    },
    stop: async () => {
      await postgres.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function query(databaseUrl: string, text: string, values: unknown[] = []) {
  const client = new pg.Client({ connectionString: databaseUrl })
  client.on('error', () => {})
  await client.connect()
  try {
    return await client.query(text, values)
  } finally {
    await client.end()
  }
}
