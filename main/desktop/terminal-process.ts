import {
  MessageChannelMain,
  utilityProcess,
  type MessagePortMain,
  type UtilityProcess,
  type WebContents,
} from 'electron'
import type { Result } from '../../domain/result.ts'
import { afterExit } from './restart.ts'
import {
  isKeyWanted,
  readMoment,
  readRefusal,
  type Moment,
  type ShellMessage,
} from './shell-messages.ts'

/**
 * The terminal in a process of its own, so that a busy database never freezes a window. When it
 * ends by itself it is started anew, and every window gets a new port to it.
 */
export interface TerminalProcess {
  /** Gives this window a port to the terminal: now, and again after each restart. */
  connect(window: WebContents, screen: 'pos' | 'kitchen'): void
  /** Has it call whoever was lost: the computer has slept. */
  resync(): void
  /** Asks the terminal to close its files, and ends it where it does not. */
  stop(): Promise<void>
}

interface Options {
  readonly entry: string
  readonly terminalArguments: readonly string[]
  /** The device's key, out of the keychain; null: it lies in its file. */
  readonly key: () => Promise<Result<string | null, string>>
  readonly onGivenUp: (reason: string) => void
  readonly onMoment: (moment: Moment) => void
  /** What it says on its standard output and error. */
  readonly onOutput: (text: string) => void
}

const STOP_TIMEOUT_MS = 10_000

export function startTerminalProcess(options: Options) {
  const { entry, terminalArguments, key, onGivenUp, onMoment, onOutput } = options
  const screensByWindow = new Map<WebContents, 'pos' | 'kitchen'>()
  let child: UtilityProcess | undefined
  let failuresInRow = 0
  let isStopping = false

  function start(): void {
    if (isStopping) return
    const startedMs = performance.now()
    const started = utilityProcess.fork(entry, [...terminalArguments], {
      serviceName: 'AuraConnect terminal',
      // As `npm run aura` has it: pauses for memory that are short, and often.
      execArgv: ['--max-semi-space-size=2'],
      stdio: 'pipe',
    })
    for (const stream of [started.stdout, started.stderr])
      stream?.on('data', (chunk: Buffer) => onOutput(chunk.toString('utf8')))
    child = started
    let refusal: string | undefined
    const refuseFor = (reason: string): void => {
      refusal = reason
      started.kill()
    }
    started.on('message', (message: unknown) => {
      const moment = readMoment(message)
      if (moment !== undefined) return onMoment(moment)
      if (isKeyWanted(message)) return void handKey(started, refuseFor)
      const reason = readRefusal(message)
      if (reason !== undefined) refuseFor(reason)
    })
    started.once('exit', () => {
      child = undefined
      if (isStopping) return
      const next = afterExit({ refusal, ranForMs: performance.now() - startedMs, failuresInRow })
      switch (next.kind) {
        case 'giveUp':
          onGivenUp(next.reason)
          return
        case 'restart':
          failuresInRow = next.failuresInRow
          setTimeout(start, next.delayMs)
      }
    })
    for (const [window, screen] of screensByWindow) handOver(started, window, screen)
  }

  async function handKey(to: UtilityProcess, refuse: (reason: string) => void): Promise<void> {
    const opened = await key()
    if (opened.ok) tell(to, { type: 'key', key: opened.value })
    else refuse(opened.error)
  }

  start()
  return {
    connect(window, screen) {
      if (!screensByWindow.has(window))
        window.once('destroyed', () => screensByWindow.delete(window))
      screensByWindow.set(window, screen)
      if (child !== undefined) handOver(child, window, screen)
    },

    resync() {
      if (child !== undefined) tell(child, { type: 'resync' })
    },

    async stop() {
      isStopping = true
      const stopping = child
      if (stopping === undefined) return
      await new Promise<void>((resolve) => {
        const late = setTimeout(() => stopping.kill(), STOP_TIMEOUT_MS)
        stopping.once('exit', () => {
          clearTimeout(late)
          resolve()
        })
        tell(stopping, { type: 'stop' })
      })
    },
  } satisfies TerminalProcess
}

function handOver(child: UtilityProcess, window: WebContents, screen: 'pos' | 'kitchen'): void {
  const { port1, port2 } = new MessageChannelMain()
  tell(child, { type: 'screen', screen }, [port1])
  window.postMessage('aura-port', null, [port2])
}

function tell(child: UtilityProcess, message: ShellMessage, ports: MessagePortMain[] = []): void {
  child.postMessage(message, ports)
}
