import { expect, test } from 'vitest'
import { decimalsOf, formatAge, formatMoney, formatSurcharge, formatTimer } from './format.ts'

const digits = (text: string) => text.replace(/[^\d.,-]/g, '').replace(',', '.')

test('money is written with the decimals of its currency', () => {
  expect(digits(formatMoney(1250, 'USD'))).toBe('12.50')
  expect(digits(formatMoney(5, 'USD'))).toBe('0.05')
  expect(digits(formatMoney(-1, 'USD'))).toBe('-0.01')
  expect(digits(formatMoney(980, 'JPY'))).toBe('980')
  expect(digits(formatMoney(1234, 'KWD'))).toBe('1.234')
  expect([decimalsOf('USD'), decimalsOf('JPY'), decimalsOf('KWD')]).toEqual([2, 0, 3])
})

test('[M1] no amount that the domain allows loses a cent on its way to the eye', () => {
  for (const minor of [8_999_999_999, 4_503_599_627, 33, 1_000_000_001]) {
    expect(formatMoney(minor, 'USD').replace(/\D/g, '').replace(/^0+/, '')).toBe(String(minor))
  }
})

test('a free modifier shows no price, a cheaper one a minus', () => {
  expect(formatSurcharge(0, 'USD')).toBe('')
  expect(formatSurcharge(150, 'USD')).toMatch(/^\+/)
  expect(formatSurcharge(-50, 'USD')).toMatch(/^−/)
})

test('ages and timers', () => {
  expect(formatAge(-500)).toBe('0 s')
  expect(formatAge(59_999)).toBe('59 s')
  expect(formatAge(60_000)).toBe('1 min')
  expect(formatAge(7_500_000)).toBe('2 h 05 min')
  expect(formatAge(47 * 3_600_000)).toBe('47 h 00 min')
  expect(formatAge(7.9 * 86_400_000)).toBe('7 days')
  expect(formatTimer(0)).toBe('00:00')
  expect(formatTimer(247_900)).toBe('04:07')
  expect(formatTimer(6_130_000)).toBe('102:10')
})
