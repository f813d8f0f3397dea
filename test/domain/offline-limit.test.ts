import fc from 'fast-check'
import { expect, test } from 'vitest'
import { offlineLeftMinor } from '../../domain/offline-limit.ts'

const taken = { limitMinor: 9_000, ownMinor: 0, othersMinor: 0, tills: 3, hearsAll: true }

test.each([
  ['all of it, where all are heard', {}, 9_000],
  ['an equal part, where one is not', { hearsAll: false }, 3_000],
  ['less what others took', { othersMinor: 6_000, hearsAll: false }, 1_000],
  ['less what it took itself', { ownMinor: 2_500, hearsAll: false }, 500],
  ['nothing more, once its part is gone', { ownMinor: 5_000, hearsAll: false }, 0],
  ['and the rest of it again with the others', { ownMinor: 5_000 }, 4_000],
  ['all of it, where there is one till', { tills: 1, hearsAll: false }, 9_000],
  ['nothing, where nothing is allowed', { limitMinor: 0 }, 0],
])('[M7] a till may take %s', (_, more, left) => {
  expect(offlineLeftMinor({ ...taken, ...more })).toBe(left)
})

/** Tills that hear each other, or not, and pay what they may; who hears somebody knows what he took. */
const story = fc.integer({ min: 1, max: 5 }).chain((tills) =>
  fc.record({
    tills: fc.constant(tills),
    limit: fc.integer({ min: 0, max: 10_000 }),
    steps: fc.array(
      fc.record({
        till: fc.integer({ min: 0, max: tills - 1 }),
        /** Of each pair whether its cable is in. */
        links: fc.array(fc.boolean(), { minLength: tills * tills, maxLength: tills * tills }),
        part: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
      { maxLength: 30 },
    ),
  }),
)

function takeAll({ tills, limit, steps }: typeof story extends fc.Arbitrary<infer S> ? S : never) {
  /** `known[a][b]`: what a knows that b took. */
  const known = Array.from({ length: tills }, () => Array.from({ length: tills }, () => 0))
  let apart = 0
  for (const { till, links, part } of steps) {
    const isLinked = (a: number, b: number): boolean =>
      links[Math.min(a, b) * tills + Math.max(a, b)] === true
    const others = [...Array(tills).keys()].filter((one) => one !== till)
    const heard = others.filter((one) => isLinked(till, one))
    const share = (a: number, b: number): void =>
      known[a]!.forEach((minor, one) => (known[a]![one] = Math.max(minor, known[b]![one]!)))
    for (const one of heard) share(till, one)
    const hearsAll = heard.length === others.length
    if (!hearsAll) apart += 1
    const left = offlineLeftMinor({
      limitMinor: limit,
      ownMinor: known[till]![till]!,
      othersMinor: others.reduce((sum, one) => sum + known[till]![one]!, 0),
      tills,
      hearsAll,
    })
    known[till]![till]! += Math.floor(left * part)
    for (const one of heard) share(one, till)
  }
  return { taken: known.reduce((sum, own, till) => sum + own[till]!, 0), apart }
}

test('[M7] whoever hears whom, and however often: the tills of a store never take more than its limit', () => {
  let apart = 0
  fc.assert(
    fc.property(story, (one) => {
      const played = takeAll(one)
      apart += played.apart
      expect(played.taken).toBeLessThanOrEqual(one.limit)
    }),
    { numRuns: 500 },
  )
  expect(apart).toBeGreaterThan(500)
})
