import {
  chmodSync,
  cpSync,
  existsSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { restoreBackup } from '../../main/backup.ts'
import { lockDevice } from '../../main/data-folder.ts'
import { untilSameDigest, verifyIn } from '../support/device-files.ts'
import { createProcesses, type Processes, type RunningProcess } from '../support/processes.ts'
import { unpackFixture } from '../support/fixtures.ts'
import { sellBurger } from '../support/sell-burger.ts'

/** A store of two devices with guests in it: the fixture of 0.1.0. */
let processes: Processes
let root: string
let till: string
let kitchen: string

beforeAll(async () => {
  processes = createProcesses()
  root = await processes.folder('support')
  ;[till, kitchen] = [join(root, 'till'), join(root, 'kitchen')]
  unpackFixture('data-0.1.0', 'till', till)
  unpackFixture('data-0.1.0', 'kitchen', kitchen)
})
afterAll(() => processes.close())

const aura = (...args: string[]) => processes.run(args)
async function done(...args: string[]): Promise<string> {
  const { status, stdout, stderr } = await aura(...args)
  expect(status, stderr).toBe(0)
  return stdout.trim()
}
const start = (dir: string, ...more: string[]): Promise<RunningProcess> => {
  const places = ['--api', '127.0.0.1:0', '--peer', '127.0.0.1:0', '--no-discovery']
  return processes.start(['terminal', '--data', dir, ...places, ...more])
}
const originOf = async (dir: string): Promise<string> =>
  (JSON.parse(await done('status', '--data', dir)) as { readonly origin: string }).origin

interface Doctor {
  readonly ok: boolean
  readonly findings: readonly { readonly check: string; readonly isGood: boolean }[]
}
const wrongIn = (stdout: string): string[] =>
  (JSON.parse(stdout) as Doctor).findings.flatMap(({ check, isGood }) =>
    // The fixture's kitchen never showed its tickets, which says something for a day alone.
    isGood || check === 'kitchen' ? [] : [check],
  )

describe('aura doctor', () => {
  let taken: Server
  afterAll(() => void taken?.close())

  test('names what is wrong with a device that does not run, and what to do', async () => {
    taken = createServer()
    await new Promise<void>((resolve) => void taken.listen(0, resolve))
    const db = new Database(join(till, 'store.db'))
    const setPort = db.prepare("REPLACE INTO local (key, value) VALUES ('peer_port', ?)")
    const before = db.prepare("SELECT value FROM local WHERE key = 'peer_port'").pluck().get()
    setPort.run(String((taken.address() as AddressInfo).port))
    chmodSync(join(till, 'device.key'), 0o644)
    try {
      const { status, stdout, stderr } = await aura('doctor', '--data', till, '--json')
      expect(status).toBe(1)
      expect(wrongIn(stdout)).toEqual(['device_key', 'running', 'port'])
      expect(stderr).toMatch(/^[34] of \d+ things are wrong\.\n$/)
      const forPeople = await aura('doctor', '--data', till)
      expect(forPeople.stdout).toMatch(/WRONG {2}Other users .*device\.key/)
      expect(forPeople.stdout).toMatch(/→ chmod 600 device\.key/)
      // One that is just starting is told apart from one that does not run.
      const lock = lockDevice(till)!
      const starting = await aura('doctor', '--data', till, '--json')
      expect(wrongIn(starting.stdout)).toEqual(['device_key', 'running'])
      lock.release()
    } finally {
      setPort.run(before)
      db.close()
      chmodSync(join(till, 'device.key'), 0o600)
    }
  })

  test('names a device that is not heard, and finds nothing when it is', async () => {
    const atTill = await start(till)
    const alone = await aura('doctor', '--data', till, '--json')
    expect(alone.status).toBe(1)
    expect(wrongIn(alone.stdout)).toEqual(['peers'])
    const atKitchen = await start(kitchen, '--connect', String(atTill.ready['peer']))
    await untilSameDigest(till, kitchen)
    expect(wrongIn((await aura('doctor', '--data', till, '--json')).stdout)).toEqual([])
    await atKitchen.kill()
    await atTill.kill()
  })
})

test('[P1] aura diagnostics holds nothing of who works or eats in the store', async () => {
  const file = join(root, 'diagnostics.json')
  await done('diagnostics', '--data', till, '--to', file)
  const text = readFileSync(file, 'utf8')
  const parsed = JSON.parse(text) as {
    readonly file: { readonly rows: { readonly orders: number } }
  }
  expect(parsed.file.rows.orders).toBe(5)
  const key = readFileSync(join(till, 'device.key'), 'utf8').split('\n')[1]!
  const canaries = ['Canary', '5550100', 'example.test', 'Well done', 'Alex', 'Corner', 'Till 1']
  for (const canary of [...canaries, 'guest left', 'A-001', 'burger', key, till, root])
    expect(text).not.toContain(canary)
  expect(statSync(file).mode & 0o077).toBe(0)
  expect((await aura('diagnostics', '--data', till, '--to', file)).stderr).toMatch(/EEXIST/)
})

describe('aura backup and restore', () => {
  test('[L6] a restored device goes on in a fresh origin and takes back what it lacks', async () => {
    const file = join(root, 'till.backup')
    const places = ['--role', 'manager', '--label', 'test']
    const token = await done('token', '--data', till, ...places)
    let atTill = await start(till)
    const atKitchen = await start(kitchen, '--connect', String(atTill.ready['peer']))
    // While it runs, and sells on.
    await done('backup', '--data', till, '--to', file)
    expect(statSync(file).mode & 0o077).toBe(0)
    expect((await aura('backup', '--data', till, '--to', file)).stderr).toMatch(/exists already/)
    const away = join(root, 'unplugged', 'till.backup')
    expect((await aura('backup', '--data', till, '--to', away)).stderr).toMatch(/no folder/)
    const sell = async (): Promise<string> =>
      (await sellBurger({ api: String(atTill.ready['api']), token })).order_number
    await sell()
    await untilSameDigest(till, kitchen)
    const before = await originOf(till)
    await atTill.kill('SIGKILL')
    rmSync(till, { recursive: true })

    expect(await done('restore', '--from', file, '--data', till)).toMatch(/fresh origin/)
    expect(await originOf(till)).not.toBe(before)
    expect(statSync(join(till, 'device.key')).mode & 0o077).toBe(0)
    // The key is the device's again, and in no table of its file.
    const db = new Database(join(till, 'store.db'), { readonly: true })
    expect(db.prepare("SELECT name FROM sqlite_schema WHERE name = 'backup_keys'").all()).toEqual(
      [],
    )
    db.close()

    atTill = await start(till, '--connect', String(atKitchen.ready['peer']))
    await sell()
    await untilSameDigest(till, kitchen)
    await atTill.kill()
    await atKitchen.kill()
    for (const dir of [till, kitchen]) expect(await verifyIn(dir)).toMatchObject({ ok: true })
    // Nothing of one number was written twice.
    const status = JSON.parse(await done('status', '--data', kitchen)) as Record<string, unknown>
    expect(status['conflicts']).toEqual([])
  })

  test('restoring refuses what is no backup, a damaged one, and a folder with a device', async () => {
    const file = join(root, 'till.backup')
    const empty = join(root, 'empty')
    const refused = async (from: string, dir: string): Promise<string> => {
      const restored = await restoreBackup(from, dir)
      return restored.ok ? 'restored' : restored.error
    }
    expect(await refused(file, till)).toMatch(/holds a device of a store already/)
    expect(await refused(join(root, 'nothing'), empty)).toMatch(/There is no file/)
    writeFileSync(join(root, 'text'), 'not a database')
    expect(await refused(join(root, 'text'), empty)).toMatch(/is no backup of a device/)
    expect(await refused(join(till, 'store.db'), empty)).toMatch(/is no backup of a device/)
    cpSync(file, join(root, 'changed'))
    const db = new Database(join(root, 'changed'))
    db.exec('UPDATE entries SET actor = actor || actor WHERE id = (SELECT max(id) FROM entries)')
    db.close()
    expect(await refused(join(root, 'changed'), empty)).toMatch(/is damaged/)
    expect(existsSync(join(empty, 'store.db'))).toBe(false)
  })
})
