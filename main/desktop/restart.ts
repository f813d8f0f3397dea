/**
 * What the shell does when the terminal process has ended by itself. It comes back at once after
 * a first accident and later each time it fails in a row. Where it refused to run, starting it
 * again cannot help: somebody has to read why.
 */
export type AfterExit =
  | { readonly kind: 'restart'; readonly delayMs: number; readonly failuresInRow: number }
  | { readonly kind: 'giveUp'; readonly reason: string }

export interface TerminalExit {
  /** What the terminal said, where it refused to run. */
  readonly refusal: string | undefined
  readonly ranForMs: number
  /** How often in a row it had failed before this exit. */
  readonly failuresInRow: number
}

const FIRST_DELAY_MS = 200
const LONGEST_DELAY_MS = 10_000
/** Whoever ran this long was healthy: the next failure is a first one again. */
const HEALTHY_AFTER_MS = 60_000

export function afterExit({ refusal, ranForMs, failuresInRow }: TerminalExit): AfterExit {
  if (refusal !== undefined) return { kind: 'giveUp', reason: refusal }
  const before = ranForMs >= HEALTHY_AFTER_MS ? 0 : failuresInRow
  const delayMs = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(before, 20))
  return { kind: 'restart', delayMs, failuresInRow: before + 1 }
}
