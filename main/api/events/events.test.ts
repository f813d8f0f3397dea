import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { feedMessage, type FeedMessage } from '../../../protocol/rest/event.ts'
import { order, type RestOrder } from '../../../protocol/rest/order.ts'
import {
  call,
  openDevice,
  SEED_ORDER,
  sync,
  testFolder,
  type TestDevice,
  type TestFolder,
} from '../test-store.ts'
import { encodePosition } from './position.ts'

let folder: TestFolder
let a: TestDevice
const devices: TestDevice[] = []
const followers: { close: () => void }[] = []
beforeEach(async () => {
  folder = testFolder()
  a = await open('A', true)
})
afterEach(async () => {
  for (const follower of followers.splice(0)) follower.close()
  for (const device of devices.splice(0)) await device.close()
  folder.remove()
})

async function open(name: string, founds: boolean): Promise<TestDevice> {
  const device = await openDevice(folder.dir, { name, founds })
  await device.app.listen({ host: '127.0.0.1', port: 0 })
  devices.push(device)
  return device
}

const addressOf = ({ app }: TestDevice) => `127.0.0.1:${(app.server.address() as AddressInfo).port}`
const bearer = ({ tokenOf }: TestDevice) => ({ authorization: `Bearer ${tokenOf.service}` })

interface Follower {
  readonly messages: FeedMessage[]
  /** Waits until so many messages have come, and then for none more. */
  readonly take: (count: number) => Promise<FeedMessage[]>
  readonly close: () => void
}

function follower(messages: FeedMessage[], close: () => void): Follower {
  const take = async (count: number) => {
    await expect.poll(() => messages.length, { timeout: 5_000 }).toBeGreaterThanOrEqual(count)
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(messages.map(({ type }) => type)).toHaveLength(count)
    return messages.splice(0)
  }
  const made = { messages, take, close }
  followers.push(made)
  return made
}

async function followSocket(device: TestDevice, query = ''): Promise<Follower> {
  const url = `ws://${addressOf(device)}/api/v1/events${query}`
  const socket = new WebSocket(url, { headers: bearer(device) })
  const messages: FeedMessage[] = []
  socket.on('message', (data) =>
    messages.push(feedMessage.parse(JSON.parse((data as Buffer).toString()))),
  )
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  return follower(messages, () => socket.terminate())
}

interface StreamFollower extends Follower {
  /** What a browser would send as `Last-Event-ID`. */
  readonly lastEventId: () => string
}

async function followStream(
  device: TestDevice,
  query = '',
  headers: Record<string, string> = {},
): Promise<StreamFollower> {
  const abort = new AbortController()
  const response = await fetch(`http://${addressOf(device)}/api/v1/events${query}`, {
    headers: { ...bearer(device), accept: 'text/event-stream', ...headers },
    signal: abort.signal,
  })
  expect([response.status, response.headers.get('content-type')]).toEqual([
    200,
    'text/event-stream',
  ])
  const messages: FeedMessage[] = []
  let lastEventId = ''
  const read = async () => {
    let buffered = ''
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      const blocks = (buffered + chunk).split('\n\n')
      buffered = blocks.pop() ?? ''
      for (const block of blocks) {
        const fields = new Map(
          block.split('\n').map((line) => line.split(/: (.*)/s, 2) as [string, string]),
        )
        lastEventId = fields.get('id') ?? lastEventId
        const data = fields.get('data')
        if (data === undefined) continue
        const message = feedMessage.parse(JSON.parse(data))
        expect(fields.get('event')).toBe(message.type)
        messages.push(message)
      }
    }
  }
  read().catch(() => {})
  const made = follower(messages, () => abort.abort())
  return { ...made, lastEventId: () => lastEventId }
}

async function create(device: TestDevice): Promise<RestOrder> {
  const { status, json } = await call(device, 'POST', '/api/v1/orders', SEED_ORDER)
  expect(status).toBe(201)
  return order.parse(json)
}

const setStatus = (device: TestDevice, { id }: RestOrder, status: string, reason?: string) =>
  call(device, 'PUT', `/api/v1/orders/${id}/status`, { status, ...(reason && { reason }) })

