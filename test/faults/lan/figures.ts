/**
 * One line for each thing that was done to the network, with the time that the store took to notice
 * or to mend. What is promised stands here once; a figure beyond it is marked, and fails the run.
 */
export interface Figures {
  /** A loss was noticed. */
  readonly noticed: (what: string, ms: number) => void
  /** A link stands again. */
  readonly back: (what: string, ms: number) => void
  /** Everything is everywhere again. */
  readonly equal: (what: string, ms: number) => void
  /** A figure without a promise. */
  readonly measured: (what: string, ms: number) => void
  readonly said: (what: string) => void
  readonly broken: () => readonly string[]
}

const NOTICED_WITHIN_MS = 2_000
const BACK_WITHIN_MS = 1_000
const EQUAL_WITHIN_MS = 5_000

export function createFigures(print: (line: string) => void): Figures {
  const broken: string[] = []

  const promised = (limitMs: number) => (what: string, ms: number) => {
    const line = `${what} after ${Math.round(ms)} ms`
    if (ms <= limitMs) return print(line)
    broken.push(line)
    print(`${line}, BROKEN: promised within ${limitMs} ms`)
  }

  return {
    noticed: promised(NOTICED_WITHIN_MS),
    back: promised(BACK_WITHIN_MS),
    equal: promised(EQUAL_WITHIN_MS),
    measured: promised(Number.POSITIVE_INFINITY),
    said: print,
    broken: () => broken,
  }
}
