import { parseArgs } from 'node:util'
import { ok, refuse, type Result } from '../../domain/result.ts'
import { text, textList } from '../cli/command.ts'
import { terminal } from '../cli/run-commands.ts'
import { defaultConfig, readConfig } from '../config.ts'
import { createLogger, messageOf } from '../logger.ts'
import type { TerminalOptions } from '../terminal/terminal.ts'

/** The windows have their own way to the terminal: its other ports may be any that are free. */
const ANY_PORT = '127.0.0.1:0'

/** What `aura terminal` would read from the same arguments; refused where it would not take them. */
export function readTerminalOptions(argv: readonly string[]): Result<TerminalOptions, string> {
  let values
  try {
    values = parseArgs({ args: [...argv], options: terminal.options }).values
  } catch (error) {
    return refuse(messageOf(error))
  }
  const dataDir = text(values, 'data')
  if (dataDir === undefined) return refuse('--data is needed.')
  const role = text(values, 'role') ?? null
  if (role !== null && role !== 'terminal' && role !== 'kitchen')
    return refuse(`--role takes terminal or kitchen, not ${role}.`)
  if (values['https'] === true) return refuse('--https is not yet built.')
  const file = text(values, 'config')
  const config = file === undefined ? ok(defaultConfig()) : readConfig(file)
  if (!config.ok) return config
  return ok({
    dataDir,
    role,
    api: text(values, 'api') ?? ANY_PORT,
    peer: text(values, 'peer') ?? ANY_PORT,
    discovery: values['no-discovery'] !== true,
    connect: textList(values, 'connect'),
    central: text(values, 'central') ?? null,
    config: config.value,
    logger: createLogger('terminal'),
  })
}
