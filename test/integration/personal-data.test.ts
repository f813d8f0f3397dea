import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readEntry } from '../../db/fold-entries.ts'
import { openDatabase } from '../../db/postgres/database.ts'
import { createPostgresStore } from '../../db/postgres/store.ts'
import { openConnection } from '../../db/sqlite/connection.ts'
import { entryOf, type EntryRow } from '../../db/sqlite/entry-log.ts'
import { readCatalog } from '../../db/sqlite/record-table.ts'
import { openKeys } from '../../main/data-folder.ts'
import { createCustomerKeyTable } from '../../db/sqlite/customer-keys.ts'
import { createCustomers } from '../../main/personal-data/customers.ts'
import { createGuestBook } from '../../main/personal-data/guest-book.ts'
import { createKeyRing } from '../../main/personal-data/key-ring.ts'
import type { PairingCode } from '../../protocol/pairing.ts'
import { digestIn, statusIn } from '../support/device-files.ts'
import { createProcesses, type Processes, type RunningProcess } from '../support/processes.ts'
import { waitUntil } from '../support/wait-until.ts'

/** Far more than anything here takes where a machine has time. */
const SETTLE_MS = 60_000

const BEFORE = {
  name: 'Ana Canaryquispe',
  phone: '+1 555 010 0199',
  email: 'ana@canary.example',
  address: '12 Canary Row, Springfield',
}
const AFTER = { name: 'Bo Canaryafter', phone: '+44 20 7946 0000' }
const CANARIES = [...Object.values(BEFORE), ...Object.values(AFTER), 'anaryquispe', 'anaryafter']

let processes: Processes
beforeAll(() => {
  processes = createProcesses()
})
afterAll(() => processes.close())

interface Device {
  readonly dir: string
  readonly id: string
  readonly running: RunningProcess
  readonly token: string
}

async function aura(...args: string[]): Promise<string> {
  const done = await processes.run(args)
  if (done.status !== 0) throw new Error(`aura ${args.join(' ')}: ${done.stderr}`)
  return done.stdout.trim()
}

async function run(dir: string, ...more: string[]): Promise<Device> {
  const token = await aura('token', '--data', dir, '--role', 'admin', '--label', 'test')
  const listen = ['--api', '127.0.0.1:0', '--peer', '127.0.0.1:0']
  const running = await processes.start(['terminal', '--data', dir, ...listen, ...more])
  return { dir, token, running, id: String(running.ready['device_id']) }
}

async function joinStore(member: Device, name: string): Promise<Device> {
  const dir = await processes.folder(name)
  const shown = JSON.parse(await aura('pair', '--data', member.dir, '--show')) as PairingCode
  const { code, peer } = shown
  await aura('pair', '--data', dir, '--join', peer, '--code', code, '--name', name)
  return run(dir)
}

