import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { JournalLine } from '../../domain/journal.ts'
import { isForgotten, readShifts, workedMs, type Shift } from '../../domain/shifts.ts'

const NOON = Date.UTC(2026, 0, 1, 12)
const HOUR = 3_600_000
const at = (hours: number) => new Date(NOON + hours * HOUR).toISOString()

const line = (
  kind: 'shift_started' | 'shift_ended' | 'shift_corrected',
  about: string,
  hours: number,
  value: object = { staffId: 'ana', deviceId: 'till' },
): JournalLine =>
  ({
    type: 'journal.written',
    kind,
    id: kind === 'shift_started' ? about : `${about}-${kind}-${hours}`,
    about,
    value,
    at: at(hours),
    actor: 'staff:ana',
    commandId: 'c',
  }) as JournalLine

const correction = (about: string, version: number, from: number, to: number | null) =>
  line('shift_corrected', about, version, {
    version,
    from: at(from),
    to: to === null ? null : at(to),
    reason: 'was told so',
  })

test('[A7] the lines of shifts come to the same in every order, and repeated', () => {
  const lines = [
    line('shift_started', 'one', 0),
    line('shift_ended', 'one', 5),
    line('shift_ended', 'one', 6),
    line('shift_started', 'two', 7),
    correction('two', 1, 7, 9),
    correction('two', 2, 6, null),
    line('shift_ended', 'never begun here', 1),
  ]
  const expected = readShifts(lines)
  expect(expected).toMatchObject([
    { id: 'one', from: at(0), to: at(5), corrected: null },
    { id: 'two', from: at(6), to: null, corrected: { reason: 'was told so' } },
  ])
  fc.assert(
    fc.property(fc.shuffledSubarray(lines, { minLength: lines.length }), (shuffled) => {
      expect(readShifts(shuffled)).toEqual(expected)
    }),
  )
})

const stretches = fc.array(
  fc.record({ from: fc.integer({ min: 0, max: 12 }), hours: fc.integer({ min: 0, max: 6 }) }),
  { maxLength: 8 },
)

const shift = (from: number, to: number | null, more: Partial<Shift> = {}): Shift => ({
  id: `${from}-${String(to)}`,
  staffId: 'ana',
  from: at(from),
  to: to === null ? null : at(to),
  corrected: null,
  isVoid: false,
  ...more,
})

test('[A7] hours that were clocked twice, by two tills apart, count once', () => {
  fc.assert(
    fc.property(stretches, (list) => {
      const worked = new Set(
        list.flatMap(({ from, hours }) => Array.from({ length: hours }, (_, n) => from + n)),
      )
      const shifts = list.map(({ from, hours }) => shift(from, from + hours))
      expect(workedMs(shifts, NOON + 99 * HOUR)).toBe(worked.size * HOUR)
    }),
  )
})

test('[A8] who is there counts until now; who forgot to leave counts for nothing and is shown', () => {
  const now = NOON + 6 * HOUR
  expect(workedMs([shift(2, null)], now)).toBe(4 * HOUR)
  const forgotten = shift(-12, null)
  expect(isForgotten(forgotten, now)).toBe(true)
  expect(isForgotten(shift(-12, -4), now)).toBe(false)
  expect(workedMs([forgotten, shift(0, 1)], now)).toBe(HOUR)
  expect(workedMs([shift(0, 5, { isVoid: true })], now)).toBe(0)
})
