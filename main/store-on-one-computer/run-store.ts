import { createWriteStream, mkdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { untilSignal } from '../cli/run-commands.ts'
import { createLocalSettings } from '../../db/sqlite/local-settings.ts'
import { isDevice, openDevice } from '../data-folder.ts'
import { messageOf } from '../logger.ts'
import type { PairingCode } from '../../protocol/pairing.ts'
import type { ReadyLine } from '../terminal/terminal.ts'
import { runAura, startAura, type Running } from './child.ts'
import { openInBrowser } from './open-windows.ts'
import { buildScreens } from './screens-build.ts'

/**
 * `npm start`: a whole store on this computer. Centre, two tills and a kitchen screen, each a
 * process with a data folder of its own; they find each other over mDNS as they would in a
 * restaurant, and nothing of one is in reach of another but its sockets.
 */

interface Device {
  readonly folder: string
  readonly name: string
  readonly role: 'terminal' | 'kitchen'
  readonly page: 'pos' | 'kitchen'
  readonly port: number
}

const FOUNDER: Device = {
  folder: 'till-1',
  name: 'Till 1',
  role: 'terminal',
  page: 'pos',
  port: 8002,
}
const JOINERS: readonly Device[] = [
  { folder: 'till-2', name: 'Till 2', role: 'terminal', page: 'pos', port: 8003 },
  { folder: 'kitchen', name: 'Kitchen', role: 'kitchen', page: 'kitchen', port: 8004 },
]
const CENTRAL_PORT = 8010
const STORE_NAME = 'Aura Brasserie'
const OFFICE_EMAIL = 'owner@example.com'
/** One computer is the whole store: nothing of it is for the network. */
const ANY_PORT_HERE = '127.0.0.1:0'

interface CentralReady {
  readonly api: string
  readonly database_url: string
}

/** Runs until Ctrl-C. Gives the exit status. */
export async function runStore(argv: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...argv], options: { data: { type: 'string' } } })
  const dataRoot = resolve(values.data ?? 'data/demo')
  mkdirSync(join(dataRoot, 'logs'), { recursive: true })
  const running: Running<unknown>[] = []
  const interrupted = untilSignal()
  try {
    const started = await Promise.race([
      startAll(dataRoot, running).then((pages) => ({ pages })),
      interrupted,
    ])
    if (started) {
      say('', 'Staff sign in with PIN 1234 (admin), 2222 (manager) or 3333 (cashier).')
      say('', 'Ctrl-C stops everything.')
      for (const page of started.pages) openInBrowser(page)
      await interrupted
    }
    say('', 'Stopping…')
    return 0
  } catch (error) {
    process.stderr.write(`The store could not be started. ${messageOf(error)}\n`)
    return 1
  } finally {
    for (const child of running.toReversed()) await child.stop()
  }
}

async function startAll(dataRoot: string, running: Running<unknown>[]): Promise<string[]> {
  const centralPort = await freePort(CENTRAL_PORT)
  const central = `http://127.0.0.1:${centralPort}`
  const start = async <Ready>(name: string, folder: string, args: readonly string[]) => {
    const child = await startAura<Ready>(args, {
      log: createWriteStream(join(dataRoot, 'logs', `${folder}.log`), { flags: 'a' }),
      onUnexpectedEnd: (reason) => say(name, `${reason}; its log is in ${dataRoot}/logs`),
    })
    running.push(child)
    return child.ready
  }

  const startCentral = async (): Promise<void> => {
    const args = ['central', '--embedded', join(dataRoot, 'central'), '--port', String(centralPort)]
    const ready = await start<CentralReady>('Centre', 'central', args)
    say('Centre', `${ready.api}  PostgreSQL ${withoutPassword(ready.database_url)}`)
    say('Office', `${ready.api}/office/`)
  }
  const startDevice = async (device: Device): Promise<string> => {
    const { name, folder, role, page, port } = device
    const api = `127.0.0.1:${await freePort(port)}`
    const dir = join(dataRoot, folder)
    const places = ['--api', api, '--peer', ANY_PORT_HERE, '--central', central]
    const args = ['terminal', '--data', dir, '--role', role, ...places]
    const ready = await start<ReadyLine>(name, folder, args)
    say(name, `${ready.api}/${page}`)
    return `${ready.api}/${page}`
  }

  await buildScreens()
  const centreStarted = startCentral()
  const startTills = async (): Promise<string[]> => {
    await createFounder(dataRoot)
    if (!(await isEnrolled(dataRoot))) {
      await centreStarted
      await enrollStore(dataRoot, central)
    }
    const first = await startDevice(FOUNDER)
    for (const device of JOINERS) await joinStore(dataRoot, device)
    return [first, ...(await Promise.all(JOINERS.map(startDevice)))]
  }
  const [pages] = await Promise.all([startTills(), centreStarted])
  return pages
}

async function createFounder(dataRoot: string): Promise<void> {
  const dir = join(dataRoot, FOUNDER.folder)
  if (await isDevice(dir)) return
  const store = ['--name', STORE_NAME, '--demo', '--device', FOUNDER.name]
  await runAura(['store', 'create', '--data', dir, ...store])
}

async function isEnrolled(dataRoot: string): Promise<boolean> {
  const opened = await openDevice(join(dataRoot, FOUNDER.folder))
  if (!opened.ok) throw new Error(opened.error)
  try {
    return createLocalSettings(opened.value).get('central_credential') !== null
  } finally {
    opened.value.close()
  }
}

/**
 * The centre becomes a member of the store, so that its back office and the web can write to it, and
 * somebody may use the back office: the password is shown this once.
 */
async function enrollStore(dataRoot: string, central: string): Promise<void> {
  const database = ['--embedded', join(dataRoot, 'central')]
  const shown = await runAura(['central', 'enroll-code', '--store', STORE_NAME, ...database])
  const { code } = JSON.parse(shown) as { code: string }
  const dir = join(dataRoot, FOUNDER.folder)
  await runAura(['enroll', '--data', dir, '--central', central, '--code', code])
  const owner = ['--email', OFFICE_EMAIL, '--name', 'Owner', '--role', 'admin']
  say('Office', await runAura(['central', 'user', ...owner, ...database]))
}

async function joinStore(dataRoot: string, { folder, name, role }: Device): Promise<void> {
  const dir = join(dataRoot, folder)
  if (await isDevice(dir)) return
  const shown = await runAura(['pair', '--data', join(dataRoot, FOUNDER.folder), '--show'])
  const { code, peer } = JSON.parse(shown) as PairingCode
  const joining = ['--join', peer, '--code', code, '--name', name, '--role', role]
  await runAura(['pair', '--data', dir, ...joining])
}

/** The wished port where it is free, else any. */
function freePort(wished: number): Promise<number> {
  return new Promise((resolvePort, reject) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' && wished !== 0) freePort(0).then(resolvePort, reject)
      else reject(error)
    })
    probe.listen(wished, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolvePort(port))
    })
  })
}

function withoutPassword(databaseUrl: string): string {
  const url = new URL(databaseUrl)
  url.password = ''
  return url.toString()
}

const say = (name: string, words: string): void =>
  void process.stdout.write(name === '' ? `${words}\n` : `${name.padEnd(8)} ${words}\n`)
