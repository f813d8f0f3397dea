import { expect, test } from 'vitest'
import { digitsOf, missingIn, typeCode, type JoinForm } from './join-form.ts'

const form: JoinForm = {
  address: '192.168.1.20:41234',
  code: '1234 5678',
  name: 'Till 3',
  role: 'terminal',
}

test('[P1] a code is typed as it is shown, in two groups of four digits', () => {
  expect(['1', '1234', '12345', '1234 5678', '1234-5678x9'].map(typeCode)).toEqual([
    '1',
    '1234',
    '1234 5',
    '1234 5678',
    '1234 5678',
  ])
  expect(digitsOf('1234 5678')).toBe('12345678')
})

test('[P1] what is missing is said before anything is sent', () => {
  expect(missingIn(form)).toBeNull()
  expect(missingIn({ ...form, address: '[fe80::1]:9000' })).toBeNull()
  expect(missingIn({ ...form, address: '192.168.1.20' })).toMatch(/address/)
  expect(missingIn({ ...form, code: '1234 567' })).toMatch(/eight digits/)
  expect(missingIn({ ...form, name: '  ' })).toMatch(/name/)
})
