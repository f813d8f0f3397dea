import { writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import {
  startSimulatedTerminal,
  type Fault,
  type SimulatedTerminal,
} from '../../../main/payments/simulated/terminal.ts'
import { launchBrowser } from '../../support/browser.ts'
import { startPrinter, type PrinterSimulator } from '../../support/printer-simulator.ts'
import { createProcesses, type Processes } from '../../support/processes.ts'
import { layCable } from './lan.ts'
import { prepareMenu } from './prepare-menu.ts'

/**
 * A restaurant before it opens: two tills and the kitchen's device as processes of their own, a card
 * terminal at each till, a receipt printer at the first one, and a network from which the second till
 * can be cut off.
 */
export interface House {
  readonly browser: Browser
  readonly till1: HouseTill
  readonly till2: HouseTill
  readonly kitchenApi: string
  readonly printer: PrinterSimulator
  /** The second till hears nobody, and nobody hears it. */
  readonly pullCable: () => void
  readonly putCableBack: () => void
  /** Somebody orders in the shop on the internet, which asks the first till; the order's number. */
  readonly orderOnline: (order: object) => Promise<string>
  /** The office says after how many seconds a ticket of the grill turns soon, and late. */
  readonly setGrill: (soon: number, late: number) => Promise<void>
  /** `aura COMMAND --data DIR` on each of the three devices; what it printed. */
  readonly onEach: (command: string) => Promise<string[]>
  readonly close: () => Promise<void>
}

export interface HouseTill {
  readonly api: string
  /** What goes wrong with the next cards there, one after the other. */
  readonly cardFaults: Fault[]
}

/** A guest takes this long with the card. */
const CARD_MS = 300

export async function openHouse(): Promise<House> {
  const processes = createProcesses()
  const root = await processes.folder('day')
  const run = async (...args: string[]): Promise<string> => {
    const done = await processes.run(args)
    if (done.status !== 0) throw new Error(`aura ${args.join(' ')}: ${done.stderr}`)
    return done.stdout.trim()
  }
  const dirs = ['till-1', 'till-2', 'kitchen'].map((name) => join(root, name))
  const [dir1, dir2, kitchenDir] = dirs as [string, string, string]
  const terminals = await Promise.all([cardTerminal(), cardTerminal()])
  const printer = await startPrinter()
  const configs = terminals.map((_, place) => join(root, `till-${place + 1}.yaml`))
  await Promise.all(
    terminals.map(({ terminal }, place) => writeFile(configs[place]!, configOf(terminal))),
  )

  const create = ['store', 'create', '--data', dir1, '--name', 'Chez Nous', '--demo']
  await run(...create, '--device', 'Till 1')
  const at = (peer: string) => ['--api', '127.0.0.1:0', '--peer', peer, '--no-discovery']
  const alone = await processes.start(['terminal', '--data', dir1, ...at('127.0.0.1:0')])
  const admit = async (dir: string, name: string, role: string): Promise<void> => {
    const shown = JSON.parse(await run('pair', '--data', dir1, '--show')) as Record<string, string>
    const joining = ['--join', shown['peer']!, '--code', shown['code']!, '--role', role]
    await run('pair', '--data', dir, '--name', name, ...joining)
  }
  const token = (role: string) => run('token', '--data', dir1, '--role', role, '--label', role)
  const admitBoth = async (): Promise<void> => {
    await admit(dir2, 'Till 2', 'terminal')
    await admit(kitchenDir, 'Kitchen', 'kitchen')
  }
  const [office, shop] = await Promise.all([token('admin'), token('service'), admitBoth()])
  const uses = ['--receipts-of', 'this', '--drawer', '--address', printer.address]
  const receipts = ['--id', 'receipts', '--name', 'Receipts', ...uses]
  await Promise.all([
    prepareMenu(String(alone.ready['api']), office),
    run('printer', 'set', '--data', dir1, ...receipts),
  ])
  // Elsewhere than where the others joined it, so that they know it by what they are told here alone.
  await alone.kill()

  const [peer1, peer2] = [await freeAddress(), await freeAddress()]
  const cables = await Promise.all([layCable(peer1), layCable(peer2)])
  const start = (dir: string, peer: string, ...more: string[]) =>
    processes.start(['terminal', '--data', dir, ...at(peer), ...more])
  const [till1, till2, kitchen, browser] = await Promise.all([
    start(dir1, peer1, '--config', configs[0]!),
    start(dir2, peer2, '--config', configs[1]!, '--connect', cables[0].address),
    start(kitchenDir, '127.0.0.1:0', '--connect', peer1, '--connect', cables[1].address),
    launchBrowser(),
  ])
  return {
    browser,
    till1: { api: String(till1.ready['api']), cardFaults: terminals[0].faults },
    till2: { api: String(till2.ready['api']), cardFaults: terminals[1].faults },
    kitchenApi: String(kitchen.ready['api']),
    printer,
    pullCable: () => cables.forEach((cable) => cable.pull()),
    putCableBack: () => cables.forEach((cable) => cable.putBack()),
    orderOnline: (order) => orderOnline(String(till1.ready['api']), shop, order),
    setGrill: (soon, late) => setGrill(String(till1.ready['api']), office, soon, late),
    onEach: (command) => Promise.all(dirs.map((dir) => run(command, '--data', dir))),
    close: () => closeAll(browser, processes, [...cables, printer], terminals),
  }
}

interface CardTerminal {
  readonly terminal: SimulatedTerminal
  readonly faults: Fault[]
}

async function cardTerminal(): Promise<CardTerminal> {
  const faults: Fault[] = []
  const terminal = await startSimulatedTerminal({
    presentMs: CARD_MS,
    faultAt: (step) => (step === 'pay: asked' ? (faults.shift() ?? 'none') : 'none'),
  })
  return { terminal, faults }
}

const configOf = ({ port }: SimulatedTerminal): string =>
  `payments:\n  card_terminal: { provider: simulated, address: '127.0.0.1:${port}' }\n`

async function freeAddress(): Promise<string> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return `127.0.0.1:${port}`
}

async function orderOnline(api: string, token: string, order: object): Promise<string> {
  const answer = await fetch(`${api}/api/v1/orders`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ order_type: 'online', ...order }),
  })
  if (!answer.ok) throw new Error(await answer.text())
  return String(((await answer.json()) as Record<string, unknown>)['order_number'])
}

async function setGrill(api: string, token: string, soon: number, late: number): Promise<void> {
  const grill = { name: 'Grill & oven', position: 0 }
  const answer = await fetch(`${api}/api/v1/stations/grill`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ ...grill, warn_after_seconds: soon, late_after_seconds: late }),
  })
  if (!answer.ok) throw new Error(await answer.text())
}

async function closeAll(
  browser: Browser,
  processes: Processes,
  lines: readonly { readonly close: () => Promise<void> }[],
  terminals: readonly CardTerminal[],
): Promise<void> {
  await browser.close()
  await processes.close()
  await Promise.all([
    ...lines.map((line) => line.close()),
    ...terminals.map(({ terminal }) => terminal.stop()),
  ])
}
