import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { readdirSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import {
  call,
  openDevice,
  SEED_ORDER,
  testFolder,
  type TestDevice,
} from '../../main/api/test-store.ts'

/** Each program of docs/examples as its reader would run it, against a real device. */
const EXAMPLES = join(import.meta.dirname, '../../docs/examples')
const PATIENCE = { timeout: 30_000 }

const folder = testFolder()
let device: TestDevice
let api: string
beforeAll(async () => {
  device = await openDevice(folder.dir, { name: 'A', founds: true })
  await device.app.listen({ host: '127.0.0.1', port: 0 })
  api = `http://127.0.0.1:${(device.app.server.address() as AddressInfo).port}`
})
afterAll(async () => {
  await device.close()
  folder.remove()
})

interface Running {
  readonly child: ChildProcess
  readonly said: () => string
  readonly ended: Promise<number | null>
}

const ran = new Set<string>()

function run(
  file: string,
  env: Record<string, string> = {},
  args: readonly string[] = [],
): Running {
  ran.add(file)
  const path = join(EXAMPLES, file)
  const [program, first] = file.endsWith('.sh') ? ['sh', path] : [process.execPath, path]
  const child = spawn(program, [first, ...args], {
    env: { PATH: process.env['PATH'] ?? '', API: api, TOKEN: device.tokenOf.admin, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (part: Buffer) => (said += part.toString()))
  }
  onTestFinished(() => void child.kill())
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  return { child, said: () => said, ended }
}

async function outputOf(running: Running): Promise<string> {
  expect([await running.ended, running.said()]).toEqual([0, running.said()])
  return running.said()
}

const hasCurl = spawnSync('curl', ['--version']).status === 0

test('web-order: an order is made, paid and confirmed', async () => {
  const { service } = device.tokenOf
  expect(await outputOf(run('web-order.ts', { TOKEN: service }))).toMatch(
    /^A-\d+ is confirmed, 0 due\n$/,
  )
})

test('bulk-import: each order of the file comes to a number or to a reason', async () => {
  const file = join(folder.dir, 'orders.json')
  writeFileSync(file, JSON.stringify([SEED_ORDER, { ...SEED_ORDER, notes: 'two' }]))
  const said = await outputOf(run('bulk-import.ts', {}, [file]))
  expect(said).toMatch(/^0 A-\d+\n1 A-\d+\n2 done, 0 failed\n$/)
})

test('kitchen-display: it shows what waits, and what comes', async () => {
  const { kitchen } = device.tokenOf
  const display = run('kitchen-display.ts', { TOKEN: kitchen, EVENTS: '1' })
  await expect.poll(display.said, PATIENCE).toMatch(/\d+ in the kitchen/)
  const { json } = await call(device, 'POST', '/api/v1/orders', SEED_ORDER)
  const { id } = json as { readonly id: string }
  await call(device, 'PUT', `/api/v1/orders/${id}/status`, { status: 'confirmed' })
  expect(await outputOf(display)).toContain(`order.confirmed ${id}\n`)
})

test('webhook-receiver: it believes what is signed, and nothing else', async () => {
  // The secret is told once, so the webhook comes first, and waits for its receiver.
  const probe = run('webhook-receiver.ts', { SECRET: 'whsec_AAAA', PORT: '0' })
  await expect.poll(probe.said, PATIENCE).toContain('listening on')
  const url = /http:\S+/.exec(probe.said())?.[0] ?? ''
  const forged = await fetch(url, { method: 'POST', body: '{}' })
  expect(forged.status).toBe(401)
  probe.child.kill()
  await probe.ended

  const hook = await call(device, 'POST', '/api/v1/webhooks', { url, types: ['order.created'] })
  const { secret, id } = hook.json as { readonly secret: string; readonly id: string }
  const port = new URL(url).port
  const receiver = run('webhook-receiver.ts', { SECRET: secret, PORT: port })
  await expect.poll(receiver.said, PATIENCE).toContain('listening on')
  const { json } = await call(device, 'POST', '/api/v1/orders', SEED_ORDER)
  const { id: orderId } = json as { readonly id: string }
  await expect.poll(receiver.said, PATIENCE).toContain(`order.created ${orderId}\n`)
  await call(device, 'DELETE', `/api/v1/webhooks/${id}`)
})

test.runIf(hasCurl)('place-order, day-report and follow-events do with curl', async () => {
  const placed = JSON.parse(await outputOf(run('place-order.sh'))) as {
    readonly id: string
    readonly status: string
  }
  expect(placed.status).toBe('confirmed')
  const report = JSON.parse(await outputOf(run('day-report.sh'))) as Record<string, unknown>
  expect(report).toHaveProperty('business_day')
  const feed = run('follow-events.sh')
  await expect.poll(feed.said, PATIENCE).toContain(`"order_id":"${placed.id}"`)
  expect(feed.said()).toMatch(/^id: /m)
})

test('and there is no example that nothing runs', () => {
  const all = readdirSync(EXAMPLES).filter((file) => file !== 'README.md')
  const expected = hasCurl ? all : all.filter((file) => !file.endsWith('.sh'))
  expect([...ran].toSorted()).toEqual(expected.toSorted())
})
