import { parseArgs } from 'node:util'
import { ok, refuse, type Result } from '../../domain/result.ts'
import { terminalArguments, terminalOptions } from '../cli/terminal-options.ts'
import { messageOf } from '../logger.ts'
import type { TerminalOptions } from '../terminal/terminal.ts'

/** The windows have their own way to the terminal: its API may be at any port that is free. */
const ANY_PORT = '127.0.0.1:0'

/** What `aura terminal` would read from the same arguments; refused where it would not take them. */
export function readTerminalOptions(argv: readonly string[]): Result<TerminalOptions, string> {
  try {
    const { values } = parseArgs({ args: [...argv], options: terminalArguments })
    return ok(terminalOptions(values, ANY_PORT))
  } catch (error) {
    return refuse(messageOf(error))
  }
}
