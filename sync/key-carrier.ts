import { setTimeout as sleep } from 'node:timers/promises'
import type { CustomerKey, KeyExchange } from '../domain/customer-keys.ts'
import { MAX_KEYS_PER_FRAME } from '../protocol/limits.ts'
import { backoffMs } from './backoff.ts'
import type { CentreClient } from './centre-client.ts'
import { DOWN_RETRY_MAX_MS, DOWN_RETRY_MIN_MS, KEYS_IDLE_MS, KEYS_POLL_MS } from './limits.ts'
import { messageOf, type Logger } from './logger.ts'

/**
 * Carries keys of customers to the centre and back, beside the log. What came here from a neighbour
 * is carried, too: any one device with internet does it for the store.
 */
export interface KeyCarrier {
  readonly stop: () => Promise<void>
}

export interface KeyCarrierDeps {
  readonly exchange: KeyExchange
  /** Keys in the order in which they came to be here. */
  readonly after: (num: number, count: number) => { readonly last: number; keys: CustomerKey[] }
  readonly client: Pick<CentreClient, 'exchangeKeys'>
  readonly random: () => number
  readonly logger: Logger
}

export function createKeyCarrier(deps: KeyCarrierDeps): KeyCarrier {
  const { exchange, client, logger } = deps
  const stopping = new AbortController()
  let wake = new AbortController()
  let failures = 0
  /** From the first one at each start: a centre that was put back from a backup lacks some. */
  let broughtUpTo = 0
  const unsubscribe = exchange.onChange(() => wake.abort())

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      wake = new AbortController()
      const waitMs = await turn().catch((error: unknown) => {
        logger.error('the keys of customers cannot be read here', { error: messageOf(error) })
        return DOWN_RETRY_MAX_MS
      })
      if (waitMs > 0) await rest(waitMs)
    }
  }

  /** How long to wait before the next one. */
  async function turn(): Promise<number> {
    const { last, keys } = deps.after(broughtUpTo, MAX_KEYS_PER_FRAME)
    const wanted = exchange.wanted().slice(0, MAX_KEYS_PER_FRAME)
    if (keys.length + wanted.length === 0) return KEYS_IDLE_MS
    const answer = await client.exchangeKeys(keys, wanted)
    if (!answer.ok) {
      failures += 1
      return backoffMs(failures, DOWN_RETRY_MIN_MS, DOWN_RETRY_MAX_MS, deps.random)
    }
    failures = 0
    broughtUpTo = last
    const brought = exchange.take(answer.value)
    if (brought || keys.length === MAX_KEYS_PER_FRAME) return 0
    // What nobody has brought there yet is asked for again in a while.
    return wanted.length > 0 ? KEYS_POLL_MS : KEYS_IDLE_MS
  }

  /** After a failure nothing wakes it before its time: a centre that is away is not hammered. */
  async function rest(ms: number): Promise<void> {
    const ends = failures > 0 ? [stopping.signal] : [stopping.signal, wake.signal]
    await sleep(ms, undefined, { signal: AbortSignal.any(ends) }).catch(() => {})
  }

  const running = run()
  return {
    async stop() {
      unsubscribe()
      stopping.abort()
      await running
    },
  }
}
