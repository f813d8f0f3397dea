import { expect, test } from 'vitest'
import { EXPECTED_TO_HAPPEN } from './happenings.ts'
import { manySeeds } from './many-seeds.ts'

const BLOCK = 25
const FIRST = 10001
const { expectClean, counts } = manySeeds()

test.each(Array.from({ length: 8 }, (_, block) => FIRST + block * BLOCK))(
  '[F1] whatever goes wrong, no promise is broken: 25 seeds from %i',
  (from) => expectClean(from, BLOCK),
)

test('[P3] and much did go wrong, and the restaurant worked all the while', () => {
  const missing = EXPECTED_TO_HAPPEN.filter((what) => (counts.get(what) ?? 0) === 0)
  expect(missing).toEqual([])
})
