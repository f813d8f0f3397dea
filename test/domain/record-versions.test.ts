import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clockToMs, compareStamps, nextClock } from '../../domain/clock.ts'
import { parseEvent } from '../../domain/events.ts'
import { AT_ONCE, catalogAt, type RecordVersion } from '../../domain/record-versions.ts'

const DAY_MS = 86_400_000
const FRIDAY = Date.UTC(2026, 10, 20)
const [SATURDAY, MONDAY, TUESDAY, WEDNESDAY] = [1, 3, 4, 5].map((n) => FRIDAY + n * DAY_MS) as [
  number,
  number,
  number,
  number,
]
const isoOf = (ms: number): string => new Date(ms).toISOString()

/** A version of the one tax rate, whose name says which it is. */
const version = (
  name: string | null,
  writtenMs: number,
  validFrom: string = AT_ONCE,
  more: Partial<RecordVersion> = {},
): RecordVersion => ({
  kind: 'tax_rate',
  id: 'rate',
  validFrom,
  value: name === null ? null : { name, ratePpm: 0, included: false },
  withdrawn: false,
  stamp: { clock: nextClock(0, writtenMs), origin: 'a', index: 0 },
  ...more,
})
const nameAt = (versions: readonly RecordVersion[], atMs: number): string | null =>
  catalogAt(versions, atMs).catalog.tax_rate.get('rate')?.name ?? null

describe('which version counts', () => {
  const before = version('before', FRIDAY - 30 * DAY_MS)
  const scheduled = version('from Monday', FRIDAY, isoOf(MONDAY))

  test('[V1] what is written on Friday for Monday counts from Monday, to the millisecond', () => {
    const versions = [before, scheduled]
    expect(nameAt(versions, SATURDAY)).toBe('before')
    expect(nameAt(versions, MONDAY - 1)).toBe('before')
    expect(nameAt(versions, MONDAY)).toBe('from Monday')
    expect(catalogAt(versions, SATURDAY)).toMatchObject({ fromMs: -Infinity, untilMs: MONDAY })
    expect(catalogAt(versions, MONDAY)).toMatchObject({ fromMs: MONDAY, untilMs: Infinity })
  })

  test('[V1] a correction made at once on Saturday counts till then, one of Tuesday from then on', () => {
    const versions = [before, scheduled, version('Saturday', SATURDAY)]
    expect(nameAt(versions, SATURDAY + 1)).toBe('Saturday')
    expect(nameAt(versions, MONDAY)).toBe('from Monday')
    const later = [before, scheduled, version('Tuesday', TUESDAY)]
    expect(nameAt(later, TUESDAY)).toBe('Tuesday')
    expect(nameAt(later, WEDNESDAY)).toBe('Tuesday')
  })

  test('[V1] what arrives after its date counts since its date, not since it arrived', () => {
    const late = version('late', SATURDAY, isoOf(TUESDAY))
    const versions = [before, scheduled, late, version('Monday', MONDAY + 1)]
    expect(nameAt(versions, WEDNESDAY)).toBe('late')
  })

  test('[V1] null takes the record away from its date on, and what was withdrawn never comes', () => {
    const gone = version(null, FRIDAY, isoOf(MONDAY))
    expect(nameAt([before, gone], MONDAY - 1)).toBe('before')
    expect(nameAt([before, gone], MONDAY)).toBe(null)
    const withdrawn = { ...scheduled, withdrawn: true, value: null }
    expect(nameAt([before, withdrawn], TUESDAY)).toBe('before')
    expect(catalogAt([before, withdrawn], FRIDAY).untilMs).toBe(Infinity)
  })

  test('[T2] a device whose clock was years ahead keeps no change from counting at once', () => {
    const ahead = version('years ahead', FRIDAY + 2_000 * DAY_MS)
    const after = version('after', 0, AT_ONCE, {
      stamp: { clock: ahead.stamp.clock + 1, origin: 'b', index: 0 },
    })
    expect(nameAt([before, ahead], SATURDAY)).toBe('years ahead')
    expect(nameAt([before, after], SATURDAY)).toBe('after')
    const dated = version('dated', 0, isoOf(MONDAY), {
      stamp: { clock: ahead.stamp.clock + 2, origin: 'b', index: 0 },
    })
    expect(nameAt([before, after, dated], MONDAY - 1)).toBe('after')
    expect(nameAt([before, after, dated], MONDAY)).toBe('dated')
  })

  const moment = fc.integer({ min: 0, max: 12 }).map((n) => FRIDAY + n * DAY_MS)
  const someVersions = fc.uniqueArray(
    fc.record({
      id: fc.constantFrom('x', 'y'),
      validFrom: fc.oneof(fc.constant(AT_ONCE), moment.map(isoOf)),
      name: fc.option(fc.constantFrom('a', 'b', 'c', 'd')),
      withdrawn: fc.boolean(),
      writtenMs: moment,
      ticks: fc.nat(3),
      origin: fc.constantFrom('o', 'p'),
    }),
    { selector: ({ id, validFrom }) => `${id} ${validFrom}`, maxLength: 12 },
  )

  /** Says it the long way: a version counts unless another one came into effect after it. */
  function oracle(versions: readonly RecordVersion[], id: string, atMs: number): unknown {
    const hasCome = versions.filter(
      (one) =>
        one.id === id &&
        !one.withdrawn &&
        (one.validFrom === AT_ONCE || one.validFrom <= isoOf(atMs)),
    )
    const sinceOf = ({ validFrom, stamp }: RecordVersion): string => {
      const written = isoOf(clockToMs(stamp.clock))
      return validFrom > written ? validFrom : written
    }
    const isAfter = (a: RecordVersion, b: RecordVersion): boolean =>
      sinceOf(a) > sinceOf(b) || (sinceOf(a) === sinceOf(b) && compareStamps(a.stamp, b.stamp) > 0)
    return hasCome.find((one) => hasCome.every((other) => other === one || isAfter(one, other)))
      ?.value
  }

  test('[F1] whatever the order of the versions, at any moment the one counts that the rule names', () => {
    let counted = 0
    fc.assert(
      fc.property(someVersions, moment, fc.gen(), (drawn, atMs, g) => {
        const versions = drawn.map(
          ({ id, validFrom, name, withdrawn, writtenMs, ticks, origin }, index) =>
            version(name, 0, validFrom, {
              id,
              withdrawn,
              stamp: { clock: nextClock(0, writtenMs) + ticks, origin, index },
            }),
        )
        const shuffled = versions.toSorted(() => g(fc.constantFrom, -1, 1))
        const period = catalogAt(shuffled, atMs)
        for (const id of ['x', 'y']) {
          const expected = oracle(versions, id, atMs) ?? undefined
          expect(period.catalog.tax_rate.get(id)).toEqual(expected)
          counted += expected === undefined ? 0 : 1
        }
        // And the same holds for as long as it says.
        for (const edge of [period.fromMs, period.untilMs - 1]) {
          if (Number.isFinite(edge)) {
            expect(catalogAt(versions, edge).catalog.tax_rate).toEqual(period.catalog.tax_rate)
          }
        }
      }),
      { numRuns: 300 },
    )
    expect(counted).toBeGreaterThan(100)
  })
})

