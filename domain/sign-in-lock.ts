/**
 * Wrong PINs, counted for each person and for the device as a whole (rule A2). After so many in a row
 * there is a wait, twice as long each time, until a PIN was right or a manager lifts it. Pure.
 */
export interface Tries {
  readonly wrong: number
  /** Waits since the last PIN that was right. */
  readonly locks: number
  readonly lockedUntilMs: number
}

export const NO_TRIES: Tries = { wrong: 0, locks: 0, lockedUntilMs: 0 }

/** In a row, of one person; and on one device, whoever was meant. */
export const TRIES_OF_STAFF = 5
export const TRIES_OF_DEVICE = 15
const FIRST_WAIT_MS = 30_000
const LONGEST_WAIT_MS = 15 * 60_000

/** Null: it is open. A clock that was set back makes nobody wait longer than the longest wait. */
export const waitUntilMs = ({ lockedUntilMs }: Tries, nowMs: number): number | null =>
  lockedUntilMs > nowMs ? Math.min(lockedUntilMs, nowMs + LONGEST_WAIT_MS) : null

/** One more that is wrong, or is taken for it until it was looked at. */
export function afterWrong({ wrong, locks }: Tries, limit: number, nowMs: number): Tries {
  if (wrong + 1 < limit) return { wrong: wrong + 1, locks, lockedUntilMs: 0 }
  const waitMs = Math.min(FIRST_WAIT_MS * 2 ** Math.min(locks, 20), LONGEST_WAIT_MS)
  return { wrong: 0, locks: locks + 1, lockedUntilMs: nowMs + waitMs }
}
