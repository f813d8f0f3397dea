import { migrate, openDatabase } from '../../db/postgres/database.ts'
import { createCredentials } from '../../db/postgres/credentials.ts'
import { watchLogGrowth } from '../../db/postgres/log-growth.ts'
import { createLogReader } from '../../db/postgres/log-reader.ts'
import { createPostgresStore } from '../../db/postgres/store.ts'
import { messageOf, type Logger } from '../logger.ts'
import { startEmbeddedPostgres } from './embedded-postgres.ts'
import { createOffice } from './office/office.ts'
import { startCentralServer } from './server.ts'

export interface CentralOptions {
  /** 127.0.0.1 unless told otherwise; what is not loopback is refused. */
  readonly host?: string
  /** 0: any. */
  readonly port: number
  readonly database: CentralDatabase
  /** Where a real Electric serves the way down; absent: the centre serves it itself. */
  readonly electric?: { readonly url: string; readonly secret: string | null }
  readonly logger: Logger
}

/** A PostgreSQL that is there, or one of the centre's own in a folder. */
export type CentralDatabase = { readonly url: string } | { readonly embeddedDir: string }

export interface Central {
  readonly api: string
  readonly databaseUrl: string
  /** Lets running uploads finish, then closes the database, then ends a PostgreSQL of its own. */
  readonly stop: () => Promise<void>
}

/** The gateway in front of PostgreSQL: brings the tables up to date and takes uploads. */
export async function startCentral(options: CentralOptions): Promise<Central> {
  const { logger } = options
  // In the order in which they were started; they are ended the other way round.
  const started: (() => Promise<void>)[] = []
  const stop = async (): Promise<void> => {
    for (const end of started.splice(0).toReversed()) await end()
  }
  try {
    const databaseUrl = await findDatabase(options, started)
    const database = openDatabase(databaseUrl, (error) =>
      logger.warn('lost a connection to the database', { reason: messageOf(error) }),
    )
    started.push(database.close)
    await migrate(database)
    const store = createPostgresStore(database)
    await store.foldUnreadable()
    const growth = watchLogGrowth(databaseUrl, (error) =>
      logger.warn('cannot hear of new entries', { reason: messageOf(error) }),
    )
    started.push(growth.stop)
    const now = () => new Date()
    const credentials = createCredentials(database)
    const server = await startCentralServer(
      {
        store,
        credentials,
        office: createOffice({ database, credentials, now }),
        log: createLogReader(database),
        growth,
        electric: options.electric ?? null,
        logger,
        now,
      },
      { host: options.host ?? '127.0.0.1', port: options.port },
    )
    started.push(server.close)
    return { api: server.api, databaseUrl, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function findDatabase(
  { database, logger }: CentralOptions,
  started: (() => Promise<void>)[],
): Promise<string> {
  if ('url' in database) return database.url
  const postgres = await startEmbeddedPostgres(database.embeddedDir, logger)
  started.push(postgres.stop)
  return postgres.databaseUrl
}
