import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { FeedMessage } from '../../protocol/rest/event.ts'
import type { RestWebhook } from '../../protocol/rest/webhook.ts'
import { isPublic, mayCall, urlFault } from '../webhooks/address.ts'
import { WEBHOOK_GIVE_UP_MS } from '../webhooks/limits.ts'
import { postOnce, type PostOutcome } from '../webhooks/post.ts'
import { call, openDevice, SEED_ORDER, testFolder, type TestDevice } from './test-store.ts'

const folder = testFolder()
afterAll(folder.remove)

interface Told {
  readonly id: string
  readonly message: FeedMessage
  readonly isSigned: boolean
}

/** A receiver as its owner would write it: it checks the signature before it believes anything. */
async function startReceiver(secret: () => string, statusOf: (nth: number) => number) {
  const told: Told[] = []
  let asked = 0
  const receive = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await bodyOf(request)
    asked += 1
    const status = statusOf(asked)
    if (status < 300) told.push({ ...checked(request, body, secret()), id: idOf(request) })
    response.writeHead(status, { location: 'http://127.0.0.1:1/elsewhere' }).end()
  }
  const server: Server = createServer((request, response) => void receive(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/hook`, told, asked: () => asked }
}

const idOf = ({ headers }: IncomingMessage): string => String(headers['webhook-id'])

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const part of request) body += String(part)
  return body
}

function checked({ headers }: IncomingMessage, body: string, secret: string) {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`
  const expected = Buffer.from(createHmac('sha256', key).update(signed).digest('base64'))
  const [version, given = ''] = String(headers['webhook-signature']).split(',')
  const isSigned =
    version === 'v1' &&
    expected.length === given.length &&
    timingSafeEqual(expected, Buffer.from(given))
  return { message: JSON.parse(body) as FeedMessage, isSigned }
}

const HOOKS = '/api/v1/webhooks'
type Created = RestWebhook & { readonly secret: string }
const create = async (device: TestDevice, body: object, headers = {}): Promise<Created> => {
  const { status, json } = await call(device, 'POST', HOOKS, body, { headers })
  expect(status).toBe(201)
  return json as Created
}
const listed = async (device: TestDevice): Promise<RestWebhook[]> =>
  ((await call(device, 'GET', HOOKS)).json as { data: RestWebhook[] }).data

const sell = (device: TestDevice) => call(device, 'POST', '/api/v1/orders', SEED_ORDER)

describe('over real sockets', () => {
  let device: TestDevice
  beforeAll(async () => {
    device = await openDevice(folder.dir, { name: 'A', founds: true })
  })
  afterAll(() => device.close())

  test('[H3] every event comes signed and in order, also after the receiver was away', async () => {
    const secrets = { secret: '' }
    const receiver = await startReceiver(
      () => secrets.secret,
      (nth) => (nth === 3 ? 503 : 204),
    )
    const hook = await create(device, { url: receiver.url })
    secrets.secret = hook.secret
    for (let i = 0; i < 3; i += 1) await sell(device)
    await expect.poll(() => receiver.asked(), { timeout: 10_000 }).toBe(3)
    await expect.poll(async () => (await listed(device))[0]?.state).toBe('failing')
    expect(await listed(device)).toMatchObject([{ failures: 1, last_failure: 'it answers 503' }])
    // Nobody has to wait: somebody says that it is mended.
    await call(device, 'POST', `${HOOKS}/${hook.id}/resume`)
    await expect.poll(() => receiver.told.length, { timeout: 10_000 }).toBeGreaterThanOrEqual(6)
    expect(receiver.told.every(({ isSigned }) => isSigned)).toBe(true)
    expect(receiver.told.every(({ id, message }) => id === message.id)).toBe(true)
    const seqs = receiver.told.map(({ message }) => message.seq)
    expect(seqs).toEqual(seqs.toSorted((a, b) => a - b))
    const created = receiver.told.filter(({ message }) => message.type === 'order.created')
    expect(new Set(created.map(({ id }) => id)).size).toBe(3)
    await expect.poll(async () => (await listed(device))[0]?.state).toBe('active')
    expect(JSON.stringify(await listed(device))).not.toContain(hook.secret)
    const file = [device.file, `${device.file}-wal`].map((path) => readFileSync(path, 'latin1'))
    expect(file.join('')).not.toContain(hook.secret)
    await call(device, 'DELETE', `${HOOKS}/${hook.id}`)
    await sell(device)
    expect(await listed(device)).toEqual([])
  })

  test('[H3] a redirect is not followed, and who says that it is gone is not asked again', async () => {
    const moved = await startReceiver(
      () => '',
      () => 307,
    )
    const gone = await startReceiver(
      () => '',
      () => 410,
    )
    const hooks = [
      await create(device, { url: moved.url }),
      await create(device, { url: gone.url }),
    ]
    await sell(device)
    await expect
      .poll(async () => (await listed(device)).map(({ state }) => state), { timeout: 10_000 })
      .toEqual(['failing', 'disabled'])
    expect(await listed(device)).toMatchObject([
      { last_failure: 'it answers 307, and no redirect is followed' },
      { disabled_because: 'it answers 410' },
    ])
    for (const { id } of hooks) await call(device, 'DELETE', `${HOOKS}/${id}`)
  })

  test('[H3] a position tells again what was, of the types asked for, and guests only if asked for', async () => {
    const guest = { name: 'Zebulon Quartermain' }
    await call(device, 'POST', '/api/v1/orders', { ...SEED_ORDER, customer: guest })
    const both = await Promise.all(
      [false, true].map(async (includes) => {
        const receiver = await startReceiver(
          () => '',
          () => 200,
        )
        const body = { url: receiver.url, types: ['order.created'], position: 'start' }
        const { id } = await create(device, { ...body, include_guests: includes })
        onTestFinished(() => void call(device, 'DELETE', `${HOOKS}/${id}`))
        return receiver
      }),
    )
    const namesTold = () =>
      both.map(({ told }) => JSON.stringify(told).includes('Zebulon Quartermain'))
    await expect.poll(namesTold, { timeout: 10_000 }).toEqual([false, true])
    const types = new Set(both.flatMap(({ told }) => told.map(({ message }) => message.type)))
    expect([...types]).toEqual(['order.created'])
  })

  test('[H3] an address of a private network is not called, even if it was let in', async () => {
    const post = { headers: {}, body: '', privateHosts: [], signal: new AbortController().signal }
    expect(await postOnce({ ...post, url: 'https://10.0.0.1/' })).toMatchObject({
      failure: '10.0.0.1 is an address of a private network',
    })
  })
})

describe('with a network that a test holds', () => {
  test('[H3] it is tried later each time, told once more after a restart, and after three days not again', async () => {
    let nowMs = Date.parse('2026-11-23T12:00:00Z')
    let answer: PostOutcome = { failure: 'ECONNREFUSED' }
    const ids: string[] = []
    const options = {
      name: 'W',
      nowMs: () => nowMs,
      postWebhook: async ({ headers }: { headers: Readonly<Record<string, string>> }) => {
        ids.push(String(headers['webhook-id']))
        return answer
      },
    }
    const first = await openDevice(folder.dir, { ...options, founds: true })
    await create(first, { url: 'https://example.com/hook' })
    await sell(first)
    await expect.poll(async () => (await listed(first))[0]?.failures).toBe(1)
    const [{ next_try_at: nextTry } = {}] = await listed(first)
    expect(Date.parse(String(nextTry)) - nowMs).toBeGreaterThanOrEqual(2_500)
    await first.close()

    const { tokenOf, keys } = first
    const again = await openDevice(folder.dir, { ...options, founds: true, tokenOf, keys })
    onTestFinished(() => again.close())
    nowMs += 60_000
    await sell(again)
    await expect.poll(async () => (await listed(again))[0]?.failures).toBe(2)
    expect(new Set(ids).size).toBe(1)
    nowMs += WEBHOOK_GIVE_UP_MS
    await sell(again)
    await expect.poll(async () => (await listed(again))[0]?.state).toBe('disabled')
    const [{ id, disabled_because: because } = { id: '' }] = await listed(again)
    expect(because).toBe('It failed for three days: ECONNREFUSED')
    answer = { status: 204 }
    await call(again, 'POST', `${HOOKS}/${id}/resume`, {})
    await expect.poll(async () => (await listed(again))[0]?.last_delivered_at).toBeTruthy()
    await expect.poll(() => new Set(ids).size).toBeGreaterThanOrEqual(6)
  })

  test('[H3] the same request under one key is one webhook, with the secret it was told', async () => {
    const device = await openDevice(folder.dir, {
      name: 'K',
      founds: true,
      postWebhook: async () => ({ status: 204 }),
    })
    onTestFinished(() => device.close())
    const keyed = { 'idempotency-key': 'hook-1' }
    const one = await create(device, { url: 'https://example.com/a' }, keyed)
    const two = await create(device, { url: 'https://example.com/a' }, keyed)
    expect([two.id, two.secret]).toEqual([one.id, one.secret])
    const other = { url: 'https://example.com/b' }
    const reused = await call(device, 'POST', HOOKS, other, { headers: keyed })
    expect(reused.json).toMatchObject({ code: 'idempotency_key_reused' })
  })
})

test.each([
  ['http://example.com/', /has to be https/],
  ['ftp://example.com/', /has to be https/],
  ['https://ada:secret@example.com/', /name and a password/],
  ['https://example.com/#x', /after #/],
  ['https://192.168.1.7/', /private network/],
  ['https://169.254.169.254/latest', /private network/],
  ['https://[fd00::1]/', /private network/],
  ['https://[::ffff:10.0.0.1]/', /private network/],
  ['https://0x0a000001/', /private network/],
  ['no url', /no URL/],
])('[H3] %s is refused', (url, words) => {
  expect(urlFault(url, [])).toMatch(words)
})

test('[H3] what is let in: the public internet, this computer, and what the configuration names', () => {
  for (const url of ['https://example.com/', 'https://8.8.8.8/', 'http://localhost:8080/x']) {
    expect(urlFault(url, [])).toBeNull()
  }
  expect(urlFault('https://192.168.1.7/', ['192.168.1.7'])).toBeNull()
  expect(['1.1.1.1', '2606:4700::1111'].map(isPublic)).toEqual([true, true])
  expect(['127.0.0.1', '::1', 'fe80::1', '100.64.0.1', '2001:db8::1', 'x'].some(isPublic)).toBe(
    false,
  )
  // A name that turns out to mean this computer is not this computer's own.
  expect(mayCall('127.0.0.1', 'evil.example', [])).toBe(false)
  expect(mayCall('10.0.0.5', 'printer.lan', ['printer.lan'])).toBe(true)
})
