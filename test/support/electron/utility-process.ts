import { fork as forkNode, type ChildProcess } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { closedAt, placeGone, placePort, postedAt, type Place } from './ports.ts'

/** Electron's `utilityProcess`: a real process of Node, with a `parentPort` and ports. */
const INSIDE = new URL('./inside-utility.ts', import.meta.url).href

export interface ToUtility {
  readonly said?: { readonly data: unknown; readonly ports: readonly string[] }
  readonly port?: string
  readonly data?: unknown
  readonly isClosed?: true
}

export type FromUtility =
  | { readonly said: unknown }
  | { readonly port: string; readonly data: unknown }
  | { readonly port: string; readonly isClosed: true }

interface ForkOptions {
  readonly serviceName?: string
  readonly stdio?: 'inherit' | 'pipe'
  readonly env?: NodeJS.ProcessEnv
  readonly execArgv?: readonly string[]
}

export class UtilityProcess extends EventEmitter {
  readonly #child: ChildProcess
  readonly #place: Place
  readonly stdout: ChildProcess['stdout']
  readonly stderr: ChildProcess['stderr']

  constructor(entry: string, args: string[], options: ForkOptions) {
    super()
    const stdio = options.stdio ?? 'inherit'
    const child = forkNode(entry, args, {
      execArgv: [...(options.execArgv ?? []), '--import', INSIDE],
      serialization: 'advanced',
      stdio: ['ignore', stdio, stdio, 'ipc'],
      ...(options.env !== undefined && { env: options.env }),
    })
    this.#child = child
    this.stdout = child.stdout
    this.stderr = child.stderr
    this.#place = {
      deliver: (port, data) => this.#send({ port, data }),
      close: (port) => this.#send({ port, isClosed: true }),
    }
    child.on('message', (message) => this.#heard(message as FromUtility))
    child.once('spawn', () => this.emit('spawn'))
    child.once('exit', (code) => {
      placeGone(this.#place)
      this.emit('exit', code)
    })
  }

  get pid(): number | undefined {
    return this.#child.exitCode === null && this.#child.signalCode === null
      ? this.#child.pid
      : undefined
  }

  postMessage(data: unknown, ports: readonly { readonly id: string }[] = []): void {
    this.#send({ said: { data, ports: ports.map(({ id }) => id) } })
    for (const { id } of ports) placePort(id, this.#place)
  }

  kill(): boolean {
    return this.#child.kill('SIGKILL')
  }

  #send(message: ToUtility): void {
    if (this.#child.connected) this.#child.send(message)
  }

  #heard(message: FromUtility): void {
    if ('said' in message) this.emit('message', message.said)
    else if ('isClosed' in message) closedAt(message.port)
    else postedAt(message.port, message.data)
  }
}
