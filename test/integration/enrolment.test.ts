import { renameSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startCentral, type Central } from '../../main/central/central.ts'
import { keyFile, sealedKeyFile } from '../../main/key-files.ts'
import type { PairingCode } from '../../protocol/pairing.ts'
import {
  CHALLENGE_PATH,
  CREDENTIALS_PATH,
  ENROLL_PATH,
  proofText,
} from '../../protocol/enrolment.ts'
import { UPSTREAM_FRONTIER_PATH } from '../../protocol/upstream.ts'
import { SHAPE_PATH } from '../../protocol/shape.ts'
import { createDeviceKeys, type DeviceKeys } from '../../sync/device-keys.ts'
import { proveDevice } from '../../sync/device-proof.ts'
import { statusIn, verifyIn } from '../support/device-files.ts'
import { startTestPostgres, type TestPostgres } from '../support/postgres.ts'
import { createProcesses, type Processes, type RunningProcess } from '../support/processes.ts'
import { rewriteOwnLog } from '../support/rewrite-log.ts'
import { waitUntil } from '../support/wait-until.ts'

const quiet = { info: () => {}, warn: () => {}, error: () => {} }
const WAIT_MS = 60_000
let postgres: TestPostgres
let databaseUrl: string
let central: Central
let processes: Processes

beforeAll(async () => {
  postgres = await startTestPostgres()
  databaseUrl = await postgres.createDatabase()
  central = await startCentral({ port: 0, database: { url: databaseUrl }, logger: quiet })
  processes = createProcesses()
})
afterAll(async () => {
  await processes.close()
  await central.stop()
  await postgres.stop()
})

async function aura(...args: string[]): Promise<string> {
  const done = await processes.run(args)
  if (done.status !== 0) throw new Error(`aura ${args.join(' ')}: ${done.stderr}`)
  return done.stdout.trim()
}

const codeFor = async (store: string): Promise<string> => {
  const args = ['central', 'enroll-code', '--store', store, '--database-url', databaseUrl]
  return (JSON.parse(await aura(...args)) as { code: string }).code
}

const post = (path: string, body: object) =>
  fetch(`${central.api}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

const frontierOf = (storeId: string, token: string) =>
  fetch(`${central.api}${UPSTREAM_FRONTIER_PATH}?store_id=${storeId}`, {
    headers: { authorization: `Bearer ${token}` },
  })

const enrolling = (keys: DeviceKeys, code: string, storeId: string, deviceId = keys.deviceId) => ({
  code,
  store_id: storeId,
  device_id: deviceId,
  ...proveDevice(keys, proofText(code, storeId, deviceId)),
})

async function enrolled(storeId: string, keys = createDeviceKeys()) {
  const answer = await post(ENROLL_PATH, enrolling(keys, await codeFor(storeId), storeId))
  expect(answer.status).toBe(200)
  const { credential } = (await answer.json()) as { credential: string }
  return { keys, credential }
}

async function credentialFor(keys: DeviceKeys, storeId: string, over: object = {}) {
  const asked = await post(CHALLENGE_PATH, {})
  const { challenge } = (await asked.json()) as { challenge: string }
  const { deviceId } = keys
  const proof = proveDevice(keys, proofText(challenge, storeId, deviceId))
  return post(CREDENTIALS_PATH, {
    challenge,
    store_id: storeId,
    device_id: deviceId,
    ...proof,
    ...over,
  })
}

describe('[U4] a store is taken in by a code', () => {
  test('once, by one store, and only with a proof', async () => {
    const keys = createDeviceKeys()
    const code = await codeFor('One')
    const stranger = await post(
      ENROLL_PATH,
      enrolling(createDeviceKeys(), code, 'one', keys.deviceId),
    )
    expect(stranger.status).toBe(401)
    const wrong = await post(
      ENROLL_PATH,
      enrolling(keys, code === '00000000' ? '1'.repeat(8) : '00000000', 'one'),
    )
    expect(wrong.status).toBe(403)
    expect((await post(ENROLL_PATH, enrolling(keys, code, 'one'))).status).toBe(200)
    expect((await post(ENROLL_PATH, enrolling(keys, code, 'another'))).status).toBe(403)
    // A second code does not take the store away from whoever has it.
    const thief = createDeviceKeys()
    const second = await post(ENROLL_PATH, enrolling(thief, await codeFor('Thief'), 'one'))
    expect(second.status).toBe(403)
    // Whoever has it may ask again: the first answer may have been lost on its way.
    const again = await post(ENROLL_PATH, enrolling(keys, await codeFor('One'), 'one'))
    expect(again.status).toBe(200)
  })

  test('who tries code after code is not listened to for a while, by no process', async () => {
    const database = { url: await postgres.createDatabase() }
    const centres = await Promise.all(
      [1, 2].map(() => startCentral({ port: 0, database, logger: quiet })),
    )
    try {
      const keys = createDeviceKeys()
      const tryOnce = async (n: number) => {
        const body = enrolling(keys, String(n).padStart(8, '0'), 'tried')
        const headers = { 'content-type': 'application/json' }
        const call = { method: 'POST', headers, body: JSON.stringify(body) }
        return (await fetch(`${centres[n % 2]!.api}${ENROLL_PATH}`, call)).status
      }
      const statuses = await Promise.all(Array.from({ length: 34 }, (_, n) => tryOnce(n)))
      const isIn = (status: number) => statuses.filter((s) => s === status).length
      expect(isIn(403) + isIn(429)).toBe(34)
      expect(isIn(403)).toBeLessThanOrEqual(30)
      // However they fell together, those that were not listened to are not counted.
      for (let n = isIn(403); n < 30; n += 1) expect(await tryOnce(n)).toBe(403)
      expect([await tryOnce(0), await tryOnce(1)]).toEqual([429, 429])
    } finally {
      for (const centre of centres) await centre.stop()
    }
  })

  test('bad calls are refused as such', async () => {
    for (const path of [ENROLL_PATH, CREDENTIALS_PATH]) {
      for (const body of ['', '{', '[]', '{"code":"1"}']) {
        const response = await fetch(`${central.api}${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body,
        })
        expect(response.status, `${path} ${body}`).toBe(400)
        expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/)
      }
    }
  })
})

