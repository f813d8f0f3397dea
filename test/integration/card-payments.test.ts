import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RestOrder } from '../../protocol/rest/order.ts'
import { defaultConfig, parseConfig } from '../../main/config.ts'
import {
  startSimulatedTerminal,
  type Fault,
  type SimulatedTerminal,
  type Step,
} from '../../main/payments/simulated/terminal.ts'
import { startTerminal, type Terminal } from '../../main/terminal/terminal.ts'
import { createProcesses, type Processes } from '../support/processes.ts'
import { waitUntil } from '../support/wait-until.ts'

/** Cards over REST, on a device with a terminal on a real socket. */
const PATIENCE_MS = 30_000

let processes: Processes
let device: Terminal
let terminal: SimulatedTerminal
let dataDir: string
let token: string
let fault: (step: Step) => Fault = () => 'none'
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined }

beforeAll(async () => {
  processes = createProcesses()
  dataDir = join(await processes.folder('cards'), 'till')
  await processes.run(['store', 'create', '--data', dataDir, '--name', 'Test', '--demo'])
  const asked = ['token', '--data', dataDir, '--role', 'manager', '--label', 'test']
  token = (await processes.run(asked)).stdout.trim()
  terminal = await startSimulatedTerminal({ faultAt: (step) => fault(step) })
  device = await start()
})

afterAll(async () => {
  await device?.stop()
  await terminal?.stop()
  await processes?.close()
})

async function start(): Promise<Terminal> {
  const address = `127.0.0.1:${terminal.port}`
  const payments = {
    card_terminal: { provider: 'simulated' as const, address },
    offline_limit: 5_000,
  }
  const started = await startTerminal({
    dataDir,
    role: null,
    api: '127.0.0.1:0',
    https: false,
    peer: '127.0.0.1:0',
    discovery: false,
    connect: [],
    central: null,
    config: { ...defaultConfig(), payments },
    logger: quiet,
  })
  if (!started.ok) throw new Error(started.error)
  return started.value
}

