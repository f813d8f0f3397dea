import { randomUUID } from 'node:crypto'
import { ok, refuse, type Result } from '../../../domain/result.ts'
import { pause } from '../pause.ts'
import type { Asked, Outcome, PaymentProvider } from '../provider.ts'
import {
  abortRequest,
  askRequest,
  nexoAnswer,
  serviceIdOf,
  statusRequest,
  type NexoAnswer,
  type NexoRequest,
  type Speakers,
} from './nexo.ts'
import { outcomeOf, statusOutcome } from './read-outcome.ts'
import {
  deriveKeys,
  openMessage,
  sealMessage,
  securedMessage,
  type SharedKey,
} from './secured-message.ts'
import type { PostFailure, PostNexo } from './transport.ts'

/**
 * A terminal of Adyen's on the LAN. It keeps the promises of the port as far as its documentation
 * gives them: a message is known by its ServiceID, which is computed from our reference, so that the
 * terminal can be asked what became of it, also after a power cut on either side. It has no way to
 * forbid a message that it has not got: whoever cancels asks twice, `settleMs` apart, and a terminal
 * that has not heard of it by then has nothing on its way any more, for each question goes over a
 * connection of its own that is closed by then.
 */
export interface AdyenProviderOptions extends Speakers {
  readonly post: PostNexo
  readonly key: SharedKey
  readonly settleMs?: number
}

const SETTLE_MS = 3_000

export function createAdyenProvider(options: AdyenProviderOptions): PaymentProvider {
  const { post, settleMs = SETTLE_MS } = options
  const keys = deriveKeys(options.key)

  async function send(request: NexoRequest, signal: AbortSignal) {
    const json = JSON.stringify({ SaleToPOIRequest: request })
    const sealed = sealMessage(json, { ...request.MessageHeader }, keys)
    return post(JSON.stringify({ SaleToPOIRequest: sealed }), signal)
  }

  async function ask(
    request: NexoRequest,
    signal: AbortSignal,
  ): Promise<Result<NexoAnswer, PostFailure>> {
    const sent = await send(request, signal)
    if (!sent.ok) return sent
    const answer = readAnswer(sent.value)
    if (!answer.ok) return refuse({ wasSent: true, detail: answer.error })
    return answer.value.MessageHeader.ServiceID === request.MessageHeader.ServiceID
      ? answer
      : refuse({ wasSent: true, detail: 'the answer is to another message' })
  }

  function readAnswer(text: string): Result<NexoAnswer, string> {
    const sealed = securedMessage.safeParse(parsed(text, 'SaleToPOIResponse'))
    if (!sealed.success) return refuse('the answer is not encrypted as agreed')
    const opened = openMessage(sealed.data, keys)
    if (!opened.ok) return refuse(`the answer: ${opened.error}`)
    const answer = nexoAnswer.safeParse(parsed(opened.value))
    return answer.success ? ok(answer.data.SaleToPOIResponse) : refuse('the answer cannot be read')
  }

  async function start(asked: Asked, signal: AbortSignal): Promise<Outcome> {
    const answer = await ask(askRequest(asked, options), signal)
    return answer.ok ? outcomeOf(asked, answer.value) : unanswered(answer.error)
  }

  async function status(asked: Asked, signal: AbortSignal): Promise<Outcome> {
    const answer = await ask(statusRequest(asked, options, randomUUID()), signal)
    if (!answer.ok) return { kind: 'unknown', detail: answer.error.detail }
    return statusOutcome(asked, answer.value, serviceIdOf(asked.reference))
  }

  async function cancel(asked: Asked, signal: AbortSignal): Promise<Outcome> {
    // It is answered with nothing: what came of it, the terminal says when it is asked.
    await send(abortRequest(asked, options, randomUUID()), signal)
    const first = await status(asked, signal)
    if (first.kind !== 'not_found') return first
    await pause(settleMs, signal)
    const second = await status(asked, signal)
    return second.kind === 'not_found' ? { kind: 'cancelled' } : second
  }

  return {
    name: 'adyen',
    pay: (wish, signal) => start({ kind: 'payment', ...wish }, signal),
    refund: (wish, signal) => start({ kind: 'refund', ...wish }, signal),
    status,
    cancel,
  }
}

const unanswered = ({ wasSent, detail }: PostFailure): Outcome =>
  wasSent ? { kind: 'unknown', detail } : { kind: 'unreachable', detail }

/** Undefined: not JSON, or without that member. */
function parsed(text: string, member?: string): unknown {
  try {
    const value = JSON.parse(text) as Record<string, unknown> | null
    return member === undefined ? value : value?.[member]
  } catch {
    return undefined
  }
}
