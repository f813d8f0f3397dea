import { expect, test } from 'vitest'
import { localTextOf, momentOf } from './zone.ts'

const iso = (local: string, zone: string): string | null => {
  const ms = momentOf(local, zone)
  return ms === null ? null : new Date(ms).toISOString()
}

test.each([
  ['2026-11-22T05:00', 'America/New_York', '2026-11-22T10:00:00.000Z'],
  ['2026-07-01T00:30', 'Europe/Rome', '2026-06-30T22:30:00.000Z'],
  ['2026-07-01T00:30', 'Asia/Kathmandu', '2026-06-30T18:45:00.000Z'],
  // Clocks go back: two in the morning comes twice, and the first is meant.
  ['2026-11-01T01:30', 'America/New_York', '2026-11-01T05:30:00.000Z'],
  // Clocks go forward: half past two never comes.
  ['2026-03-08T02:30', 'America/New_York', '2026-03-08T07:30:00.000Z'],
])('[B2] %s on the clocks of %s is %s', (local, zone, moment) => {
  expect(iso(local, zone)).toBe(moment)
})

test('[B2] what a field shows is read as the same moment', () => {
  for (const zone of ['America/New_York', 'Europe/Rome', 'Australia/Lord_Howe', 'UTC']) {
    for (let month = 0; month < 12; month++) {
      const ms = Date.UTC(2026, month, 17, 11, 40)
      expect(momentOf(localTextOf(ms, zone), zone)).toBe(ms)
    }
  }
})

test('[B2] half a date is no moment', () => {
  expect(momentOf('2026-11-22', 'UTC')).toBeNull()
  expect(momentOf('', 'UTC')).toBeNull()
  expect(momentOf('2026-13-40T10:00', 'UTC')).toBeNull()
})
