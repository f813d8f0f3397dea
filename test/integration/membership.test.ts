import { rm, writeFile, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PairingCode } from '../../protocol/pairing.ts'
import { digestIn, statusIn } from '../support/device-files.ts'
import { createProcesses, type Processes, type RunningProcess } from '../support/processes.ts'
import { waitUntil } from '../support/wait-until.ts'

/** Far more than the five seconds that a removal may take where a machine has time. */
const SETTLE_MS = 40_000

let processes: Processes
beforeAll(() => {
  processes = createProcesses()
})
afterAll(() => processes.close())

async function aura(...args: string[]): Promise<string> {
  const done = await processes.run(args)
  if (done.status !== 0) throw new Error(`aura ${args.join(' ')}: ${done.stderr}`)
  return done.stdout.trim()
}

interface Device {
  readonly dir: string
  readonly id: string
  readonly running: RunningProcess
}

const start = (dir: string, ...more: string[]): Promise<RunningProcess> =>
  processes.start([
    'terminal',
    '--data',
    dir,
    '--api',
    '127.0.0.1:0',
    '--peer',
    '127.0.0.1:0',
    ...more,
  ])

async function run(dir: string, ...more: string[]): Promise<Device> {
  const running = await start(dir, ...more)
  return { dir, id: String(running.ready['device_id']), running }
}

async function found(name: string, ...more: string[]): Promise<Device> {
  const dir = await processes.folder(name)
  await aura('store', 'create', '--data', dir, '--name', name, '--demo', '--device', name)
  return run(dir, ...more)
}

async function show(member: Device): Promise<PairingCode> {
  return JSON.parse(await aura('pair', '--data', member.dir, '--show')) as PairingCode
}

const joinArguments = (dir: string, { code, peer }: PairingCode, name: string): string[] => [
  'pair',
  '--data',
  dir,
  ...['--join', peer, '--code', code, '--name', name, '--role', 'terminal'],
]

async function joinStore(member: Device, name: string): Promise<Device> {
  const dir = await processes.folder(name)
  await aura(...joinArguments(dir, await show(member), name))
  return run(dir)
}

const statusOf = ({ dir }: Device) => statusIn(dir)

/** Ids of the devices that it is connected with, in order. */
async function connectedOf(device: Device): Promise<string> {
  const { peers } = await statusOf(device)
  const connected = (peers ?? []).filter((peer) => peer.connected).map((peer) => peer.deviceId)
  return connected.toSorted().join(' ')
}

const idsOf = (...devices: Device[]): string =>
  devices
    .map(({ id }) => id)
    .toSorted()
    .join(' ')

const tokenOf = ({ dir }: Device): Promise<string> =>
  aura('token', '--data', dir, '--role', 'manager', '--label', 'test')

/** Takes an order on a device, once what the store sells has arrived there. */
async function order(device: Device): Promise<string> {
  const token = await tokenOf(device)
  const post = () =>
    fetch(`${String(device.running.ready['api'])}/api/v1/orders`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        order_type: 'takeout',
        items: [{ menu_item_id: 'burger-classic', quantity: 1, modifiers: [] }],
      }),
    })
  let response = await post()
  await waitUntil(async () => {
    if (response.status === 503) response = await post()
    return response.status !== 503
  }, SETTLE_MS)
  expect(response.status).toBe(201)
  return ((await response.json()) as { order_number: string }).order_number
}

/** The numbers of the orders that a device holds. */
async function ordersOf(device: Device, token: string): Promise<string[]> {
  const response = await fetch(`${String(device.running.ready['api'])}/api/v1/orders`, {
    headers: { authorization: `Bearer ${token}` },
  })
  const { data } = (await response.json()) as { data: { order_number: string }[] }
  return data.map(({ order_number: number }) => number)
}

const digestOf = ({ dir }: Device) => digestIn(dir)

