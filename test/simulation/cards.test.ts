import { expect, test } from 'vitest'
import { STEPS, tellOf } from './many-seeds.ts'
import { simulate } from './simulate.ts'

/** Guests pay by card as well: the same restaurants, and other runs of them. */
const FIRST = 1_026
const SEEDS = 30

test('[M3] with cards, too, no promise is broken: 30 seeds from 1026', () => {
  const counts = new Map<string, number>()
  for (let seed = FIRST; seed < FIRST + SEEDS; seed += 1) {
    const outcome = simulate({ seed, steps: STEPS, cards: true })
    expect(outcome.violation, tellOf(outcome)).toBeNull()
    for (const [what, times] of outcome.counts) counts.set(what, (counts.get(what) ?? 0) + times)
  }
  expect(counts.get('card payments')).toBeGreaterThan(0)
  expect(counts.get('open card intents')).toBeGreaterThan(0)
})

/** Seeds that once did not become equal, and what is true since. */
test.each([
  [121, 'two branches that grow while their holders are connected are told apart'],
  [361, 'the same, where a copied device writes for the first time in a row of devices'],
  [945, 'a line that is cut carries nothing more: it was the simulation'],
])('[L2] seed %i with cards: %s', (seed) => {
  const outcome = simulate({ seed, steps: STEPS, cards: true })
  expect(outcome.violation, tellOf(outcome)).toBeNull()
})
