import { existsSync } from 'node:fs'
import type { ParseArgsOptionsConfig } from 'node:util'
import { defaultConfig, readConfig, type Config } from '../config.ts'
import { createLogger } from '../logger.ts'
import type { TerminalOptions } from '../terminal/terminal.ts'
import { fail, failUsage, requiredText, text, textList, type OptionValues } from './command.ts'

/** What `aura terminal` and the desktop shell take alike. */
export const terminalArguments = {
  data: { type: 'string' },
  role: { type: 'string' },
  api: { type: 'string' },
  peer: { type: 'string' },
  'no-discovery': { type: 'boolean' },
  connect: { type: 'string', multiple: true },
  central: { type: 'string' },
  config: { type: 'string' },
  https: { type: 'boolean' },
  'join-screen': { type: 'boolean' },
} satisfies ParseArgsOptionsConfig

/** Every network of the machine; the port stays the same from start to start. */
const EVERY_ADDRESS = '0.0.0.0:0'
const DEFAULT_CONFIG = 'config/orders.yaml'

/** Throws `CommandFailed` where an option is not what it should be. */
export function terminalOptions(values: OptionValues, defaultApi: string): TerminalOptions {
  return {
    dataDir: requiredText(values, 'data'),
    role: roleOf(text(values, 'role')),
    api: text(values, 'api') ?? defaultApi,
    https: values['https'] === true,
    peer: text(values, 'peer') ?? EVERY_ADDRESS,
    discovery: values['no-discovery'] !== true,
    connect: textList(values, 'connect'),
    central: text(values, 'central') ?? null,
    config: configOf(text(values, 'config')),
    logger: createLogger('terminal'),
  }
}

function roleOf(asked: string | undefined): 'terminal' | 'kitchen' | null {
  if (asked === undefined) return null
  if (asked === 'terminal' || asked === 'kitchen') return asked
  return failUsage(`--role takes terminal or kitchen, not ${asked}`)
}

export function configOf(file: string | undefined): Config {
  if (file === undefined && !existsSync(DEFAULT_CONFIG)) return defaultConfig()
  const config = readConfig(file ?? DEFAULT_CONFIG)
  return config.ok ? config.value : fail(config.error)
}
