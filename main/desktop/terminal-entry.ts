import type { ParentPort } from 'electron'
import { startTerminal, type ScreenPort, type Terminal } from '../terminal/terminal.ts'
import { readShellMessage, type Refusal } from './shell-messages.ts'
import { readTerminalOptions } from './terminal-options.ts'

/**
 * The terminal in Electron's utility process: the same as `aura terminal`, with a port for every
 * window of the shell. Windows that are there first wait until it serves.
 */
const shell = process.parentPort
const waiting: ScreenPort[] = []
let terminal: Terminal | undefined

shell.on('message', ({ data, ports }) => {
  const message = readShellMessage(data)
  switch (message?.type) {
    case 'screen':
      for (const port of ports) attach(port)
      return
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
  const started = options.ok ? await startTerminal(options.value) : options
  if (!started.ok) {
    parent.postMessage({ type: 'refused', reason: started.error } satisfies Refusal)
    return
  }
  terminal = started.value
  process.stdout.write(`${JSON.stringify(terminal.ready)}\n`)
  for (const port of waiting.splice(0)) attach(port)
}

function attach(port: ScreenPort): void {
  if (terminal === undefined) waiting.push(port)
  else terminal.attachScreen(port)
}

async function stop(): Promise<void> {
  await terminal?.stop()
  process.exit(0)
}
