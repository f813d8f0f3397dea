import { expect, test } from 'vitest'
import { nextClock } from '../../domain/clock.ts'
import type { Holding } from '../../sync/peers.ts'
import { parseConfig } from '../config.ts'
import { leavingRule } from './leaving.ts'

const NOW_MS = Date.UTC(2026, 5, 1, 12)
const DAY_MS = 86_400_000
const order = new Map([
  ['a', 5],
  ['b', 2],
])
const all = new Map([
  ['a', 9],
  ['b', 2],
])
const half = new Map([['a', 9]])
const holding = (frontier: ReadonlyMap<string, number>, connected = false): Holding => ({
  deviceId: 'x',
  connected,
  frontier,
})
const ruleOf = (over: Partial<Parameters<typeof leavingRule>[0]>) =>
  leavingRule({
    keepClosedDays: 30,
    centre: () => all,
    holdings: () => [holding(all)],
    nowMs: () => NOW_MS,
    ...over,
  })

test('[L7] an order may leave when the centre and one other device hold all of it', () => {
  expect(ruleOf({}).isSafe(order)).toBe(true)
  expect(ruleOf({ centre: () => half }).isSafe(order)).toBe(false)
  expect(ruleOf({ holdings: () => [] }).isSafe(order)).toBe(false)
  // Two halves on two devices are no copy.
  const halves = [holding(half), holding(new Map([['b', 2]]))]
  expect(ruleOf({ holdings: () => halves }).isSafe(order)).toBe(false)
  expect(ruleOf({ holdings: () => [holding(half), holding(all)] }).isSafe(order)).toBe(true)
})

test('[L7] a device that is there and lacks some of it gets it first', () => {
  const others = [holding(all), holding(half, true)]
  expect(ruleOf({ holdings: () => others }).isSafe(order)).toBe(false)
})

test('[L7] orders leave so many days after their last change, and never where that is wished', () => {
  const daysAgo = (days: number) => nextClock(0, NOW_MS - days * DAY_MS)
  expect(ruleOf({}).before).toBe(daysAgo(30))
  expect(ruleOf({ keepClosedDays: 0 }).before).toBe(daysAgo(0))
  expect(ruleOf({ keepClosedDays: 'never' }).before).toBe(0)
  expect(ruleOf({ centre: () => null }).before).toBe(0)
})

test('[L7] nothing of the last day leaves because another device says so', () => {
  const daysAgo = (days: number) => nextClock(0, NOW_MS - days * DAY_MS)
  expect(ruleOf({}).endedBefore).toBe(daysAgo(1))
  expect(ruleOf({ keepClosedDays: 'never' }).endedBefore).toBe(daysAgo(1))
  expect(ruleOf({}).mayBeUpstream('b', 3)).toBe(false)
  expect(ruleOf({ centre: () => null }).mayBeUpstream('b', 3)).toBe(true)
})

test('[L7] how long closed orders are kept is set in whole days, or to never', () => {
  const keptFor = (value: string) => {
    const parsed = parseConfig(`orders:\n  keep_closed_days: ${value}\n`, 'orders.yaml')
    return parsed.ok ? parsed.value.orders.keep_closed_days : parsed.error
  }
  expect(keptFor('0')).toBe(0)
  expect(keptFor('never')).toBe('never')
  for (const wrong of ['-1', '1.5', '4000', 'sometimes']) {
    expect(keptFor(wrong)).toContain('orders.yaml:2: orders.keep_closed_days')
  }
})
