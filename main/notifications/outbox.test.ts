import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { startSmtpServer, type SmtpServer } from '../../test/support/smtp-server.ts'
import { waitUntil } from '../../test/support/wait-until.ts'
import { call, openDevice, SEED_ORDER, testFolder, type TestDevice } from '../api/test-store.ts'
import { defaultConfig } from '../config.ts'
import { lookAtNotices } from '../doctor/notices.ts'
import { createMail } from './mail.ts'
import { startOutbox } from './outbox.ts'
import { createSms } from './sms.ts'

const folder = testFolder()
const texts: { headers: NodeJS.Dict<string | string[]>; body: Record<string, string> }[] = []
let smsAnswers: number[] = []
const provider = createServer((request, response) => {
  let body = ''
  request.on('data', (chunk) => (body += String(chunk)))
  request.on('end', () => {
    const status = smsAnswers.shift() ?? 200
    if (status === 200) {
      texts.push({ headers: request.headers, body: JSON.parse(body) as Record<string, string> })
    }
    response.writeHead(status).end()
  })
})

let device: TestDevice
let smtp: SmtpServer
let aheadMs = 0
const nowMs = () => Date.now() + aheadMs
beforeAll(async () => {
  smtp = await startSmtpServer()
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve))
  device = await openDevice(folder.dir, { name: 'A', founds: true, nowMs })
})
afterAll(async () => {
  await device.close()
  await smtp.close()
  provider.close()
  folder.remove()
})

function startSending() {
  const { store, personalData } = device
  const { port } = smtp
  const login = { user: 'orders', password: 'secret', from: 'Bistro <orders@bistro.example>' }
  const url = `http://127.0.0.1:${(provider.address() as AddressInfo).port}/messages`
  const log = (message: string, fields?: object) =>
    void logged.push(message, JSON.stringify(fields))
  const outbox = startOutbox({
    ...{ store, guests: personalData.guests, language: 'en', nowMs, newId: randomUUID },
    linkOf: async (orderId) => link && `${link}/${orderId}`,
    ...{ random: () => 0, lookEveryMs: 20, logger: { warn: log, error: log } },
    carriers: {
      email: createMail({ host: '127.0.0.1', port, secure: false, ...login }),
      sms: createSms({ url, token: 'key', from: 'Bistro' }),
    },
  })
  onTestFinished(outbox.stop)
  return outbox
}
const logged: string[] = []
/** Of the centre's pages; null: it cannot be asked. */
let link: string | null = null

const { customer_id: _, ...ORDER } = SEED_ORDER
let guests = 0
async function orderOf(customer: object): Promise<string> {
  const body = { ...ORDER, order_type: 'takeout', customer }
  return ((await call(device, 'POST', '/api/v1/orders', body)).json as { id: string }).id
}
const guest = () => {
  guests += 1
  return {
    name: `Åsa <${guests}>`,
    phone: `+49 30 5550${guests}`,
    email: `asa${guests}@guest.example`,
  }
}
async function advance(orderId: string, status: string): Promise<void> {
  const path = `/api/v1/orders/${orderId}`
  if (status === 'confirmed') {
    const total = ((await call(device, 'GET', path)).json as { due: object }).due
    await call(device, 'POST', `${path}/payments`, { method: 'cash', amount: total })
    return
  }
  const { status: answered } = await call(device, 'PUT', `${path}/status`, { status, reason: 'r' })
  expect(answered).toBe(200)
}
const mailsTo = (to: string) => smtp.mails.filter((mail) => mail.to.includes(to))
const textsTo = (to: string) => texts.filter(({ body }) => body['to'] === to)
const listed = async (orderId: string) => {
  const { json } = await call(device, 'GET', '/api/v1/notifications')
  const { data } = json as {
    data: { order_id: string; channel: string; event: string; status: string }[]
  }
  return data
    .filter(({ order_id }) => order_id === orderId)
    .map(({ event, channel, status }) => `${event} ${channel} ${status}`)
    .toSorted()
}
const SETTLE_MS = 30_000
const until = (isSo: () => Promise<boolean> | boolean) => waitUntil(isSo, SETTLE_MS)

test('[N2] a guest is told once of each event, by mail and by SMS, in the guest’s language', async () => {
  const sending = startSending()
  const who = guest()
  const orderId = await orderOf(who)
  const { customer_id } = (await call(device, 'GET', `/api/v1/orders/${orderId}`)).json as {
    customer_id: string
  }
  await call(device, 'PUT', `/api/v1/customers/${customer_id}`, { ...who, language: 'de' })
  await advance(orderId, 'confirmed')
  await until(() => mailsTo(who.email).length === 1 && textsTo(who.phone).length === 1)
  await advance(orderId, 'preparing')
  await advance(orderId, 'ready')
  await until(() => mailsTo(who.email).length === 2 && textsTo(who.phone).length === 2)
  const [first, second] = mailsTo(who.email)
  expect([first!.from, first!.login]).toEqual(['orders@bistro.example', 'orders:secret'])
  expect(first!.headers.get('message-id')).toMatch(/^<[0-9a-f]{40}@bistro\.example>$/)
  expect(second!.headers.get('message-id')).not.toBe(first!.headers.get('message-id'))
  expect(second!.headers.get('subject')).toMatch(/fertig/)
  // What a guest calls himself is text in the HTML, too.
  expect(first!.body).toContain('&lt;')
  const [text] = textsTo(who.phone)
  expect(text!.headers).toMatchObject({
    authorization: 'Bearer key',
    'idempotency-key': text!.body['id'],
  })
  expect(text!.body['text']).toMatch(/STOP/)
  await until(async () => (await listed(orderId)).every((line) => line.endsWith('sent')))
  expect(await listed(orderId)).toEqual([
    'confirmed email sent',
    'confirmed sms sent',
    'ready email sent',
    'ready sms sent',
  ])
  // Whoever starts again, or hears it all, sends nothing twice.
  await sending.stop()
  const again = startSending()
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect([mailsTo(who.email).length, textsTo(who.phone).length]).toEqual([2, 2])
  await again.stop()
  expect(logged.join('\n')).not.toMatch(/guest\.example|5550/)
})

