import { join } from 'node:path'

/** What the shell reads from its command line; the rest is the terminal process's business. */
export interface DesktopArguments {
  readonly screen: 'pos' | 'kitchen'
  readonly dataFolder: string
  /** As for `aura terminal`, with the data folder always named. */
  readonly terminalArguments: readonly string[]
}

/**
 * `argv` is what follows the program, and in a development run the folder of the app. Chromium's
 * own switches may stand among it; none of them has a meaning for the terminal.
 */
export function readArguments(argv: readonly string[], userFolder: string): DesktopArguments {
  const own = argv.filter((argument) => !CHROMIUM_SWITCHES.has(argument.split('=')[0] ?? ''))
  const named = valueOf(own, '--data')
  const dataFolder = named ?? join(userFolder, 'store')
  return {
    screen: valueOf(own, '--role') === 'kitchen' ? 'kitchen' : 'pos',
    dataFolder,
    terminalArguments: named === undefined ? ['--data', dataFolder, ...own] : own,
  }
}

const CHROMIUM_SWITCHES = new Set([
  '--disable-gpu',
  '--no-sandbox',
  '--ozone-platform',
  '--remote-debugging-port',
])

function valueOf(argv: readonly string[], name: string): string | undefined {
  const joined = argv.find((argument) => argument.startsWith(`${name}=`))
  if (joined !== undefined) return joined.slice(name.length + 1)
  const position = argv.indexOf(name)
  return position < 0 ? undefined : argv[position + 1]
}
