import { expect, test } from 'vitest'
import { digitsToMinor, planCash, quickCashAmounts, typeKey } from './cash.ts'

const typed = (...keys: Parameters<typeof typeKey>[1][]) => keys.reduce(typeKey, '')

test('the keypad fills digits from the right', () => {
  expect(digitsToMinor(typed('2'))).toBe(2)
  expect(digitsToMinor(typed('2', '00', '0'))).toBe(2000)
  expect(digitsToMinor(typed('0', '00', '5'))).toBe(5)
  expect(digitsToMinor(typed('1', '2', 'back'))).toBe(1)
  expect(digitsToMinor(typed('back'))).toBe(0)
})

test('the keypad stops at nine digits instead of running into another amount', () => {
  const nine = typed('1', '2', '3', '4', '5', '6', '7', '8', '9')
  expect(typeKey(nine, '0')).toBe(nine)
  expect(typeKey(nine.slice(1), '00')).toBe(nine.slice(1))
})

test('quick amounts are the next notes above what is due', () => {
  expect(quickCashAmounts(1375, 2)).toEqual([1400, 1500, 2000, 5000])
  expect(quickCashAmounts(8275, 2)).toEqual([8300, 8500, 9000, 10_000])
  expect(quickCashAmounts(2000, 2)).toEqual([5000, 10_000])
  expect(quickCashAmounts(980, 0)).toEqual([1000, 5000, 10_000])
})

test('cash covers all that is due, and the rest is change', () => {
  expect(planCash(1375, null, 2000)).toEqual({
    amountMinor: 1375,
    tipMinor: 0,
    tenderedMinor: 2000,
    changeMinor: 625,
    leftMinor: 0,
  })
  expect(planCash(1375, null, null)).toMatchObject({ amountMinor: 1375, changeMinor: 0 })
})

test('less cash pays a part, and a part may be paid with a larger note', () => {
  expect(planCash(1375, null, 1000)).toMatchObject({ amountMinor: 1000, leftMinor: 375 })
  expect(planCash(3000, 1000, 2000)).toEqual({
    amountMinor: 1000,
    tipMinor: 0,
    tenderedMinor: 2000,
    changeMinor: 1000,
    leftMinor: 2000,
  })
})

test('never more than is due, and nothing where there is nothing to take', () => {
  expect(planCash(1375, 9999, 9999)).toMatchObject({ amountMinor: 1375, changeMinor: 8624 })
  expect(planCash(1375, null, 0)).toBeNull()
  expect(planCash(0, null, 500)).toBeNull()
})

test('[M1] a tip comes out of what is above the bill: so much of it, or the rest; never out of the bill', () => {
  expect(planCash(4_023, null, 5_000, 477)).toEqual({
    amountMinor: 4_023,
    tipMinor: 477,
    tenderedMinor: 5_000,
    changeMinor: 500,
    leftMinor: 0,
  })
  expect(planCash(4_023, null, 4_500, 'rest')).toMatchObject({ tipMinor: 477, changeMinor: 0 })
  expect(planCash(4_023, null, null, 477)).toMatchObject({ tenderedMinor: 4_500, tipMinor: 477 })
  expect(planCash(4_023, null, null, 'rest')).toMatchObject({ tenderedMinor: 4_023, tipMinor: 0 })
  expect(planCash(4_023, null, 2_000, 477)).toMatchObject({ amountMinor: 2_000, tipMinor: 0 })
  expect(planCash(4_023, null, 2_000, 'rest')).toMatchObject({ amountMinor: 2_000, tipMinor: 0 })
})