test('[N5] a message says the store’s own words and where to follow the order, as long as somebody knows', async () => {
  startSending()
  onTestFinished(() => void (link = null))
  const path = '/api/v1/message-texts/ready.en'
  const put = (body: object, at = path) => call(device, 'PUT', at, body, { role: 'manager' })
  const own = { subject: 'Come, {name}', text: '{order} is hot & ready. See {link} – {store}' }
  expect((await put({ ...own, text: 'for {nobody}' })).status).toBe(422)
  expect((await put(own, '/api/v1/message-texts/ready.tlh')).status).toBe(422)
  expect((await put(own)).status).toBe(200)

  link = 'https://orders.example/track'
  const who = guest()
  const orderId = await orderOf(who)
  await advance(orderId, 'confirmed')
  await until(() => mailsTo(who.email).length === 1 && textsTo(who.phone).length === 1)
  const url = `${link}/${orderId}`
  expect(textsTo(who.phone)[0]!.body['text']).toMatch(new RegExp(`Test ${url} Reply STOP`))
  expect(mailsTo(who.email)[0]!.body).toContain('Follow your order: ')
  await advance(orderId, 'preparing')
  await advance(orderId, 'ready')
  await until(() => mailsTo(who.email).length === 2 && textsTo(who.phone).length === 2)
  const [, text] = textsTo(who.phone)
  expect(text!.body['text']).toMatch(new RegExp(`^A-\\d+ is hot & ready. See ${url} – Test Reply`))

  // Without a way to the centre it goes all the same; taken away, the usual words are back.
  link = null
  await call(device, 'DELETE', path, undefined, { role: 'manager' })
  const other = guest()
  const later = await orderOf(other)
  await advance(later, 'confirmed')
  await until(() => textsTo(other.phone).length === 1)
  await advance(later, 'preparing')
  await advance(later, 'ready')
  await until(() => textsTo(other.phone).length === 2)
  expect(textsTo(other.phone)[1]!.body['text']).toMatch(/is ready. Test Reply STOP/)
})

test('[N2] a failure is tried again under the same id; what nobody takes is not', async () => {
  startSending()
  const later = guest()
  smtp.refuseNext('451 4.3.0 later', 1)
  smsAnswers = [400]
  const orderId = await orderOf(later)
  await advance(orderId, 'confirmed')
  await until(async () => (await listed(orderId)).includes('confirmed sms refused'))
  expect(textsTo(later.phone)).toEqual([])
  expect(mailsTo(later.email)).toEqual([])
  await until(() => logged.some((line) => line.includes('451')))
  aheadMs += 6_000
  await until(async () => (await listed(orderId)).includes('confirmed email sent'))
  expect(mailsTo(later.email)).toHaveLength(1)
  const never = guest()
  smtp.refuseNext('550 5.1.1 nobody of that name', 1)
  const second = await orderOf(never)
  await advance(second, 'confirmed')
  await until(async () => (await listed(second)).includes('confirmed email refused'))
  expect(logged.join('\n')).not.toMatch(/guest\.example|5550|Åsa/)
})

test('[N2] the doctor says when messages do not go out, and why', async () => {
  startSending()
  const { notifications } = defaultConfig()
  const url = 'http://127.0.0.1:1/messages'
  const config = { notifications: { ...notifications, sms: { url } } }
  const look = () => lookAtNotices(device.store.connection, config, nowMs())
  expect(look().isGood).toBe(true)
  smsAnswers = [403, 403, 403, 403]
  for (let n = 0; n < 4; n += 1) {
    const orderId = await orderOf({ phone: guest().phone })
    await advance(orderId, 'confirmed')
    await until(async () => (await listed(orderId)).includes('confirmed sms refused'))
  }
  expect(look()).toMatchObject({ isGood: false, says: expect.stringContaining('403') as string })
  expect(lookAtNotices(device.store.connection, { notifications }, nowMs()).isGood).toBe(true)
})

test('[N2] nobody is told what is no longer news, nor whoever said STOP, nor who was erased', async () => {
  const stale = await orderOf(guest())
  await advance(stale, 'confirmed')
  aheadMs += 21 * 60_000
  const stopped = guest()
  const stoppedOrder = await orderOf(stopped)
  const stop = { from: `00${stopped.phone.slice(1)}`, text: ' Stop. ' }
  const said = await call(device, 'POST', '/api/v1/notifications/inbound-sms', stop)
  expect(said.json).toEqual({ understood: 'stop' })
  const gone = guest()
  const goneOrder = await orderOf(gone)
  const { customer_id } = (await call(device, 'GET', `/api/v1/orders/${goneOrder}`)).json as {
    customer_id: string
  }
  await call(device, 'POST', `/api/v1/customers/${customer_id}/erase`)
  await advance(stoppedOrder, 'confirmed')
  await advance(goneOrder, 'confirmed')
  startSending()
  await until(() => mailsTo(stopped.email).length === 1)
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(textsTo(stopped.phone)).toEqual([])
  expect(mailsTo(gone.email)).toEqual([])
  expect(await listed(stale)).toEqual([])
})
