import { MAX_BUFFERED_BYTES } from '../../../protocol/limits.ts'
import type { FeedMessage } from '../../../protocol/rest/event.ts'
import { LISTENER_STALL_MS } from '../limits.ts'
import type { MaybePromise } from '../rest-store.ts'

/** Where a listener's messages go: a WebSocket or an event stream. */
export interface Outlet {
  /** `onTaken` is called once these have left this process. */
  readonly send: (messages: readonly FeedMessage[], onTaken: () => void) => void
  readonly bufferedBytes: () => number
  readonly cutOff: (reason: string) => void
}

/** What there is to tell: a device reads it from its log at once, the centre from its database. */
export interface MessageSource {
  /** What is new since the last call, some entries at a time. Null: nothing. */
  readonly next: () => MaybePromise<readonly FeedMessage[] | null>
}

export interface Listener {
  /** There may be something new. */
  readonly wake: () => void
  readonly stop: () => void
}

export const TOO_SLOW = 'too slow: resume from your last position'
export const UNREADABLE = 'the log cannot be read just now: resume from your last position'

const LIMITS = { maxBufferedBytes: MAX_BUFFERED_BYTES, stallMs: LISTENER_STALL_MS }

/**
 * Carries what a reader finds to an outlet, never faster than it takes it. One that takes nothing
 * while a full buffer waits is cut off: it resumes from its position when it can.
 */
export function createListener(
  reader: MessageSource,
  outlet: Outlet,
  limits: typeof LIMITS = LIMITS,
): Listener {
  let isStopped = false
  let isScheduled = false
  let isReading = false
  let isWokenMeanwhile = false
  let stall: NodeJS.Timeout | null = null

  function wake(): void {
    if (isStopped || isScheduled) return
    isScheduled = true
    // Later, and a page at a time: the command that was just committed is answered first.
    setImmediate(() => {
      isScheduled = false
      if (isReading) isWokenMeanwhile = true
      else if (!isStopped) carryPage()
    })
  }

  function carryPage(): void {
    if (outlet.bufferedBytes() > limits.maxBufferedBytes) {
      stall ??= setTimeout(() => {
        stop()
        outlet.cutOff(TOO_SLOW)
      }, limits.stallMs).unref()
      return
    }
    const messages = reader.next()
    if (!(messages instanceof Promise)) return carry(messages)
    isReading = true
    isWokenMeanwhile = false
    messages.then(
      (read) => {
        isReading = false
        if (isStopped) return
        carry(read)
        if (isWokenMeanwhile) wake()
      },
      () => {
        isReading = false
        if (isStopped) return
        stop()
        outlet.cutOff(UNREADABLE)
      },
    )
  }

  function carry(messages: readonly FeedMessage[] | null): void {
    if (messages === null) return
    if (messages.length > 0) outlet.send(messages, taken)
    wake()
  }

  function taken(): void {
    if (stall) clearTimeout(stall)
    stall = null
    wake()
  }

  function stop(): void {
    isStopped = true
    if (stall) clearTimeout(stall)
  }

  return { wake, stop }
}
