import { createHash } from 'node:crypto'
import type { Commit, Store } from '../../db/sqlite/store.ts'
import { looksLikeCardNumber } from '../../domain/card-number.ts'
import type { OrderCommandOf } from '../../domain/commands.ts'
import { derivedId } from '../../domain/ids.ts'
import { offlineLeftMinor } from '../../domain/offline-limit.ts'
import type { OrderView } from '../../domain/order-view.ts'
import { isOpenIntent, type IntentView } from '../../domain/payment-view.ts'
import type { Card, Failure } from '../../domain/payments.ts'
import { assert } from '../../domain/result.ts'
import { backoffMs } from '../../sync/backoff.ts'
import { messageOf, type Logger } from '../logger.ts'
import {
  findGivenUpIntents,
  findOpenIntents,
  findSettledIntents,
  takenOfflineSince,
} from './open-intents.ts'
import { pause } from './pause.ts'
import type { Asked, Outcome, PaymentProvider } from './provider.ts'

/**
 * Runs the intents of this device. What it knows is in the log, so it may be killed between any two
 * steps:
 *
 *     intent is durable ──► ask the terminal ──► its answer is durable
 *              │                   │ no answer
 *       killed │                   ▼
 *              └──────────► ask what became of it ──► never heard of it: forbid it, and it has failed
 *                                  │ cannot say, so many times
 *                                  ▼
 *                           a manager is asked, and the terminal again from time to time
 */
export interface PaymentDriver {
  /** Resolves once everything that was open at the start has been asked for. */
  readonly started: Promise<void>
  readonly stop: () => void
}

export interface PaymentDriverDeps {
  readonly store: Pick<
    Store,
    'connection' | 'deviceId' | 'execute' | 'onCommit' | 'order' | 'ownOrigin'
  >
  readonly provider: PaymentProvider
  /** Of the store, in a day; see domain/offline-limit.ts. */
  readonly offlineLimitMinor: number
  /** How many the store has, and whether this one hears all of the others now. */
  readonly tills: () => { readonly tills: number; readonly hearsAll: boolean }
  readonly limits?: PaymentLimits
  readonly nowMs: () => number
  readonly random: () => number
  readonly logger: Logger
}

export interface PaymentLimits {
  /** A guest looks for the card, and for the PIN. */
  readonly payMs: number
  readonly askMs: number
  /** How often it asks what became of something before a manager is asked. */
  readonly asks: number
  readonly minBackoffMs: number
  readonly maxBackoffMs: number
  /** And then how often, and for how long. */
  readonly askAgainMs: number
  readonly asksAgain: number
}

export const PAYMENT_LIMITS: PaymentLimits = {
  payMs: 150_000,
  askMs: 10_000,
  asks: 7,
  minBackoffMs: 500,
  maxBackoffMs: 15_000,
  askAgainMs: 60_000,
  asksAgain: 1_440,
}

/** What was written longer ago is not asked for as if the guest still stood there. */
const FRESH_MS = 60_000
const DAY_MS = 24 * 3_600_000
/** At what was given up before the terminal had heard of it, `askAgainMs` apart. */
const LOOKS = 3

