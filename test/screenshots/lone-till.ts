import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startSimulatedTerminal, type Fault } from '../../main/payments/simulated/terminal.ts'
import { createProcesses } from '../support/processes.ts'

/** One till alone, as somebody would have it before a shift: what the whole store's pictures have none of. */
export interface LoneTill {
  readonly api: string
  readonly ask: <T>(method: string, path: string, body?: unknown) => Promise<T>
  /** An order that is sent; with what was asked for. */
  readonly send: (order: object) => Promise<SentOrder>
  /** What goes wrong with the next cards, one after the other. */
  readonly cardFaults: Fault[]
  /** As a power cut would end it. */
  readonly kill: () => Promise<void>
  readonly close: () => Promise<void>
}

export interface SentOrder {
  readonly id: string
  readonly order_number: string
  readonly items: readonly { readonly id: string }[]
  readonly due: { readonly amount: number }
}

/** Sooner than a shop's half minute: nobody wants to wait for a picture. */
const ALARM_SECONDS = 3
const PRESENT_MS = 6_000

export async function startLoneTill(name: string): Promise<LoneTill> {
  const processes = createProcesses()
  const cardFaults: Fault[] = []
  const terminal = await startSimulatedTerminal({
    presentMs: PRESENT_MS,
    faultAt: (step) => (step === 'pay: asked' ? (cardFaults.shift() ?? 'none') : 'none'),
  })
  const folder = await processes.folder(name)
  const dir = join(folder, 'data')
  const config = join(folder, 'orders.yaml')
  await writeFile(
    config,
    [
      `orders:\n  kitchen_alarm_seconds: ${ALARM_SECONDS}`,
      `payments:\n  card_terminal: { provider: simulated, address: '127.0.0.1:${terminal.port}' }`,
    ].join('\n'),
  )
  await processes.run(['store', 'create', '--data', dir, '--name', 'Harbour Grill', '--demo'])
  const made = await processes.run([
    ...['token', '--data', dir, '--role', 'admin', '--label', 'pictures'],
  ])
  const places = ['--api', '127.0.0.1:0', '--peer', '127.0.0.1:0', '--no-discovery']
  const running = await processes.start(['terminal', '--data', dir, '--config', config, ...places])
  const api = String(running.ready['api'])
  const ask = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await fetch(`${api}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${made.stdout.trim()}`,
        'content-type': 'application/json',
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`)
    return (await answer.json()) as T
  }
  return {
    api,
    ask,
    send: async (order) => {
      const { id } = await ask<SentOrder>('POST', '/orders', order)
      return ask('PUT', `/orders/${id}/status`, { status: 'confirmed' })
    },
    cardFaults,
    kill: async () => void (await running.kill('SIGKILL')),
    close: async () => {
      await terminal.stop()
      await processes.close()
    },
  }
}
