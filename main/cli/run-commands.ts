import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { defaultConfig, readConfig, type Config } from '../config.ts'
import { createLogger } from '../logger.ts'
import { startTerminal } from '../terminal/terminal.ts'
import { fail, failUsage, requiredText, text, textList, type Command } from './command.ts'

const DEFAULT_API = '127.0.0.1:8002'
const DEFAULT_PEER = '127.0.0.1:0'
const DEFAULT_CONFIG = 'config/orders.yaml'

export const terminal: Command = {
  name: 'terminal',
  summary:
    'Runs a device: its store, its peers, the REST API and the screens.\nPrints one line of JSON when it serves, and stops on Ctrl-C.',
  options: {
    data: { type: 'string' },
    role: { type: 'string' },
    api: { type: 'string' },
    peer: { type: 'string' },
    'no-discovery': { type: 'boolean' },
    connect: { type: 'string', multiple: true },
    central: { type: 'string' },
    config: { type: 'string' },
    https: { type: 'boolean' },
  },
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
    if (values['https'] === true)
      failUsage('--https is not yet built: devices have no certificates yet.')
    const logger = createLogger('terminal')
    const started = await startTerminal({
      dataDir: requiredText(values, 'data'),
      role: roleOf(text(values, 'role')),
      api: text(values, 'api') ?? DEFAULT_API,
      peer: text(values, 'peer') ?? DEFAULT_PEER,
      discovery: values['no-discovery'] !== true,
      connect: textList(values, 'connect'),
      central: text(values, 'central') ?? null,
      config: configOf(text(values, 'config')),
      logger,
    })
    if (!started.ok) return fail(started.error)
    const { ready, stop } = started.value
    process.stdout.write(`${JSON.stringify(ready)}\n`)
    await untilSignal()
    await stop()
  },
}

function roleOf(asked: string | undefined): 'terminal' | 'kitchen' | null {
  if (asked === undefined) return null
  if (asked === 'terminal' || asked === 'kitchen') return asked
  return failUsage(`--role takes terminal or kitchen, not ${asked}`)
}

function configOf(file: string | undefined): Config {
  if (file === undefined && !existsSync(DEFAULT_CONFIG)) return defaultConfig()
  const config = readConfig(file ?? DEFAULT_CONFIG)
  return config.ok ? config.value : fail(config.error)
}

/** A second signal ends the process the hard way, which loses nothing either. */
export async function untilSignal(): Promise<void> {
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
}
