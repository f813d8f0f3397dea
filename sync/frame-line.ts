import type { Patience } from './patience.ts'

/**
 * The frames of one socket, taken one by one for as long as there is patience. What came meanwhile
 * waits here, at most what had been read from the socket already, and the socket is not read.
 */
export interface FrameLine<Message> {
  readonly push: (message: Message) => void
  /** Something was worth it: goes on at once. */
  readonly wake: () => void
  readonly end: () => void
}

export interface FrameLineDeps<Message> {
  readonly patience: Patience
  readonly monotonicMs: () => number
  /** False: the time that it took is not to be counted. */
  readonly take: (message: Message) => boolean
  readonly pause: () => void
  readonly resume: () => void
  readonly onNoPatienceLeft: () => void
}

export function createFrameLine<Message>(deps: FrameLineDeps<Message>): FrameLine<Message> {
  const { patience, monotonicMs } = deps
  let waiting: Message[] = []
  let timer: NodeJS.Timeout | null = null
  let taking = false

  function goOn(): void {
    if (taking) return
    taking = true
    try {
      while (waiting.length > 0) {
        const waitMs = patience.waitMs()
        if (patience.isOver()) return deps.onNoPatienceLeft()
        if (waitMs > 0) return waitFor(waitMs)
        const startedMs = monotonicMs()
        const counts = deps.take(waiting.shift()!)
        if (counts) patience.spend(monotonicMs() - startedMs)
      }
    } finally {
      taking = false
    }
  }

  function waitFor(ms: number): void {
    deps.pause()
    timer = setTimeout(wake, ms)
  }

  function wake(): void {
    if (timer === null) return
    clearTimeout(timer)
    timer = null
    goOn()
    if (timer === null) deps.resume()
  }

  return {
    push(message) {
      waiting.push(message)
      if (timer === null) goOn()
    },
    wake,
    end() {
      waiting = []
      if (timer !== null) clearTimeout(timer)
      timer = null
    },
  }
}
