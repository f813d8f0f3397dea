import { setTimeout as sleep } from 'node:timers/promises'
import { migrate, openDatabase } from '../../db/postgres/database.ts'
import { createCodeTries } from '../../db/postgres/code-tries.ts'
import { createKeptRecords } from '../../db/postgres/kept-records.ts'
import { createCredentials } from '../../db/postgres/credentials.ts'
import { watchLogGrowth } from '../../db/postgres/log-growth.ts'
import { createLogReader } from '../../db/postgres/log-reader.ts'
import { createPostgresStore } from '../../db/postgres/store.ts'
import { defaultConfig } from '../config.ts'
import { messageOf, type Logger } from '../logger.ts'
import { newId } from '../new-id.ts'
import { startEmbeddedPostgres } from './embedded-postgres.ts'
import { keyInFolder, type CentreKey } from './member/centre-key.ts'
import { centreIdentity } from './member/identity.ts'
import { createOffice } from './office/office.ts'
import { createObservation } from './observation.ts'
import { startCentralServer, type CentralServer } from './server.ts'
import { createTracking } from './tracking/tracking.ts'

export interface CentralOptions {
  /** 127.0.0.1 unless told otherwise; what is not loopback is refused, unless TLS ends before it. */
  readonly host?: string
  /** Something in front ends TLS, and strangers reach it: stores have to enrol. */
  readonly isBehindTls?: boolean
  /** 0: any. */
  readonly port: number
  readonly database: CentralDatabase
  /** Connections to it at most. */
  readonly connections?: number
  /** What `/metrics` asks for. */
  readonly metricsToken?: string
  /** How long it still serves after it has said that it is not ready. */
  readonly drainMs?: number
  /** Where a real Electric serves the way down; absent: the centre serves it itself. */
  readonly electric?: { readonly url: string; readonly secret: string | null }
  readonly logger: Logger
  /** Seals the centre's private keys. Absent: it is a member of no store, and only reads them. */
  readonly key?: CentreKey
  /** Where guests and browsers reach the centre, before whatever ends TLS. Absent: where it listens. */
  readonly publicUrl?: string
  /** What guests' browsers subscribe with: the devices have the private half. */
  readonly pushPublicKey?: string
  /** Hosts of private networks that push services may be on. */
  readonly pushPrivateHosts?: readonly string[]
  /** Absent: this machine's. */
  readonly now?: () => Date
}

/** A PostgreSQL that is there, or one of the centre's own in a folder. */
export type CentralDatabase = { readonly url: string } | { readonly embeddedDir: string }

export interface Central {
  readonly api: string
  readonly databaseUrl: string
  readonly endpoints: CentralServer['endpoints']
  /**
   * Says that it is not ready, serves on for `drainMs`, lets running uploads finish, then closes the
   * database, then ends a PostgreSQL of its own.
   */
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
    const database = openDatabase(
      databaseUrl,
      (error) => logger.warn('lost a connection to the database', { reason: messageOf(error) }),
      options.connections,
    )
    started.push(database.close)
    await migrate(database)
    let isStopping = false
    const observation = createObservation({
      database,
      now: () => new Date(),
      isReady: () => !isStopping,
    })
    started.push(async () => observation.stop())
    const store = createPostgresStore(database, observation.onFolded)
    await store.foldUnreadable()
    const growth = watchLogGrowth(databaseUrl, (error) =>
      logger.warn('cannot hear of new entries', { reason: messageOf(error) }),
    )
    started.push(growth.stop)
    const now = options.now ?? (() => new Date())
    const { orders } = defaultConfig()
    const member = {
      database,
      records: createKeptRecords(),
      key: centreKeyFor(options),
      maxItemsPerOrder: orders.max_items_per_order,
      autoConfirm: orders.auto_confirm_enabled,
      nowMs: () => now().getTime(),
      newId,
    }
    let listening = ''
    const credentials = createCredentials(database)
    const tracking = member.key && createTracking(member.key, () => options.publicUrl ?? listening)
    const office = createOffice({ database, credentials, now })
    const server = await startCentralServer(
      {
        store,
        credentials,
        codeTries: createCodeTries(database),
        office,
        log: createLogReader(database),
        growth,
        electric: options.electric ?? null,
        observation,
        isStopping: () => isStopping,
        isBehindTls: options.isBehindTls ?? false,
        metricsToken: options.metricsToken ?? null,
        logger,
        now,
        trackingUrlOf: tracking && tracking.urlOf,
        identityIn: (storeId) => centreIdentity(member, storeId),
        rest: {
          ...member,
          growth,
          frontier: store.frontier,
          tracking,
          pushPublicKey: options.pushPublicKey ?? null,
          pushPrivateHosts: options.pushPrivateHosts ?? [],
          officeCaller: office.callerOf,
          logger,
        },
      },
      { host: options.host ?? '127.0.0.1', port: options.port },
    )
    started.push(server.close)
    listening = server.api
    return {
      api: server.api,
      databaseUrl,
      endpoints: server.endpoints,
      stop: async () => {
        isStopping = true
        await sleep(options.drainMs ?? 0)
        await stop()
      },
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** With a PostgreSQL of its own the centre has a key of its own, too, beside it. */
function centreKeyFor({ key, database }: CentralOptions): CentreKey | null {
  if (key !== undefined) return key
  if (!('embeddedDir' in database)) return null
  const found = keyInFolder(database.embeddedDir)
  if (!found.ok) throw new Error(found.error)
  return found.value
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
