import { argon2Sync } from 'node:crypto'
import { expect, test } from 'vitest'
import { createPasswordCheck, hashPassword, isPassword, newPassword } from './password.ts'

test('[O1] the hash is argon2id: the vector of RFC 9106, and one of its reference implementation', async () => {
  const tag = argon2Sync('argon2id', {
    message: Buffer.alloc(32, 1),
    nonce: Buffer.alloc(16, 2),
    secret: Buffer.alloc(8, 3),
    associatedData: Buffer.alloc(12, 4),
    parallelism: 4,
    tagLength: 32,
    memory: 32,
    passes: 3,
  })
  expect(tag.toString('hex')).toBe(
    '0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659',
  )
  const stored =
    '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc'
  expect(await isPassword(stored, 'password')).toBe(true)
  expect(await isPassword(stored, 'Password')).toBe(false)
})

test('[O1] a password fits its own hash alone, which says how it was made', async () => {
  const stored = await hashPassword('correct horse battery')
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=47104,t=1,p=1\$[\w+/]{22}\$[\w+/]{43}$/)
  expect(await hashPassword('correct horse battery')).not.toBe(stored)
  expect(await isPassword(stored, 'correct horse battery')).toBe(true)
  expect(await isPassword(stored, 'correct horse batterz')).toBe(false)
  expect(await isPassword('', '')).toBe(false)
})

test('[P3] passwords are compared a bounded number at a time', async () => {
  const check = createPasswordCheck()
  const answers = await Promise.all(Array.from({ length: 60 }, () => check('no hash', 'x')))
  expect(answers.filter((answer) => answer === null)).toHaveLength(8)
  expect(answers.filter((answer) => answer === false)).toHaveLength(52)
  expect(await check('no hash', 'x')).toBe(false)
})

test('a password that is made has twenty characters that nobody mistakes', () => {
  expect(newPassword()).toMatch(/^([abcdefghjkmnpqrstuvwxyz23456789]{4}-){4}[a-z2-9]{4}$/)
})
