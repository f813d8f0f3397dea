import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { CHAIN_START } from '../../db/chain.ts'
import { openDatabase } from '../../db/postgres/database.ts'
import { withStores } from '../../db/postgres/scope.ts'
import { createPostgresStore } from '../../db/postgres/store.ts'
import type { EntryRange } from '../../domain/log.ts'
import { startCentral, type Central } from '../../main/central/central.ts'
import { UPSTREAM_STATUS_PATH } from '../../main/central/upstream-routes.ts'
import type { Logger } from '../../main/logger.ts'
import { OVERVIEW_PATH } from '../../protocol/office/paths.ts'
import {
  decodeUploadAnswer,
  encodeUpload,
  UPSTREAM_CONTENT_TYPE,
  UPSTREAM_ENTRIES_PATH,
  UPSTREAM_FRONTIER_PATH,
} from '../../protocol/upstream.ts'
import { createUpstream } from '../../sync/upstream.ts'
import { startTestPostgres, type TestPostgres } from '../support/postgres.ts'
import { openTill, serve, type Till } from '../support/till.ts'

const logged: string[] = []
const log = (message: string): void => void logged.push(message)
const logger: Logger = { info: log, warn: log, error: log }

let postgres: TestPostgres
let databaseUrl: string
let central: Central
let storeId: string
let till: Till

beforeAll(async () => {
  postgres = await startTestPostgres()
  databaseUrl = await postgres.createDatabase()
  central = await startCentral({ port: 0, database: { url: databaseUrl }, logger })
})
afterAll(async () => {
  await central.stop()
  await postgres.stop()
})
beforeEach(async () => {
  storeId = `store-${randomBytes(4).toString('hex')}`
  till = await openTill(storeId, 'till-a', 'A')
  return () => till.close()
})

const TOKEN = 'the-token-of-the-store'

const post = (ranges: readonly EntryRange[], token = TOKEN, api = central.api) =>
  postBytes(encodeUpload({ storeId, deviceId: 'till-a', ranges }), token, api)

const postBytes = (body: Uint8Array, token: string, api = central.api) =>
  fetch(`${api}${UPSTREAM_ENTRIES_PATH}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': UPSTREAM_CONTENT_TYPE },
    body: Buffer.from(body),
  })

const get = (path: string, token = TOKEN) =>
  fetch(`${central.api}${path}?store_id=${storeId}`, {
    headers: { authorization: `Bearer ${token}` },
  })

async function expectProblem(response: Response, status: number, code: string) {
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/)
  const problem: unknown = await response.json()
  expect(problem).toMatchObject({ status, code })
  expect(response.status).toBe(status)
  return problem
}

const answerOf = async (response: Response) => {
  expect(response.status).toBe(200)
  return decodeUploadAnswer(new Uint8Array(await response.arrayBuffer()))
}

async function centralDigest(): Promise<string> {
  const database = openDatabase(databaseUrl, () => {})
  try {
    return await createPostgresStore(database).digest(storeId)
  } finally {
    await database.close()
  }
}

/** A connection that keeps the store's uploads waiting until it is released. */
async function holdStore(): Promise<{ release: () => Promise<void> }> {
  const database = openDatabase(databaseUrl, () => {})
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  const { promise: held, resolve: isHeld } = Promise.withResolvers<void>()
  const holding = withStores(database, [storeId], async (trx) => {
    await trx
      .insertInto('origins')
      .values({
        store_id: storeId,
        origin: 'till-a',
        head_seq: 0,
        head_hash: Buffer.from(CHAIN_START),
        known_seq: 0,
      })
      .execute()
    isHeld()
    await released
  })
  await held
  return {
    release: async () => {
      release()
      await holding
      await database.close()
    },
  }
}

describe('uploads over HTTP', () => {
  test('[U1] a till drains its backlog by itself, and the centre has what the till has', async () => {
    for (let n = 0; n < 150; n += 1) serve(till, `o-${n}`)
    const upstream = createUpstream({
      log: till.store,
      url: central.api,
      token: TOKEN,
      deviceId: 'till-a',
      fetch,
      now: () => 0,
      random: () => 0.5,
      logger,
    })
    try {
      await expect.poll(() => upstream.status(), { timeout: 20_000 }).toMatchObject({ backlog: 0 })
    } finally {
      await upstream.stop()
    }
    expect(await centralDigest()).toBe(till.digest())
  })

  test('[U1] the answer to an upload, and to a question, is what the centre holds', async () => {
    serve(till, 'o')
    const ranges = till.rangesBeyond(new Map())
    const held = till.store.frontier()
    expect(await answerOf(await post(ranges))).toEqual({
      frontier: held,
      accepted: held.get('till-a'),
      repeated: 0,
      forks: [],
    })
    expect(await answerOf(await post(ranges))).toMatchObject({ accepted: 0 })
    expect(await answerOf(await get(UPSTREAM_FRONTIER_PATH))).toMatchObject({ frontier: held })
  })

  test('[L3] entries that do not chain are refused with what they are', async () => {
    serve(till, 'o')
    const [range] = till.rangesBeyond(new Map())
    const problem = await expectProblem(
      await post([{ ...range!, lastHash: randomBytes(32) }]),
      409,
      'broken_chain',
    )
    expect(problem).toMatchObject({ broken: [{ origin: 'till-a', from_seq: 1 }], accepted: 0 })
  })

  test('[U2] the status names what each origin lacks and who brought it', async () => {
    serve(till, 'o')
    const [first, second] = till.rangesBeyond(new Map(), 2)
    await post([first!])
    await post([{ ...second!, fromSeq: 9 }])
    const status: unknown = await (await get(UPSTREAM_STATUS_PATH)).json()
    expect(status).toMatchObject({
      store_id: storeId,
      origins: [
        { origin: 'till-a', device_name: 'Till A', head_seq: 2, known_seq: 10, missing: 8 },
      ],
      devices: [{ device_id: 'till-a' }],
      quarantined: 0,
      unreadable: 0,
    })
  })
})

describe('what is refused', () => {
  test('a token other than the first one, on every way in', async () => {
    serve(till, 'o')
    const ranges = till.rangesBeyond(new Map())
    await post(ranges.slice(0, 1))
    await expectProblem(await post(ranges, 'another'), 401, 'wrong_store_token')
    for (const path of [UPSTREAM_FRONTIER_PATH, UPSTREAM_STATUS_PATH]) {
      await expectProblem(await get(path, 'another'), 401, 'wrong_store_token')
    }
  })

  test('no token, before the body is looked at', async () => {
    const response = await fetch(`${central.api}${UPSTREAM_ENTRIES_PATH}`, {
      method: 'POST',
      headers: { 'content-type': UPSTREAM_CONTENT_TYPE },
      body: 'anything',
    })
    await expectProblem(response, 401, 'missing_token')
  })

  test('a body that is no upload, is too large, or is of another type', async () => {
    await expectProblem(await postBytes(Buffer.from([0xc1]), TOKEN), 400, 'bad_upload')
    await expectProblem(await postBytes(new Uint8Array(), TOKEN), 400, 'bad_upload')
    await expectProblem(await postBytes(new Uint8Array(16_000_001), TOKEN), 413, 'body_too_large')
    const json = await fetch(`${central.api}${UPSTREAM_ENTRIES_PATH}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
      body: '{}',
    })
    await expectProblem(json, 415, 'unsupported_media_type')
  })

  test('a question that names no store, and a path that is none', async () => {
    const headers = { authorization: `Bearer ${TOKEN}` }
    const url = `${central.api}${UPSTREAM_FRONTIER_PATH}`
    await expectProblem(await fetch(url, { headers }), 400, 'bad_request')
    await expectProblem(
      await fetch(`${url}?store_id=a&store_id=b`, { headers }),
      400,
      'bad_request',
    )
    await expectProblem(await fetch(`${central.api}/nothing`), 404, 'not_found')
  })

  test('an address that others could reach', async () => {
    const database = { url: databaseUrl }
    for (const host of ['0.0.0.0', '::', '192.168.1.10']) {
      await expect(startCentral({ host, port: 0, database, logger })).rejects.toThrow(/alone/)
    }
  })
})