describe('[U4] who speaks for an enrolled store', () => {
  test('its credential does, no other token does, and at no other store', async () => {
    const { credential } = await enrolled('mine')
    const other = await enrolled('theirs')
    expect((await frontierOf('mine', credential)).status).toBe(200)
    expect((await frontierOf('mine', other.credential)).status).toBe(401)
    expect((await frontierOf('theirs', credential)).status).toBe(401)
    expect((await frontierOf('mine', 'made-up')).status).toBe(401)
    const shape = await fetch(`${central.api}${SHAPE_PATH}?store_id=theirs&offset=-1`, {
      headers: { authorization: `Bearer ${credential}` },
    })
    expect(shape.status).toBe(401)
  })

  test('no credential lies in the database as it is', async () => {
    const { credential } = await enrolled('hashed')
    const { rows } = await postgres.query(databaseUrl, 'SELECT * FROM credentials')
    expect(rows.length).toBeGreaterThan(0)
    expect(JSON.stringify(rows)).not.toContain(credential)
  })

  test('a device gets one by its key if the roster has it, with a challenge once', async () => {
    const storeId = 'by-key'
    await enrolled(storeId)
    const [member, removed, stranger] = [createDeviceKeys(), createDeviceKeys(), createDeviceKeys()]
    const put = (kind: string, id: string) =>
      postgres.query(
        databaseUrl,
        `INSERT INTO records (store_id, kind, id, value, clock, origin, event_index)
         VALUES ($1, $2, $3, '{}', 1, 'o', 0)`,
        [storeId, kind, id],
      )
    for (const { deviceId } of [member, removed]) await put('device', deviceId)
    await put('revocation', removed.deviceId)
    const given = await credentialFor(member, storeId)
    expect(given.status).toBe(200)
    const { credential } = (await given.json()) as { credential: string }
    expect((await frontierOf(storeId, credential)).status).toBe(200)
    expect((await credentialFor(removed, storeId)).status).toBe(403)
    expect((await credentialFor(stranger, storeId)).status).toBe(403)
    expect((await credentialFor(member, 'never-enrolled')).status).toBe(403)
    // With somebody else's key, and with a challenge that was used.
    const forged = await credentialFor(stranger, storeId, { device_id: member.deviceId })
    expect(forged.status).toBe(401)
    const asked = await post(CHALLENGE_PATH, {})
    const { challenge } = (await asked.json()) as { challenge: string }
    const { deviceId } = member
    const body = {
      challenge,
      store_id: storeId,
      device_id: deviceId,
      ...proveDevice(member, proofText(challenge, storeId, deviceId)),
    }
    expect((await post(CREDENTIALS_PATH, body)).status).toBe(200)
    expect((await post(CREDENTIALS_PATH, body)).status).toBe(401)
    // It is removed: what it has shows nothing any more.
    const last = (await (await credentialFor(member, storeId)).json()) as { credential: string }
    await put('revocation', deviceId)
    expect((await frontierOf(storeId, last.credential)).status).toBe(403)
  })
})

