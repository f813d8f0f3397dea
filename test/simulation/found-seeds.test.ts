import { expect, test } from 'vitest'
import { STEPS, tellOf } from './many-seeds.ts'
import { simulate } from './simulate.ts'

/** Seeds that once broke a promise, and what is true since: of the product, or of the simulation. */
const FOUND: readonly (readonly [rule: string, seed: number, what: string])[] = [
  ['L6', 192, 'a branch that grew after it was shown first reaches the device that wrote it'],
  ['L6', 10_037, 'a branch that grew reaches the second copy of a device'],
  ['L6', 30_367, 'a rival waits until the entries that it follows have been shown'],
  ['L1', 205, 'what a removed device took in after all had been repaired is not owed'],
  ['L3', 523, 'a device whose log has been damaged is not asked whether it is right'],
  ['L2', 20_098, 'what a damaged disk says of an entry that nobody has seen proves no fork'],
  ['L2', 20_236, 'the same, on another device'],
  ['L3', 400_245, 'what a bit changed is not written again under a hash that fits'],
  ['L1', 10_046, 'who loses power in a commit that a forger caused has lost it'],
  ['F1', 570, 'a fork ends in equal tables, not in numbers alone: the simulation waits for them'],
  ['F1', 1_545, 'one tap on a device and its copy, at one tick, counts the same everywhere'],
  ['L6', 1_445, 'what is written again is the entry, not its command alone'],
  ['F1', 34, 'a record whose commit failed in the middle is taken when it comes again'],
]

test.each(FOUND)('[%s] seed %i: %s', (_, seed) => {
  const outcome = simulate({ seed, steps: STEPS })
  expect(outcome.violation, tellOf(outcome)).toBeNull()
})
