import { expect, test } from 'vitest'
import { offsetPeriods } from './zone-offsets.ts'

const periods = (zone: string, from: string, to: string) =>
  offsetPeriods(zone, Date.parse(from), Date.parse(to)).map(
    ({ fromMs, offsetMinutes }) => `${new Date(fromMs).toISOString()} ${offsetMinutes}`,
  )

test('a year has a period for each time that the clocks change', () => {
  expect(periods('America/New_York', '2026-01-01', '2027-01-01')).toEqual([
    '2026-01-01T00:00:00.000Z -300',
    '2026-03-08T07:00:00.000Z -240',
    '2026-11-01T06:00:00.000Z -300',
  ])
  expect(periods('Australia/Lord_Howe', '2026-04-01', '2026-05-01')).toEqual([
    '2026-04-01T00:00:00.000Z 660',
    '2026-04-04T15:00:00.000Z 630',
  ])
})

test('a zone that changes nothing has one', () => {
  expect(periods('Asia/Kathmandu', '2026-01-01', '2027-01-01')).toEqual([
    '2026-01-01T00:00:00.000Z 345',
  ])
  expect(periods('UTC', '2026-01-01', '2026-01-01')).toEqual(['2026-01-01T00:00:00.000Z 0'])
})
