import { expect, test } from 'vitest'
import { hashText, type ShapeName } from '../protocol/shape.ts'
import { createMemoryLog, type MemoryLog } from '../test/support/memory-log.ts'
import { heldAlready } from './already-held.ts'

const namesIn = (log: MemoryLog, origin: string): ShapeName[] =>
  Array.from({ length: log.frontier().get(origin) ?? 0 }, (_, index) => {
    const range = log.readRange(origin, index + 1, 1, 1)
    return { origin, seq: index + 1, hash: hashText(range?.lastHash ?? new Uint8Array()) }
  })

test('[U3] what this device has brought to the centre itself is not looked at again', () => {
  const log = createMemoryLog('store', 'till')
  log.append('1', '2', '3')
  const names = namesIn(log, 'till')
  const isHeld = heldAlready(names, log)
  expect(names.map(isHeld)).toEqual([true, true, true])
  const behind = createMemoryLog('store', 'till')
  behind.append('1', '2')
  expect(names.map(heldAlready(names, behind))).toEqual([true, true, false])
  expect(names.map(heldAlready(names, createMemoryLog('store', 'other')))).toEqual([
    ...[false, false, false],
  ])
})

test('[L2] of an origin with another branch at the centre nothing counts as held', () => {
  const [ours, theirs] = [createMemoryLog('store', 'till'), createMemoryLog('store', 'till')]
  ours.append('1', '2', '3')
  theirs.append('1', 'other')
  const names = namesIn(theirs, 'till')
  expect(names.map(heldAlready(names, ours))).toEqual([false, false])
  // Where the part that both share comes alone, it is the same.
  expect(heldAlready(names.slice(0, 1), ours)(names[0]!)).toBe(true)
})
