import { expect, test } from 'vitest'
import { MAX_PEERS } from '../protocol/limits.ts'
import { PENALTY_BROKEN_MAX_MS, PENALTY_MAX_MS, PENALTY_MIN_MS } from './limits.ts'
import { createPenalties } from './penalties.ts'

function withClock() {
  let nowMs = 1_000
  const penalties = createPenalties(() => nowMs)
  const outForMs = (deviceId: string): number => {
    const fromMs = nowMs
    while (penalties.isOut(deviceId)) nowMs += 100
    return nowMs - fromMs
  }
  return { penalties, outForMs }
}

test('[P3] each misbehaviour keeps a device out for longer, up to a limit', () => {
  const { penalties, outForMs } = withClock()
  const waits = Array.from({ length: 10 }, () => {
    penalties.ended('mad', 'misbehaved', false)
    return outForMs('mad')
  })
  expect(waits.slice(0, 3)).toEqual([PENALTY_MIN_MS, PENALTY_MIN_MS * 2, PENALTY_MIN_MS * 4])
  expect(waits.at(-1)).toBe(PENALTY_MAX_MS)
})

test('[P3] hashes that do not chain keep a device out only shortly', () => {
  const { penalties, outForMs } = withClock()
  for (let n = 0; n < 10; n += 1) penalties.ended('forked', 'broken_entries', false)
  expect(outForMs('forked')).toBe(PENALTY_BROKEN_MAX_MS)
})

test('[P3] a good session wipes the slate; a lost one does not; others are not concerned', () => {
  const { penalties, outForMs } = withClock()
  penalties.ended('mad', 'misbehaved', false)
  expect(penalties.isOut('other')).toBe(false)
  outForMs('mad')
  penalties.ended('mad', 'lost', false)
  penalties.ended('mad', 'misbehaved', false)
  expect(outForMs('mad')).toBe(PENALTY_MIN_MS * 2)
  penalties.ended('mad', 'bye', true)
  penalties.ended('mad', 'misbehaved', false)
  expect(outForMs('mad')).toBe(PENALTY_MIN_MS)
})

test('[P3] it remembers no more devices than a store can have', () => {
  const { penalties } = withClock()
  for (let n = 0; n <= MAX_PEERS; n += 1) penalties.ended(`d${n}`, 'misbehaved', false)
  expect(penalties.isOut('d0')).toBe(false)
  expect(penalties.isOut('d1')).toBe(true)
})
