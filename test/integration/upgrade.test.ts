import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { untilSameDigest, verifyIn } from '../support/device-files.ts'
import { FIXTURES, unpackFixture } from '../support/fixtures.ts'
import { createProcesses, type Processes, type RunningProcess } from '../support/processes.ts'
import { waitUntil } from '../support/wait-until.ts'

/**
 * The data folders that released versions left behind, opened by the program of today: it brings
 * them to its schema, finds nothing wrong, and goes on where the older one stopped.
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

/** `order_number, status, total, due` of every order in a device's file. */
function ordersIn(dir: string): unknown[] {
  const db = new Database(join(dir, 'store.db'), { readonly: true })
  try {
    const select = 'SELECT order_number, status, total_minor, due_minor FROM orders ORDER BY 1'
    return db.prepare(select).raw().all()
  } finally {
    db.close()
  }
}

const start = (dir: string, ...more: string[]): Promise<RunningProcess> => {
  const places = ['--api', '127.0.0.1:0', '--peer', '127.0.0.1:0', '--no-discovery']
  return processes.start(['terminal', '--data', dir, ...places, ...more])
}

test('there is a data folder of a released version to open', () => {
  expect(versions).toContain('data-0.1.0')
})

describe.each(versions)('%s', (version) => {
  test('[L4] [F3] opens, migrates, verifies clean, meets its peer again and sells', async () => {
    const fixture = join(FIXTURES, version)
    const expected = JSON.parse(readFileSync(join(fixture, 'orders.json'), 'utf8')) as Record<
      (typeof DEVICES)[number],
      unknown[]
    >
    const root = await processes.folder('upgrade')
    const [till, kitchen] = [join(root, 'till'), join(root, 'kitchen')]
    for (const name of DEVICES) unpackFixture(version, name, join(root, name))
    for (const name of DEVICES) {
      expect(await verifyIn(join(root, name))).toMatchObject({ ok: true })
      expect(ordersIn(join(root, name))).toEqual(expected[name])
    }

    const token = await aura('token', '--data', till, '--role', 'manager', '--label', 'test')
    const atTill = await start(till)
    const atKitchen = await start(kitchen, '--connect', String(atTill.ready['peer']))
    const sold = await fetch(`${String(atTill.ready['api'])}/api/v1/orders`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        order_type: 'takeout',
        items: [{ menu_item_id: 'burger-classic', quantity: 1 }],
      }),
    })
    expect(sold.status).toBe(201)

    const all = expected.till.length + 1
    await waitUntil(() => ordersIn(kitchen).length === all, MEET_MS)
    await untilSameDigest(till, kitchen)
    await atTill.kill()
    await atKitchen.kill()
    for (const dir of [till, kitchen]) expect(await verifyIn(dir)).toMatchObject({ ok: true })
  })
})