describe('a store of four devices', () => {
  test('[P1] who is removed is cut off everywhere, keeps calling in vain, and knows it', async () => {
    const a = await found('founder')
    const [b, c] = [await joinStore(a, 'till-b'), await joinStore(a, 'till-c')]
    let d = await joinStore(a, 'till-d')
    await waitUntil(async () => (await connectedOf(a)) === idsOf(b, c, d), SETTLE_MS)
    await waitUntil(async () => (await connectedOf(c)) === idsOf(a, b, d), SETTLE_MS)
    await order(b)
    await waitUntil(async () => (await digestOf(b)) === (await digestOf(c)), SETTLE_MS)

    // Through a running member.
    await aura('unpair', '--data', a.dir, '--device', b.id)
    for (const member of [a, c, d]) {
      const others = [a, c, d].filter((other) => other !== member)
      await waitUntil(async () => (await connectedOf(member)) === idsOf(...others), SETTLE_MS)
      const { devices } = await statusOf(member)
      expect(devices.filter(({ revoked }) => revoked)).toMatchObject([{ device_id: b.id }])
    }
    await waitUntil(async () => (await connectedOf(b)) === '', SETTLE_MS)
    expect(await statusOf(b)).toMatchObject({ revoked: true })

    // What it wrote before stays, what it writes now reaches nobody.
    const before = await digestOf(a)
    expect(await digestOf(c)).toBe(before)
    await order(b)
    await waitUntil(() => a.running.stderr().includes(`${b.id} called`), SETTLE_MS)
    expect(await digestOf(a)).toBe(before)

    // In the place of a member that does not run: the others hear of it when it does.
    await d.running.kill('SIGTERM')
    await aura('unpair', '--data', d.dir, '--device', c.id)
    expect((await statusOf(a)).devices.filter(({ revoked }) => revoked)).toHaveLength(1)
    d = await run(d.dir)
    await waitUntil(async () => (await connectedOf(a)) === idsOf(d), SETTLE_MS)
    await waitUntil(async () => (await connectedOf(c)) === '', SETTLE_MS)
  })
})

describe('a member that has not heard', () => {
  test('[P1] [F4] passes on what a removed device sold meanwhile: it counts, and is shown', async () => {
    let a = await found('founder')
    const [b, c] = [await joinStore(a, 'till-b'), await joinStore(a, 'till-c')]
    await order(c)
    await waitUntil(async () => (await connectedOf(b)) === idsOf(a, c), SETTLE_MS)
    await waitUntil(async () => (await digestOf(a)) === (await digestOf(c)), SETTLE_MS)

    // The removal is written while the member that wrote it is off: B and C go on as before.
    await a.running.kill('SIGTERM')
    await aura('unpair', '--data', a.dir, '--device', c.id)
    const sold = await order(c)
    await waitUntil(async () => (await digestOf(b)) === (await digestOf(c)), SETTLE_MS)
    a = await run(a.dir)
    for (const member of [a, b]) {
      const token = await tokenOf(member)
      await waitUntil(async () => (await ordersOf(member, token)).includes(sold), SETTLE_MS)
      await waitUntil(async () => (await statusOf(member)).conflicts.length > 0, SETTLE_MS)
      expect((await statusOf(member)).conflicts).toMatchObject([
        { kind: 'written_after_removal', device_id: c.id },
      ])
    }
    await waitUntil(async () => (await digestOf(a)) === (await digestOf(b)), SETTLE_MS)
  })
})

describe('folders and codes', () => {
  test('[P1] devices of two stores on one network never mix', async () => {
    const ours = await found('ours')
    const peer = String(ours.running.ready['peer'])
    const theirs = await found('theirs', '--connect', peer)
    await waitUntil(() => theirs.running.stderr().includes(`${ours.id} is no member`), SETTLE_MS)
    expect([await connectedOf(ours), await connectedOf(theirs)]).toEqual(['', ''])

    // A wrong code leaves nothing behind but keys, and the right one makes a device of the folder.
    const dir = await processes.folder('joiner')
    const shown = await show(ours)
    const wrong = { ...shown, code: shown.code === '00000000' ? '00000001' : '00000000' }
    const refused = await processes.run(joinArguments(dir, wrong, 'Kitchen'))
    expect(refused).toMatchObject({ status: 1, stderr: expect.stringMatching(/code is wrong/) })
    expect(await processes.run(['status', '--data', dir])).toMatchObject({ status: 1 })
    await aura(...joinArguments(dir, shown, 'Kitchen'))
    expect(JSON.parse(await aura('status', '--data', dir))).toMatchObject({
      device_name: 'Kitchen',
    })
    expect((await stat(join(dir, 'device.key'))).mode & 0o077).toBe(0)
  })

  test('[P1] a folder without its keys, or with another’s, says so and does not run', async () => {
    const [dir, other] = [await processes.folder('one'), await processes.folder('two')]
    for (const each of [dir, other])
      await aura('store', 'create', '--data', each, '--name', 'X', '--demo')
    for (const file of ['device.key', 'device.crt']) {
      await writeFile(join(dir, file), await readFile(join(other, file)))
    }
    const terminal = ['terminal', '--data', dir, '--api', '127.0.0.1:0', '--peer', '127.0.0.1:0']
    expect(await processes.run(terminal)).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/not the one of its device/),
    })
    await rm(join(dir, 'device.key'))
    expect(await processes.run(terminal)).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/made before devices had keys/),
    })
  })
})
