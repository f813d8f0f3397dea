import { MAX_BUFFERED_BYTES } from '../../../protocol/limits.ts'
import type { FeedMessage } from '../../../protocol/rest/event.ts'
import { LISTENER_STALL_MS } from '../limits.ts'
import type { FeedReader } from './feed-reader.ts'

/** Where a listener's messages go: a WebSocket or an event stream. */
export interface Outlet {
  /** `onTaken` is called once these have left this process. */
  readonly send: (messages: readonly FeedMessage[], onTaken: () => void) => void
  readonly bufferedBytes: () => number
  readonly cutOff: (reason: string) => void
}

export interface Listener {
  /** There may be something new. */
  readonly wake: () => void
  readonly stop: () => void
}

export const TOO_SLOW = 'too slow: resume from your last position'

const LIMITS = { maxBufferedBytes: MAX_BUFFERED_BYTES, stallMs: LISTENER_STALL_MS }

/**
 * Carries what a reader finds to an outlet, never faster than it takes it. One that takes nothing
 * while a full buffer waits is cut off: it resumes from its position when it can.
 */
export function createListener(
  reader: FeedReader,
  outlet: Outlet,
  limits: typeof LIMITS = LIMITS,
): Listener {
  let isStopped = false
  let isScheduled = false
  let stall: NodeJS.Timeout | null = null

  function wake(): void {
    if (isStopped || isScheduled) return
    isScheduled = true
    // Later, and a page at a time: the command that was just committed is answered first.
    setImmediate(() => {
      isScheduled = false
      if (!isStopped) carryPage()
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
