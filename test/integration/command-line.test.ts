import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createProcesses, type Processes, type RunningProcess } from '../support/processes.ts'
import { sellBurger } from '../support/sell-burger.ts'

let processes: Processes
let root: string

beforeAll(async () => {
  processes = createProcesses()
  root = await processes.folder('cli')
})
afterAll(() => processes.close())

const onLoopback = ['--api', '127.0.0.1:0', '--peer', '127.0.0.1:0']
const aura = (...args: string[]) => processes.run(args)
const create = (dir: string, ...more: string[]) =>
  aura('store', 'create', '--data', dir, '--name', 'Test', ...more)

describe('the command line', () => {
  test.each([
    [['--help'], 0, /aura COMMAND/],
    [['verify', '--help'], 0, /aura verify --data DIR/],
    [['nonsense'], 2, /no command "nonsense"/],
    [['verify'], 2, /Needed: --data/],
    [['verify', '--wrong'], 2, /--wrong/],
    [['backup', '--data', 'x'], 2, /Needed: --to/],
    [['unpair'], 2, /Needed: --data/],
    [['central', '--port', 'x'], 2, /--port takes 0 to 65535/],
    [['verify', '--data', 'nowhere'], 1, /nowhere holds no device/],
    [['terminal', '--data', 'nowhere', '--api', '0.0.0.0:0'], 1, /Plain HTTP is for this computer/],
  ])('%j ends with %i and one clear line', async (args, status, words) => {
    const done = await aura(...args)
    expect(done.status).toBe(status)
    expect(status === 0 ? done.stdout : done.stderr).toMatch(words)
    if (status !== 0) expect(done.stdout).toBe('')
  })

  test('a store is made once, and its first admin gets a PIN of chance unless it is a demo', async () => {
    const dir = join(root, 'real')
    const made = JSON.parse((await create(dir, '--json')).stdout) as Record<string, string>
    expect(made['admin_pin']).toMatch(/^\d{4}$/)
    const again = await create(dir)
    expect([again.status, again.stderr]).toEqual([1, expect.stringContaining('already')])
    const wrong = await aura(
      'store',
      'create',
      '--data',
      join(root, 'euro'),
      '--name',
      'X',
      '--currency',
      'euro',
    )
    expect([wrong.status, wrong.stderr]).toEqual([2, expect.stringContaining('currency')])
  })

  test('a wrong key in the configuration is named with its line', async () => {
    const file = join(root, 'orders.yaml')
    await writeFile(file, 'orders:\n  max_items_per_order: 50\n  max_itms: 3\n')
    const dir = join(root, 'configured')
    await create(dir)
    const done = await aura('terminal', '--data', dir, '--config', file)
    expect(done.status).toBe(1)
    expect(done.stderr).toContain(`${file}:3: orders.max_itms`)
  })
})

