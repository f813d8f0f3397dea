import { once } from 'node:events'
import { join } from 'node:path'
import { MessageChannel } from 'node:worker_threads'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { TRIES_OF_STAFF } from '../../domain/sign-in-lock.ts'
import type { TerminalMessage } from '../../protocol/screens.ts'
import { defaultConfig } from '../../main/config.ts'
import { startTerminal, type Terminal } from '../../main/terminal/terminal.ts'
import { createProcesses, type Processes } from '../support/processes.ts'

let processes: Processes
let terminal: Terminal
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined }

beforeAll(async () => {
  processes = createProcesses()
  const dataDir = join(await processes.folder('screens'), 'till')
  await processes.run(['store', 'create', '--data', dataDir, '--name', 'Test', '--demo'])
  const started = await startTerminal({
    dataDir,
    role: null,
    api: '127.0.0.1:0',
    https: false,
    peer: '127.0.0.1:0',
    discovery: false,
    connect: [],
    central: null,
    config: defaultConfig(),
    logger: quiet,
  })
  if (!started.ok) throw new Error(started.error)
  terminal = started.value
})

afterAll(async () => {
  await terminal?.stop()
  await processes?.close()
})

/** A screen that remembers what it was told. */
async function openScreen(kind: 'pos' | 'kitchen') {
  const socket = new WebSocket(`${terminal.ready.api.replace('http', 'ws')}/screens`)
  const heard: TerminalMessage[] = []
  socket.on('message', (data: Buffer) => heard.push(JSON.parse(data.toString()) as TerminalMessage))
  await once(socket, 'open')
  socket.send(JSON.stringify({ type: 'hello', protocol: 1, screen: kind }))
  let calls = 0
  const heardOf = async <T extends TerminalMessage['type']>(type: T) => {
    while (!heard.some((message) => message.type === type)) await once(socket, 'message')
    return heard.findLast((message) => message.type === type) as Extract<
      TerminalMessage,
      { type: T }
    >
  }
  return {
    socket,
    heardOf,
    call: async (message: object) => {
      const callId = (calls += 1)
      socket.send(JSON.stringify({ ...message, callId }))
      const isAnswer = (m: TerminalMessage) => m.type === 'answer' && m.callId === callId
      while (!heard.some(isAnswer)) await once(socket, 'message')
      return heard.find(isAnswer) as Extract<TerminalMessage, { type: 'answer' }>
    },
  }
}

const createOrder = (orderId: string) => ({
  type: 'command',
  commandId: `create-${orderId}`,
  command: {
    type: 'createOrder',
    orderId,
    channel: 'dine_in',
    table: '5',
    customerId: null,
    customer: null,
    locationId: null,
    scheduledFor: null,
    notes: null,
    lines: [{ itemId: 'burger-classic', quantity: 1, modifierIds: [], instructions: null }],
  },
})