async function call(method: string, path: string, body?: object) {
  const answer = await fetch(`${device.ready.api}/api/v1/orders${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })
  return { status: answer.status, json: (await answer.json()) as RestOrder & { code?: string } }
}

const newOrder = async (): Promise<RestOrder> => {
  const items = [{ menu_item_id: 'garlic-bread', quantity: 2 }]
  return (await call('POST', '', { order_type: 'takeout', items })).json
}

/** The order once nothing of it is pending. */
async function ended(id: string): Promise<RestOrder> {
  let order = (await call('GET', `/${id}`)).json
  await waitUntil(async () => {
    order = (await call('GET', `/${id}`)).json
    return order.payment_intents.every(({ state }) => state !== 'pending')
  }, PATIENCE_MS)
  return order
}

test('[M3] a card is asked for with 202, is paid once the terminal says so, and is given back by it', async () => {
  const order = await newOrder()
  const amount = order.due.amount
  const asked = await call('POST', `/${order.id}/payments`, { method: 'card', amount, tip: 150 })
  expect(asked.status).toBe(202)
  const { payment_id: intentId } = asked.json as unknown as { payment_id: string }
  const paid = await ended(order.id)
  expect(paid).toMatchObject({
    status: 'confirmed',
    due: { amount: 0 },
    tip: { amount: 150 },
    payments: [{ method: 'card', payment_intent_id: intentId, card: { brand: 'visa' } }],
    payment_intents: [{ id: intentId, state: 'done' }],
  })
  expect(terminal.charged().get(intentId)).toBe(amount + 150)
  const refund = { amount: 150, reason: 'tip was a mistake', refund_for: 'goodwill' }
  expect((await call('POST', `/${order.id}/payments/${intentId}/refund`, refund)).status).toBe(200)
  const back = await ended(order.id)
  expect(back).toMatchObject({ due: { amount: 0 }, payments: [{ refunded: { amount: 150 } }] })
  expect(terminal.charged().get(intentId)).toBe(amount)
  const history = await call('GET', `/${order.id}/history`)
  const types = (history.json as unknown as { data: { type: string }[] }).data.map((e) => e.type)
  expect(types.filter((type) => /payment|refund/.test(type))).toEqual([
    'order.payment_intended',
    'order.payment_taken',
    'order.refund_intended',
    'order.payment_refunded',
  ])
})

test('[M3] declined, approved in part, and approved without the bank up to the limit: each is shown', async () => {
  const order = await newOrder()
  const amount = order.due.amount
  const pay = async (minor: number, at: Fault) => {
    fault = (step) => (step === 'pay: asked' ? at : 'none')
    await call('POST', `/${order.id}/payments`, { method: 'card', amount: minor })
    return ended(order.id)
  }
  expect((await pay(amount, 'declined')).payment_intents).toMatchObject([
    { state: 'failed', why: 'declined', detail: 'insufficient funds' },
  ])
  const partly = await pay(100, 'partial')
  expect(partly).toMatchObject({ paid: { amount: 50 }, due: { amount: amount - 50 } })
  terminal.setOnline(false)
  const offline = await pay(amount - 50, 'none')
  terminal.setOnline(true)
  expect(offline).toMatchObject({ due: { amount: 0 }, payments: [{}, { card: { offline: true } }] })
})

test('[M3] the power goes while the terminal has charged and the device stops: it is recorded after the start', async () => {
  const order = await newOrder()
  const amount = order.due.amount
  let hasCharged = false
  fault = (step) => {
    if (step === 'pay: done') hasCharged = true
    return step === 'pay: done' || hasCharged ? 'lost' : 'none'
  }
  await call('POST', `/${order.id}/payments`, { method: 'card', amount })
  await waitUntil(() => hasCharged, PATIENCE_MS)
  const again = await call('POST', `/${order.id}/payments`, { method: 'cash', amount })
  expect(again).toMatchObject({ status: 409, json: { code: 'payment_pending' } })
  await device.stop()
  fault = () => 'none'
  device = await start()
  expect(await ended(order.id)).toMatchObject({
    due: { amount: 0 },
    payment_intents: [{ state: 'done' }],
  })
})

test('[M3] a card that is asked for can be cancelled, by the same door', async () => {
  const order = await newOrder()
  fault = (step) => (step === 'pay: asked' ? 'slow' : 'none')
  const asked = await call('POST', `/${order.id}/payments`, { method: 'card', amount: 10 })
  const { payment_id: intentId } = asked.json as unknown as { payment_id: string }
  const path = `/${order.id}/payment-intents/${intentId}`
  expect((await call('POST', `${path}/cancel`)).status).toBe(202)
  expect((await ended(order.id)).payment_intents).toMatchObject([
    { state: 'failed', why: 'cancelled', cancel_asked: true },
  ])
  fault = () => 'none'
  expect(await call('POST', `${path}/settle`, { as: 'taken', reason: 'slip' })).toMatchObject({
    status: 409,
    json: { code: 'intent_closed' },
  })
  expect((await call('POST', `${path}/settle`, { as: 'taken' })).json.code).toBe('reason_required')
  expect(terminal.charged().has(intentId)).toBe(false)
})

test('[M4] a card number is refused at the door, and is nowhere in the file', async () => {
  const pan = '4111 1111 1111 1111'
  const order = await newOrder()
  const voucher = { method: 'voucher', amount: 10, reference: pan }
  expect((await call('POST', `/${order.id}/payments`, voucher)).json.code).toBe('validation_failed')
  const files = readdirSync(dataDir).map((name) => readFileSync(join(dataDir, name)))
  expect(files.some((bytes) => bytes.includes(order.id))).toBe(true)
  expect(files.some((bytes) => bytes.includes('4111 1111'))).toBe(false)
})

test('a terminal that is not of this computer is a fault of the configuration, with its line', () => {
  const text = 'payments:\n  card_terminal:\n    provider: simulated\n    address: 10.0.0.5:9100\n'
  expect(parseConfig(text, 'orders.yaml')).toEqual({
    ok: false,
    error: 'orders.yaml:4: payments.card_terminal.address: has to be HOST:PORT of this computer',
  })
})
