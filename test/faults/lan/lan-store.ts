import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface, type Interface } from 'node:readline'
import type { PairingCode } from '../../../protocol/pairing.ts'
import type { DeviceStatus } from '../../../protocol/screens.ts'
import type { Request } from './driver.ts'
import type { Lan } from './lan.ts'

const AURA = join(import.meta.dirname, '../../../main/cli/aura.ts')
const DRIVER = join(import.meta.dirname, 'driver.ts')
export const PEER_PORT = 9_000

/** A device of the store on a host of the network. */
export interface LanDevice {
  readonly name: string
  readonly dir: string
  readonly sell: (orders: number) => Promise<void>
  readonly status: () => Promise<DeviceStatus>
  /** Ends it as a power cut would and starts it again, with what is added to its command line. */
  readonly restart: (...args: string[]) => Promise<void>
  readonly digest: () => string
  readonly verify: () => string
}

export interface LanStore {
  readonly devices: readonly LanDevice[]
  /** A new host with a new device, which joins by the typed-in address of a member. */
  readonly join: (name: string, address: string, member: Member) => Promise<LanDevice>
  readonly close: () => Promise<void>
}

/** The device that shows the code, and the address that is typed in on the new one. */
export interface Member {
  readonly device: LanDevice
  readonly at: string
}

/**
 * A store of several hosts, named `d1`, `d2`, … for the prefix `d`, joined over the network as people
 * would join them.
 */
export async function startLanStore(
  lan: Lan,
  prefix: string,
  addresses: readonly string[],
): Promise<LanStore> {
  const root = mkdtempSync(join(tmpdir(), 'aura-lan-'))
  const started: Started[] = []
  const start = async (name: string, dir: string): Promise<Started> => {
    const device = await startDevice(lan, name, dir)
    started.push(device)
    return device
  }
  async function found(name: string, address: string): Promise<Started> {
    const dir = join(root, name)
    lan.addHost(name, address)
    aura(lan, name, 'store', 'create', '--data', dir, '--name', name, '--demo', '--device', name)
    return start(name, dir)
  }
  async function joinStore(name: string, address: string, { device, at }: Member) {
    const dir = join(root, name)
    lan.addHost(name, address)
    const shown = aura(lan, device.name, 'pair', '--data', device.dir, '--show')
    const { code } = JSON.parse(shown) as PairingCode
    aura(lan, name, 'pair', '--data', dir, '--join', at, '--code', code, '--name', name)
    return start(name, dir)
  }

  const [first = '', ...more] = addresses
  const founder = await found(`${prefix}1`, first)
  const member = { device: founder, at: `${first}:${PEER_PORT}` }
  for (const [index, address] of more.entries()) {
    await joinStore(`${prefix}${index + 2}`, address, member)
  }
  return {
    devices: [...started],
    join: joinStore,
    close: async () => {
      for (const device of started) await device.stop()
      rmSync(root, { recursive: true, force: true })
    },
  }
}

interface Started extends LanDevice {
  readonly stop: () => Promise<void>
}

/** Runs a command on a host to its end. */
function aura(lan: Lan, host: string, ...args: string[]): string {
  const [command = '', ...rest] = [
    ...lan.on(host),
    process.execPath,
    ...process.execArgv,
    AURA,
    ...args,
  ]
  const done = spawnSync(command, rest, { encoding: 'utf8' })
  if (done.status !== 0) throw new Error(`aura ${args.join(' ')}: ${done.stderr}`)
  return done.stdout.trim()
}

async function startDevice(lan: Lan, name: string, dir: string): Promise<Started> {
  const token = aura(lan, name, 'token', '--data', dir, '--role', 'manager', '--label', 'lan')
  const run = (...args: string[]): ChildProcess => {
    const [command = '', ...rest] = [
      ...lan.on(name),
      process.execPath,
      ...process.execArgv,
      ...args,
    ]
    return spawn(command, rest, { stdio: ['pipe', 'pipe', 'ignore'] })
  }
  const startTerminal = async (...more: string[]): Promise<ChildProcess> => {
    const args = ['--data', dir, '--api', '127.0.0.1:8002', '--peer', `0.0.0.0:${PEER_PORT}`]
    const child = run(AURA, 'terminal', ...args, ...more)
    await once(createInterface({ input: child.stdout! }), 'line')
    return child
  }
  let terminal = await startTerminal()
  const driver = run(DRIVER, dir, token)
  const answers: Interface = createInterface({ input: driver.stdout! })
  const ask = async (request: Request): Promise<unknown> => {
    driver.stdin!.write(`${JSON.stringify(request)}\n`)
    const [line] = (await once(answers, 'line')) as [string]
    const answer = JSON.parse(line) as { error?: string }
    if (answer.error !== undefined) throw new Error(`${name}: ${answer.error}`)
    return answer
  }
  const end = async (child: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill(signal)
    await once(child, 'exit')
  }
  return {
    name,
    dir,
    sell: async (orders) => void (await ask({ sell: orders })),
    status: async () => (await ask({ status: true })) as DeviceStatus,
    restart: async (...args) => {
      await end(terminal, 'SIGKILL')
      terminal = await startTerminal(...args)
    },
    digest: () => aura(lan, name, 'digest', '--data', dir),
    verify: () => aura(lan, name, 'verify', '--data', dir),
    stop: async () => {
      await end(driver, 'SIGTERM')
      await end(terminal, 'SIGTERM')
    },
  }
}
