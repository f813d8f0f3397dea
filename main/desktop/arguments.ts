import { join, resolve } from 'node:path'
import { LINK_SCHEME } from './deep-links.ts'
import { readOpeningHours } from './update-gate.ts'

/** What the shell reads from its command line; the rest is the terminal process's business. */
export interface DesktopArguments {
  readonly screen: 'pos' | 'kitchen'
  readonly dataFolder: string
  /** When the store is open, and no update is installed; null where it was not said. */
  readonly openingHours: { readonly from: number; readonly to: number } | null
  /** The device's key is not to lie in the keychain. */
  readonly keyInFile: boolean
  /** As for `aura terminal`, with the data folder always named. */
  readonly terminalArguments: readonly string[]
}

/**
 * What follows the program. In a development run the folder of the app stands between, behind the
 * switches that are for Electron itself: `electron --no-sandbox . --data DIR`.
 */
export function ownArguments(argv: readonly string[], appFolder: string | null): string[] {
  if (appFolder === null) return argv.slice(1)
  return argv.slice(argv.findIndex((argument, at) => at > 0 && resolve(argument) === appFolder) + 1)
}

/**
 * `argv` is our own part of the command line. Chromium's switches may stand among it; none of them
 * has a meaning for the terminal.
 */
export function readArguments(argv: readonly string[], userFolder: string): DesktopArguments {
  const hours = argv.find((argument) => argument.startsWith(OPEN_HOURS))
  const own = argv.filter(
    (argument) =>
      !CHROMIUM_SWITCHES.has(argument.split('=')[0] ?? '') &&
      !argument.startsWith(LINK_SCHEME) &&
      argument !== hours &&
      argument !== KEY_IN_FILE,
  )
  const named = valueOf(own, '--data')
  const dataFolder = named ?? join(userFolder, 'store')
  return {
    screen: valueOf(own, '--role') === 'kitchen' ? 'kitchen' : 'pos',
    dataFolder,
    openingHours: hours === undefined ? null : readOpeningHours(hours.slice(OPEN_HOURS.length)),
    keyInFile: argv.includes(KEY_IN_FILE),
    terminalArguments: named === undefined ? ['--data', dataFolder, ...own] : own,
  }
}

const KEY_IN_FILE = '--key-in-file'
const OPEN_HOURS = '--open-hours='

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
