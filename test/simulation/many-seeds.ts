import { expect } from 'vitest'
import { simulate, type Outcome } from './simulate.ts'

/** Runs seeds and adds up what happened in them; a broken promise is told with its last steps. */
export interface ManySeeds {
  readonly expectClean: (from: number, count: number) => void
  readonly counts: ReadonlyMap<string, number>
}

export const STEPS = 1_000

export function manySeeds(): ManySeeds {
  const counts = new Map<string, number>()
  return {
    counts,
    expectClean(from, count) {
      for (let seed = from; seed < from + count; seed += 1) {
        const outcome = simulate({ seed, steps: STEPS })
        for (const [what, times] of outcome.counts) {
          counts.set(what, (counts.get(what) ?? 0) + times)
        }
        expect(outcome.violation, tellOf(outcome)).toBeNull()
        expect(outcome.steps).toBeGreaterThanOrEqual(STEPS)
      }
    },
  }
}

export const tellOf = ({ seed, violation, hash, lastLines }: Outcome): string =>
  [
    `seed ${seed}: ${violation?.message ?? ''}`,
    `again: npm run simulate -- --seed ${seed} --steps ${STEPS}, trace ${hash}`,
    ...lastLines,
  ].join('\n')
