import { expect, test } from 'vitest'
import { discountOf, isAbove } from './discount.ts'

test('[A3] what is typed is a discount while it is something and not more than all of it', () => {
  expect(discountOf('amount', 0, 5_000)).toBeNull()
  expect(discountOf('amount', 5_000, 5_000)).toEqual({ kind: 'amount', amountMinor: 5_000 })
  expect(discountOf('amount', 5_001, 5_000)).toBeNull()
  expect(discountOf('percent', 12, 5_000)).toEqual({ kind: 'percent', ratePpm: 120_000 })
  expect(discountOf('percent', 101, 5_000)).toBeNull()
  // Ten percent without a manager: an amount is measured by what it takes off.
  const amount = (amountMinor: number) => ({ kind: 'amount', amountMinor }) as const
  expect(isAbove(100_000, amount(500), 5_000)).toBe(false)
  expect(isAbove(100_000, amount(501), 5_000)).toBe(true)
  expect(isAbove(100_000, { kind: 'percent', ratePpm: 100_000 }, 5_000)).toBe(false)
})
