import { expect, test } from 'vitest'
import { tooOld } from './server-version.ts'

test('[U6] a PostgreSQL that is too old is named with the version that is needed', () => {
  expect(tooOld(150018, '15.18')).toMatch(/is PostgreSQL 15\.18; the centre needs 16 or newer/)
  expect(tooOld(160000, '16.0')).toBeNull()
  expect(tooOld(180004, '18.4 (Debian 18.4-1)')).toBeNull()
})
