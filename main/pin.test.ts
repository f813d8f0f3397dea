import { expect, test } from 'vitest'
import { hashPin, verifyPin } from './pin.ts'

test('a PIN opens its own hash and no other PIN does', async () => {
  const hash = hashPin('1234')
  expect(hash).toMatch(/^[0-9a-f]{32}:[0-9a-f]{64}$/)
  expect(await verifyPin('1234', hash)).toBe(true)
  expect(await verifyPin('1235', hash)).toBe(false)
  expect(await verifyPin('', hash)).toBe(false)
})

test('two people with the same PIN have different hashes', () => {
  expect(hashPin('1234')).not.toBe(hashPin('1234'))
})

test.each(['', ':', 'ab:cd', `${'0'.repeat(32)}:`, `${'0'.repeat(32)}:${'g'.repeat(64)}`])(
  'what is not a hash (%j) opens for nobody and does not throw',
  async (hash) => {
    expect(await verifyPin('1234', hash)).toBe(false)
  },
)