describe('events with a date', () => {
  const event = { type: 'record.set', kind: 'tax_rate', id: 'rate', value: null }
  const from = (validFrom: unknown) => parseEvent({ ...event, validFrom })

  test('[V1] a date has one spelling, and only what people edit can have one', () => {
    expect(parseEvent(event)).toEqual(event)
    expect(from('2026-11-23T00:00:00.000Z')).toMatchObject({ id: 'rate' })
    for (const other of [
      '2026-11-23',
      '2026-11-23T00:00:00Z',
      '2026-02-30T00:00:00.000Z',
      '0000-01-01T00:00:00.000Z',
      '2026-11-23T00:00:00.000+01:00',
      null,
      7,
    ]) {
      expect(from(other)).toBeNull()
    }
    const sold = { ...event, kind: 'availability', validFrom: '2026-11-23T00:00:00.000Z' }
    expect(parseEvent(sold)).toBeNull()
    expect(parseEvent({ ...sold, validFrom: undefined })).not.toBeNull()
  })

  test('[V1] only what has a date is withdrawn', () => {
    const withdrawn = { type: 'record.withdrawn', kind: 'tax_rate', id: 'rate' }
    expect(parseEvent({ ...withdrawn, validFrom: '2026-11-23T00:00:00.000Z' })).not.toBeNull()
    expect(parseEvent(withdrawn)).toBeNull()
    expect(
      parseEvent({ ...withdrawn, kind: 'device', validFrom: '2026-11-23T00:00:00.000Z' }),
    ).toBeNull()
  })
})
