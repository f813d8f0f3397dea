import { join } from 'node:path'
import { createLogger } from '../logger.ts'
import { readCentreKey, type CentreKey } from './member/centre-key.ts'
import { startCentral, type CentralDatabase } from './central.ts'

export const DEFAULT_CENTRAL_PORT = 8010

export interface RunCentralOptions {
  readonly databaseUrl?: string
  /** Folder of a PostgreSQL of the centre's own. */
  readonly embeddedDir?: string
  /** 0: any. */
  readonly port?: number
  /** A real Electric for the way down. */
  readonly electricUrl?: string
}

/**
 * `aura central`: prints its one ready line when it serves, and resolves when SIGINT or SIGTERM has
 * stopped it. Throws where it cannot start.
 */
export async function runCentral(options: RunCentralOptions): Promise<void> {
  const logger = createLogger('central')
  const stopped = untilSignal()
  const electricUrl = options.electricUrl ?? process.env['ELECTRIC_URL'] ?? ''
  const secret = process.env['ELECTRIC_SECRET'] ?? null
  const publicUrl = process.env['AURA_PUBLIC_URL'] ?? ''
  const key = centreKeyFrom(process.env['AURA_CENTRAL_KEY'])
  const central = await startCentral({
    ...(electricUrl !== '' && { electric: { url: electricUrl, secret } }),
    ...(publicUrl !== '' && { publicUrl: publicUrl.replace(/\/+$/, '') }),
    ...(key !== null && { key }),
    port: options.port ?? DEFAULT_CENTRAL_PORT,
    database: chooseDatabase(options, process.env['DATABASE_URL']),
    logger,
  })
  const { api, databaseUrl } = central
  const ready = { ready: true, api, database_url: databaseUrl, pid: process.pid }
  process.stdout.write(`${JSON.stringify(ready)}\n`)
  logger.info('stopping', { signal: await stopped })
  await central.stop()
  logger.info('stopped')
}

function centreKeyFrom(text: string | undefined): CentreKey | null {
  if (text === undefined || text === '') return null
  const key = readCentreKey(text)
  if (!key.ok) throw new Error(key.error)
  return key.value
}

export function chooseDatabase(
  { databaseUrl, embeddedDir }: RunCentralOptions,
  environmentUrl: string | undefined,
): CentralDatabase {
  if (databaseUrl !== undefined) return { url: databaseUrl }
  if (embeddedDir !== undefined) return { embeddedDir }
  if (environmentUrl !== undefined && environmentUrl !== '') return { url: environmentUrl }
  return { embeddedDir: join('data', 'central') }
}

/** Listens from the start on: a signal during the start stops the centre as soon as it has started. */
function untilSignal(): Promise<NodeJS.Signals> {
  const { promise, resolve } = Promise.withResolvers<NodeJS.Signals>()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, resolve)
  return promise
}
