/**
 * Exponential back-off. `failures` counts from 1; `random` gives 0 ≤ x < 1. Half of the wait is
 * fixed and half is drawn, so that devices which lost each other at once do not meet at once.
 */
export function backoffMs(
  failures: number,
  minMs: number,
  maxMs: number,
  random: () => number,
): number {
  const ceiling = ceilingMs(failures, minMs, maxMs)
  return ceiling / 2 + (ceiling / 2) * random()
}

/** The same with the whole wait drawn, but never less than `minMs`: for many callers of one server. */
export function fullJitterMs(
  failures: number,
  minMs: number,
  maxMs: number,
  random: () => number,
): number {
  return Math.max(minMs, ceilingMs(failures, minMs, maxMs) * random())
}

const ceilingMs = (failures: number, minMs: number, maxMs: number): number =>
  Math.min(maxMs, minMs * 2 ** Math.min(30, Math.max(0, failures - 1)))
