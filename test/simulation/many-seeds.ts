import { expect, test } from 'vitest'
import { EXPECTED_TO_HAPPEN } from './happenings.ts'
import { simulate, type Outcome } from './simulate.ts'

/** Seeds in a file of tests: eight files share the processors, 2,000 seeds in all. */
const SEEDS_IN_A_FILE = 250
/** Seeds in a test: about ten seconds. */
const BLOCK = 25
export const STEPS = 1_000

/** Runs the seeds from one on; a broken promise is told with its last steps. */
export function testSeeds(first: number): void {
  const counts = new Map<string, number>()

  function run(seed: number): Outcome {
    const outcome = simulate({ seed, steps: STEPS })
    for (const [what, times] of outcome.counts) counts.set(what, (counts.get(what) ?? 0) + times)
    return outcome
  }

  const blocks = Array.from({ length: SEEDS_IN_A_FILE / BLOCK }, (_, n) => first + n * BLOCK)
  test.each(blocks)('[F1] whatever goes wrong, no promise is broken: 25 seeds from %i', (from) => {
    for (let seed = from; seed < from + BLOCK; seed += 1) {
      const outcome = run(seed)
      expect(outcome.violation, tellOf(outcome)).toBeNull()
      expect(outcome.steps).toBeGreaterThanOrEqual(STEPS)
    }
  })

  test('[P3] and much did go wrong, and the restaurant worked all the while', () => {
    const missing = EXPECTED_TO_HAPPEN.filter((what) => (counts.get(what) ?? 0) === 0)
    expect(missing).toEqual([])
  })
}

export const tellOf = ({ seed, violation, hash, lastLines }: Outcome): string =>
  [
    `seed ${seed}: ${violation?.message ?? ''}`,
    `again: npm run simulate -- --seed ${seed} --steps ${STEPS}, trace ${hash}`,
    ...lastLines,
  ].join('\n')
