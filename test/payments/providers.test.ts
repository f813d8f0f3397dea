import { createServer } from 'node:tls'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { looksLikeCardNumber } from '../../domain/card-number.ts'
import { openConnection } from '../../db/sqlite/connection.ts'
import { createIdentity } from '../../db/sqlite/identity.ts'
import { openStore } from '../../db/sqlite/store.ts'
import { fromDecimal, toDecimal } from '../../main/payments/adyen/decimal-amount.ts'
import { takenOfflineSince } from '../../main/payments/open-intents.ts'
import { serviceIdOf } from '../../main/payments/adyen/nexo.ts'
import { createAdyenProvider } from '../../main/payments/adyen/provider.ts'
import { deriveKeys, openMessage, sealMessage } from '../../main/payments/adyen/secured-message.ts'
import { packTransaction, unpackTransaction } from '../../main/payments/adyen/transaction-id.ts'
import { createNexoPost } from '../../main/payments/adyen/transport.ts'
import {
  createPaymentDriver,
  PAYMENT_LIMITS,
  type PaymentLimits,
} from '../../main/payments/driver.ts'
import { makeProvider } from '../../main/payments/make-provider.ts'
import type { Asked, PaymentProvider } from '../../main/payments/provider.ts'
import type { Fault, Step } from '../../main/payments/simulated/terminal.ts'
import { fromStripe, toStripe } from '../../main/payments/stripe/amount.ts'
import { createStripe } from '../../main/payments/stripe/calls.ts'
import { createStripeProvider } from '../../main/payments/stripe/provider.ts'
import { createDeviceKeys } from '../../sync/device-keys.ts'
import { waitUntil } from '../support/wait-until.ts'
import { founding, identityOf, orderOf } from './simulate-payments.ts'
import {
  certificate,
  POI_ID,
  SHARED_KEY,
  startAdyenTerminal,
  type Said,
} from './stand-ins/adyen-terminal.ts'
import { READER, SECRET_KEY, startStripeServer } from './stand-ins/stripe-server.ts'

const undo: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const step of undo.splice(0)) await step()
})

const signal = (): AbortSignal => AbortSignal.timeout(10_000)
const wish = (reference = 'tap.0', amountMinor = 1_234) => ({
  reference,
  askedAt: new Date().toISOString(),
  amountMinor,
  currency: 'USD',
  offlineMinor: 0,
})
const asked = (reference?: string): Asked => ({ kind: 'payment', ...wish(reference) })
const PAN = '4111111111111111'

describe('the messages of Adyen’s terminals', () => {
  const keys = deriveKeys(SHARED_KEY)

  test('[M3] are read by who has the key, and by nobody once a byte of them was changed', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 200 }),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (text, at, by) => {
          const sealed = sealMessage(text, {}, keys)
          expect(openMessage(sealed, keys)).toEqual({ ok: true, value: text })
          const bytes = Buffer.from(sealed.NexoBlob, 'base64')
          bytes[at % bytes.length]! ^= by
          const changed = { ...sealed, NexoBlob: bytes.toString('base64') }
          expect(openMessage(changed, keys)).toMatchObject({ ok: false })
          expect(openMessage(sealed, deriveKeys({ ...SHARED_KEY, passphrase: 'other' })).ok).toBe(
            false,
          )
          expect(sealMessage(text, {}, keys).NexoBlob).not.toBe(sealed.NexoBlob)
        },
      ),
      { numRuns: 15 },
    )
  })

  test('[M1] [M3] write amounts with a point, and nothing is lost on the way there and back', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 9_000_000_000 }),
        fc.constantFrom('USD', 'JPY', 'KWD'),
        (minor, currency) => {
          expect(fromDecimal(toDecimal(minor, currency), currency)).toBe(minor)
        },
      ),
    )
    expect([toDecimal(1_099, 'EUR'), toDecimal(5, 'EUR'), toDecimal(7, 'JPY')]).toEqual([
      10.99, 0.05, 7,
    ])
    expect(fromDecimal(10.999, 'EUR')).toBeNull()
    expect([toStripe(7, 'ISK'), fromStripe(700, 'ISK'), fromStripe(750, 'ISK')]).toEqual([
      700,
      7,
      null,
    ])
  })

  test('[M4] the id of a transaction is kept so that it never looks like a card number', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 10n ** 12n, max: 10n ** 18n }),
        fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }),
        (digits, date) => {
          const given = {
            TransactionID: `BV0q${digits}.HT8PGTTKKXLBL9X3`,
            TimeStamp: date.toISOString(),
          }
          const packed = packTransaction(given)
          expect(looksLikeCardNumber(packed)).toBe(false)
          expect(packed.length).toBeLessThanOrEqual(60)
          expect(unpackTransaction(packed)).toEqual(given)
        },
      ),
    )
    expect(serviceIdOf('tap.0')).toMatch(/^[0-9A-Za-z]{10}$/)
    expect(serviceIdOf('tap.0')).not.toBe(serviceIdOf('tap.1'))
  })
})

