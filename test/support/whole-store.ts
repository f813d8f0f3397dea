import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PairingCode } from '../../protocol/pairing.ts'
import { digestIn } from './device-files.ts'
import { createProcesses, type Processes, type RunningProcess } from './processes.ts'

export interface DeviceProcess {
  readonly name: string
  readonly dir: string
  readonly api: string
  /** Ends it as a power cut would, or as asked. */
  readonly kill: (signal?: NodeJS.Signals) => Promise<void>
  /** Starts it again where its screens expect it. */
  readonly restart: () => Promise<void>
  /** Calls its REST API as a manager. */
  readonly call: (method: string, path: string, body?: unknown) => Promise<Response>
}

type Shown = Pick<PairingCode, 'code' | 'peer'>

export interface WholeStore {
  readonly till1: DeviceProcess
  readonly till2: DeviceProcess
  readonly kitchen: DeviceProcess
  readonly devices: readonly DeviceProcess[]
  readonly storeId: string
  /** A new device, with the code and the address that a member shows. */
  readonly join: (shown: Shown, name: string, role: string) => Promise<DeviceProcess>
  readonly startCentral: () => Promise<{
    readonly databaseUrl: string
    readonly stop: () => Promise<void>
  }>
  /** The code and the address that till 1 shows. */
  readonly showCode: () => Promise<Shown>
  readonly aura: (...args: string[]) => Promise<string>
  /** `aura COMMAND --data DIR` on each device; what it printed. */
  readonly onEach: (command: string) => Promise<string[]>
  readonly digests: () => Promise<string[]>
  readonly close: () => Promise<void>
}

/** A store as `npm start` makes it, each device a process with a folder of its own. */
export async function startWholeStore(options: { config?: string } = {}): Promise<WholeStore> {
  const processes = createProcesses()
  const root = await processes.folder('store')
  const config = join(root, 'orders.yaml')
  writeFileSync(config, options.config ?? '')
  const aura = async (...args: string[]): Promise<string> => {
    const done = await processes.run(args)
    if (done.status !== 0) throw new Error(`aura ${args.join(' ')}: ${done.stderr}`)
    return done.stdout.trim()
  }
  const centralPort = await freePort()
  const central = `http://127.0.0.1:${centralPort}`

  const till1Dir = join(root, 'till-1')
  await aura(
    'store',
    'create',
    '--data',
    till1Dir,
    '--name',
    'Test',
    '--demo',
    '--device',
    'Till 1',
  )
  const shared = ['--central', central, '--config', config]
  const till1 = await startDevice(processes, aura, 'Till 1', till1Dir, shared)
  const joinWith: WholeStore['join'] = async ({ code, peer }, name, role) => {
    const dir = join(root, name.toLowerCase().replace(' ', '-'))
    const joining = ['--join', peer, '--code', code, '--name', name, '--role', role]
    await aura('pair', '--data', dir, ...joining)
    return startDevice(processes, aura, name, dir, shared)
  }
  const show = async () =>
    JSON.parse(await aura('pair', '--data', till1Dir, '--show')) as PairingCode
  const till2 = await joinWith(await show(), 'Till 2', 'terminal')
  const kitchen = await joinWith(await show(), 'Kitchen', 'kitchen')
  const devices = [till1, till2, kitchen]
  const status = JSON.parse(await aura('status', '--data', till1Dir)) as { store_id: string }
  return {
    till1,
    till2,
    kitchen,
    devices,
    storeId: status.store_id,
    join: joinWith,
    showCode: show,
    aura,
    startCentral: async () => {
      const port = String(centralPort)
      const args = ['central', '--embedded', join(root, 'central'), '--port', port]
      const { ready, kill } = await processes.start(args)
      return {
        databaseUrl: String(ready['database_url']),
        stop: async () => void (await kill('SIGTERM')),
      }
    },
    onEach: (command) =>
      Promise.all(devices.map(({ dir }) => aura(...command.split(' '), '--data', dir))),
    digests: () => Promise.all(devices.map(({ dir }) => digestIn(dir))),
    close: () => processes.close(),
  }
}

type Aura = (...args: string[]) => Promise<string>

async function startDevice(
  processes: Processes,
  aura: Aura,
  name: string,
  dir: string,
  shared: readonly string[],
): Promise<DeviceProcess> {
  const token = await aura('token', '--data', dir, '--role', 'manager', '--label', 'test')
  const start = (api: string): Promise<RunningProcess> =>
    processes.start(['terminal', '--data', dir, ...places(api), ...shared])
  const places = (api: string) => ['--api', api, '--peer', '127.0.0.1:0']
  let running = await start('127.0.0.1:0')
  const api = String(running.ready['api'])
  return {
    name,
    dir,
    api,
    kill: async (signal = 'SIGKILL') => void (await running.kill(signal)),
    restart: async () => {
      running = await start(new URL(api).host)
    },
    call: (method, path, body) =>
      fetch(`${api}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
  }
}

async function freePort(): Promise<number> {
  const { createServer } = await import('node:net')
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}
