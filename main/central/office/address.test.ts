import { expect, test } from 'vitest'
import { houseOf } from './address.ts'

test('[O2] the addresses of one house in version 6 are one', () => {
  expect(houseOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2')
  expect(houseOf('2001:db8:1:2::9')).toBe('2001:db8:1:2')
  expect(houseOf('2001:db8::9')).toBe('2001:db8:0:0')
  expect(houseOf('203.0.113.9')).toBe('203.0.113.9')
})
