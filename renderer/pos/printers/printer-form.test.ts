import { expect, test } from 'vitest'
import { addressOf } from './printer-form.ts'

test.each([
  ['192.168.1.50', '192.168.1.50:9100'],
  [' printer.local ', 'printer.local:9100'],
  ['192.168.1.50:9101', '192.168.1.50:9101'],
  ['fe80::1', '[fe80::1]:9100'],
  ['[fe80::1]:9100', '[fe80::1]:9100'],
  ['', null],
  ['the bar', null],
])('[R7] a printer at %j is dialled at %j', (typed, address) => {
  expect(addressOf(typed)).toBe(address)
})
