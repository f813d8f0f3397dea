import { once } from 'node:events'
import { isDevice } from '../data-folder.ts'
import type { TerminalOptions } from '../terminal/terminal.ts'
import { fail, failUsage, text, type Command } from './command.ts'
import { terminalArguments, terminalOptions } from './terminal-options.ts'

/** The servers are loaded by the two commands that run them: the others start in half the time. */

const DEFAULT_API = '127.0.0.1:8002'

export const terminal: Command = {
  name: 'terminal',
  summary:
    'Runs a device: its store, its peers, the REST API and the screens.\nPrints one line of JSON when it serves, and stops on Ctrl-C.\nWith --join-screen an empty folder joins a store at its own screen first.',
  options: terminalArguments,
  values: {
    data: 'DIR',
    role: 'terminal|kitchen',
    api: 'HOST:PORT',
    peer: 'HOST:PORT',
    connect: 'HOST:PORT',
    central: 'URL',
    config: 'FILE',
  },
  required: ['data'],
  run: async ({ values }) => {
    const asked = terminalOptions(values, DEFAULT_API)
    const options = values['join-screen'] === true ? await joinFirst(asked) : asked
    if (options === null) return
    await runTerminals(options)
    // Electric's client keeps a timer of a minute for a browser's cache, which nothing stops.
    process.exit()
  },
}

/**
 * Runs the device until a signal: on its own folder, or on that of a training while there is one. Who
 * goes into a training or out of it finds the screens where they were.
 */
async function runTerminals(asked: TerminalOptions): Promise<void> {
  const { startTerminal } = await import('../terminal/terminal.ts')
  const { isTraining, optionsForTraining } = await import('../training/training.ts')
  const signal = untilSignal().then(() => 'signal' as const)
  let options = asked
  for (let isFirst = true, ended = ''; ended !== 'signal'; isFirst = false) {
    const inTraining = isTraining(options.dataDir)
    const started = await startTerminal(inTraining ? optionsForTraining(options) : options)
    if (!started.ok) return fail(started.error)
    const { ready, stop, switched } = started.value
    if (isFirst) process.stdout.write(`${JSON.stringify(ready)}\n`)
    options = { ...options, api: samePlace(options.api, ready.api) }
    ended = await Promise.race([signal, switched.then(() => 'switched' as const)])
    await stop()
  }
}

/** A port that was any is the same from then on. */
function samePlace(asked: string, served: string): string {
  const { port } = new URL(served)
  return asked.replace(/:0$/, `:${port}`)
}

/** Null: it was told to stop before the device had joined a store. */
async function joinFirst(options: TerminalOptions): Promise<TerminalOptions | null> {
  if (await isDevice(options.dataDir)) return options
  const { startJoinScreen } = await import('../terminal/join-screen.ts')
  const started = await startJoinScreen(options)
  if (!started.ok) return fail(started.error)
  const { ready, api, joined, stop } = started.value
  process.stdout.write(`${JSON.stringify(ready)}\n`)
  const hasJoined = await Promise.race([joined.then(() => true), untilSignal().then(() => false)])
  await stop()
  // The role is what the person chose, and the screens stay where they are.
  return hasJoined ? { ...options, api, role: null } : null
}

/** Ctrl-C, an orderly stop, or the terminal window closed. */
const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** A second signal ends the process the hard way, which loses nothing either. */
export async function untilSignal(): Promise<void> {
  await Promise.race(STOP_SIGNALS.map((signal) => once(process, signal)))
}

export const central: Command = {
  name: 'central',
  summary:
    'Runs the centre: takes uploads and folds them into PostgreSQL.\nWith neither --database-url nor --embedded it uses DATABASE_URL, else a PostgreSQL of its own in data/central.\nWith --electric-url or ELECTRIC_URL devices read through that Electric (its secret: ELECTRIC_SECRET), else the centre serves them itself.\nIt listens on this computer alone, unless --behind-tls says that something in front ends TLS; then stores have to enrol.\nThe environment can say all of it: see deploy/.env.example.',
  options: {
    'database-url': { type: 'string' },
    embedded: { type: 'string' },
    host: { type: 'string' },
    port: { type: 'string' },
    'behind-tls': { type: 'boolean' },
    'electric-url': { type: 'string' },
  },
  values: {
    'database-url': 'URL',
    embedded: 'DIR',
    host: 'ADDRESS',
    port: 'N',
    'electric-url': 'URL',
  },
  run: async ({ values }) => {
    const { readSettings } = await import('../central/settings.ts')
    const databaseUrl = text(values, 'database-url')
    const embeddedDir = text(values, 'embedded')
    const electricUrl = text(values, 'electric-url')
    const host = text(values, 'host')
    const port = text(values, 'port')
    if (databaseUrl !== undefined && embeddedDir !== undefined) {
      failUsage('--database-url and --embedded exclude each other')
    }
    const settings = readSettings(
      {
        ...(databaseUrl !== undefined && { databaseUrl }),
        ...(embeddedDir !== undefined && { embeddedDir }),
        ...(host !== undefined && { host }),
        ...(port !== undefined && { port: portOf(port) }),
        ...(electricUrl !== undefined && { electricUrl: urlOf(electricUrl) }),
        ...(values['behind-tls'] === true && { behindTls: true }),
      },
      process.env,
    )
    if (!settings.ok) return fail(settings.error.join(' '))
    const { runCentral } = await import('../central/run.ts')
    await runCentral(settings.value)
  },
}

const urlOf = (asked: string): string =>
  URL.canParse(asked) && /^https?:$/.test(new URL(asked).protocol)
    ? asked
    : failUsage(`--electric-url takes an http or https address, not ${asked}`)

export function portOf(asked: string): number {
  const port = /^\d{1,5}$/.test(asked) ? Number(asked) : Number.NaN
  return port <= 65_535 ? port : failUsage(`--port takes 0 to 65535, not ${asked}`)
}