interface AdyenWish {
  readonly faultAt?: (step: Step) => Fault
  readonly rewrite?: (response: Said) => Said
  readonly slowMs?: number
}

async function adyen({ faultAt = () => 'none', rewrite, slowMs = 0 }: AdyenWish = {}) {
  const terminal = await startAdyenTerminal({
    faultAt,
    slowMs,
    downMs: 5,
    ...(rewrite && { rewrite }),
  })
  undo.push(terminal.stop)
  return { terminal, provider: adyenAt(terminal.port) }
}

const adyenAt = (port: number, key = SHARED_KEY, poiId = POI_ID): PaymentProvider =>
  createAdyenProvider({
    saleId: 'till',
    poiId,
    key,
    post: createNexoPost({ address: { host: '127.0.0.1', port }, ca: certificate('root'), poiId }),
    settleMs: 5,
  })

describe('a terminal of Adyen’s', () => {
  test('[M3] pays, says again what it did, and gives back what is named and what is not', async () => {
    const { terminal, provider } = await adyen()
    const paid = await provider.pay(wish(), signal())
    expect(paid).toMatchObject({
      kind: 'approved',
      approvedMinor: 1_234,
      card: { brand: 'visa', lastFour: '1111', authorisationCode: '123456', offline: false },
    })
    expect(await provider.status(asked(), signal())).toEqual(paid)
    const transactionId = paid.kind === 'approved' ? paid.transactionId : ''
    const back = { ...wish('back.0', 234), ofReference: 'tap.0', ofTransactionId: transactionId }
    expect(await provider.refund(back, signal())).toMatchObject({
      kind: 'approved',
      approvedMinor: 234,
    })
    expect(await provider.status({ kind: 'refund', ...back }, signal())).toMatchObject({
      kind: 'approved',
    })
    expect(terminal.charged().get('tap.0')).toBe(1_000)
    const unnamed = { ...wish('back.1', 50), ofReference: 'tap.0', ofTransactionId: null }
    expect(await provider.refund(unnamed, signal())).toMatchObject({ kind: 'approved' })
    expect(terminal.heard.at(-1)).toMatchObject({
      PaymentRequest: { PaymentData: { PaymentType: 'Refund' } },
    })
  })

  test.each([
    ['declined', { kind: 'declined', reason: 'Refusal: Not enough balance' }],
    ['timeout', { kind: 'cancelled' }],
    ['partial', { kind: 'approved', approvedMinor: 617 }],
  ] as const)('[M3] %s', async (fault, outcome) => {
    const { provider } = await adyen({
      faultAt: (step) => (step === 'pay: asked' ? fault : 'none'),
    })
    expect(await provider.pay(wish(), signal())).toMatchObject(outcome)
  })

  test('[M3] is stopped while the guest is at it; and what it never heard of is never charged', async () => {
    const { provider, terminal } = await adyen({
      slowMs: 5_000,
      faultAt: (step) => (step === 'pay: asked' ? 'slow' : 'none'),
    })
    const paying = provider.pay(wish(), signal())
    await waitUntil(() => terminal.heard.length > 0)
    expect(await provider.status(asked(), signal())).toEqual({ kind: 'in_progress' })
    // Busy with one, it takes no other, which is not heard of afterwards.
    expect(await provider.pay(wish('tap.1'), signal())).toMatchObject({ kind: 'unknown' })
    expect(await provider.cancel(asked('tap.1'), signal())).toEqual({ kind: 'cancelled' })
    await provider.cancel(asked(), signal())
    expect(await paying).toEqual({ kind: 'cancelled' })
    expect(terminal.charged().size).toBe(0)
  })

  test('[M3] with another key, under another name or with a certificate of nobody is not believed', async () => {
    const { terminal } = await adyen()
    const otherKey = adyenAt(terminal.port, { ...SHARED_KEY, passphrase: 'another' })
    expect(await otherKey.pay(wish(), signal())).toMatchObject({ kind: 'unknown' })
    const otherName = adyenAt(terminal.port, SHARED_KEY, 'V400m-987654321')
    expect(await otherName.pay(wish(), signal())).toMatchObject({ kind: 'unreachable' })
    expect(terminal.heard).toEqual([])
    const { privateKey: key, certificate: cert } = createDeviceKeys()
    const stranger = createServer({ key, cert }).listen(0, '127.0.0.1')
    undo.push(async () => void stranger.close())
    await waitUntil(() => stranger.address() !== null)
    const { port } = stranger.address() as AddressInfo
    expect(await adyenAt(port).pay(wish(), signal())).toMatchObject({ kind: 'unreachable' })
  })

  test('[M4] that answers with a card number leaves none of it in the log', async () => {
    const { provider } = await adyen({ rewrite: (said) => withPan(said) })
    const bodies = await payInAStore(provider)
    expect(bodies).toContain('order.payment_taken')
    expect(bodies).toContain('"lastFour":"1111"')
    expect(bodies).not.toContain(PAN)
    expect(looksLikeCardNumber(bodies.replaceAll(/"\w+":\d+/g, ''))).toBe(false)
  })
})

