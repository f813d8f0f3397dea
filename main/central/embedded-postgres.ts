import { randomBytes } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { platform } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { z } from 'zod'
import { lockDevice } from '../data-folder.ts'
import { messageOf, type Logger } from '../logger.ts'
import { findPostgresBinaries, type PostgresBinaries } from './postgres-binaries.ts'
import { findServiceUser, type ServiceUser } from './service-user.ts'

/**
 * A PostgreSQL of the centre's own, for where no DATABASE_URL is given. In its folder lie
 *
 *     cluster/       PostgreSQL's data; its postmaster.pid says whether it runs
 *     server.json    port and password (0600)
 *     device.lock    held by the centre that uses the folder, and by no other
 *
 * It listens on 127.0.0.1 only, with a random password, and on no Unix socket. It runs detached: if
 * the centre is killed it lives on, and the next centre on this folder takes it over.
 */
export interface EmbeddedPostgres {
  readonly databaseUrl: string
  /** Ends it and waits until it has ended. */
  readonly stop: () => Promise<void>
}

const HOST = '127.0.0.1'
const USER = 'aura'
const DATABASE = 'aura'
const START_TIMEOUT_SECONDS = 60
const START_TRIES = 3
const START_AGAIN_MS = 500
const TAKE_OVER_TIMEOUT_MS = 10_000
const MAX_LOG_BYTES = 10_000_000

