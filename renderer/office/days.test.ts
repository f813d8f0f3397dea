import { expect, test } from 'vitest'
import { addDays, dayCount, isDay, rangeOf, readRange } from './days.ts'

// A Sunday: the week it ends began six days before.
const SUNDAY = '2026-11-22'

test.each([
  ['today', SUNDAY, SUNDAY, SUNDAY],
  ['yesterday', SUNDAY, '2026-11-21', '2026-11-21'],
  ['this_week', SUNDAY, '2026-11-16', SUNDAY],
  ['this_week', '2026-11-16', '2026-11-16', '2026-11-16'],
  ['last_week', SUNDAY, '2026-11-09', '2026-11-15'],
  ['last_week', '2026-01-01', '2025-12-22', '2025-12-28'],
  ['this_month', '2026-03-01', '2026-03-01', '2026-03-01'],
] as const)('[B1] %s on %s is from %s to %s', (preset, today, from, to) => {
  expect(rangeOf(preset, today)).toEqual({ from, to })
})

test('[B1] days are counted with both ends, over months and leap days', () => {
  expect(dayCount({ from: '2028-02-28', to: '2028-03-01' })).toBe(3)
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
  expect(isDay('2026-02-30')).toBe(false)
  expect(isDay('2026-2-3')).toBe(false)
})

test('[B1] an address that names no range means today', () => {
  const today = { preset: 'today', range: { from: SUNDAY, to: SUNDAY } }
  expect(readRange({}, SUNDAY)).toEqual(today)
  expect(readRange({ range: 'forever' }, SUNDAY)).toEqual(today)
  expect(readRange({ from: '2026-11-20', to: '2026-11-19' }, SUNDAY)).toEqual(today)
  expect(readRange({ from: '2026-11-01', to: '2026-11-19' }, SUNDAY)).toEqual({
    preset: null,
    range: { from: '2026-11-01', to: '2026-11-19' },
  })
})