/** The number everywhere that the terminal writes text. */
function withPan(said: Said): Said {
  const result = said.PaymentResponse?.PaymentResult
  if (!result) return said
  const CardData = {
    MaskedPan: PAN,
    PaymentBrand: `visa ${PAN}`,
    PaymentToken: { TokenValue: PAN },
  }
  const PaymentResult = {
    ...result,
    PaymentInstrumentData: { CardData },
    PaymentAcquirerData: { ApprovalCode: PAN },
  }
  return { ...said, PaymentResponse: { ...said.PaymentResponse, PaymentResult } }
}

/** A till whose terminal it is, and 5.00 of an order that a card was asked for. */
async function askedInAStore(
  provider: PaymentProvider,
  limits?: PaymentLimits,
  offlineLimitMinor = 0,
) {
  const connection = await openConnection(':memory:')
  createIdentity(connection, identityOf('till'), founding())
  const store = openStore({
    connection,
    nowMs: Date.now,
    newId: () => 'fresh',
    settings: {
      maxItemsPerOrder: 50,
      autoConfirm: true,
      cardTerminal: { provider: provider.name, terminalId: 'desk' },
    },
    onListenerError: (error) => {
      throw error
    },
  })
  const driver = createPaymentDriver({
    store,
    provider,
    offlineLimitMinor,
    tills: () => ({ tills: 1, hearsAll: true }),
    ...(limits && { limits }),
    nowMs: Date.now,
    random: () => 0,
    logger: { info: () => {}, warn: () => {}, error: () => {} },
  })
  undo.push(async () => {
    driver.stop()
    connection.close()
  })
  const orderId = 'order-1'
  const run = (id: string, command: Parameters<typeof store.execute>[0]['command']) =>
    store.execute({ id, at: new Date().toISOString(), actor: 'staff:1', command })
  run('open', orderOf(orderId))
  const pay = { type: 'takePayment', orderId, method: 'card', amountMinor: 500 } as const
  run('tap', { ...pay, tipMinor: 0, tenderedMinor: null })
  return { connection, orderId, run, order: () => store.order(orderId)! }
}

/** All that the log holds after a card was paid with. */
async function payInAStore(provider: PaymentProvider): Promise<string> {
  const { connection, order } = await askedInAStore(provider)
  await waitUntil(() => order().intents[0]?.state === 'done')
  return connection.raw
    .prepare<[], { body: string }>('SELECT body FROM entries')
    .all()
    .map(({ body }) => body)
    .filter((body) => body.includes('order.'))
    .join('\n')
}

