import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { startPushService, type PushService } from '../../test/support/push-service.ts'
import { waitUntil } from '../../test/support/wait-until.ts'
import { ok } from '../../domain/result.ts'
import { call, openDevice, SEED_ORDER, testFolder, type TestDevice } from '../api/test-store.ts'
import { sealSubscription } from '../push/subscription.ts'
import { newVapidKeys } from '../push/vapid.ts'
import { startOutbox } from './outbox.ts'
import { createPush } from './push.ts'

const folder = testFolder()
const keys = newVapidKeys()
let device: TestDevice
let service: PushService
let aheadMs = 0
const nowMs = () => Date.now() + aheadMs
const logged: string[] = []
beforeAll(async () => {
  service = await startPushService(keys.publicKey)
  device = await openDevice(folder.dir, { name: 'A', founds: true, nowMs })
})
afterAll(async () => {
  await device.close()
  await service.close()
  folder.remove()
})

function startSending() {
  const { store, personalData } = device
  const log = (message: string, fields?: object) =>
    void logged.push(message, JSON.stringify(fields))
  const outbox = startOutbox({
    linkOf: async () => null,
    ...{ store, guests: personalData.guests, language: 'de', nowMs, newId: randomUUID },
    ...{ random: () => 0, lookEveryMs: 20, logger: { warn: log, error: log } },
    carriers: {
      push: createPush({
        ...keys,
        subject: 'mailto:it@bistro.example',
        privateHosts: [service.host],
      }),
    },
  })
  onTestFinished(outbox.stop)
}

const { customer_id: _, ...ORDER } = SEED_ORDER
async function newOrder(customer?: object): Promise<string> {
  const body = { ...ORDER, order_type: 'takeout', ...(customer && { customer }) }
  return ((await call(device, 'POST', '/api/v1/orders', body)).json as { id: string }).id
}
let browsers = 0
/** As the centre writes it down. */
function follow(orderId: string) {
  browsers += 1
  const browser = service.browser(`b${browsers}`)
  const { endpoint, keys: of } = browser.subscription
  const { guests, ring } = device.personalData
  const { customer } = device.store.order(orderId)!
  const key =
    customer !== null && 'key' in customer ? guests.book.open(customer.key)! : ring.sealing()
  const sealed = sealSubscription(key, orderId, { endpoint, ...of, page: 'token' })
  const value = { key: key.id, sealed }
  const id = randomUUID()
  const line = {
    type: 'journal.written',
    kind: 'push_subscribed',
    id,
    about: orderId,
    value,
  } as const
  const stamp = { id: randomUUID(), at: new Date(nowMs()).toISOString(), actor: `order:${orderId}` }
  device.store.writeJournal(stamp, () => ok([line]))
  return browser
}
async function confirm(orderId: string) {
  const path = `/api/v1/orders/${orderId}`
  const { due } = (await call(device, 'GET', path)).json as { due: object }
  await call(device, 'POST', `${path}/payments`, { method: 'cash', amount: due })
}
const advance = (orderId: string, status: string) =>
  call(device, 'PUT', `/api/v1/orders/${orderId}/status`, { status, reason: 'r' })
const kinds = (orderId: string) =>
  device.store.journal
    .about(orderId)
    .map((line) =>
      line.kind === 'notice_ended' ? `${line.id.split('/')[1]} ${line.value.outcome}` : line.kind,
    )
const until = (isSo: () => boolean) => waitUntil(isSo, 30_000)

test('[N4] each browser that follows is told once of each event, and one that is gone never again', async () => {
  startSending()
  const orderId = await newOrder()
  const [first, second, gone] = [follow(orderId), follow(orderId), follow(orderId)]
  aheadMs += 1_000
  service.answerNext(201, 201, 410)
  await confirm(orderId)
  await until(() => kinds(orderId).includes('confirmed sent'))
  expect(first.messages).toEqual([
    {
      title: expect.stringContaining('Bestellung'),
      body: expect.any(String),
      page: 'token',
      tag: expect.any(String),
    },
  ])
  expect(second.messages).toHaveLength(1)
  expect(gone.messages).toEqual([])
  expect(kinds(orderId).filter((kind) => kind === 'push_ended')).toHaveLength(1)
  const late = follow(orderId)
  await advance(orderId, 'preparing')
  await advance(orderId, 'ready')
  await until(() => kinds(orderId).includes('ready sent'))
  expect([first, second, gone].map(({ messages }) => messages.length)).toEqual([2, 2, 0])
  // Of what had happened before it followed, it has seen the page.
  expect(late.messages.map(({ title }) => title)).toEqual([expect.stringContaining('fertig')])
})

test('[N4] a service that is down is tried again; an order that nobody follows says nothing', async () => {
  startSending()
  const [followed, other] = [await newOrder(), await newOrder()]
  const browser = follow(followed)
  aheadMs += 1_000
  service.answerNext(503)
  await confirm(other)
  await confirm(followed)
  await until(() => logged.some((line) => line.includes('503')))
  aheadMs += 6_000
  await until(() => kinds(followed).includes('confirmed sent'))
  expect(browser.messages).toHaveLength(1)
  expect(kinds(other)).toEqual([])
  expect(logged.join('\n')).not.toMatch(/127\.0\.0\.1|\/push\//)
})

test('[N4] whoever wants no more, or was erased, is told nothing', async () => {
  startSending()
  const [stopped, erased] = [
    await newOrder({ phone: '+49 30 777' }),
    await newOrder({ phone: '+49 30 778' }),
  ]
  const browsersOf = [follow(stopped), follow(erased)]
  const customerOf = (id: string) => device.store.order(id)!.customerId!
  await call(device, 'POST', `/api/v1/customers/${customerOf(erased)}/erase`)
  const [line] = device.store.journal.about(stopped)
  const end = { type: 'journal.written', kind: 'push_ended', id: line!.id, about: stopped } as const
  const stamp = { id: randomUUID(), at: new Date(nowMs()).toISOString(), actor: 'order' }
  device.store.writeJournal(stamp, () => ok([{ ...end, value: { why: 'unwanted' } }]))
  aheadMs += 1_000
  const told = await newOrder()
  const reference = follow(told)
  aheadMs += 1_000
  await confirm(stopped)
  await confirm(erased)
  await confirm(told)
  await until(() => reference.messages.length === 1)
  expect(browsersOf.map(({ messages }) => messages.length)).toEqual([0, 0])
})