test('[O6] the back office is served, and asks who is there', async () => {
  await expectProblem(await fetch(`${central.api}${OVERVIEW_PATH}`), 401, 'signed_out')
})

describe('when the database goes away', () => {
  test('[U1] an upload that loses its connection is answered, and works again at once', async () => {
    serve(till, 'o')
    const ranges = till.rangesBeyond(new Map())
    const hold = await holdStore()
    const interrupted = post(ranges)
    const endWaiting = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE wait_event_type = 'Lock' AND datname = current_database()`
    const ended = async () => (await postgres.query(databaseUrl, endWaiting)).rowCount
    await expect.poll(ended, { timeout: 60_000 }).toBe(1)
    await expectProblem(await interrupted, 503, 'database_unavailable')
    await hold.release()
    expect(await answerOf(await post(ranges))).toMatchObject({ repeated: 0 })
    expect(await centralDigest()).toBe(till.digest())
  })

  test('[U1] while it is down it says so, and goes on when it is back', async () => {
    serve(till, 'o')
    const ranges = till.rangesBeyond(new Map())
    const health = async (): Promise<unknown> => (await fetch(`${central.api}/healthz`)).json()
    expect(await health()).toEqual({
      status: 'ok',
      database: { reachable: true },
      degraded: [],
    })
    await postgres.down()
    await expectProblem(await post(ranges), 503, 'database_unavailable')
    expect(await health()).toEqual({
      status: 'degraded',
      database: { reachable: false },
      degraded: ['database'],
    })
    await postgres.up()
    expect(await answerOf(await post(ranges))).toMatchObject({ frontier: till.store.frontier() })
    expect(await health()).toMatchObject({ status: 'ok' })
  })

  test('[U1] stopping lets a running upload finish and takes no other', async () => {
    serve(till, 'o')
    const ranges = till.rangesBeyond(new Map())
    const second = await startCentral({ port: 0, database: { url: databaseUrl }, logger })
    const hold = await holdStore()
    const running = post(ranges, TOKEN, second.api)
    await sleep(200)
    const stopped = second.stop()
    await sleep(100)
    await hold.release()
    expect(await answerOf(await running)).toMatchObject({ frontier: till.store.frontier() })
    await stopped
    await expect(post(ranges, TOKEN, second.api)).rejects.toThrow(/fetch failed/)
  })
})