async function stripe(faultAt: (step: Step) => Fault = () => 'none', secretKey = SECRET_KEY) {
  const server = await startStripeServer({ faultAt, slowMs: 5_000, downMs: 5 })
  undo.push(server.stop)
  const api = { host: '127.0.0.1', port: server.port, protocol: 'http' as const }
  const at = (nowMs: () => number): PaymentProvider =>
    createStripeProvider({
      stripe: createStripe({ secretKey, server: api }),
      readerId: READER,
      nowMs,
      pollMs: 3,
    })
  return { server, provider: at(Date.now), at }
}

test('[M3] what was cancelled before the terminal had heard of it, and is charged all the same, counts', async () => {
  let isThere = false
  const never = new Promise<never>(() => {})
  const charged = {
    kind: 'approved',
    transactionId: 'late',
    approvedMinor: 500,
    card: { brand: null, lastFour: null, token: null, authorisationCode: null, offline: false },
  } as const
  const provider: PaymentProvider = {
    name: 'simulated',
    pay: () => never,
    refund: () => never,
    status: () => Promise.resolve(isThere ? charged : { kind: 'not_found' }),
    cancel: () => Promise.resolve({ kind: 'cancelled' }),
  }
  const limits = { ...PAYMENT_LIMITS, askAgainMs: 20 }
  const { orderId, run, order } = await askedInAStore(provider, limits)
  run('stop', { type: 'cancelPayment', orderId, intentId: order().intents[0]!.id })
  await waitUntil(() => order().intents[0]?.why === 'cancelled')
  isThere = true
  await waitUntil(() => order().payments.length > 0)
  expect(order()).toMatchObject({
    intents: [{ state: 'done' }],
    payments: [{ amountMinor: 500, transactionId: 'late' }],
  })
})

test('[M7] a terminal is told how much it may take offline, by what this till and the others took', async () => {
  const card = { brand: null, lastFour: null, token: null, authorisationCode: null, offline: true }
  const allowed: number[] = []
  const never = () => new Promise<never>(() => {})
  const provider: PaymentProvider = {
    ...{ name: 'port', refund: never, status: never, cancel: never },
    pay: async ({ offlineMinor, amountMinor: approvedMinor, reference: transactionId }) => {
      allowed.push(offlineMinor)
      return { kind: 'approved', transactionId, approvedMinor, card }
    },
  }
  const { connection, run, order, orderId } = await askedInAStore(provider, undefined, 10_000)
  await waitUntil(() => order().payments.length === 1)
  const pay = { type: 'takePayment', orderId, method: 'card', amountMinor: 200 } as const
  run('again', { ...pay, tipMinor: 50, tenderedMinor: null })
  await waitUntil(() => order().payments.length === 2)
  expect(allowed).toEqual([10_000, 9_500])
  expect(takenOfflineSince(connection, 'till', '')).toEqual({ ownMinor: 750, othersMinor: 0 })
  expect(takenOfflineSince(connection, 'other', '')).toEqual({ ownMinor: 0, othersMinor: 750 })
})