export async function startEmbeddedPostgres(
  folder: string,
  logger: Logger,
): Promise<EmbeddedPostgres> {
  const dir = resolve(folder)
  mkdirSync(dir, { recursive: true })
  const lock = lockDevice(dir)
  if (lock === null) throw new Error(`${dir} is in use by another centre that is running.`)
  try {
    const binaries = await findPostgresBinaries()
    const user = await findServiceUser(dir, [dir, binaries.pgCtl])
    const cluster = createCluster(dir, binaries, user)
    const settings = await cluster.start(logger)
    await createDatabase(settings)
    return {
      databaseUrl: urlOf(settings, DATABASE),
      stop: async () => {
        await cluster.stop()
        lock.release()
      },
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

/** The database of a folder whose PostgreSQL runs, started by whoever uses the folder. */
export function embeddedUrl(folder: string): string | null {
  const settingsFile = join(resolve(folder), 'server.json')
  if (!existsSync(settingsFile)) return null
  return urlOf(settingsSchema.parse(JSON.parse(readFileSync(settingsFile, 'utf8'))), DATABASE)
}

const settingsSchema = z.object({ port: z.int().min(1).max(65_535), password: z.string() })
type Settings = z.infer<typeof settingsSchema>

function createCluster(dir: string, binaries: PostgresBinaries, user: ServiceUser) {
  const data = join(dir, 'cluster')
  const log = join(data, 'server.log')
  const settingsFile = join(dir, 'server.json')
  const pidFile = join(data, 'postmaster.pid')

  async function start(logger: Logger): Promise<Settings> {
    let settings = await readOrMakeSettings()
    if (!existsSync(data)) await initialise(settings.password)
    if (await isRunning(settings)) {
      logger.warn('took over a PostgreSQL that had outlived its centre', { port: settings.port })
      return settings
    }
    if (existsSync(log) && statSync(log).size > MAX_LOG_BYTES) rmSync(log)
    for (let tries = 1; ; tries += 1) {
      settings = { ...settings, port: await freePort(settings.port) }
      writeSettings(settings)
      try {
        await launch(settings.port)
        return settings
      } catch (error) {
        // Between finding a free port and listening on it, someone else may have taken it; and the
        // children of a server that was killed hold its memory for a moment longer.
        if (tries === START_TRIES) throw error
        logger.warn('PostgreSQL did not start, trying again', { reason: messageOf(error) })
        await sleep(START_AGAIN_MS)
      }
    }
  }

  const launch = (port: number): Promise<void> =>
    user.run(binaries.pgCtl, [
      ...['start', '--wait', '--timeout', String(START_TIMEOUT_SECONDS)],
      ...['--pgdata', data, '--log', log, '--options', `-p ${port}`],
    ])

  const stop = (): Promise<void> =>
    user.run(binaries.pgCtl, ['stop', '--wait', '--mode', 'fast', '--pgdata', data])

  /** Made beside and then renamed: a folder half made by a process that was killed is never used. */
  async function initialise(password: string): Promise<void> {
    const unfinished = join(dir, 'cluster.new')
    const passwordFile = join(dir, 'initdb-password')
    rmSync(unfinished, { recursive: true, force: true })
    rmSync(passwordFile, { force: true })
    mkdirSync(unfinished, { mode: 0o700 })
    writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
    user.giveFile(unfinished)
    user.giveFile(passwordFile)
    try {
      await user.run(binaries.initdb, [
        ...['--pgdata', unfinished, '--username', USER, '--pwfile', passwordFile],
        ...['--auth', 'scram-sha-256', '--encoding', 'UTF8', '--locale', 'C'],
        // Letters of all languages are known, and the order of text is that of its bytes.
        ...['--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8'],
        ...['--set', `listen_addresses=${HOST}`, '--set', 'unix_socket_directories='],
      ])
    } finally {
      rmSync(passwordFile, { force: true })
    }
    renameSync(unfinished, data)
  }

  async function readOrMakeSettings(): Promise<Settings> {
    if (existsSync(settingsFile)) {
      return settingsSchema.parse(JSON.parse(readFileSync(settingsFile, 'utf8')))
    }
    if (existsSync(data)) throw new Error(`${settingsFile} is gone, and with it the password.`)
    const settings = { port: await freePort(0), password: randomBytes(24).toString('base64url') }
    writeSettings(settings)
    return settings
  }

  function writeSettings(settings: Settings): void {
    writeFileSync(`${settingsFile}.new`, `${JSON.stringify(settings)}\n`, { mode: 0o600 })
    renameSync(`${settingsFile}.new`, settingsFile)
  }

  /**
   * Whether the server of this folder runs already. A process that merely has the number from
   * postmaster.pid, after a restart of the machine, is not it.
   */
  async function isRunning(settings: Settings): Promise<boolean> {
    const deadlineMs = performance.now() + TAKE_OVER_TIMEOUT_MS
    for (;;) {
      const pid = existsSync(pidFile) ? Number.parseInt(readFileSync(pidFile, 'utf8'), 10) : 0
      if (pid <= 0 || !isAlive(pid)) return false
      if (isOther(pid)) {
        rmSync(pidFile)
        return false
      }
      if (await answers(settings)) return true
      if (performance.now() > deadlineMs) {
        throw new Error(`${pidFile} names process ${pid}, which runs and does not answer.`)
      }
      await sleep(100)
    }
  }

  /** On Linux one can look: PostgreSQL's working folder is its data. */
  function isOther(pid: number): boolean {
    if (platform() !== 'linux') return false
    try {
      return readlinkSync(`/proc/${pid}/cwd`) !== realpathSync(data)
    } catch {
      return true
    }
  }

  async function answers(settings: Settings): Promise<boolean> {
    try {
      const rows = await query<{ data_directory: string }>(settings, 'SHOW data_directory')
      return realpathSync(rows[0]?.data_directory ?? '') === realpathSync(data)
    } catch {
      return false
    }
  }

  return { start, stop }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it lives and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

async function createDatabase(settings: Settings): Promise<void> {
  const held = await query(settings, `SELECT FROM pg_database WHERE datname = '${DATABASE}'`)
  if (held.length === 0) await query(settings, `CREATE DATABASE ${DATABASE}`)
}

async function query<Row extends pg.QueryResultRow>(
  settings: Settings,
  text: string,
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: urlOf(settings, 'postgres') })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query<Row>(text)).rows
  } finally {
    await client.end()
  }
}

const urlOf = ({ port, password }: Settings, database: string): string =>
  `postgres://${USER}:${password}@${HOST}:${port}/${database}`

/** The preferred port if nobody listens on it, else any other. 0: any. */
async function freePort(preferred: number): Promise<number> {
  return (await tryPort(preferred)) ?? (await tryPort(0)) ?? preferred
}

function tryPort(port: number): Promise<number | null> {
  const { promise, resolve: found } = Promise.withResolvers<number | null>()
  const server = createServer()
  server.once('error', () => found(null))
  server.listen({ host: HOST, port, exclusive: true }, () => {
    const address = server.address()
    server.close(() => found(typeof address === 'object' && address ? address.port : null))
  })
  return promise
}
