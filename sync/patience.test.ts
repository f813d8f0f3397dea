import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createFrameLine } from './frame-line.ts'
import { PATIENCE_PER_MS, PAUSED_TOO_LONG_MS } from './limits.ts'
import { createPatienceByMember } from './patience.ts'

let nowMs = 0
const patienceWith = () => createPatienceByMember(() => nowMs)

beforeEach(() => {
  nowMs = 0
  vi.useFakeTimers()
})
afterEach(() => void vi.useRealTimers())

const passMs = (ms: number): void => {
  nowMs += ms
  vi.advanceTimersByTime(ms)
}

/** A line of frames that cost a millisecond each. `worthIt`: those that bring something new. */
function lineOf(patience: ReturnType<ReturnType<typeof patienceWith>>, worthIt = false) {
  const seen = { taken: 0, paused: 0, resumed: 0, ended: false }
  const line = createFrameLine<number>({
    patience,
    monotonicMs: () => nowMs,
    take() {
      nowMs += 1
      seen.taken += 1
      if (worthIt) patience.restore()
      return !worthIt
    },
    pause: () => void (seen.paused += 1),
    resume: () => void (seen.resumed += 1),
    onNoPatienceLeft: () => void (seen.ended = true),
  })
  return { seen, line }
}

test('[P3] frames without use are taken for a fiftieth of the time, whatever comes', () => {
  const { seen, line } = lineOf(patienceWith()('mad'))
  for (let n = 0; n < 1_000; n += 1) line.push(n)
  const atOnce = seen.taken
  expect(atOnce).toBeLessThan(100)
  expect(seen.paused).toBe(1)
  for (let passed = 0; passed < 5_000; passed += 50) passMs(50)
  const later = seen.taken - atOnce
  expect(later).toBeGreaterThan(0)
  expect(later).toBeLessThanOrEqual(5_000 * PATIENCE_PER_MS * 1.5)
})

test('[P3] who sends them for too long is ended', () => {
  const { seen, line } = lineOf(patienceWith()('mad'))
  for (let n = 0; n < 100_000; n += 1) line.push(n)
  for (let passed = 0; passed < 2 * PAUSED_TOO_LONG_MS; passed += 50) passMs(50)
  expect(seen.ended).toBe(true)
})

test('[P3] who brings something new is never made to wait', () => {
  const { seen, line } = lineOf(patienceWith()('good'), true)
  for (let n = 0; n < 10_000; n += 1) line.push(n)
  expect(seen).toMatchObject({ taken: 10_000, paused: 0, ended: false })
})

test('[P3] a member that asks little does not feel those that ask too much', () => {
  const members = patienceWith()
  for (const name of ['mad 1', 'mad 2', 'mad 3']) {
    const { line } = lineOf(members(name))
    for (let n = 0; n < 1_000; n += 1) line.push(n)
  }
  const { seen, line } = lineOf(members('good'))
  line.push(1)
  expect(seen).toMatchObject({ taken: 1, paused: 0 })
})

test('[P3] a new connection of the same member brings no new patience', () => {
  const members = patienceWith()
  const first = lineOf(members('mad'))
  for (let n = 0; n < 1_000; n += 1) first.line.push(n)
  const second = lineOf(members('mad'))
  second.line.push(1)
  expect(second.seen).toMatchObject({ taken: 0, paused: 1 })
})

test('[P3] a line that has ended takes nothing more', () => {
  const { seen, line } = lineOf(patienceWith()('mad'))
  for (let n = 0; n < 1_000; n += 1) line.push(n)
  const { taken } = seen
  line.end()
  passMs(10_000)
  expect(seen.taken).toBe(taken)
})
