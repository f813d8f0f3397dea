import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { ordersIn, unreadableIn, untilSameDigest, verifyIn } from '../support/device-files.ts'
import { FIXTURES, hasProgram, unpackFixture, unpackProgram } from '../support/fixtures.ts'
import { createProcesses, type Processes, type RunningProcess } from '../support/processes.ts'
import { sellBurger } from '../support/sell-burger.ts'
import { waitUntil } from '../support/wait-until.ts'

/**
 * The data folders that released versions left behind, opened by the program of today: it brings
 * them to its schema, finds nothing wrong, and goes on where the older one stopped, also beside a
 * device that still runs the older program.
 */
const DEVICES = ['till', 'kitchen'] as const
const versions = readdirSync(FIXTURES).filter((name) => name.startsWith('data-'))
const MEET_MS = 60_000

let processes: Processes
beforeAll(() => {
  processes = createProcesses()
})
afterAll(() => processes.close())

async function aura(...args: string[]): Promise<string> {
  const { status, stdout, stderr } = await processes.run(args)
  expect(status, stderr).toBe(0)
  return stdout.trim()
}

const PLACES = ['--api', '127.0.0.1:0', '--peer', '127.0.0.1:0', '--no-discovery']
const start = (dir: string, ...more: string[]): Promise<RunningProcess> =>
  processes.start(['terminal', '--data', dir, ...PLACES, ...more])

test('there is a data folder of a released version to open', () => {
  expect(versions).toContain('data-0.1.0')
})

type Orders = Record<(typeof DEVICES)[number], unknown[]>

/** The folders of a version, as it left them, and what it knew of orders. */
async function unpack(version: string) {
  const root = await processes.folder('upgrade')
  for (const name of DEVICES) unpackFixture(version, name, join(root, name))
  const orders = JSON.parse(readFileSync(join(FIXTURES, version, 'orders.json'), 'utf8')) as Orders
  return { root, till: join(root, 'till'), kitchen: join(root, 'kitchen'), orders }
}

const role = ['--role', 'manager', '--label', 'test']

test.each(versions)(
  '[L4] [F3] %s opens, migrates, verifies clean, meets its peer again and sells',
  async (version) => {
    const { till, kitchen, orders } = await unpack(version)
    for (const [name, dir] of [
      ['till', till],
      ['kitchen', kitchen],
    ] as const) {
      expect(await verifyIn(dir)).toMatchObject({ ok: true })
      expect(unreadableIn(dir)).toBe(0)
      expect(ordersIn(dir)).toEqual(orders[name])
    }
    const token = await aura('token', '--data', till, ...role)
    const atTill = await start(till)
    const atKitchen = await start(kitchen, '--connect', String(atTill.ready['peer']))
    await sellBurger({ api: String(atTill.ready['api']), token })
    await waitUntil(() => ordersIn(kitchen).length === orders.till.length + 1, MEET_MS)
    await untilSameDigest(till, kitchen)
    await atTill.kill()
    await atKitchen.kill()
    for (const dir of [till, kitchen]) expect(await verifyIn(dir)).toMatchObject({ ok: true })
  },
)

test.each(versions.filter(hasProgram))(
  '[L4] beside a device that still runs %s itself both sell, and what that could not read is read later',
  async (version) => {
    const { root, till, kitchen, orders } = await unpack(version)
    const program = unpackProgram(version)
    onTestFinished(() => rmSync(dirname(program), { recursive: true }))
    // Its configuration, for it does not know the keys of ours.
    writeFileSync(join(root, 'then.yaml'), 'orders: {}\n')
    const tokenThen = await processes.run(['token', '--data', kitchen, ...role], { program })
    expect(tokenThen.status, tokenThen.stderr).toBe(0)
    const places = ['--data', kitchen, ...PLACES, '--config', join(root, 'then.yaml')]
    const atKitchen = await processes.start(['terminal', ...places], { program })
    const token = await aura('token', '--data', till, ...role)
    const atTill = await start(till, '--connect', String(atKitchen.ready['peer']))
    await sellBurger({ api: String(atTill.ready['api']), token })
    await sellBurger({ api: String(atKitchen.ready['api']), token: tokenThen.stdout.trim() })
    const meet = () => {
      expect(ordersIn(till)).toHaveLength(orders.till.length + 2)
      expect(ordersIn(till)).toEqual(ordersIn(kitchen))
    }
    await vi.waitFor(meet, { timeout: MEET_MS }).catch((error: unknown) => {
      throw new Error(`${atTill.stderr()}\n${atKitchen.stderr()}`, { cause: error })
    })
    await atTill.kill()
    await atKitchen.kill()
    for (const dir of [till, kitchen]) {
      expect(await verifyIn(dir)).toMatchObject({ ok: true })
      expect(unreadableIn(dir)).toBe(0)
    }
  },
)
