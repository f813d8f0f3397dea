import type { ParentPort } from 'electron'
import { isDevice } from '../data-folder.ts'
import { isKeySealed, readKeyFile } from '../key-files.ts'
import {
  startTerminal,
  type ScreenPort,
  type Terminal,
  type TerminalOptions,
} from '../terminal/terminal.ts'
import { isTraining, optionsForTraining } from '../training/training.ts'
import { readShellMessage, type KeyWanted, type Moment, type Refusal } from './shell-messages.ts'
import { readTerminalOptions } from './terminal-options.ts'

/**
 * The terminal in Electron's utility process: the same as `aura terminal`, with a port for every
 * window of the shell. Windows that are there first wait until it serves.
 */
const shell = process.parentPort
const waiting: ScreenPort[] = []
let terminal: Pick<Terminal, 'attachScreen' | 'stop'> | undefined
let resync: () => void = () => undefined
const handed = Promise.withResolvers<string | null>()
let telling: NodeJS.Timeout | undefined

const MOMENT_EVERY_MS = 2_000

shell.on('message', ({ data, ports }) => {
  const message = readShellMessage(data)
  switch (message?.type) {
    case 'screen':
      for (const port of ports) attach(port)
      return
    case 'resync':
      return resync()
    case 'key':
      return handed.resolve(message.key)
    case 'stop':
      void stop()
      return
    case undefined:
      return
  }
})

await start(shell)

async function start(parent: ParentPort): Promise<void> {
  const options = readTerminalOptions(process.argv.slice(2))
  if (options.ok && !(await isDevice(options.value.dataDir))) return join(parent, options.value)
  const started = options.ok ? await startWithKey(parent, options.value) : options
  if (!started.ok) {
    parent.postMessage({ type: 'refused', reason: started.error } satisfies Refusal)
    return
  }
  terminal = started.value
  resync = started.value.resync
  process.stdout.write(`${JSON.stringify(started.value.ready)}\n`)
  tellMoments(parent, started.value)
  for (const port of waiting.splice(0)) attach(port)
  // Into a training or out of it: the shell starts the next process, on the other folder.
  void started.value.switched.then(stop)
}

async function startWithKey(parent: ParentPort, options: TerminalOptions) {
  const privateKey = await keyOf(parent, options.dataDir)
  const asked = { ...options, ...(privateKey !== null && { privateKey }) }
  return startTerminal(isTraining(asked.dataDir) ? optionsForTraining(asked) : asked)
}

/** Out of its file, or from the shell, where the keychain has it. */
async function keyOf(parent: ParentPort, dir: string): Promise<string | null> {
  const key = readKeyFile(dir)
  if (key !== null || !isKeySealed(dir)) return key
  parent.postMessage({ type: 'keyWanted' } satisfies KeyWanted)
  return (await handed.promise) ?? readKeyFile(dir)
}

/** The shell is told how the store is whenever that has changed. */
function tellMoments(parent: ParentPort, { moment, centralUrl }: Terminal): void {
  let told = ''
  const tell = (): void => {
    const now: Moment = { type: 'moment', ...moment(), centralUrl }
    if (JSON.stringify(now) === told) return
    told = JSON.stringify(now)
    parent.postMessage(now)
  }
  tell()
  telling = setInterval(tell, MOMENT_EVERY_MS)
}

/** A new device joins at its own window. Then this process ends, and the shell starts the next. */
async function join(parent: ParentPort, options: TerminalOptions): Promise<void> {
  const { startJoinScreen } = await import('../terminal/join-screen.ts')
  const started = await startJoinScreen(options)
  if (!started.ok) {
    parent.postMessage({ type: 'refused', reason: started.error } satisfies Refusal)
    return
  }
  process.stdout.write(`${JSON.stringify(started.value.ready)}\n`)
  terminal = started.value
  for (const port of waiting.splice(0)) attach(port)
  await started.value.joined
  await stop()
}

function attach(port: ScreenPort): void {
  if (terminal === undefined) waiting.push(port)
  else terminal.attachScreen(port)
}

async function stop(): Promise<void> {
  clearInterval(telling)
  await terminal?.stop()
  process.exit(0)
}