async function request(device: Device, method: string, path: string, body?: object) {
  const response = await fetch(`${String(device.running.ready['api'])}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${device.token}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })
  return (await response.json()) as { id: string; customer: object | null; data: { id: string }[] }
}

const orderOf = async (device: Device, customer: object): Promise<string> => {
  const items = [{ menu_item_id: 'burger-classic', quantity: 1, modifiers: [] }]
  const order = { order_type: 'takeout', customer, items }
  return (await request(device, 'POST', '/orders', order)).id
}

const customerOf = async (device: Device, orderId: string) =>
  (await request(device, 'GET', `/orders/${orderId}`)).customer

const digestOf = ({ dir }: Device) => digestIn(dir)

/** All that the log of `file` says of customers, as a device with these keys can read it. */
async function readWith(keysDir: string, deviceId: string, file: string): Promise<unknown[]> {
  const keys = openKeys(keysDir, deviceId)
  if (!keys.ok) throw new Error(keys.error)
  const connection = await openConnection(file)
  try {
    const catalog = () => readCatalog(connection, Date.now())
    const setRecords = () => expect.unreachable('who only reads writes no key')
    const ring = createKeyRing({
      store: { deviceId, catalog, setRecords },
      keys: keys.value,
      nowMs: Date.now,
      newId: () => '',
    })
    const newId = () => ''
    const keysOfGuests = createCustomerKeyTable(connection)
    const book = createGuestBook({ ring, keys: keysOfGuests, linesAbout: () => [], newId })
    const { open } = createCustomers({
      ...{ ring, book, want: () => {} },
      customerIdOf: () => null,
      isErased: () => false,
    })
    const rows = connection.raw.prepare<[], EntryRow>('SELECT * FROM entries ORDER BY clock').all()
    return rows
      .flatMap((row) => readEntry(entryOf(row)).orderEvents)
      .flatMap(({ event }) =>
        event.type === 'order.created' ? [open(event.orderId, event.customer)] : [],
      )
  } finally {
    connection.close()
  }
}

async function filesWithCanaries(...folders: string[]): Promise<string[]> {
  const found: string[] = []
  for (const folder of folders) {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true })
    for (const entry of entries.filter((one) => one.isFile())) {
      const file = join(entry.parentPath, entry.name)
      // A database's server removes files as it goes.
      const bytes = await readFile(file).catch(() => Buffer.alloc(0))
      if (CANARIES.some((canary) => bytes.includes(canary))) found.push(file)
    }
  }
  return found
}

test('[P1] guests are sealed on every disk, at the centre too, and for a removed device', async () => {
  const centreDir = await processes.folder('centre')
  const centre = await processes.start(['central', '--embedded', centreDir, '--port', '0'])
  const dir = await processes.folder('founder')
  await aura('store', 'create', '--data', dir, '--name', 'Canary', '--demo', '--device', 'Till A')
  const a = await run(dir, '--central', String(centre.ready['api']))
  let b = await joinStore(a, 'till-b')
  const before = await orderOf(a, BEFORE)
  // It joins after that was written: the old keys come with the joining.
  const c = await joinStore(a, 'till-c')
  for (const device of [b, c]) {
    await waitUntil(async () => (await digestOf(device)) === (await digestOf(a)), SETTLE_MS)
    expect(await customerOf(device, before)).toEqual(BEFORE)
  }

  await aura('unpair', '--data', b.dir, '--device', c.id)
  await waitUntil(async () => (await digestOf(a)) === (await digestOf(b)), SETTLE_MS)
  const after = await orderOf(a, AFTER)
  await waitUntil(async () => (await digestOf(a)) === (await digestOf(b)), SETTLE_MS)
  expect(await customerOf(b, after)).toEqual(AFTER)
  const found = await request(b, 'GET', `/orders?q=${encodeURIComponent('0044 (20) 79460000')}`)
  expect(found.data.map(({ id }) => id)).toEqual([after])

  // The keys of the removed device, and the whole log of a member.
  const log = join(a.dir, 'store.db')
  expect(await readWith(b.dir, b.id, log)).toEqual([BEFORE, AFTER])
  expect(await readWith(c.dir, c.id, log)).toEqual([BEFORE, { locked: true }])

  // The same after a restart, from what is on the disk.
  await b.running.kill('SIGKILL')
  b = await run(b.dir)
  expect(await customerOf(b, before)).toEqual(BEFORE)
  expect(await customerOf(b, after)).toEqual(AFTER)

  await waitUntil(async () => (await statusIn(a.dir)).upstream?.backlog === 0, SETTLE_MS)
  // The centre folds what it cannot read, and holds the same tables.
  const database = openDatabase(String(centre.ready['database_url']), () => {})
  const storeId = String(a.running.ready['store_id'])
  expect(await createPostgresStore(database).digest(storeId)).toBe(await digestOf(a))
  await database.close()

  const folders = [a.dir, b.dir, c.dir, centreDir]
  expect(await filesWithCanaries(...folders)).toEqual([])
  // The look is not blind: what is no secret is there, at the centre too.
  CANARIES.push('burger-classic')
  const holding = await filesWithCanaries(a.dir, centreDir)
  for (const folder of [a.dir, centreDir]) {
    expect(holding.some((file) => file.startsWith(folder))).toBe(true)
  }
  CANARIES.pop()
  const said = [a, b, c].map(({ running }) => running.stdout() + running.stderr()).join('\n')
  const logged = said + centre.stdout() + centre.stderr()
  expect(CANARIES.filter((canary) => logged.includes(canary))).toEqual([])
})
