import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { encodeUploadAnswer, UPSTREAM_FRONTIER_PATH, type Upload } from '../protocol/upstream.ts'
import { MAX_ENTRIES_PER_FRAME, UPLOAD_RETRY_MIN_MS } from '../protocol/limits.ts'
import { createMemoryLog, type MemoryLog, writtenAt } from '../test/support/memory-log.ts'
import { waitUntil } from '../test/support/wait-until.ts'
import { createUpstream, type Upstream, type UpstreamDeps } from './upstream.ts'
import { bytesToUpload } from './upload-bytes.ts'

const STORE = 'store-1'
const TOKEN = 'the-token'
const ends = new Set<() => Promise<unknown>>()
afterEach(async () => {
  await Promise.all([...ends].map((end) => end()))
  ends.clear()
})

/** What the centre does with one request instead of behaving well. True: it has dealt with it. */
type Mischief = (call: {
  readonly number: number
  readonly upload: Upload | null
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly behave: () => void
}) => boolean

interface Centre {
  readonly url: string
  readonly log: MemoryLog
  readonly calls: { readonly atMs: number; readonly upload: Upload | null }[]
  mischief: Mischief
  readonly stop: () => Promise<void>
}

/** A centre on a real socket, on the port given or on any. */
async function centre(log = createMemoryLog(STORE, 'centre'), port = 0): Promise<Centre> {
  const calls: Centre['calls'] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('error', () => {})
    request.on('end', () => {
      const upload = request.method === 'POST' ? bytesToUpload(Buffer.concat(chunks)) : null
      calls.push({ atMs: performance.now(), upload })
      const behave = () => answer(request, response, upload)
      if (!here.mischief({ number: calls.length, upload, request, response, behave })) behave()
    })
  })

  function answer(request: IncomingMessage, response: ServerResponse, upload: Upload | null): void {
    if (request.headers.authorization !== `Bearer ${TOKEN}`) {
      response.writeHead(401).end()
      return
    }
    const isAsking = request.url === `${UPSTREAM_FRONTIER_PATH}?store_id=${STORE}`
    if (!isAsking && upload === null) {
      response.writeHead(400).end()
      return
    }
    const { accepted, repeated, forks } = log.ingest(upload?.ranges ?? [])
    response.end(encodeUploadAnswer({ frontier: log.frontier(), accepted, repeated, forks }))
  }

  const stop = async () => {
    ends.delete(stop)
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  ends.add(stop)
  const { port: listening } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${listening}`
  const here: Centre = { url, log, calls, mischief: () => false, stop }
  return here
}

function upstream(log: MemoryLog, url: string | null, more: Partial<UpstreamDeps> = {}): Upstream {
  const result = createUpstream({
    log,
    url,
    token: TOKEN,
    deviceId: log.ownOrigin(),
    fetch,
    now: Date.now,
    random: () => 0,
    logger: { info: () => {}, warn: () => {}, error: () => {} },
    ...more,
  })
  ends.add(result.stop)
  return result
}

const till = (...bodies: string[]): MemoryLog => {
  const log = createMemoryLog(STORE, 'till')
  log.append(...bodies)
  return log
}
const lines = (count: number): string[] => Array.from({ length: count }, (_, i) => `"${i}"`)
const holds = (at: Centre, log: MemoryLog): boolean =>
  JSON.stringify(at.log.bodies('till')) === JSON.stringify(log.bodies('till'))
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

test('[U1] a backlog goes up in batches, and a new entry at once', async () => {
  const there = await centre()
  const log = till(...lines(1_234))
  const up = upstream(log, there.url)
  expect(up.status()).toMatchObject({ configured: true, connected: false, backlog: null })
  await waitUntil(() => holds(there, log))
  const sizes = there.calls.map(({ upload }) => upload?.ranges[0]?.entries.length ?? 0)
  expect(sizes).toEqual([0, MAX_ENTRIES_PER_FRAME, MAX_ENTRIES_PER_FRAME, 234])
  await waitUntil(() => up.status().backlog === 0)
  log.append('"one more"')
  await waitUntil(() => holds(there, log), 300)
  await waitUntil(() => up.status().backlog === 0)
  expect(up.status()).toMatchObject({ connected: true, lastError: null })
  expect(Date.now() - (up.status().lastContactMs ?? 0)).toBeLessThan(1_000)
})

test('[U1] entries of other devices follow when their writer has not brought them', async () => {
  const there = await centre()
  const log = till('"own"')
  const other = createMemoryLog(STORE, 'other')
  other.append('"a"', '"b"')
  const range = other.readRange('other', 1, 9, 999)
  if (range !== null) log.ingest([range])
  const beganMs = performance.now()
  upstream(log, there.url)
  await waitUntil(() => holds(there, log))
  expect(there.log.frontier().get('other')).toBeUndefined()
  await waitUntil(() => there.log.frontier().get('other') === 2)
  expect(performance.now() - beganMs).toBeGreaterThan(1_900)
})

test('[U1] what was sold while the centre was away goes up when it is back', async () => {
  const first = await centre()
  const log = till('"a"')
  const up = upstream(log, first.url)
  await waitUntil(() => holds(first, log))
  await first.stop()
  log.append('"b"')
  await waitUntil(() => !up.status().connected)
  log.append('"c"')
  expect(up.status().lastError).toMatch(/cannot be reached/)
  const { backlog, waitingSinceMs } = up.status()
  expect([backlog, waitingSinceMs]).toEqual([2, Date.parse(writtenAt(2))])
  const again = await centre(first.log, Number(new URL(first.url).port))
  await waitUntil(() => holds(again, log))
  await waitUntil(() => up.status().backlog === 0)
  expect(up.status()).toMatchObject({ connected: true, lastError: null })
})

test('[U1] a centre that takes an upload and then dies or falls silent gets nothing twice in effect', async () => {
  const there = await centre()
  const log = till(...lines(700))
  let tricks = 0
  there.mischief = ({ upload, request, response }) => {
    if (upload === null || tricks >= 2) return false
    tricks += 1
    there.log.ingest(upload.ranges)
    if (tricks === 1) request.socket.destroy()
    else response.writeHead(200).write('so')
    return true
  }
  const up = upstream(log, there.url, { timeoutMs: 300 })
  await waitUntil(() => holds(there, log))
  await waitUntil(() => up.status().backlog === 0)
  const uploaded = there.calls.flatMap(({ upload }) => upload?.ranges ?? [])
  expect(tricks).toBe(2)
  expect(uploaded.map((range) => range.fromSeq)).toEqual([1, 501])
})

test('[U1] an answer that comes twice, or for nothing, does no harm', async () => {
  const there = await centre()
  const log = till('"a"', '"b"')
  there.mischief = ({ upload, behave }) => {
    if (upload !== null) there.log.ingest(upload.ranges)
    behave()
    return true
  }
  const up = upstream(log, there.url)
  await waitUntil(() => up.status().backlog === 0)
  expect(holds(there, log)).toBe(true)
})

const MISCHIEF: [string, RegExp, Mischief][] = [
  ['garbage', /not a centre/, ({ response }) => Boolean(response.end('<html>'))],
  ['a fault of its own', /fault of its own \(503\)/, ({ response }) => say(response, 503)],
  ['a wrong token', /token \(401\)/, ({ response }) => say(response, 401)],
  ['no permission', /token \(403\)/, ({ response }) => say(response, 403)],
  ['another address', /cannot be reached/, ({ response }) => redirect(response)],
  ['an endless answer', /not a centre/, ({ response }) => pour(response)],
  ['no answer', /did not answer in 200 ms/, () => true],
]

test.each(MISCHIEF)(
  '[P3] %s is said in words and not asked again hotly',
  async (_, words, mischief) => {
    const there = await centre()
    there.mischief = mischief
    const log = till('"a"')
    const up = upstream(log, there.url, { timeoutMs: 200 })
    await waitUntil(() => up.status().lastError !== null)
    expect(up.status().lastError).toMatch(words)
    expect(up.status()).toMatchObject({ connected: false, backlog: null })
    const hammer = setInterval(() => log.append('"x"'), 10)
    await pause(1_200)
    clearInterval(hammer)
    expect(there.calls.length).toBeLessThanOrEqual(1_400 / UPLOAD_RETRY_MIN_MS + 1)
    there.mischief = () => false
  },
)

function say(response: ServerResponse, status: number): true {
  response.writeHead(status).end()
  return true
}

function redirect(response: ServerResponse): true {
  response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()
  return true
}

function pour(response: ServerResponse): true {
  response.on('error', () => {})
  for (let i = 0; i < 40; i += 1) response.write(Buffer.alloc(100_000))
  return true
}

test.each([
  ['takes nothing', null],
  ['refuses it', 409],
])('[P3] a centre that %s of one origin is told so, and the rest goes up', async (_, status) => {
  const there = await centre()
  const log = till('"own"')
  const bad = createMemoryLog(STORE, 'bad')
  bad.append('"poison"')
  const range = bad.readRange('bad', 1, 9, 999)
  if (range !== null) log.ingest([range])
  there.mischief = ({ upload, response }) => {
    if (!upload?.ranges.some(({ origin }) => origin === 'bad')) return false
    if (status !== null) return say(response, status)
    const frontier = there.log.frontier()
    response.end(encodeUploadAnswer({ frontier, accepted: 0, repeated: 0, forks: [] }))
    return true
  }
  const up = upstream(log, there.url)
  await waitUntil(() => up.status().lastError !== null)
  const before = there.calls.length
  await pause(800)
  expect(there.calls.length - before).toBeLessThan(6)
  expect(up.status().lastError).toMatch(/the centre (does not take|refuses)/)
  log.append('"goes on"')
  await waitUntil(() => there.log.frontier().get('till') === 2)
  await waitUntil(() => up.status().backlog === 1)
})

test('[U1] without a centre nothing is done, and it is said', async () => {
  const up = upstream(till('"a"'), null)
  expect(up.status()).toMatchObject({ configured: false, connected: false, backlog: null })
})

test('[P3] stopping does not wait for a centre that does not answer', async () => {
  const there = await centre()
  there.mischief = () => true
  const up = upstream(till('"a"'), there.url)
  await waitUntil(() => there.calls.length > 0)
  const beganMs = performance.now()
  await up.stop()
  expect(performance.now() - beganMs).toBeLessThan(10_000)
})
