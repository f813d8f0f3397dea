import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { createStripe } from '../../../main/payments/stripe/calls.ts'
import { createStripeProvider } from '../../../main/payments/stripe/provider.ts'
import type { Fault, Step } from '../../../main/payments/simulated/terminal.ts'
import { passing, type StandIn, type StandInOptions } from './stand-in.ts'

/**
 * As much of Stripe as our provider speaks with, behaving as its documentation says: an idempotency key
 * gives the first answer again, a reader does one thing at a time, a payment intent is paid at most
 * once and never after it was cancelled.
 */
export interface StripeServer {
  readonly port: number
  readonly charged: () => ReadonlyMap<string, number>
  /** Every call that came in, in order. */
  readonly calls: readonly string[]
  /** As Stripe does after a day. */
  readonly forgetKeys: () => void
  readonly stop: () => Promise<void>
}

export const SECRET_KEY = 'sk_test_not_a_real_one'
export const READER = 'tmr_1'

interface Intent {
  readonly id: string
  readonly amount: number
  readonly currency: string
  readonly reference: string
  status: 'requires_payment_method' | 'succeeded' | 'canceled'
  received: number
  error: string | null
}

interface Refund {
  readonly id: string
  readonly amount: number
  readonly charge: string
  readonly reference: string
}

interface Action {
  readonly intent: Intent
  status: 'in_progress' | 'succeeded' | 'failed'
  failure: string | null
}

interface Answer {
  readonly status: number
  readonly body: object
}