const typesOf = (messages: readonly FeedMessage[]) => messages.map(({ type }) => type)
const lastPosition = (messages: readonly FeedMessage[]) =>
  messages.findLast(({ position }) => position !== undefined)?.position ?? ''

describe.each([
  ['WebSocket', followSocket],
  ['event stream', followStream],
])('the feed as a %s', (_name, follow) => {
  test("tells the seed's events and the finer ones, with what each promises", async () => {
    const feed = await follow(a)
    const created = await create(a)
    for (const status of ['confirmed', 'preparing', 'ready', 'completed']) {
      await setStatus(a, created, status)
    }
    const other = await create(a)
    await setStatus(a, other, 'cancelled', 'guest left')
    const messages = await feed.take(12)
    expect(typesOf(messages)).toEqual([
      'order.created',
      'order.line_added',
      'order.confirmed',
      'order.fired',
      'order.line_marked',
      'order.preparing',
      'order.line_marked',
      'order.ready',
      'order.completed',
      'order.created',
      'order.line_added',
      'order.cancelled',
    ])
    const dataOf = (type: string) => messages.find((message) => message.type === type)?.data
    expect(order.parse(dataOf('order.created'))).toMatchObject({ order_number: 'A-001' })
    expect(dataOf('order.confirmed')).toEqual({ confirmed_at: expect.any(String) })
    expect(dataOf('order.preparing')).toEqual({ station: 'grill', stations: ['grill'] })
    expect(dataOf('order.ready')).toMatchObject({ preparation_time_seconds: expect.any(Number) })
    expect(dataOf('order.completed')).toMatchObject({ completed_at: expect.any(String) })
    expect(dataOf('order.cancelled')).toEqual({ reason: 'guest left' })
    expect(messages[0]).toMatchObject({
      order_id: created.id,
      origin: 'o-A',
      actor: 'token:admin',
      at: created.created_at,
    })
    expect(new Set(messages.map(({ id }) => id)).size).toBe(12)
  })

  test('goes on from any position, on any device, with nothing twice and nothing left out', async () => {
    const b = await open('B', false)
    sync(a.store, b.store)
    const all = await follow(a, '?position=start&types=order.created,order.confirmed')
    const first = await create(a)
    sync(a.store, b.store)
    const second = await create(b)
    await setStatus(b, first, 'confirmed')
    sync(b.store, a.store)
    const third = await create(a)
    sync(a.store, b.store)
    const told = await all.take(4)
    expect(told.map((message) => [message.type, message.order_id])).toEqual([
      ['order.created', first.id],
      ['order.created', second.id],
      ['order.confirmed', first.id],
      ['order.created', third.id],
    ])
    for (const device of [a, b]) {
      for (const [i, { position }] of told.entries()) {
        const rest = await follow(
          device,
          `?types=order.created,order.confirmed&position=${position}`,
        )
        const resumed = await rest.take(told.length - i - 1)
        expect(resumed.map(({ id }) => id)).toEqual(told.slice(i + 1).map(({ id }) => id))
        rest.close()
      }
    }
  })

  test('waits on a device that holds less than the position until it holds more', async () => {
    const b = await open('B', false)
    sync(a.store, b.store)
    const feed = await follow(a)
    await create(a)
    const position = lastPosition(await feed.take(2))
    const late = await follow(b, `?position=${position}`)
    sync(a.store, b.store)
    await create(a)
    sync(a.store, b.store)
    const messages = await late.take(2)
    expect(messages[0]?.data).toMatchObject({ order_number: 'A-002' })
  })

  test('of the events of one entry only the last has a position', async () => {
    const feed = await follow(a)
    await create(a)
    const messages = await feed.take(2)
    expect(messages.map(({ position }) => position !== undefined)).toEqual([false, true])
    expect(messages[1]?.position).toBe(encodePosition(a.store.frontier()))
  })

  test('leaves nothing out between catching up and following, however busy the store is', async () => {
    const numbers: unknown[] = []
    for (let i = 0; i < 150; i += 1) numbers.push((await create(a)).order_number)
    const feed = await follow(a, '?position=start&types=order.created')
    for (let i = 0; i < 150; i += 1) numbers.push((await create(a)).order_number)
    const messages = await feed.take(300)
    expect(messages.map(({ data }) => data['order_number'])).toEqual(numbers)
  })

  test("tells reference data, but no PIN's hash", async () => {
    const feed = await follow(a, '?position=start&types=record.set')
    await call(a, 'PUT', '/api/v1/menu/items/garlic-bread/availability', { available: false })
    await expect.poll(() => feed.messages.at(-1)?.data['kind']).toBe('availability')
    expect(feed.messages.at(-1)).toMatchObject({
      order_id: null,
      data: { kind: 'availability', id: 'garlic-bread', value: { available: false } },
    })
    const staff = feed.messages.filter(({ data }) => data['kind'] === 'staff')
    expect(staff.length).toBeGreaterThan(2)
    expect(JSON.stringify(feed.messages)).not.toContain('pinHash')
  })

  test('ends when the device does, and the device does not wait for it', async () => {
    await follow(a)
    const startedMs = Date.now()
    await devices.splice(devices.indexOf(a), 1)[0]?.close()
    expect(Date.now() - startedMs).toBeLessThan(2_000)
  })
})

