import { EventEmitter } from 'node:events'
import type { FromUtility, ToUtility } from './utility-process.ts'

/** Loaded before the terminal's entry: gives its process what Electron gives a utility process. */
const send = (message: FromUtility): void => void process.send?.(message)

class Port extends EventEmitter {
  readonly id: string
  readonly #early: ToUtility[] = []
  #isStarted = false
  constructor(id: string) {
    super()
    this.id = id
  }
  postMessage(data: unknown): void {
    send({ port: this.id, data })
  }
  start(): void {
    this.#isStarted = true
    for (const message of this.#early.splice(0)) this.heard(message)
  }
  close(): void {
    send({ port: this.id, isClosed: true })
  }
  heard(message: ToUtility): void {
    if (!this.#isStarted) this.#early.push(message)
    else if (message.isClosed === true) this.emit('close')
    else this.emit('message', { data: message.data, ports: [] })
  }
}

const ports = new Map<string, Port>()
const parentPort = Object.assign(new EventEmitter(), {
  postMessage: (said: unknown) => send({ said }),
})
const early: { readonly data: unknown; readonly ports: readonly Port[] }[] = []
parentPort.once('newListener', (event) => {
  if (event !== 'message') return
  setImmediate(() => {
    for (const message of early.splice(0)) parentPort.emit('message', message)
  })
})

process.on('message', (message: ToUtility) => {
  if (message.said !== undefined) {
    const given = message.said.ports.map((id) => new Port(id))
    for (const port of given) ports.set(port.id, port)
    const said = { data: message.said.data, ports: given }
    if (parentPort.listenerCount('message') === 0 || early.length > 0) early.push(said)
    else parentPort.emit('message', said)
  } else if (message.port !== undefined) ports.get(message.port)?.heard(message)
})
// A utility process never outlives the shell.
process.on('disconnect', () => process.exit())

Object.assign(process, { parentPort })