export async function startStripeServer({
  faultAt,
  slowMs,
  downMs,
}: StandInOptions): Promise<StripeServer> {
  const intents = new Map<string, Intent>()
  const refunds: Refund[] = []
  const keys = new Map<string, { readonly params: string; readonly answer: Answer | null }>()
  const charged = new Map<string, number>()
  const calls: string[] = []
  const sockets = new Set<Socket>()
  let action: Action | null = null
  let count = 0
  let isDown = false

  const server = createServer(
    (request, response) => void serve(request, response).catch(() => request.destroy()),
  )
  server.on('connection', (socket) => {
    if (isDown) return void socket.destroy()
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = ''
    for await (const part of request) body += String(part)
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://stripe')
    const call = `${request.method} ${pathname}`
    calls.push(call)
    if (request.headers.authorization !== `Bearer ${SECRET_KEY}`) {
      const message = `Invalid API Key provided: ${request.headers.authorization}`
      return send(response, refusal('', message, 401))
    }
    const step = stepOf(call)
    const before = faultAt(`${step}: asked` as Step)
    if (before === 'lost') return void request.destroy()
    if (before === 'power_cut') return cutPower()
    if (before === 'declined' && step === 'status') {
      return send(response, { status: 500, body: { error: { type: 'api_error', message: 'x' } } })
    }
    const params = body === '' ? searchParams : new URLSearchParams(body)
    const answer = onceFor(request.headers['idempotency-key'], `${call}?${params}`, () =>
      answerTo(call, pathname.split('/'), params, before),
    )
    const after = faultAt(`${step}: done` as Step)
    if (after === 'lost') return void request.destroy()
    if (after === 'power_cut') return cutPower()
    if (after === 'slow') await passing(slowMs)
    send(response, answer)
  }

  function onceFor(key: unknown, params: string, answer: () => Answer): Answer {
    if (typeof key !== 'string') return answer()
    const held = keys.get(key)
    if (held && held.params !== params) {
      const error = { type: 'idempotency_error', message: 'the key was used for something else' }
      return { status: 400, body: { error } }
    }
    if (held?.answer) return held.answer
    const first = answer()
    keys.set(key, { params, answer: first })
    return first
  }

  function answerTo(
    call: string,
    path: readonly string[],
    p: URLSearchParams,
    fault: Fault,
  ): Answer {
    const intent = intents.get(path[3] ?? '')
    if (call === 'POST /v1/payment_intents') return makeIntent(p)
    if (call === 'GET /v1/payment_intents/search') return searchIntents(p)
    if (call === 'POST /v1/refunds') return makeRefund(p, fault)
    if (call === 'GET /v1/refunds') {
      const data = refunds.filter(({ charge }) => charge === p.get('charge')).map(refundJson)
      return { status: 200, body: { object: 'list', data, has_more: false } }
    }
    if (path[2] === 'terminal') {
      if (path[5] === 'process_payment_intent') return processIntent(p, fault)
      if (path[5] === 'cancel_action') return cancelAction()
      return { status: 200, body: readerJson() }
    }
    if (!intent) return refusal('resource_missing', 'No such payment_intent')
    if (path[4] === 'cancel') return cancelIntent(intent)
    return { status: 200, body: intentJson(intent) }
  }

  function makeIntent(p: URLSearchParams): Answer {
    if (p.get('allowed_payment_method_types[0]') !== 'card_present') {
      return refusal('parameter_missing', 'not for a reader')
    }
    count += 1
    const intent: Intent = {
      id: `pi_${count}`,
      amount: Number(p.get('amount')),
      currency: p.get('currency') ?? '',
      reference: p.get('metadata[aura_reference]') ?? '',
      status: 'requires_payment_method',
      received: 0,
      error: null,
    }
    intents.set(intent.id, intent)
    return { status: 200, body: intentJson(intent) }
  }

  function searchIntents(p: URLSearchParams): Answer {
    const reference = /^metadata\['aura_reference'\]:'(.*)'$/.exec(p.get('query') ?? '')?.[1]
    const data = [...intents.values()].filter((i) => i.reference === reference).map(intentJson)
    return { status: 200, body: { object: 'search_result', data, has_more: false } }
  }

  function cancelIntent(intent: Intent): Answer {
    if (intent.status !== 'requires_payment_method') {
      return refusal('payment_intent_unexpected_state', `it is ${intent.status}`)
    }
    intent.status = 'canceled'
    return { status: 200, body: intentJson(intent) }
  }

  function processIntent(p: URLSearchParams, fault: Fault): Answer {
    const intent = intents.get(p.get('payment_intent') ?? '')
    if (intent?.status !== 'requires_payment_method') {
      return refusal('intent_invalid_state', 'it cannot be processed any more')
    }
    if (action?.status === 'in_progress') {
      return refusal('terminal_reader_busy', 'Reader is currently busy processing another request')
    }
    const mine: Action = { intent, status: 'in_progress', failure: null }
    action = mine
    setTimeout(() => present(mine, fault), fault === 'slow' ? slowMs : 0).unref()
    return { status: 200, body: readerJson() }
  }

  /** The guest is at the reader. */
  function present(mine: Action, fault: Fault): void {
    const { intent } = mine
    if (action !== mine || mine.status !== 'in_progress') return
    mine.status = 'failed'
    if (intent.status !== 'requires_payment_method') mine.failure = 'intent_invalid_state'
    else if (fault === 'timeout') mine.failure = 'collection_timed_out'
    else if (fault === 'declined') {
      mine.failure = 'card_declined'
      intent.error = 'Your card has insufficient funds.'
    } else {
      mine.status = 'succeeded'
      intent.status = 'succeeded'
      intent.received = fault === 'partial' ? Math.ceil(intent.amount / 2) : intent.amount
      charged.set(intent.reference, intent.received)
    }
  }

  function cancelAction(): Answer {
    if (action?.status === 'in_progress') action = null
    return { status: 200, body: readerJson() }
  }

  function makeRefund(p: URLSearchParams, fault: Fault): Answer {
    const charge = p.get('charge') ?? ''
    const intent = intents.get(charge.replace('ch_', 'pi_'))
    const amount = Number(p.get('amount'))
    const left = charged.get(intent?.reference ?? '') ?? 0
    if (!intent || amount > left || fault === 'declined') {
      return refusal('charge_already_refunded', 'greater than what is left of the charge')
    }
    charged.set(intent.reference, left - amount)
    count += 1
    const reference = p.get('metadata[aura_reference]') ?? ''
    const refund = { id: `re_${count}`, amount, charge, reference }
    refunds.push(refund)
    return { status: 200, body: refundJson(refund) }
  }

  const readerJson = () => ({
    id: READER,
    object: 'terminal.reader',
    action: action && {
      type: 'process_payment_intent',
      status: action.status,
      failure_code: action.failure,
      failure_message: action.failure && `it failed: ${action.failure}`,
      api_error: null,
      process_payment_intent: { payment_intent: action.intent.id },
    },
  })

  function cutPower(): void {
    isDown = true
    for (const socket of sockets) socket.destroy()
    if (action?.status === 'in_progress') {
      action.status = 'failed'
      action.failure = 'reader_restarted'
    }
    setTimeout(() => (isDown = false), downMs).unref()
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    charged: () => charged,
    calls,
    forgetKeys: () => keys.clear(),
    stop: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function stepOf(call: string): string {
  if (call === 'POST /v1/refunds') return 'refund'
  if (call.startsWith('GET')) return 'status'
  return /cancel/.test(call) ? 'cancel' : 'pay'
}

const intentJson = ({ id, amount, currency, reference, status, received, error }: Intent) => ({
  id,
  object: 'payment_intent',
  amount,
  currency,
  amount_received: received,
  metadata: { aura_reference: reference },
  status,
  last_payment_error: error && { type: 'card_error', message: error },
  latest_charge:
    status === 'succeeded'
      ? {
          id: id.replace('pi_', 'ch_'),
          object: 'charge',
          payment_method_details: {
            card_present: {
              brand: 'visa',
              last4: '4242',
              generated_card: null,
              receipt: { authorization_code: 'A7' },
            },
          },
        }
      : null,
})

const refundJson = ({ id, amount, reference }: Refund) => ({
  id,
  object: 'refund',
  amount,
  status: 'succeeded',
  metadata: { aura_reference: reference },
})

const refusal = (code: string, message: string, status = 400): Answer => ({
  status,
  body: { error: { type: 'invalid_request_error', code, message } },
})

const send = (response: ServerResponse, { status, body }: Answer): void =>
  void response
    .writeHead(status, { 'content-type': 'application/json', 'request-id': 'req_1' })
    .end(JSON.stringify(body))

/** The server, and our provider that speaks with it. */
export async function standInForStripe(options: StandInOptions): Promise<StandIn> {
  const server = await startStripeServer(options)
  const provider = createStripeProvider({
    stripe: createStripe({
      secretKey: SECRET_KEY,
      server: { host: '127.0.0.1', port: server.port, protocol: 'http' },
    }),
    readerId: READER,
    nowMs: Date.now,
    pollMs: 3,
  })
  return { provider, charged: server.charged, stop: server.stop }
}
