import { createLogger } from '../logger.ts'
import { startCentral } from './central.ts'
import type { CentralSettings } from './settings.ts'

/**
 * `aura central`: prints its one ready line when it serves, and resolves when SIGINT or SIGTERM has
 * stopped it. Throws where it cannot start.
 */
export async function runCentral(settings: CentralSettings): Promise<void> {
  const logger = createLogger('central')
  const stopped = untilSignal()
  const central = await startCentral({ ...settings, logger })
  const { api, databaseUrl } = central
  // On this computer a PostgreSQL is found by this line. Elsewhere, who gave the address has its
  // password, and what collects the output of processes need not have it.
  const database_url = settings.isBehindTls ? withoutPassword(databaseUrl) : databaseUrl
  const ready = { ready: true, api, database_url, pid: process.pid }
  process.stdout.write(`${JSON.stringify(ready)}\n`)
  logger.info('stopping', { signal: await stopped })
  await central.stop()
  logger.info('stopped')
}

function withoutPassword(databaseUrl: string): string {
  const url = new URL(databaseUrl)
  url.password = ''
  return url.href
}

/** Listens from the start on: a signal during the start stops the centre as soon as it has started. */
function untilSignal(): Promise<NodeJS.Signals> {
  const { promise, resolve } = Promise.withResolvers<NodeJS.Signals>()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, resolve)
  return promise
}
