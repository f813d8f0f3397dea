import { chmod, stat } from 'node:fs/promises'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, describe, expect, test } from 'vitest'
import { createProcesses } from '../support/processes.ts'

const program = fileURLToPath(new URL('../support/run-central.ts', import.meta.url))
const processes = createProcesses()
afterAll(() => processes.close())

const startCentral = (folder: string) => processes.start([folder], { program })

async function select(databaseUrl: unknown, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: String(databaseUrl) })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

/** Asked at its door: where nobody reaps orphans, an ended process keeps its number. */
async function isServing(databaseUrl: unknown): Promise<boolean> {
  return select(databaseUrl, 'SELECT 1').then(
    () => true,
    () => false,
  )
}

const postmasterPid = (folder: string): number =>
  Number.parseInt(readFileSync(join(folder, 'cluster', 'postmaster.pid'), 'utf8'), 10)

describe('a centre with a PostgreSQL of its own', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)(
    'prints one ready line, serves, and leaves nothing running after %s',
    async (signal) => {
      const folder = join(await processes.folder('central'), 'not', 'there yet')
      const central = await startCentral(folder)
      expect(central.ready).toEqual({
        ready: true,
        api: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
        database_url: expect.stringMatching(/^postgres:\/\/aura:[\w-]{32}@127\.0\.0\.1:\d+\/aura$/),
        pid: central.pid,
      })
      expect(await select(central.ready['database_url'], 'SELECT * FROM orders')).toEqual([])
      expect(await central.kill(signal)).toEqual({ status: 0, signal: null })
      expect(central.stdout().trim().split('\n')).toHaveLength(1)
      expect(await isServing(central.ready['database_url'])).toBe(false)
    },
  )

  test('[U1] after a SIGKILL, the next centre takes its PostgreSQL over with all that is in it', async () => {
    const folder = await processes.folder('central')
    const first = await startCentral(folder)
    const url = first.ready['database_url']
    await select(url, `INSERT INTO stores (store_id, token_hash) VALUES ('kept', 'x')`)
    const pid = postmasterPid(folder)
    await first.kill('SIGKILL')
    expect(await isServing(url)).toBe(true)

    const second = await startCentral(folder)
    expect(second.ready['database_url']).toBe(url)
    expect(postmasterPid(folder)).toBe(pid)
    expect(await select(url, 'SELECT store_id FROM stores')).toEqual([{ store_id: 'kept' }])
    await second.kill('SIGTERM')
    expect(await isServing(url)).toBe(false)

    const third = await startCentral(folder)
    expect(third.ready['database_url']).toBe(url)
    expect(await select(url, 'SELECT store_id FROM stores')).toEqual([{ store_id: 'kept' }])
    await third.kill('SIGTERM')
  })

  test('[U1] PostgreSQL itself killed with the centre: its data is recovered', async () => {
    const folder = await processes.folder('central')
    const first = await startCentral(folder)
    const url = first.ready['database_url']
    await select(url, `INSERT INTO stores (store_id, token_hash) VALUES ('kept', 'x')`)
    const pid = postmasterPid(folder)
    await first.kill('SIGKILL')
    process.kill(pid, 'SIGKILL')
    await expect.poll(() => isServing(url)).toBe(false)
    const second = await startCentral(folder)
    const kept = await select(second.ready['database_url'], 'SELECT store_id FROM stores')
    expect(kept).toEqual([{ store_id: 'kept' }])
    await second.kill('SIGTERM')
  })

  test('a second centre on the same folder is refused and harms nothing', async () => {
    const folder = await processes.folder('central')
    const first = await startCentral(folder)
    const second = await processes.run([folder], { program })
    expect(second.status).not.toBe(0)
    expect(second.stderr).toMatch(/is in use by another centre/)
    expect(await select(first.ready['database_url'], 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    await first.kill('SIGTERM')
  })

  test('its password is for its owner alone, and it stands in a folder that is closed to others', async () => {
    const folder = await processes.folder('central')
    // As root, PostgreSQL is another user, for whom this folder is closed as well.
    await chmod(folder, 0o700)
    const central = await startCentral(join(folder, 'inside'))
    const { mode } = await stat(join(folder, 'inside', 'server.json'))
    expect(mode & 0o777).toBe(0o600)
    await central.kill('SIGTERM')
  })
})
