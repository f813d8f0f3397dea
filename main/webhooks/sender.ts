import type { Store } from '../../db/sqlite/store.ts'
import type { Webhook, WebhookTable } from '../../db/sqlite/webhooks.ts'
import type { EventType, FeedMessage } from '../../protocol/rest/event.ts'
import { createFeedReader, type FeedSource } from '../api/events/feed-reader.ts'
import { decodePosition } from '../api/events/position.ts'
import type { DeviceBox } from '../jobs/device-box.ts'
import { messageOf, type Logger } from '../logger.ts'
import { LOCKED_READER, type CustomerReader } from '../personal-data/customers.ts'
import { WEBHOOK_GIVE_UP_MS, WEBHOOK_RETRY_MAX_MS, WEBHOOK_RETRY_MIN_MS } from './limits.ts'
import { postOnce, type Post, type PostOutcome } from './post.ts'
import { signedHeaders } from './signature.ts'

export interface SenderDeps {
  readonly hooks: WebhookTable
  readonly box: DeviceBox
  readonly store: FeedSource & Pick<Store, 'onCommit'>
  readonly customers: CustomerReader
  readonly privateHosts: readonly string[]
  readonly nowMs: () => number
  /** From 0 to below 1: who fails together is not asked again together. */
  readonly random: () => number
  readonly logger: Pick<Logger, 'warn'>
  readonly post?: (post: Post) => Promise<PostOutcome>
}

export interface Sender {
  /** Something has changed about whom to tell. */
  readonly wake: () => void
  readonly stop: () => Promise<void>
}

const GONE = 410
const MAX_TIMER_MS = 60_000

/** Where a secret is sealed to. */
export const secretPlace = (id: string): string => `webhook.${id}`

/**
 * Tells each webhook what happens, in the order of the feed, one message at a time, and the next only
 * once this one was taken: at least once, under an id that stays the same. The log is the queue, and
 * a position in it all that is kept, so nothing is lost while a receiver or this device is away.
 */
export function startSender(deps: SenderDeps): Sender {
  const { hooks, store, nowMs, logger } = deps
  const running = new Map<string, Promise<void>>()
  const stopping = new AbortController()
  let timer: NodeJS.Timeout | null = null
  let isPlanned = false

  /** Not inside the commit that is being told of. */
  function wake(): void {
    if (isPlanned || stopping.signal.aborted) return
    isPlanned = true
    setImmediate(() => {
      isPlanned = false
      look()
    })
  }

  function look(): void {
    if (stopping.signal.aborted) return
    if (timer !== null) clearTimeout(timer)
    timer = null
    let nextMs = Infinity
    for (const hook of hooks.all()) {
      if (hook.disabledBecause !== null || running.has(hook.id)) continue
      const waitMs = hook.nextTryMs - nowMs()
      if (waitMs > 0) nextMs = Math.min(nextMs, waitMs)
      else
        running.set(
          hook.id,
          carry(hook).finally(() => running.delete(hook.id)),
        )
    }
    if (nextMs < Infinity) timer = setTimeout(look, Math.min(nextMs, MAX_TIMER_MS)).unref()
  }

  /** Until it knows all there is, or fails. A disk that fails is told of, and tried at the next commit. */
  async function carry(hook: Webhook): Promise<void> {
    try {
      const failure = await tellAll(deps, hook, stopping.signal)
      if (failure === null || stopping.signal.aborted) return
      putOff(hook.id, failure)
    } catch (error) {
      logger.warn('a webhook could not be told', { id: hook.id, error: messageOf(error) })
    }
  }

  function putOff(id: string, failure: Failure): void {
    const now = hooks.find(id)
    if (now === null) return
    const atMs = nowMs()
    const hasFailedLong = atMs - (now.failingSinceMs ?? atMs) >= WEBHOOK_GIVE_UP_MS
    const waitMs = Math.min(WEBHOOK_RETRY_MAX_MS, WEBHOOK_RETRY_MIN_MS * 2 ** now.failures)
    hooks.failed(id, {
      words: failure.words,
      atMs,
      nextTryMs: atMs + Math.round(waitMs * (0.5 + deps.random())),
      disabledBecause: failure.isFinal
        ? failure.words
        : hasFailedLong
          ? `It failed for three days: ${failure.words}`
          : null,
    })
    // Once this one is no longer running.
    setImmediate(wake)
  }

  const stopListening = store.onCommit(wake)
  wake()
  return {
    wake,
    stop: async () => {
      stopping.abort()
      stopListening()
      if (timer !== null) clearTimeout(timer)
      await Promise.all(running.values())
    },
  }
}

interface Failure {
  readonly words: string
  /** It is not to be asked again. */
  readonly isFinal: boolean
}

async function tellAll(
  deps: SenderDeps,
  hook: Webhook,
  signal: AbortSignal,
): Promise<Failure | null> {
  const { hooks, box, store, customers, nowMs } = deps
  const { id } = hook
  const secret = box.open(hook.secret, secretPlace(id))
  const start = decodePosition(hook.position)
  if (secret === null || start === null) {
    return { words: 'its secret cannot be read on this device', isFinal: true }
  }
  const types = hook.types === null ? null : new Set(JSON.parse(hook.types) as EventType[])
  const reader = createFeedReader(
    store,
    start,
    types,
    hook.showsGuests === 1 ? customers : LOCKED_READER,
  )
  for (;;) {
    const messages = reader.next()
    if (messages === null) return null
    for (const message of messages) {
      const failure = await tellOne(deps, hook, { message, secret, signal })
      // Somebody may have taken it away, or begun it anew, while it was being told.
      if (hooks.find(id)?.position !== hook.position) return null
      if (failure !== null) return failure
      if (message.position === undefined) continue
      hooks.delivered(id, message.position, new Date(nowMs()).toISOString())
      hook = { ...hook, position: message.position }
    }
    const position = reader.position()
    if (position !== hook.position) hooks.passed(id, position)
    hook = { ...hook, position }
  }
}

async function tellOne(
  { privateHosts, nowMs, post = postOnce }: SenderDeps,
  { url }: Webhook,
  told: { readonly message: FeedMessage; readonly secret: string; readonly signal: AbortSignal },
): Promise<Failure | null> {
  const { message, secret, signal } = told
  const body = JSON.stringify(message)
  const timestampS = Math.floor(nowMs() / 1_000)
  const headers = signedHeaders(secret, { id: message.id, timestampS, body })
  const outcome = await post({ url, headers, body, privateHosts, signal })
  if ('failure' in outcome) return { words: outcome.failure, isFinal: false }
  const { status } = outcome
  if (status >= 200 && status < 300) return null
  if (status >= 300 && status < 400) {
    return { words: `it answers ${status}, and no redirect is followed`, isFinal: false }
  }
  return { words: `it answers ${status}`, isFinal: status === GONE }
}
