import { useSyncExternalStore } from 'react'
import { useLive } from './live-store.ts'

/** One timer for all clocks on a screen, so that they tick together. */
const TICK_MS = 500

const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined
let tickMs = Date.now()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => {
    tickMs = Date.now()
    listeners.forEach((tell) => tell())
  }, TICK_MS)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

/** This screen's wall clock, twice a second. */
export const useNow = (): number => useSyncExternalStore(subscribe, () => tickMs)

/**
 * Something that follows from the terminal's clock, as a text or another plain value: the component
 * renders when that changes, not with every tick.
 */
export function useFromNow<T extends string | number | boolean | null>(
  read: (terminalNowMs: number) => T,
): T {
  const offsetMs = useLive((live) => live.clockOffsetMs)
  return useSyncExternalStore(subscribe, () => read(tickMs + offsetMs))
}

/** The terminal's wall clock, which the times in orders and status are to be compared with. */
export function useTerminalNow(): number {
  const offsetMs = useLive((live) => live.clockOffsetMs)
  return useNow() + offsetMs
}
