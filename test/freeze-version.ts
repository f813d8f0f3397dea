import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { assertNodeVersion } from '../main/node-version.ts'
import { ordersIn, untilSameDigest } from './support/device-files.ts'
import { FIXTURES } from './support/fixtures.ts'
import { createProcesses, type Processes, type RunningProcess } from './support/processes.ts'

/**
 * `node test/freeze-version.ts NAME`: leaves what `test/integration/upgrade.test.ts` opens for ever
 * after in `test/fixtures/data-NAME`: the folders of a till and a kitchen in which a day has happened,
 * and our own program, in one file, which later versions have to get on with. Made once, right
 * after a release, and never again.
 */
const NAME = /^[\w.-]{1,40}$/

async function freeze(using: Processes, into: string): Promise<void> {
  const root = await using.folder('freeze')
  const [till, kitchen] = [join(root, 'till'), join(root, 'kitchen')]
  const aura = async (...args: string[]): Promise<string> => {
    const { status, stdout, stderr } = await using.run(args)
    if (status !== 0) throw new Error(`${args.join(' ')}: ${stderr}`)
    return stdout.trim()
  }
  const places = ['--api', '127.0.0.1:0', '--peer', '127.0.0.1:0', '--no-discovery']
  const store = ['--name', 'Corner', '--device', 'Till 1', '--demo']
  await aura('store', 'create', '--data', till, ...store)
  const atTill = await using.start(['terminal', '--data', till, ...places])
  const shown = JSON.parse(await aura('pair', '--data', till, '--show')) as Record<string, string>
  const code = ['--join', shown['peer']!, '--code', shown['code']!]
  await aura('pair', '--data', kitchen, ...code, '--name', 'Kitchen', '--role', 'kitchen')
  const atKitchen = await using.start(['terminal', '--data', kitchen, ...places])
  const token = await aura('token', '--data', till, '--role', 'manager', '--label', 'day')
  const call = callsOf(String(atTill.ready['api']), token)
  await aDay(call)
  await untilSameDigest(till, kitchen)
  await stop(atKitchen)
  // The kitchen has these to learn.
  await takeout(call)
  await takeout(call)
  await stop(atTill)
  for (const [device, dir] of [
    ['till', till],
    ['kitchen', kitchen],
  ] as const) {
    mkdirSync(join(into, device), { recursive: true })
    for (const key of ['device.key', 'device.crt'])
      copyFileSync(join(dir, key), join(into, device, key))
    writeFileSync(join(into, device, 'store.db.gz'), packed(join(dir, 'store.db')))
  }
  const orders = { till: ordersIn(till), kitchen: ordersIn(kitchen) }
  writeFileSync(join(into, 'orders.json'), `${JSON.stringify(orders)}\n`)
  await keepProgram(join(root, 'program'), join(into, 'program.mjs.gz'))
}

const packed = (file: string): Buffer => gzipSync(readFileSync(file), { level: 9 })

async function stop(device: RunningProcess): Promise<void> {
  const { status } = await device.kill()
  if (status !== 0) throw new Error('a device did not stop as it should')
}

type Answer = Record<string, unknown> & { readonly id: string }
type Call = (method: string, path: string, body?: unknown) => Promise<Answer>

function callsOf(api: string, token: string): Call {
  return async (method, path, body) => {
    const answer = await fetch(`${api}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path}: ${text}`)
    return (text === '' ? {} : JSON.parse(text)) as Answer
  }
}

const order = (call: Call, ...more: object[]): Promise<Answer> =>
  call(
    'POST',
    '/orders',
    Object.assign(
      { order_type: 'dine_in', items: [{ menu_item_id: 'burger-classic', quantity: 2 }] },
      ...more,
    ),
  )
const takeout = (call: Call): Promise<Answer> => order(call, { order_type: 'takeout' })
const due = ({ due: left }: Answer): number => (left as { readonly amount: number }).amount
const itemOf = ({ items }: Answer): string =>
  (items as readonly { readonly id: string }[])[0]?.id ?? ''

/** Something of everything that the log can hold; what a version adds is added here before it goes out. */
async function aDay(call: Call): Promise<void> {
  await call('POST', '/drawer/open', { float: 20_000 })
  await call('PUT', '/courses/2', { name: 'Mains', category_ids: ['burgers'] })
  await call('POST', '/inventory/counts', {
    lines: [{ subject: 'item/burger-classic', amount_milli: 40_000 }],
  })
  const guest = { name: 'Canary Guest', phone: '+1 555 0100', email: 'guest@example.test' }

  const paid = await order(call, { customer: guest, table_number: '1', notes: 'Canary note' })
  await call('PUT', `/orders/${paid.id}/discount`, { discount: { rate_ppm: 100_000 }, reason: 'x' })
  await call('PUT', `/orders/${paid.id}/status`, { status: 'confirmed' })
  for (const step of ['prepare', 'ready', 'hand-over'])
    await call('POST', `/kitchen/orders/${paid.id}/${step}`, {})
  const total = due(await call('GET', `/orders/${paid.id}`))
  const taken = await call('POST', `/orders/${paid.id}/payments`, {
    method: 'cash',
    amount: total,
    tendered: total + 500,
    tip: 200,
  })
  const [payment] = taken['payments'] as readonly { readonly id: string }[]
  await call('POST', `/orders/${paid.id}/payments/${payment?.id}/refund`, {
    amount: 100,
    reason: 'cold',
  })

  const item = { menu_item_id: 'burger-classic', quantity: 2, seat: 1, course: 2 }
  const held = await order(call, { table_number: '2', items: [item] })
  await call('POST', `/orders/${held.id}/courses/2/hold`)
  await call('POST', `/orders/${held.id}/courses/2/fire`)
  await call('PUT', `/orders/${held.id}/split`, { split: { equal: 2 } })
  await call('PUT', `/orders/${held.id}/items/${itemOf(held)}/comp`, { reason: 'late' })

  const from = await order(call, { table_number: '3' })
  await call('POST', `/orders/${from.id}/merge`, { into_order_id: held.id })

  const cancelled = await order(call)
  await call('POST', `/orders/${cancelled.id}/cancel`, { reason: 'Canary left' })

  const gift = await order(call)
  await call('POST', `/orders/${gift.id}/vouchers`, { amount: 2_500 })
  await call('POST', `/orders/${gift.id}/payments`, {
    method: 'cash',
    amount: due(await call('GET', `/orders/${gift.id}`)),
  })
  await call('POST', '/drawer/cash', { move: 'paid_out', amount: 300, reason: 'ice' })
}

/** All of `aura` in one file. Packages are not copied: it uses those of whoever runs it. */
async function keepProgram(outDir: string, file: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'warn',
    root: join(import.meta.dirname, '..'),
    ssr: { external: true },
    build: {
      ssr: true,
      outDir,
      emptyOutDir: false,
      target: 'node24',
      minify: true,
      rolldownOptions: {
        input: { program: 'main/cli/aura.ts' },
        output: { entryFileNames: '[name].mjs', codeSplitting: false },
      },
    },
  })
  writeFileSync(file, packed(join(outDir, 'program.mjs')))
  rmSync(outDir, { recursive: true })
}

assertNodeVersion()
const name = process.argv[2] ?? ''
const into = join(FIXTURES, `data-${name}`)
if (!NAME.test(name) || existsSync(into)) {
  process.stderr.write('freeze-version.ts NAME, of a version that was not kept yet\n')
  process.exit(2)
}
const processes = createProcesses()
try {
  await freeze(processes, into)
} finally {
  await processes.close()
}
