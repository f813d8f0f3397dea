/**
 * When a till that nobody touches signs out (rule A9). Pure: what time it is comes in. The wait is told
 * while there is time to stay (WCAG 2.2, 2.2.1).
 */
export const TOLD_BEFORE_MS = 20_000

const MINUTE_MS = 60_000

/** Whole seconds that are left while that is told; 0: it is time; null: nothing to say. */
export function secondsLeft(
  afterMinutes: number | undefined,
  touchedMs: number,
  nowMs: number,
): number | null {
  if (afterMinutes === undefined) return null
  const leftMs = touchedMs + afterMinutes * MINUTE_MS - nowMs
  // A clock that was set back says nothing about how long nobody was here.
  if (leftMs > afterMinutes * MINUTE_MS || leftMs > TOLD_BEFORE_MS) return null
  return Math.max(0, Math.ceil(leftMs / 1_000))
}
