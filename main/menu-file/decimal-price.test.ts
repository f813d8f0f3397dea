import fc from 'fast-check'
import { expect, test } from 'vitest'
import { currencyDigits, formatPrice, parsePrice } from './decimal-price.ts'

test('a price goes to text and back, for every number of decimals', () => {
  fc.assert(
    fc.property(fc.nat(100_000_000), fc.nat(3), (minor, digits) => {
      expect(parsePrice(formatPrice(minor, digits), digits)).toBe(minor)
    }),
  )
})

test.each([
  ['12.50', 2, 1250],
  ['12.5', 2, 1250],
  ['12', 2, 1200],
  ['0.07', 2, 7],
  ['1.005', 3, 1005],
  ['1250', 0, 1250],
  ['1.15', 2, 115],
])('%s with %i decimals is %i', (text, digits, minor) => {
  expect(parsePrice(text, digits)).toBe(minor)
})

test.each([
  '',
  '12.505',
  '12,50',
  '1,250.00',
  '$12',
  '-1',
  '+1',
  '12.',
  '.50',
  '1e3',
  '0x10',
  '١٢',
  '9'.repeat(10),
])('%j is no price', (text) => {
  expect(parsePrice(text, 2)).toBeNull()
})

test('a currency knows its decimals', () => {
  expect(['USD', 'JPY', 'KWD'].map(currencyDigits)).toEqual([2, 0, 3])
})