test('a browser that reconnects goes on after its last id, not after its first address', async () => {
  const feed = await followStream(a)
  await expect.poll(feed.lastEventId).toBe(encodePosition(a.store.frontier()))
  await create(a)
  await feed.take(2)
  feed.close()
  await create(a)
  const again = await followStream(a, '?position=start', { 'last-event-id': feed.lastEventId() })
  const messages = await again.take(2)
  expect(messages[0]?.data).toMatchObject({ order_number: 'A-002' })
})

describe('the door of the feed', () => {
  function upgrade(query: string, protocols: string[] = [], headers = {}): Promise<string> {
    return new Promise((resolve) => {
      const url = `ws://${addressOf(a)}/api/v1/events${query}`
      const socket = new WebSocket(url, protocols, { headers })
      socket.once('open', () => resolve(`open ${socket.protocol}`))
      socket.once('unexpected-response', (_request, response) => {
        response.on('data', (body: Buffer) => {
          const { code } = JSON.parse(body.toString()) as { code: string }
          resolve(`${response.statusCode} ${code}`)
        })
      })
      socket.on('error', () => {})
      followers.push({ close: () => socket.terminate() })
    })
  }

  test('opens to a token in the header, in a subprotocol or in the address, and to no one else', async () => {
    const token = a.tokenOf.kitchen
    expect(await upgrade('', [], bearer(a))).toBe('open ')
    expect(await upgrade('', [`bearer.${token}`])).toBe(`open bearer.${token}`)
    expect(await upgrade('', ['aura.events', `bearer.${token}`])).toBe('open aura.events')
    expect(await upgrade(`?access_token=${token}`)).toBe('open ')
    expect(await upgrade('')).toBe('401 unauthorized')
    expect(await upgrade('', ['bearer.x'])).toBe('401 unauthorized')
    expect(await upgrade('?position=x', [], bearer(a))).toBe('422 validation_failed')
    expect(await upgrade('?types=order.eaten', [], bearer(a))).toBe('422 validation_failed')
  })

  test('is the same for an event stream', async () => {
    const status = async (query: string, headers: Record<string, string> = {}) => {
      const url = `/api/v1/events${query}`
      return (await a.app.inject({ url, headers: { accept: 'text/event-stream', ...headers } }))
        .statusCode
    }
    expect(await status('')).toBe(401)
    expect(await status('?access_token=x')).toBe(401)
    expect(await status('?position=x', bearer(a))).toBe(422)
    expect((await call(a, 'GET', '/api/v1/events')).status).toBe(426)
    const feed = await followStream(a, `?access_token=${a.tokenOf.service}`, { authorization: '' })
    await create(a)
    await feed.take(2)
  })
})