describe('Stripe', () => {
  test('[M3] pays once however often it is asked, says so again, and gives back once', async () => {
    const { server, provider } = await stripe()
    const [paid, again] = await Promise.all([
      provider.pay(wish(), signal()),
      provider.pay(wish(), signal()),
    ])
    expect(paid).toMatchObject({
      kind: 'approved',
      approvedMinor: 1_234,
      card: { lastFour: '4242' },
    })
    expect(again).toEqual(paid)
    expect(await provider.status(asked(), signal())).toEqual(paid)
    const transactionId = paid.kind === 'approved' ? paid.transactionId : ''
    const back = { ...wish('back.0', 234), ofReference: 'tap.0', ofTransactionId: transactionId }
    expect(await provider.refund(back, signal())).toMatchObject({ kind: 'approved' })
    expect(await provider.refund(back, signal())).toMatchObject({ kind: 'approved' })
    expect(await provider.status({ kind: 'refund', ...back }, signal())).toMatchObject({
      kind: 'approved',
    })
    expect(server.charged()).toEqual(new Map([['tap.0', 1_000]]))
    const other = { ...back, reference: 'back.1' }
    expect(await provider.status({ kind: 'refund', ...other }, signal())).toEqual({
      kind: 'not_found',
    })
    expect(await provider.refund({ ...other, ofTransactionId: null }, signal())).toMatchObject({
      kind: 'declined',
    })
  })

  test.each([
    ['declined', { kind: 'declined' }],
    ['timeout', { kind: 'timeout' }],
    ['partial', { kind: 'approved', approvedMinor: 617 }],
  ] as const)('[M3] %s: and what was not paid is cancelled there', async (fault, outcome) => {
    const { server, provider } = await stripe((step) => (step === 'pay: asked' ? fault : 'none'))
    expect(await provider.pay(wish(), signal())).toMatchObject(outcome)
    const cancelled = server.calls.filter((call) => call.endsWith('/cancel')).length
    expect(cancelled).toBe(outcome.kind === 'approved' ? 0 : 1)
    expect(await provider.status(asked(), signal())).not.toMatchObject({ kind: 'in_progress' })
  })

  test('[M3] is found again by its reference when the key has been forgotten', async () => {
    const { server, provider, at } = await stripe()
    const paid = await provider.pay(wish(), signal())
    server.forgetKeys()
    const later = at(() => Date.now() + 3 * 24 * 3_600_000)
    expect(await later.status(asked(), signal())).toEqual(paid)
    expect(await later.status(asked('never.0'), signal())).toEqual({ kind: 'not_found' })
    expect(server.charged().size).toBe(1)
  })

  test('[M3] what was cancelled is never charged, though the question comes in after it', async () => {
    const { server, provider } = await stripe()
    expect(await provider.cancel(asked(), signal())).toEqual({ kind: 'cancelled' })
    expect(await provider.pay(wish(), signal())).toMatchObject({ kind: 'declined' })
    expect(server.charged().size).toBe(0)
  })

  test('[M3] a refund that may be on its way is done once, and given up when nothing can be', async () => {
    const { server, provider, at } = await stripe()
    const paid = await provider.pay(wish(), signal())
    const ofTransactionId = paid.kind === 'approved' ? paid.transactionId : ''
    const back = { ...wish('back.0', 234), ofReference: 'tap.0', ofTransactionId }
    const asked = { kind: 'refund', ...back } as const
    const later = at(() => Date.now() + 3 * 24 * 3_600_000)
    expect(await later.cancel(asked, signal())).toEqual({ kind: 'cancelled' })
    expect(await provider.cancel(asked, signal())).toMatchObject({ kind: 'approved' })
    expect(await provider.refund(back, signal())).toMatchObject({ kind: 'approved' })
    expect(server.charged().get('tap.0')).toBe(1_000)
  })

  test('[M4] nothing that it says of the secret key is passed on', async () => {
    const { provider } = await stripe(() => 'none', 'sk_test_of_somebody_else')
    const outcome = await provider.pay(wish(), signal())
    expect(outcome).toEqual({ kind: 'unreachable', detail: 'Stripe does not know this key' })
  })
})

test('[M3] a terminal without its secret is refused with what is missing, and never with what was there', () => {
  const adyenConfig = {
    provider: 'adyen',
    address: '127.0.0.1:8443',
    poi_id: POI_ID,
    root_certificate_file: new URL('stand-ins/certificates/root.pem', import.meta.url).pathname,
    key_identifier: 'store-key',
    key_version: 1,
  } as const
  expect(makeProvider(adyenConfig, 'till', {})).toEqual({
    ok: false,
    error:
      'payments.card_terminal.passphrase_file is not set, and neither is AURA_ADYEN_PASSPHRASE.',
  })
  expect(makeProvider(adyenConfig, 'till', { AURA_ADYEN_PASSPHRASE: 'x' })).toMatchObject({
    ok: true,
  })
  const stripeConfig = {
    provider: 'stripe',
    reader_id: 'tmr_1',
    secret_key_file: '/nowhere',
  } as const
  expect(makeProvider(stripeConfig, 'till', { AURA_STRIPE_SECRET_KEY: 'sk' })).toEqual({
    ok: false,
    error: 'payments.card_terminal.secret_key_file: /nowhere cannot be read, or is empty.',
  })
})