describe('beside a running device', () => {
  let dir: string
  let device: RunningProcess

  beforeAll(async () => {
    dir = join(root, 'till')
    await create(dir, '--demo', '--device', 'Till 1')
    device = await processes.start(['terminal', '--data', dir, ...onLoopback])
  })

  test('reading works, writing goes through it, and what cannot be says that it runs', async () => {
    expect(device.ready).toMatchObject({ ready: true, pid: device.pid })
    for (const command of ['verify', 'digest', 'status']) {
      expect((await aura(command, '--data', dir)).status).toBe(0)
    }
    const second = await aura('terminal', '--data', dir, ...onLoopback)
    expect([second.status, second.stderr]).toEqual([1, expect.stringContaining('running already')])
    const rebuilt = await aura('rebuild', '--data', dir)
    expect([rebuilt.status, rebuilt.stderr]).toEqual([1, expect.stringContaining('is running')])
  })

  test('a menu file is taken whole or not at all, and a fault is named with line and column', async () => {
    const good = join(root, 'menu.csv')
    await writeFile(
      good,
      'id,name,category,price,tax_rate\nbeetroot-soup,Beetroot soup,Starters,7.50,sales\n',
    )
    const bad = join(root, 'bad.csv')
    await writeFile(
      bad,
      'id,name,category,price,tax_rate\nx,X,Starters,7.50,sales\ny,Y,Starters,7.5O,sales\n',
    )
    const before = (await aura('digest', '--data', dir)).stdout
    const refused = await aura('menu', 'import', '--data', dir, bad)
    expect(refused.status).toBe(1)
    expect(refused.stderr).toContain(`${bad}:3:14`)
    expect((await aura('digest', '--data', dir)).stdout).toBe(before)
    const taken = await aura('menu', 'import', '--data', dir, good)
    expect([taken.status, taken.stderr]).toEqual([0, ''])
    // The same with another price, from a day next month on: until then it is as it was.
    await writeFile(good, 'id,price\nbeetroot-soup,8.25\n')
    const day = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)
    const later = await aura('menu', 'import', '--data', dir, '--valid-from', day, good)
    expect([later.status, later.stdout]).toEqual([0, expect.stringContaining(`valid from ${day}`)])
    const past = await aura('menu', 'import', '--data', dir, '--valid-from', '2026-01-01', good)
    expect([past.status, past.stderr]).toEqual([1, expect.stringContaining('which is past')])
    const exported = await aura('menu', 'export', '--data', dir, '--format', 'csv')
    expect(exported.stdout).toMatch(/Beetroot soup.*7\.50/)
    expect((await aura('verify', '--data', dir)).status).toBe(0)
  })

  test('a token opens the API of this device, with its role and no other', async () => {
    const api = String(device.ready['api'])
    const wrong = await aura('token', '--data', dir, '--role', 'king', '--label', 'x')
    expect([wrong.status, wrong.stderr]).toEqual([2, expect.stringContaining('king')])
    const token = (
      await aura('token', '--data', dir, '--role', 'kitchen', '--label', 'x')
    ).stdout.trim()
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    expect((await fetch(`${api}/api/v1/menu/items`, { headers })).status).toBe(200)
    const body = JSON.stringify({
      order_type: 'dine_in',
      items: [{ menu_item_id: 'burger-classic', quantity: 1 }],
    })
    const refused = await fetch(`${api}/api/v1/orders`, { method: 'POST', headers, body })
    expect(refused.status).toBe(403)
    expect((await fetch(`${api}/healthz`)).status).toBe(200)
  })

  test('a code lets one device in: not with a wrong one, not after three tries, not twice', async () => {
    const join_ = (name: string, peer: string, code: string) =>
      aura('pair', '--data', join(root, name), '--join', peer, '--code', code, '--name', name)
    const show = async () =>
      JSON.parse((await aura('pair', '--data', dir, '--show')).stdout) as {
        code: string
        peer: string
      }
    const first = await show()
    expect(first.code).toMatch(/^\d{8}$/)
    const wrong = String((Number(first.code) + 1) % 100_000_000).padStart(8, '0')
    for (const words of ['Tries left: 2', 'Tries left: 1', 'the last try']) {
      const done = await join_('till-2', first.peer, wrong)
      expect([done.status, done.stderr]).toEqual([1, expect.stringContaining(words)])
    }
    expect((await join_('till-2', first.peer, first.code)).status).toBe(1)
    const second = await show()
    expect((await join_('till-2', second.peer, second.code)).status).toBe(0)
    const replayed = await join_('till-3', second.peer, second.code)
    expect([replayed.status, replayed.stderr]).toEqual([1, expect.stringContaining('No code')])
    expect((await aura('pair', '--data', join(root, 'till-2'), '--show')).status).toBe(1)
  })

  test('[L1] a stopped device has closed its file, and what was sold is reported', async () => {
    const token = (
      await aura('token', '--data', dir, '--role', 'cashier', '--label', 'x')
    ).stdout.trim()
    const seller = { api: String(device.ready['api']), token }
    const { business_day: day } = await sellBurger(seller, 2)
    expect(await device.kill('SIGTERM')).toMatchObject({ status: 0 })
    const report = await aura('report', '--data', dir, '--day', day, '--format', 'json')
    expect(JSON.parse(report.stdout)).toMatchObject({
      sales: { count: 1, gross: { amount: 2500 } },
    })
    expect((await aura('report', '--data', dir, '--day', 'today')).status).toBe(2)
    expect((await aura('rebuild', '--data', dir)).status).toBe(0)
    expect((await aura('verify', '--data', dir)).status).toBe(0)
  })
})
