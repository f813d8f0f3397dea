import { parseArgs, type ParseArgsOptionDescriptor } from 'node:util'
import { messageOf } from '../logger.ts'
import { CommandFailed, type Command, type OptionValues } from './command.ts'
import { commands } from './commands.ts'

const EXIT_DONE = 0
const EXIT_FAILED = 1
const EXIT_USAGE = 2

/** Runs one command line and gives the exit status: 0 done, 1 refused or failed, 2 wrong usage. */
export async function runCli(argv: readonly string[]): Promise<number> {
  const command = findCommand(argv)
  if (!command) {
    const wantsHelp = argv.length === 0 || argv[0] === '--help' || argv[0] === 'help'
    const output = wantsHelp ? process.stdout : process.stderr
    if (!wantsHelp) output.write(`There is no command "${argv.join(' ')}".\n\n`)
    output.write(overview())
    return wantsHelp ? EXIT_DONE : EXIT_USAGE
  }
  const rest = argv.slice(command.name.split(' ').length)
  if (rest.includes('--help')) {
    process.stdout.write(`${usage(command)}\n\n${command.summary}\n`)
    return EXIT_DONE
  }
  let parsed: { values: OptionValues; positionals: string[] }
  try {
    parsed = parseArgs({
      args: rest,
      options: { ...command.options, json: { type: 'boolean' } },
      allowPositionals: command.positionals !== undefined,
    })
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n${usage(command)}\n`)
    return EXIT_USAGE
  }
  const missing = (command.required ?? []).filter((name) => parsed.values[name] === undefined)
  if (missing.length > 0 || parsed.positionals.length !== (command.positionals?.length ?? 0)) {
    const what = missing.length > 0 ? `--${missing.join(', --')}` : command.positionals?.join(' ')
    process.stderr.write(`Needed: ${what}\n${usage(command)}\n`)
    return EXIT_USAGE
  }
  try {
    await command.run({ values: parsed.values, positionals: parsed.positionals })
    return EXIT_DONE
  } catch (error) {
    if (!(error instanceof CommandFailed)) process.stderr.write(`${messageOf(error)}\n`)
    else process.stderr.write(`${error.message}\n`)
    return error instanceof CommandFailed && error.isUsage ? EXIT_USAGE : EXIT_FAILED
  }
}

/** The longest name that the arguments begin with: `store create` before `store`. */
function findCommand(argv: readonly string[]): Command | undefined {
  return commands
    .filter(({ name }) => name === argv.slice(0, name.split(' ').length).join(' '))
    .toSorted((a, b) => b.name.length - a.name.length)[0]
}

function usage(command: Command): string {
  const options = Object.entries(command.options).map(([name, option]) => {
    const word = optionWord(name, option, command.values?.[name])
    return command.required?.includes(name) ? word : `[${word}]`
  })
  return `aura ${[command.name, ...options, ...(command.positionals ?? [])].join(' ')}`
}

const optionWord = (name: string, option: ParseArgsOptionDescriptor, value = 'TEXT'): string =>
  option.type === 'boolean' ? `--${name}` : `--${name} ${value}${option.multiple ? ' …' : ''}`

function overview(): string {
  const width = Math.max(...commands.map(({ name }) => name.length))
  const lines = commands.map(
    ({ name, summary }) => `  ${name.padEnd(width)}  ${summary.split('\n')[0]}`,
  )
  return `aura COMMAND [OPTIONS]    each explains itself with --help\n\n${lines.join('\n')}\n`
}
