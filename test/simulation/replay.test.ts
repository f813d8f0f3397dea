import { expect, test } from 'vitest'
import { simulate } from './simulate.ts'

test('[F1] a seed tells the same run again, byte for byte', () => {
  for (const seed of [3, 4, 5]) {
    const [first, again] = [simulate({ seed, steps: 800 }), simulate({ seed, steps: 800 })]
    expect(again).toEqual(first)
    expect(first.lastLines.length).toBeGreaterThan(20)
  }
})

test('[F1] other seeds tell other runs', () => {
  const hashes = [6, 7, 8].map((seed) => simulate({ seed, steps: 300 }).hash)
  expect(new Set(hashes).size).toBe(3)
})
