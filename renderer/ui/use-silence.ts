import { say } from '../words/say.ts'
import { formatTimeWithSeconds } from './format.ts'
import { useLive } from './live-store.ts'
import { LINK_SILENT_AFTER_MS } from './neighbours.ts'
import { useNow } from './use-now.ts'

/** Null, or when this screen's own terminal, silent for too long, was last heard. */
export function useSilentSince(): number | null {
  const heardAtMs = useLive((live) => live.heardAtMs)
  const nowMs = useNow()
  return heardAtMs !== null && nowMs - heardAtMs > LINK_SILENT_AFTER_MS ? heardAtMs : null
}

/** The same at the moment of a tap. */
export function isSilentNow(): boolean {
  const { heardAtMs } = useLive.getState()
  return heardAtMs === null || Date.now() - heardAtMs > LINK_SILENT_AFTER_MS
}

export const silenceText = (terminal: string, sinceMs: number): string =>
  say('status.silent', { terminal, time: formatTimeWithSeconds(sinceMs) })
