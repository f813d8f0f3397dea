/**
 * Telling a scanner that types from a person who does. A scanner's keys come within milliseconds of
 * one another, and the first ones look like a person's: what they did is taken back. Pure.
 */
export interface Burst {
  readonly count: number
  readonly lastMs: number
  /** What was typed before the first key of it. */
  readonly typedBefore: string
}

/** Slower than this is a hand. Wireless scanners type every 20 to 30 ms. */
const SCANNER_GAP_MS = 45
const SCANNER_KEYS = 4

export const NO_BURST: Burst = { count: 0, lastMs: -Infinity, typedBefore: '' }

export const nextKey = (burst: Burst, atMs: number, typed: string): Burst =>
  atMs - burst.lastMs <= SCANNER_GAP_MS
    ? { ...burst, count: burst.count + 1, lastMs: atMs }
    : { count: 1, lastMs: atMs, typedBefore: typed }

export const isScanner = (burst: Burst, atMs: number): boolean =>
  burst.count >= SCANNER_KEYS && atMs - burst.lastMs <= SCANNER_GAP_MS