export function createPaymentDriver(deps: PaymentDriverDeps): PaymentDriver {
  const { store, provider, nowMs, logger, limits = PAYMENT_LIMITS } = deps
  const stopping = new AbortController()
  const known = new Set<string>()
  const cancelled = new Set<string>()
  /** A terminal does one thing at a time. */
  let turn: Promise<void> = Promise.resolve()

  const inTurn = (work: () => Promise<void>): Promise<void> => {
    turn = turn.then(work).catch((error: unknown) => failed(error))
    return turn
  }
  const failed = (error: unknown): void => {
    if (!stopping.signal.aborted) {
      logger.error('a card payment could not be driven on', { detail: messageOf(error) })
    }
  }

  const aDayAgo = (): string => new Date(nowMs() - DAY_MS).toISOString()

  function start(): Promise<void> {
    const { connection, deviceId } = store
    const open = findOpenIntents(connection, deviceId)
    for (const { intentId } of open) known.add(intentId)
    for (const { orderId, intentId } of findSettledIntents(connection, deviceId, aDayAgo())) {
      void askAgain(orderId, intentId).catch(failed)
    }
    for (const { orderId, intentId } of findGivenUpIntents(connection, deviceId, aDayAgo())) {
      void lookAgain(orderId, intentId).catch(failed)
    }
    return inTurn(async () => {
      for (const { orderId, intentId } of open) await resolve(orderId, intentId)
    })
  }

  const unsubscribe = store.onCommit((commit) => {
    for (const order of commit.orders) {
      for (const intent of order.intents) {
        if (intent.deviceId !== store.deviceId || !isOpenIntent(intent)) continue
        const { id } = intent
        if (!known.has(id)) {
          known.add(id)
          const isFresh = isFromHere(commit, intent)
          void inTurn(() => (isFresh ? run(order.id, id) : resolve(order.id, id)))
        } else if (intent.cancelAsked && !cancelled.has(id)) {
          cancelled.add(id)
          void cancel(order.id, id).catch(failed)
        }
      }
    }
  })

  /**
   * Whether somebody has just asked for it at this device. What comes back from others, because this
   * device lost it, is asked after instead: the guest has gone.
   */
  function isFromHere({ entries }: Commit, { id, at }: IntentView): boolean {
    const [entry] = entries
    return (
      entries.length === 1 &&
      entry?.origin === store.ownOrigin() &&
      derivedId(entry.commandId, 0) === id &&
      nowMs() - Date.parse(at) < FRESH_MS
    )
  }

  async function run(orderId: string, intentId: string): Promise<void> {
    const found = openIntent(orderId, intentId)
    if (found === null) return
    const { order, intent } = found
    if (intent.cancelAsked) return record(orderId, intentId, { kind: 'cancelled' })
    const wish = wishOf(order, intent)
    const outcome = await asked(
      (signal) =>
        wish.kind === 'payment' ? provider.pay(wish, signal) : provider.refund(wish, signal),
      limits.payMs,
    )
    if (stopping.signal.aborted) return
    if (isFinal(outcome)) return record(orderId, intentId, outcome)
    if (outcome.kind === 'unreachable') {
      return fail(orderId, intentId, 'unreachable', outcome.detail)
    }
    await resolve(orderId, intentId)
  }

  function wishOf(order: OrderView, intent: IntentView): Asked {
    const { kind, id: reference, at: askedAt, amountMinor, tipMinor, paymentId } = intent
    const wish = { reference, askedAt, currency: order.currency }
    if (kind === 'payment') {
      const offlineMinor = offlineLeftMinor({
        limitMinor: deps.offlineLimitMinor,
        ...takenOfflineSince(store.connection, store.deviceId, aDayAgo()),
        ...deps.tills(),
      })
      return { kind, ...wish, amountMinor: amountMinor + tipMinor, offlineMinor }
    }
    const payment = order.payments.find(({ id }) => id === paymentId)
    const ofReference = payment?.intentId ?? reference
    return { kind, ...wish, ofReference, ofTransactionId: intent.transactionId, amountMinor }
  }

  /** Asks what became of it until that is known, but not for ever. */
  async function resolve(orderId: string, intentId: string): Promise<void> {
    for (let tries = 1; tries <= limits.asks; tries += 1) {
      if (openIntent(orderId, intentId) === null) return
      if (await tryToResolve(orderId, intentId)) return
      await passing(backoffMs(tries, limits.minBackoffMs, limits.maxBackoffMs, deps.random))
      if (stopping.signal.aborted) return
    }
    const detail = 'The terminal did not say what became of it.'
    recordOutcome(orderId, intentId, 'unclear', { kind: 'unclear', detail })
    void askAgain(orderId, intentId).catch(failed)
  }

  /** Also after a manager has settled it: what the terminal says counts. */
  async function askAgain(orderId: string, intentId: string): Promise<void> {
    for (let tries = 1; tries <= limits.asksAgain; tries += 1) {
      await passing(limits.askAgainMs)
      if (stopping.signal.aborted || hasAnswer(orderId, intentId)) return
      if (await tryToResolve(orderId, intentId)) return
    }
  }

  const hasAnswer = (orderId: string, intentId: string): boolean =>
    store.order(orderId)?.payments.some((p) => p.intentId === intentId && p.transactionId) ?? false

  async function tryToResolve(orderId: string, intentId: string): Promise<boolean> {
    const wish = wishById(orderId, intentId)
    const status = await asked((signal) => provider.status(wish, signal), limits.askMs)
    if (stopping.signal.aborted) return true
    if (isFinal(status)) return recorded(orderId, intentId, status)
    if (status.kind !== 'not_found') return false
    // A question that is still on its way must not charge anybody after we have given up.
    const forbidden = await asked((signal) => provider.cancel(wish, signal), limits.askMs)
    if (stopping.signal.aborted) return true
    if (forbidden.kind === 'cancelled') {
      fail(orderId, intentId, 'interrupted', 'The terminal was never asked for it.')
      void lookAgain(orderId, intentId).catch(failed)
      return true
    }
    return isFinal(forbidden) && recorded(orderId, intentId, forbidden)
  }

  /**
   * The terminal had never heard of it when it was given up. What was on its way all the same may have
   * come in after that: then it counts.
   */
  async function lookAgain(orderId: string, intentId: string): Promise<void> {
    for (let looks = 1; looks <= LOOKS; looks += 1) {
      await passing(limits.askAgainMs)
      if (stopping.signal.aborted || hasAnswer(orderId, intentId)) return
      const wish = wishById(orderId, intentId)
      const status = await asked((signal) => provider.status(wish, signal), limits.askMs)
      if (stopping.signal.aborted) return
      if (isFinal(status)) return record(orderId, intentId, status)
    }
  }

  /** Beside the question that waits: it will be answered with what came of it. */
  async function cancel(orderId: string, intentId: string): Promise<void> {
    const wish = wishById(orderId, intentId)
    const outcome = await asked((signal) => provider.cancel(wish, signal), limits.askMs)
    if (stopping.signal.aborted || !isFinal(outcome)) return
    record(orderId, intentId, outcome)
    // It may have been stopped, and it may just not have been there yet.
    if (outcome.kind === 'cancelled') await lookAgain(orderId, intentId)
  }

  function recorded(orderId: string, intentId: string, outcome: FinalOutcome): true {
    record(orderId, intentId, outcome)
    return true
  }

  function record(orderId: string, intentId: string, outcome: FinalOutcome): void {
    switch (outcome.kind) {
      case 'approved': {
        const transactionId = withoutCardNumber(outcome.transactionId)
        const { approvedMinor } = outcome
        const card = cardWithoutNumber(outcome.card)
        return recordOutcome(orderId, intentId, transactionId, {
          kind: 'approved',
          transactionId,
          approvedMinor,
          card,
        })
      }
      case 'declined':
        return fail(orderId, intentId, 'declined', outcome.reason)
      case 'timeout':
      case 'cancelled':
        return fail(orderId, intentId, outcome.kind, null)
    }
  }

  const fail = (orderId: string, intentId: string, why: Failure, detail: string | null): void =>
    recordOutcome(orderId, intentId, why, {
      kind: 'failed',
      why,
      detail: detail && withoutCardNumber(detail.slice(0, 500)),
    })

  /** The id of the command is that of the fact: told twice, it is written once (rule L5). */
  function recordOutcome(
    orderId: string,
    intentId: string,
    fact: string,
    outcome: OrderCommandOf<'recordOutcome'>['outcome'],
  ): void {
    if (stopping.signal.aborted) return
    const result = store.execute({
      id: `${intentId}:${fact}`,
      at: new Date(nowMs()).toISOString(),
      actor: `device:${store.deviceId}`,
      command: { type: 'recordOutcome', orderId, intentId, outcome },
    })
    if (!result.ok) throw new Error(`its outcome was refused: ${result.error.code}`)
  }

  function wishById(orderId: string, intentId: string): Asked {
    const order = store.order(orderId)
    const intent = order?.intents.find(({ id }) => id === intentId)
    assert(order && intent, 'what is asked after was asked for')
    return wishOf(order, intent)
  }

  function openIntent(orderId: string, intentId: string) {
    const order = store.order(orderId)
    const intent = order?.intents.find(({ id }) => id === intentId)
    return order && intent && isOpenIntent(intent) ? { order, intent } : null
  }

  async function asked(
    question: (signal: AbortSignal) => Promise<Outcome>,
    timeoutMs: number,
  ): Promise<Outcome> {
    const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(timeoutMs)])
    try {
      return await question(signal)
    } catch (error) {
      return { kind: 'unknown', detail: messageOf(error) }
    }
  }

  const passing = (ms: number): Promise<void> => pause(ms, stopping.signal)

  return {
    started: start(),
    stop: () => {
      unsubscribe()
      stopping.abort()
    },
  }
}

type FinalOutcome = Extract<Outcome, { kind: 'approved' | 'declined' | 'timeout' | 'cancelled' }>

const isFinal = (outcome: Outcome): outcome is FinalOutcome =>
  outcome.kind === 'approved' ||
  outcome.kind === 'declined' ||
  outcome.kind === 'timeout' ||
  outcome.kind === 'cancelled'

/** A provider's text that looks like a card number is told apart by its hash, and not kept. */
const withoutCardNumber = (text: string): string =>
  looksLikeCardNumber(text)
    ? `hidden-${createHash('sha256').update(text).digest('hex').slice(0, 24)}`
    : text

const cardWithoutNumber = (card: Card): Card => ({
  ...card,
  brand: card.brand && withoutCardNumber(card.brand),
  token: card.token && withoutCardNumber(card.token),
  authorisationCode: card.authorisationCode && withoutCardNumber(card.authorisationCode),
})
