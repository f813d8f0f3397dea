import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { businessDayOf, businessDayStart } from '../../domain/business-day.ts'
import { clockToMs, compareStamps, nextClock, observeClock } from '../../domain/clock.ts'
import { childDeviceCode, orderNumberOf, ticketIdOf } from '../../domain/ids.ts'
import { countMissing, missingRanges } from '../../domain/log.ts'

const ms = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2089, 0, 1) })

describe('the hybrid logical clock', () => {
  test('[T1] goes only forward, whatever the wall clock does', () => {
    fc.assert(
      fc.property(fc.array(ms, { minLength: 2, maxLength: 50 }), (walls) => {
        let clock = 0
        for (const wall of walls) {
          const next = nextClock(clock, wall)
          expect(next).toBeGreaterThan(clock)
          expect(Number.isSafeInteger(next)).toBe(true)
          clock = next
        }
      }),
    )
  })

  test('[T1] what is written after something was seen is later than it', () => {
    fc.assert(
      fc.property(ms, ms, (here, there) => {
        const remote = nextClock(0, there)
        expect(nextClock(observeClock(nextClock(0, here), remote), here)).toBeGreaterThan(remote)
      }),
    )
  })

  test('[T1] carries the wall clock, and lasts until 2089', () => {
    const wall = Date.UTC(2026, 10, 22, 12)
    expect(clockToMs(nextClock(0, wall))).toBe(wall)
    expect(nextClock(0, Date.UTC(2089, 0, 1))).toBeLessThan(Number.MAX_SAFE_INTEGER)
  })

  test('[T1] stamps are totally ordered, ties by origin', () => {
    const stamp = fc.record({
      clock: fc.nat({ max: 3 }),
      origin: fc.constantFrom('a', 'b', 'c'),
      index: fc.nat({ max: 2 }),
    })
    fc.assert(
      fc.property(stamp, stamp, stamp, (a, b, c) => {
        expect(Math.sign(compareStamps(a, b))).toBe(-Math.sign(compareStamps(b, a)) + 0)
        if (compareStamps(a, b) <= 0 && compareStamps(b, c) <= 0) {
          expect(compareStamps(a, c)).toBeLessThanOrEqual(0)
        }
      }),
    )
  })
})

describe('numbers and ids', () => {
  test('[N1] no two members, however deep, ever hand out the same code', () => {
    const codes = new Set(['A'])
    let generation = ['A']
    for (let depth = 0; depth < 3; depth += 1) {
      generation = generation.flatMap((parent) =>
        Array.from({ length: depth === 0 ? 60 : 30 }, (_, nth) => childDeviceCode(parent, nth)),
      )
      for (const code of generation) {
        expect(codes.has(code)).toBe(false)
        codes.add(code)
      }
    }
    expect(codes.size).toBe(1 + 60 + 60 * 30 + 60 * 30 * 30)
  })

  test('[N1] a number is the code and the count, told apart from every other', () => {
    expect(orderNumberOf('A', 17)).toBe('A-017')
    expect(orderNumberOf('A1B', 1_234)).toBe('A1B-1234')
  })

  test('[K1] the ticket of a firing and a station has one id', () => {
    expect(ticketIdOf('f', 'grill')).toBe(ticketIdOf('f', 'grill'))
    expect(ticketIdOf('f', 'grill')).not.toBe(ticketIdOf('f', 'cold'))
  })
})

describe('the business day', () => {
  test.each([
    ['2026-03-01T03:59:00-05:00', '2026-02-28'],
    ['2026-03-01T04:00:00-05:00', '2026-03-01'],
    ['2026-03-02T03:00:00-05:00', '2026-03-01'],
  ])('a sale at %s in New York belongs to %s', (at, day) => {
    expect(businessDayOf(Date.parse(at), 'America/New_York', 240)).toBe(day)
  })
})

describe('the beginning of a business day', () => {
  test.each([
    ['2026-03-01', 'America/New_York', 240, '2026-03-01T04:00:00-05:00'],
    ['2026-11-23', 'UTC', 0, '2026-11-23T00:00:00Z'],
    ['2026-11-23', 'Asia/Kathmandu', 30, '2026-11-23T00:30:00+05:45'],
    ['2026-11-23', 'Pacific/Kiritimati', 0, '2026-11-23T00:00:00+14:00'],
    // A day that begins at one o'clock, because the clocks go forward at midnight.
    ['2026-04-24', 'Africa/Cairo', 0, '2026-04-24T01:00:00+03:00'],
  ])('%s in %s, %i minutes after midnight', (day, zone, minutes, start) => {
    expect(businessDayStart(day, zone, minutes)).toBe(Date.parse(start))
  })

  test('it is the first moment that belongs to the day', () => {
    const zone = fc.constantFrom(
      'America/New_York',
      'Australia/Lord_Howe',
      'Europe/Rome',
      'America/St_Johns',
    )
    const day = fc.integer({ min: 0, max: 800 }).map((n) => Date.UTC(2026, 0, 1 + n))
    fc.assert(
      fc.property(zone, day, fc.integer({ min: 0, max: 1439 }), (timeZone, ms, minutes) => {
        const named = new Date(ms).toISOString().slice(0, 10)
        const start = businessDayStart(named, timeZone, minutes)
        expect(businessDayOf(start, timeZone, minutes)).toBe(named)
        expect(businessDayOf(start - 1, timeZone, minutes) < named).toBe(true)
      }),
    )
  })
})

describe('frontiers', () => {
  const frontier = fc
    .dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.integer({ min: 1, max: 50 }))
    .map((held) => new Map(Object.entries(held)))

  test('[L2] what is missing, and no more, is what makes one frontier cover the other', () => {
    fc.assert(
      fc.property(frontier, frontier, (ours, theirs) => {
        const after = new Map(theirs)
        let count = 0
        for (const { origin, fromSeq, toSeq } of missingRanges(ours, theirs)) {
          expect(fromSeq).toBe((theirs.get(origin) ?? 0) + 1)
          after.set(origin, toSeq)
          count += toSeq - fromSeq + 1
        }
        expect(count).toBe(countMissing(ours, theirs))
        for (const [origin, seq] of ours) expect(after.get(origin)).toBeGreaterThanOrEqual(seq)
      }),
    )
  })
})
