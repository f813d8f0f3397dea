import { randomBytes, scryptSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { pinDigitsOf } from '../domain/staff.ts'
import { dataKeyOf } from './personal-data/seal.ts'
import { createPins, hashPin } from './pin.ts'

const [first, second] = [dataKeyOf(randomBytes(32)), dataKeyOf(randomBytes(32))]
const pinsWith = (sealing: typeof first, held = [first, second]) =>
  createPins({ sealing: () => sealing, find: (id) => held.find((key) => key.id === id) ?? null })
const pins = pinsWith(first)

/** As the versions before this one wrote it. */
function oldHash(pin: string): string {
  const salt = randomBytes(16)
  return `${salt.toString('hex')}:${scryptSync(pin, salt, 32, { N: 16_384, r: 8, p: 1 }).toString('hex')}`
}

test('[A1] a PIN opens its own hash and no other PIN does; two hashes of one PIN differ', async () => {
  const hash = await pins.hash('1234')
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1,keyid=[0-9a-f]{32}\$/)
  expect(hash.length).toBeLessThan(300)
  expect(await pins.hash('1234')).not.toBe(hash)
  expect(await pins.check('1234', hash)).toEqual({ kind: 'right', isToRenew: false })
  expect(await pins.check('1235', hash)).toEqual({ kind: 'wrong' })
  expect(await pins.check('', hash)).toEqual({ kind: 'wrong' })
})

test('[A1] a longer PIN says how many digits to ask for, and a changed number opens nothing', async () => {
  const hash = await pins.hash('123456')
  expect([pinDigitsOf(hash), pinDigitsOf(await pins.hash('1234'))]).toEqual([6, 4])
  expect(await pins.check('123456', hash)).toEqual({ kind: 'right', isToRenew: false })
  expect(await pins.check('123456', hash.replace('data=Ng', 'data=NQ'))).toEqual({ kind: 'wrong' })
})

test('[A1] without the key that its pepper comes from a hash opens for nobody', async () => {
  const hash = await pins.hash('1234')
  expect(await pinsWith(second, [second]).check('1234', hash)).toEqual({ kind: 'no_key' })
  const renamed = hash.replace(/keyid=\w+/, `keyid=${second.id}`)
  expect(await pins.check('1234', renamed)).toEqual({ kind: 'wrong' })
  expect(await pins.check('1234', hash.replace(/,keyid=\w+/, ''))).toEqual({ kind: 'wrong' })
})

test('[A1] what older versions hashed goes on working and is to be renewed, as is another key', async () => {
  expect(await pins.check('1234', oldHash('1234'))).toEqual({ kind: 'right', isToRenew: true })
  expect(await pins.check('1235', oldHash('1234'))).toEqual({ kind: 'wrong' })
  expect(await pins.check('1234', hashPin('1234'))).toEqual({ kind: 'right', isToRenew: true })
  const hash = await pins.hash('1234')
  expect(await pinsWith(second).check('1234', hash)).toEqual({ kind: 'right', isToRenew: true })
})

test('[A1] many at once wait for their turn, and beyond a limit are sent away', async () => {
  const hash = await pins.hash('1234')
  const checks = await Promise.all(Array.from({ length: 24 }, () => pins.check('1234', hash)))
  expect(checks.filter(({ kind }) => kind === 'right')).toHaveLength(22)
  expect(checks.filter(({ kind }) => kind === 'busy')).toHaveLength(2)
})

test.each(['', ':', 'ab:cd', `${'0'.repeat(32)}:`, '$argon2id$v=19$m=1,t=1,p=1$$'])(
  'what is not a hash (%j) opens for nobody and does not throw',
  async (hash) => {
    expect(await pins.check('1234', hash)).toEqual({ kind: 'wrong' })
  },
)
