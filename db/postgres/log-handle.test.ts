import { expect, test } from 'vitest'
import { mayReadOn, newestHandle, type NamedLog } from './log-handle.ts'

const LOG = '0b6fd5b4-2d4e-4c1e-9f3a-1f2e3d4c5b6a'
const log = (prunings: number, prunedTo: number): NamedLog => ({
  logHandle: LOG,
  prunings,
  prunedTo,
})

test('[U3] who is ahead of what was pruned reads on under the name that he has', () => {
  expect(newestHandle(log(0, 0))).toBe(LOG)
  expect(newestHandle(log(2, 50))).toBe(`${LOG}.2`)
  expect(mayReadOn(log(0, 0), LOG, 0)).toBe(true)
  for (const handle of [LOG, `${LOG}.1`]) {
    expect(mayReadOn(log(2, 50), handle, 50)).toBe(true)
    expect(mayReadOn(log(2, 50), handle, 49)).toBe(false)
  }
  // A snapshot under the newest name comes past every position.
  expect(mayReadOn(log(2, 50), `${LOG}.2`, 1)).toBe(true)
})

test('[U3] no other name is one of this log', () => {
  for (const handle of [
    '',
    'another',
    `${LOG}.3`,
    `${LOG}.0`,
    `${LOG}.x`,
    `${LOG}.1.1`,
    `${LOG}.`,
  ]) {
    expect([handle, mayReadOn(log(2, 50), handle, 60)]).toEqual([handle, false])
  }
})
