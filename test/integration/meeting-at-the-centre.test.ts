import { createServer, type IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { createLocalSettings } from '../../db/sqlite/local-settings.ts'
import { isRange } from '../../domain/log.ts'
import { startCentral, type Central } from '../../main/central/central.ts'
import type { PairingCode } from '../../protocol/pairing.ts'
import { createDownstream } from '../../sync/downstream.ts'
import { createUpstream } from '../../sync/upstream.ts'
import { startTestPostgres, type TestPostgres } from '../support/postgres.ts'
import { createProcesses, type Processes } from '../support/processes.ts'
import { openTill, payInFull, ringUp, serve, type Till } from '../support/till.ts'
import { waitUntil } from '../support/wait-until.ts'

const quiet = { info: () => {}, warn: () => {}, error: () => {} }
let postgres: TestPostgres
let databaseUrl: string
let central: Central

beforeAll(async () => {
  postgres = await startTestPostgres()
  databaseUrl = await postgres.createDatabase()
  central = await startCentral({ port: 0, database: { url: databaseUrl }, logger: quiet })
})
afterAll(async () => {
  await central.stop()
  await postgres.stop()
})

interface Online {
  readonly till: Till
  readonly isLive: () => boolean
  readonly backlog: () => number | null
  readonly offline: () => Promise<void>
}

/** A till with internet and no neighbours. */
function online(
  till: Till,
  fetchClient: typeof fetch = fetch,
  url = central.api,
  ingest: typeof till.store.ingest = till.store.ingest,
): Online {
  const local = createLocalSettings(till.store.connection)
  const shared = {
    url,
    token: 'a-token',
    deviceId: till.store.deviceId,
    fetch: fetchClient,
    random: () => 0.5,
    logger: quiet,
  }
  const up = createUpstream({ ...shared, log: till.store, now: Date.now })
  const down = createDownstream({
    ...shared,
    log: { ...till.store, ingest },
    position: {
      read: () => local.get('shape_position'),
      write: (position) => local.set('shape_position', position),
    },
  })
  let ended = false
  const offline = async (): Promise<void> => {
    if (ended) return
    ended = true
    await Promise.all([up.stop(), down.stop()])
  }
  onTestFinished(offline)
  return { till, isLive: down.isLive, backlog: () => up.status().backlog, offline }
}

let stores = 0
async function twoTills(): Promise<[Till, Till]> {
  const storeId = `meeting-${(stores += 1)}`
  const a = await openTill(storeId, `${storeId}-a`, 'A')
  const b = await openTill(storeId, `${storeId}-b`, 'B')
  onTestFinished(() => {
    a.close()
    b.close()
  })
  return [a, b]
}

const equal = (a: Till, b: Till) => waitUntil(() => a.digest() === b.digest(), 30_000)

describe('two devices that cannot see each other', () => {
  test('[U3] meet at the centre, also after each was away', async () => {
    const [a, b] = await twoTills()
    serve(a, 'served')
    const onlineA = online(a)
    const onlineB = online(b)
    await equal(a, b)
    ringUp(a, 'open')
    await waitUntil(() => b.store.order('open') !== null, 30_000)
    await onlineA.offline()
    b.run({ type: 'sendToKitchen', orderId: 'open' })
    a.run({ type: 'sendToKitchen', orderId: 'open' })
    await waitUntil(() => onlineB.backlog() === 0, 30_000)
    online(a)
    await equal(a, b)
    payInFull(a, 'open')
    await equal(a, b)
    expect(b.store.order('open')?.status).toBe(a.store.order('open')?.status)
  })

  test('[U3] what was read is not read again after a restart', async () => {
    const [a, b] = await twoTills()
    for (let n = 0; n < 20; n += 1) serve(a, `order-${n}`)
    const first = online(b)
    online(a)
    await equal(a, b)
    await waitUntil(first.isLive, 30_000)
    await first.offline()
    const asked: URL[] = []
    const spy: typeof fetch = (input, init) => {
      const url = urlOf(input)
      if (url.pathname.endsWith('/shape')) asked.push(url)
      return fetch(input, init)
    }
    const again = online(b, spy)
    await waitUntil(again.isLive, 30_000)
    expect(asked.length).toBeGreaterThan(0)
    for (const url of asked) expect(url.searchParams.get('offset')).not.toMatch(/^(-1|now|0_0)$/)
  })

  test('[U3] whoever holds all that the centre has reads on from its end', async () => {
    const [a, b] = await twoTills()
    for (let n = 0; n < 20; n += 1) serve(a, `order-${n}`)
    const onlineA = online(a)
    await waitUntil(() => onlineA.backlog() === 0, 30_000)
    b.learnFrom(a)
    let entries = 0
    const counting: typeof b.store.ingest = (ranges, alongside) => {
      entries += ranges.filter(isRange).reduce((sum, range) => sum + range.entries.length, 0)
      return b.store.ingest(ranges, alongside)
    }
    const onlineB = online(b, fetch, central.api, counting)
    await waitUntil(onlineB.isLive, 30_000)
    expect(entries).toBe(0)
    const before = a.store.frontier()
    ringUp(a, 'new')
    await waitUntil(() => b.store.order('new') !== null, 30_000)
    expect(before).not.toEqual(a.store.frontier())
    expect(entries).toBe(1)
  })

  test('[L1] what the disk does not take is read again, and nothing is skipped', async () => {
    const [a, b] = await twoTills()
    serve(a, 'first')
    online(a)
    let failures = 3
    const failing: typeof b.store.ingest = (ranges, alongside) => {
      if (ranges.length > 0 && failures > 0) {
        failures -= 1
        throw new Error('disk full')
      }
      return b.store.ingest(ranges, alongside)
    }
    online(b, fetch, central.api, failing)
    await equal(a, b)
    expect(failures).toBe(0)
  })

  test('[U3] with a real Electric in between, only what the centre chose is asked for', async () => {
    const [a, b] = await twoTills()
    serve(a, 'one')
    const onlineA = online(a)
    await waitUntil(() => onlineA.backlog() === 0, 30_000)
    // Stands in for Electric: it answers as the centre's own endpoint does, and notes what was asked.
    const asked: URL[] = []
    const electric = createServer((request: IncomingMessage, response) => {
      const url = new URL(request.url ?? '', 'http://electric')
      asked.push(url)
      const own = new URL('/api/v1/shape', central.api)
      for (const [name, value] of url.searchParams) own.searchParams.set(name, value)
      own.searchParams.set('store_id', url.searchParams.get('params[1]') ?? '')
      void fetch(own, { headers: { authorization: 'Bearer a-token' } }).then(async (answer) => {
        response.writeHead(answer.status, Object.fromEntries(answer.headers))
        response.end(Buffer.from(await answer.arrayBuffer()))
      })
    })
    await new Promise<void>((listening) => electric.listen(0, '127.0.0.1', listening))
    const address = electric.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const gateway = await startCentral({
      port: 0,
      database: { url: databaseUrl },
      electric: { url: `http://127.0.0.1:${port}`, secret: 'electric-secret' },
      logger: quiet,
    })
    onTestFinished(async () => {
      await gateway.stop()
      electric.closeAllConnections()
      electric.close()
    })
    const forged: typeof fetch = (input, init) => {
      const url = urlOf(input)
      if (url.pathname.endsWith('/shape')) {
        url.searchParams.set('table', 'stores')
        url.searchParams.set('where', 'true')
        url.searchParams.set('secret', 'mine')
      }
      return fetch(url, init)
    }
    online(b, forged, gateway.api)
    await equal(a, b)
    expect(asked.length).toBeGreaterThan(0)
    for (const { pathname, searchParams } of asked) {
      expect(pathname).toBe('/v1/shape')
      expect(searchParams.get('table')).toBe('entries')
      expect(searchParams.get('where')).toBe('store_id = $1')
      expect(searchParams.get('params[1]')).toBe(a.store.storeId)
      expect(searchParams.get('secret')).toBe('electric-secret')
      expect(searchParams.has('store_id')).toBe(false)
    }
    const refused = await fetch(
      `${gateway.api}/api/v1/shape?store_id=${a.store.storeId}&offset=-1`,
      {
        headers: { authorization: 'Bearer another' },
      },
    )
    expect(refused.status).toBe(401)
  })
})

describe('as processes', () => {
  let processes: Processes
  beforeAll(() => {
    processes = createProcesses()
  })
  afterAll(() => processes.close())

  test('[U3] the LAN is cut and the internet is there: what is fired on a till is on the kitchen screen', async () => {
    const aura = async (...args: string[]): Promise<string> => {
      const done = await processes.run(args)
      if (done.status !== 0) throw new Error(done.stderr)
      return done.stdout.trim()
    }
    const root = await processes.folder('cut')
    const [tillDir, kitchenDir] = [join(root, 'till'), join(root, 'kitchen')]
    const run = (dir: string, ...more: string[]) =>
      processes.start([
        ...['terminal', '--data', dir, '--api', '127.0.0.1:0', '--peer', '127.0.0.1:0'],
        ...['--no-discovery', '--central', central.api, ...more],
      ])
    await aura('store', 'create', '--data', tillDir, '--name', 'Cut', '--demo')
    const till = await run(tillDir)
    const shown = JSON.parse(await aura('pair', '--data', tillDir, '--show')) as PairingCode
    const joining = ['--join', shown.peer, '--code', shown.code, '--name', 'Kitchen']
    await aura('pair', '--data', kitchenDir, ...joining, '--role', 'kitchen')
    await till.kill('SIGTERM')
    // Nobody is where the other last saw him: the cut.
    const [tillPort, kitchenPort] = [await freePort(), await freePort()]
    const alone = await run(tillDir, '--peer', `127.0.0.1:${tillPort}`)
    const kitchen = await run(kitchenDir, '--peer', `127.0.0.1:${kitchenPort}`)
    const token = async (dir: string, role: string) =>
      aura('token', '--data', dir, '--role', role, '--label', 'test')
    const call = async (api: string, key: string, path: string, body?: unknown) => {
      const response = await fetch(`${api}/api/v1${path}`, {
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
      })
      return (await response.json()) as Record<string, unknown>
    }
    const [cashier, cook] = [await token(tillDir, 'manager'), await token(kitchenDir, 'kitchen')]
    const [tillApi, kitchenApi] = [String(alone.ready['api']), String(kitchen.ready['api'])]
    const tickets = async () => JSON.stringify(await call(kitchenApi, cook, '/kitchen/orders'))
    const fire = async (): Promise<void> => {
      const order = await call(tillApi, cashier, '/orders', {
        order_type: 'dine_in',
        table_number: '4',
        items: [{ menu_item_id: 'soup-of-the-day', quantity: 1 }],
      })
      const put = await fetch(`${tillApi}/api/v1/orders/${String(order['id'])}/status`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${cashier}`, 'content-type': 'application/json' },
        body: JSON.stringify({ status: 'confirmed' }),
      })
      expect(put.status).toBe(200)
      await waitUntil(async () => (await tickets()).includes(String(order['id'])), 60_000)
    }
    for (let n = 0; n < 3; n += 1) await fire()
    const status = JSON.parse(await aura('status', '--data', tillDir)) as {
      peers: { connected: boolean }[]
    }
    expect(status.peers.filter((peer) => peer.connected)).toEqual([])
  })
})

const urlOf = (input: Parameters<typeof fetch>[0]): URL =>
  new URL(input instanceof Request ? input.url : input)

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  await new Promise((closed) => server.close(closed))
  await sleep(0)
  return typeof address === 'object' && address ? address.port : 0
}
