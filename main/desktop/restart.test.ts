import { expect, test } from 'vitest'
import { afterExit } from './restart.ts'

test('a terminal that keeps failing is started later each time, and never later than a limit', () => {
  const delays: number[] = []
  let failuresInRow = 0
  for (let exit = 0; exit < 12; exit += 1) {
    const next = afterExit({ refusal: undefined, ranForMs: 50, failuresInRow })
    if (next.kind !== 'restart') throw new Error('given up')
    delays.push(next.delayMs)
    failuresInRow = next.failuresInRow
  }
  expect(delays.slice(0, 7)).toEqual([200, 400, 800, 1600, 3200, 6400, 10_000])
  expect(delays.at(-1)).toBe(10_000)
})

test('one that ran well for long comes back as fast as after a first failure', () => {
  expect(afterExit({ refusal: undefined, ranForMs: 60_000, failuresInRow: 9 })).toEqual({
    kind: 'restart',
    delayMs: 200,
    failuresInRow: 1,
  })
})

test('one that refused to run is not started again, and its reason is handed on', () => {
  expect(afterExit({ refusal: 'It runs already.', ranForMs: 50, failuresInRow: 0 })).toEqual({
    kind: 'giveUp',
    reason: 'It runs already.',
  })
})
