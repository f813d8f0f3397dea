import { expect, test } from 'vitest'
import type { Frontier } from '../../domain/log.ts'
import { createAlone } from './alone.ts'
import { createSaved } from './saved.ts'

const frontier = (held: Record<string, number>): Frontier => new Map(Object.entries(held))

test('[L1] an order is on two once one other device reaches its last number in every origin', () => {
  let held: Frontier[] = []
  const heads = new Map([
    ['old', frontier({ a: 3, b: 2 })],
    ['mine', frontier({ a: 5 })],
  ])
  const saved = createSaved({
    orderIds: ['old', 'mine'],
    readHeads: (orderIds) => new Map(orderIds.map((id) => [id, heads.get(id) ?? new Map()])),
    holdings: () => held.map((known) => ({ deviceId: 'x', connected: false, frontier: known })),
  })
  expect(saved.onTwo()).toEqual([])

  // Two devices with a half each are not one device with the whole.
  held = [frontier({ a: 4 }), frontier({ b: 9 })]
  expect(saved.check()).toEqual({ onTwo: [], onlyHere: [] })
  held = [frontier({ a: 4, b: 2 })]
  expect(saved.check()).toEqual({ onTwo: ['old'], onlyHere: [] })
  expect(saved.check()).toEqual({ onTwo: [], onlyHere: [] })

  // One more event, which nobody else has yet; then one that came from another device.
  expect(saved.touch(new Map([['old', frontier({ a: 6 })]]))).toEqual({
    onTwo: [],
    onlyHere: ['old'],
  })
  held = [frontier({ a: 6, b: 2 })]
  expect(saved.check().onTwo.toSorted()).toEqual(['mine', 'old'])
  held = [frontier({ a: 6, b: 3 })]
  expect(saved.touch(new Map([['old', frontier({ b: 3 })]]))).toEqual({ onTwo: [], onlyHere: [] })

  // An order that was forgotten is read whole: its new part alone would say too much.
  saved.forget(['old'])
  expect(saved.onTwo()).toEqual(['mine'])
  heads.set('old', frontier({ a: 6, b: 4 }))
  expect(saved.touch(new Map([['old', frontier({ a: 6 })]]))).toEqual({ onTwo: [], onlyHere: [] })
  held = [frontier({ a: 6, b: 4 })]
  expect(saved.check().onTwo).toEqual(['old'])
})

test('[L1] a device is alone since no other that is there holds all that it wrote', () => {
  let nowMs = 1_000
  let written = 5
  let holding = { deviceId: 'b', connected: true, frontier: frontier({ a: 5 }) }
  const aloneSinceMs = createAlone({
    log: { ownOrigin: () => 'a', frontier: () => frontier({ a: written }) },
    holdings: () => [holding],
    nowMs: () => nowMs,
  })
  expect(aloneSinceMs()).toBeNull()
  written = 6
  nowMs = 2_000
  // Connected, and nothing is taken in.
  expect(aloneSinceMs()).toBe(2_000)
  nowMs = 3_000
  expect(aloneSinceMs()).toBe(2_000)
  holding = { ...holding, frontier: frontier({ a: 6 }) }
  expect(aloneSinceMs()).toBeNull()
  holding = { ...holding, connected: false }
  expect(aloneSinceMs()).toBe(3_000)
})