describe('[U4] with real devices', () => {
  const run = (dir: string): Promise<RunningProcess> =>
    processes.start([
      ...['terminal', '--data', dir, '--api', '127.0.0.1:0', '--peer', '127.0.0.1:0'],
      '--no-discovery',
    ])
  const upstreamOf = async (dir: string) => (await statusIn(dir)).upstream
  interface Verified {
    readonly compared: readonly string[]
    readonly not_compared: readonly string[]
  }

  test('[A4] one enrols, and the next needs no code; a log that its own device rewrote is found', async () => {
    const root = await processes.folder('enrol')
    const [first, second] = [join(root, 'first'), join(root, 'second')]
    await aura(
      'store',
      'create',
      '--data',
      first,
      '--name',
      'Enrolled',
      '--demo',
      '--device',
      'Main',
    )
    const running = await run(first)
    const whileRunning = await processes.run([
      ...['enroll', '--data', first, '--central', central.api, '--code', '12345678'],
    ])
    expect(whileRunning.status).toBe(1)
    expect(whileRunning.stderr).toContain('is running')
    await running.kill('SIGTERM')
    const args = ['enroll', '--data', first, '--central', central.api]
    const wrong = await processes.run([...args, '--code', '00000001'])
    expect(wrong.status).toBe(1)
    await aura(...args, '--code', await codeFor('Enrolled'))
    const till = await run(first)
    await waitUntil(async () => (await upstreamOf(first))?.backlog === 0, WAIT_MS)
    const shown = JSON.parse(await aura('pair', '--data', first, '--show')) as PairingCode
    const joining = ['--join', shown.peer, '--code', shown.code, '--name', 'Second']
    await aura('pair', '--data', second, ...joining)
    const other = await run(second)
    await waitUntil(async () => {
      const upstream = await upstreamOf(second)
      return upstream?.connected === true && upstream.backlog === 0
    }, WAIT_MS)
    const { rows } = await postgres.query(
      databaseUrl,
      'SELECT device_id FROM credentials WHERE device_id = $1',
      [other.ready['device_id']],
    )
    expect(rows.length).toBe(1)

    // [A4] Who checks a file asks what the centre, and the devices that it hears, hold of the same logs.
    const well = JSON.parse(await aura('verify', '--data', second, '--json')) as Verified
    expect(well.compared.join()).toMatch(/the centre \(\d+ logs\),the device Main \(\d+ logs\)/)
    expect(well.not_compared).toEqual([])
    await till.kill('SIGTERM')
    const seq = await rewriteOwnLog(first, (body) =>
      body.replace('"name":"Second"', '"name":"Dolly"'),
    )
    expect(seq).toBeGreaterThan(1)
    expect(await verifyIn(first)).toMatchObject({ ok: true })
    const told = await processes.run(['verify', '--data', first])
    expect(told.status).toBe(1)
    expect(told.stderr).toContain(`up to entry ${seq} is not what the centre holds`)
    // It goes on selling, and the others see it by what it says to hold.
    await run(first)
    const verifySecond = () => processes.run(['verify', '--data', second])
    await waitUntil(async () => (await verifySecond()).status === 1, WAIT_MS)
    expect((await verifySecond()).stderr).toMatch(/is not what the device Main holds/)
    await central.stop()
    await other.kill('SIGTERM')
    const alone = await verifySecond()
    expect(alone).toMatchObject({ status: 0 })
    expect(alone.stdout).toMatch(
      /Not compared with the centre: .*\nNot compared with other devices/,
    )
    // A key that the keychain has asks nobody.
    renameSync(keyFile(second), sealedKeyFile(second))
    expect((await verifySecond()).stdout).toMatch(/Not compared with the centre: .*keychain/)
  })
})
