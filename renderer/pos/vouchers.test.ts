import { expect, test } from 'vitest'
import { voucherIdOf as idInMain } from '../../main/vouchers/code.ts'
import { newVoucherCode, voucherIdOf } from './vouchers.ts'

test('[M6] a code is known by the same id on the till and behind it, however somebody types it', async () => {
  const codes = Array.from({ length: 50 }, newVoucherCode)
  expect(new Set(codes).size).toBe(50)
  for (const code of codes) {
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/)
    const typed = code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')
    expect(await voucherIdOf(typed)).toBe(idInMain(code))
  }
})
