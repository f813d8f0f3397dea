import { expect, test } from 'vitest'
import { createClient, type Answer } from './client.ts'
import { retryDelayMs, type Carrier } from './connection.ts'
import { uuidFromBytes } from './new-id.ts'

/** A carrier in memory whose other end the test plays. */
function createWire() {
  const sent: Record<string, unknown>[] = []
  let isOpen = false
  const on = { open: () => {}, message: (_: unknown) => {}, close: () => {} }
  const carrier: Carrier = {
    send: (message) => {
      if (isOpen) sent.push(message as Record<string, unknown>)
      return isOpen
    },
    onOpen: (listener) => (on.open = listener),
    onMessage: (listener) => (on.message = listener),
    onClose: (listener) => (on.close = listener),
  }
  const open = () => {
    isOpen = true
    on.open()
  }
  const close = () => {
    isOpen = false
    on.close()
  }
  const say = (message: object) => on.message(message)
  return { carrier, sent, open, close, say }
}

const listeners = { onLink: () => {}, onMessage: () => {} }
const signedIn = (staffId: string) => ({
  type: 'signedIn',
  staff: { staffId, name: staffId, role: 'cashier' },
})
const notSignedIn = (callId: unknown) => ({
  type: 'answer',
  callId,
  ok: false,
  error: { code: 'not_signed_in' },
  message: 'Sign in first.',
})
const send = { commandId: 'c1', command: { type: 'sendToKitchen', orderId: 'o1' } } as const

test('[L5] a command whose answer was lost is sent again with the same id', async () => {
  const wire = createWire()
  const client = createClient(wire.carrier, 'pos', listeners)
  wire.open()
  const answer = client.call('command', send)
  wire.close()
  wire.open()
  const [first, second] = wire.sent.filter((message) => message['type'] === 'command')
  expect(first).toBeDefined()
  expect(second).toEqual(first)
  wire.say({ type: 'answer', callId: second?.['callId'], ok: true, value: { id: 'o1' } })
  expect(await answer).toEqual({ ok: true, value: { id: 'o1' } })
})

test('a PIN is not sent again: the call fails and says so', async () => {
  const wire = createWire()
  const client = createClient(wire.carrier, 'pos', listeners)
  wire.open()
  const answer = client.call('signIn', { staffId: 'ana', pin: '1234' })
  wire.close()
  wire.open()
  expect(wire.sent.filter((message) => message['type'] === 'signIn')).toHaveLength(1)
  expect(await answer).toMatchObject({ ok: false, error: { code: 'connection_lost' } })
})

test.each([
  ['the same person', 'ana', 2],
  ['another person', 'ben', 1],
])('a command held for the PIN and %s signs in', async (_, next, timesSent) => {
  const wire = createWire()
  const client = createClient(wire.carrier, 'pos', listeners)
  wire.open()
  wire.say(signedIn('ana'))
  let answer: Answer<unknown> | null = null
  void client.call('command', send).then((a) => (answer = a))
  wire.say(notSignedIn(wire.sent.at(-1)?.['callId']))
  wire.say(signedIn(next))
  await Promise.resolve()
  expect(wire.sent.filter((message) => message['type'] === 'command')).toHaveLength(timesSent)
  if (timesSent === 1) expect(answer).toMatchObject({ ok: false, error: { code: 'handed_over' } })
  else expect(answer).toBeNull()
})

test('retries start quickly and settle at the longest pause', () => {
  expect([0, 1, 2, 3].map(retryDelayMs)).toEqual([200, 400, 800, 1600])
  expect(retryDelayMs(4)).toBe(3_000)
  expect(retryDelayMs(10_000)).toBe(3_000)
})

test('an id drawn without randomUUID has the shape of one', () => {
  const id = uuidFromBytes(new Uint8Array(16).fill(255))
  expect(id).toBe('ffffffff-ffff-4fff-bfff-ffffffffffff')
})
