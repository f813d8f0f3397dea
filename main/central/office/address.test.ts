import { expect, test } from 'vitest'
import { addressOf } from './address.ts'

const from = (remoteAddress: string, forwarded?: string): string =>
  addressOf({
    socket: { remoteAddress },
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
  } as Parameters<typeof addressOf>[0])

test('[O2] an address is the one that the nearest proxy saw, and not what the caller says', () => {
  expect(from('127.0.0.1')).toBe('127.0.0.1')
  expect(from('127.0.0.1', '203.0.113.9')).toBe('203.0.113.9')
  expect(from('127.0.0.1', '1.2.3.4, 203.0.113.9')).toBe('203.0.113.9')
  expect(from('127.0.0.1', 'nonsense')).toBe('127.0.0.1')
  expect(from('198.51.100.7', '203.0.113.9')).toBe('198.51.100.7')
})

test('[O2] the addresses of one house in version 6 are one', () => {
  expect(from('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2')
  expect(from('2001:db8:1:2::9')).toBe('2001:db8:1:2')
  expect(from('2001:db8::9')).toBe('2001:db8:0:0')
  expect(from('::1', '2001:db8:7:8::1')).toBe('2001:db8:7:8')
})
