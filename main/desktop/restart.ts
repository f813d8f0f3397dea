/**
 * What the shell does when the terminal process has ended by itself. It comes back at once after
 * a first accident, later each time it fails in a row, and is given up only where starting it
 * again cannot help.
 */
export type AfterExit =
  | { readonly kind: 'restart'; readonly delayMs: number; readonly failuresInRow: number }
  | { readonly kind: 'giveUp'; readonly reason: string }

export interface TerminalExit {
  readonly status: number
  readonly ranForMs: number
  /** How often in a row it had failed before this exit. */
  readonly failuresInRow: number
}

const FIRST_DELAY_MS = 200
const LONGEST_DELAY_MS = 10_000
/** Whoever ran this long was healthy: the next failure is a first one again. */
const HEALTHY_AFTER_MS = 60_000
/** The exit status of a command that was called wrongly. */
const WRONG_USAGE = 2

export function afterExit({ status, ranForMs, failuresInRow }: TerminalExit): AfterExit {
  if (status === WRONG_USAGE)
    return { kind: 'giveUp', reason: 'The arguments of this program are not understood.' }
  const before = ranForMs >= HEALTHY_AFTER_MS ? 0 : failuresInRow
  const delayMs = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(before, 20))
  return { kind: 'restart', delayMs, failuresInRow: before + 1 }
}