describe('a screen', () => {
  test('is shown everything at first, and no PIN hash', async () => {
    const { heardOf, socket } = await openScreen('pos')
    expect((await heardOf('catalog')).catalog.menu_item.length).toBeGreaterThan(50)
    const { staff, pin_renewal } = (await heardOf('catalog')).catalog
    expect([staff.map(([, s]) => s.pinHash), pin_renewal]).toEqual([['4', '4', '4', '4'], []])
    expect(await heardOf('orders')).toMatchObject({ reset: true })
    expect((await heardOf('status')).status.upstream.configured).toBe(false)
    socket.close()
  })

  test('[L5] takes a command once, however often it is sent, and tells every other screen', async () => {
    const till = await openScreen('pos')
    const kitchen = await openScreen('kitchen')
    await kitchen.heardOf('status')
    expect(await till.call(createOrder('o1'))).toMatchObject({ error: { code: 'not_signed_in' } })
    expect(await till.call({ type: 'signIn', staffId: 'staff-sam', pin: '3333' })).toMatchObject({
      ok: true,
    })
    const first = await till.call(createOrder('o1'))
    expect(first).toMatchObject({ ok: true, value: { number: 'A-001', status: 'pending' } })
    expect(await till.call(createOrder('o1'))).toMatchObject({ ok: true, value: { version: 1 } })
    const pushed = await kitchen.heardOf('orders')
    expect(pushed.orders.map((order) => order.id)).toContain('o1')
    till.socket.close()
    kitchen.socket.close()
  })

  test('[P1] shows guests to whoever signed in to serve them, and the kitchen a name to call', async () => {
    const till = await openScreen('pos')
    const kitchen = await openScreen('kitchen')
    const other = await openScreen('pos')
    for (const screen of [till, kitchen, other]) await screen.heardOf('status')
    await till.call({ type: 'signIn', staffId: 'staff-alex', pin: '1234' })
    const ana = { name: 'Ana', phone: '555 010 0199' }
    const created = createOrder('guest-1')
    const command = { ...created.command, channel: 'takeout', customer: ana }
    const answer = await till.call({ ...created, commandId: 'make-guest', command })
    expect(answer).toMatchObject({ ok: true, value: { customer: ana } })
    const isGuest = ({ id }: { readonly id: string }) => id === 'guest-1'
    const seenBy = async (screen: typeof till) => {
      for (;;) {
        const order = (await screen.heardOf('orders')).orders.find(isGuest)
        if (order) return order.customer
        await once(screen.socket, 'message')
      }
    }
    expect(await seenBy(till)).toEqual(ana)
    expect(await seenBy(kitchen)).toEqual({ name: 'Ana' })
    expect(await seenBy(other)).toEqual({ locked: true })
    await other.call({ type: 'signIn', staffId: 'staff-alex', pin: '1234' })
    await other.heardOf('signedIn')
    expect(await seenBy(other)).toEqual(ana)
    await till.call({
      type: 'command',
      commandId: 'cancel-guest',
      command: { type: 'cancelOrder', orderId: 'guest-1', reason: 'x' },
    })
    const found = async (screen: typeof till, query: string) => {
      const { ok, ...more } = await screen.call({ type: 'findOrders', query, limit: 10 })
      if (!ok) return ok
      const { value } = more as unknown as { value: { orders: { id: string }[] } }
      return value.orders.map(({ id }) => id)
    }
    expect(await found(till, 'ana')).toEqual(['guest-1'])
    expect(await found(till, '5550100199')).toEqual(['guest-1'])
    await other.call({ type: 'signOut' })
    expect(await found(other, 'ana')).toBe(false)
    for (const { socket } of [till, kitchen, other]) socket.close()
  })

  test('of the kitchen cooks without a PIN and takes no money', async () => {
    const kitchen = await openScreen('kitchen')
    const pay = {
      type: 'takePayment',
      orderId: 'o1',
      method: 'cash',
      amountMinor: 1,
      tipMinor: 0,
      tenderedMinor: null,
    }
    expect(await kitchen.call({ type: 'command', commandId: 'p1', command: pay })).toMatchObject({
      ok: false,
      error: { code: 'forbidden', role: 'kitchen' },
    })
    kitchen.socket.close()
  })

  test('of a cashier cannot take an item off the menu, of a manager it can', async () => {
    const till = await openScreen('pos')
    const off = {
      type: 'setAvailability',
      commandId: 'off-1',
      itemId: 'burger-classic',
      available: false,
    }
    await till.call({ type: 'signIn', staffId: 'staff-sam', pin: '3333' })
    expect(await till.call(off)).toMatchObject({ ok: false, error: { code: 'not_allowed' } })
    await till.call({ type: 'signIn', staffId: 'staff-maria', pin: '2222' })
    expect(await till.call(off)).toMatchObject({ ok: true })
    expect(await till.call(createOrder('o2'))).toMatchObject({
      error: { code: 'item_unavailable' },
    })
    await till.call({ ...off, commandId: 'on-1', available: true })
    till.socket.close()
  })

  test('that says something else is answered or closed, and harms nobody', async () => {
    const till = await openScreen('pos')
    expect(await till.call({ type: 'dance' })).toMatchObject({ error: { code: 'bad_message' } })
    till.socket.send('not json')
    await once(till.socket, 'close')
    expect((await fetch(`${terminal.ready.api}/healthz`)).status).toBe(200)
  })

  test.each([
    ['/screens', 'http://evil.example', 403],
    ['/elsewhere', undefined, 404],
  ])('an upgrade to %s from %s is refused with %i', async (path, origin, status) => {
    const url = `${terminal.ready.api.replace('http', 'ws')}${path}`
    const socket = new WebSocket(url, origin === undefined ? {} : { origin })
    const [, response] = (await once(socket, 'unexpected-response')) as [
      unknown,
      { statusCode: number },
    ]
    expect(response.statusCode).toBe(status)
    socket.on('error', () => undefined)
    socket.terminate()
  })

  test('over a MessagePort hears and says the same', async () => {
    const { port1, port2 } = new MessageChannel()
    const heard: TerminalMessage[] = []
    port2.on('message', (message: TerminalMessage) => heard.push(message))
    terminal.attachScreen({
      postMessage: (message) => port1.postMessage(message),
      // Electron's ports wrap what arrives in an event, Node's do not.
      on: (event: string, listener: (event: { data: unknown }) => void) =>
        void port1.on(event, (data: unknown) => listener({ data })),
      start: () => port1.start(),
      close: () => port1.close(),
    })
    port2.postMessage({ type: 'hello', protocol: 1, screen: 'kitchen' })
    while (!heard.some((message) => message.type === 'orders')) await once(port2, 'message')
    expect(heard.map((message) => message.type).slice(0, 3)).toEqual([
      'welcome',
      'catalog',
      'orders',
    ])
    port2.close()
  })

  test('[A2] that guesses PINs is locked out, with the tries told, until a manager lifts it', async () => {
    const till = await openScreen('pos')
    const wrong = { type: 'signIn', staffId: 'staff-sam', pin: '0000' }
    for (let left = TRIES_OF_STAFF - 1; left > 0; left -= 1) {
      const answer = await till.call(wrong)
      expect(answer).toMatchObject({ ok: false, error: { code: 'wrong_pin', triesLeft: left } })
    }
    const locked = { error: { code: 'locked_out', staffId: 'staff-sam' } }
    expect(await till.call(wrong)).toMatchObject(locked)
    expect(await till.call({ ...wrong, pin: '3333' })).toMatchObject(locked)
    const free = { type: 'freeSignIn', commandId: 'free', of: 'staff-sam' }
    expect(await till.call({ ...free, staffId: 'staff-maria', pin: '2222' })).toMatchObject({
      ok: true,
    })
    expect(await till.call({ ...wrong, pin: '3333' })).toMatchObject({ ok: true })
    till.socket.close()
  })
})
