import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createDeviceKeys } from '../../sync/device-keys.ts'
import { dataKeyOf, hashOfPhone, openText, sealText } from './seal.ts'
import { unwrapKey, wrapKey } from './wrap.ts'

const newKey = () => dataKeyOf(randomBytes(32))
const [key, other] = [newKey(), newKey()]
const devices = [createDeviceKeys(), createDeviceKeys()] as const
const place = fc.record({
  orderId: fc.string(),
  field: fc.constantFrom('name', 'phone', 'address'),
})
const text = fc.string({ unit: 'grapheme', maxLength: 300 })

/** The same bytes but one bit. */
function bent(base64url: string, position: number): string {
  const bytes = Buffer.from(base64url, 'base64url')
  const bit = position % (bytes.length * 8)
  bytes[bit >> 3] = bytes[bit >> 3]! ^ (1 << (bit & 7))
  return bytes.toString('base64url')
}

test('[P1] what is sealed opens with its key in its place, and nowhere else', () => {
  fc.assert(
    fc.property(text, place, place, (clear, here, elsewhere) => {
      const sealed = sealText(key, clear, here)
      expect(sealed).toMatch(/^[A-Za-z0-9_-]+$/)
      expect(openText(key, sealed, here)).toBe(clear)
      expect(openText(other, sealed, here)).toBeNull()
      const isSamePlace = here.orderId === elsewhere.orderId && here.field === elsewhere.field
      if (!isSamePlace) expect(openText(key, sealed, elsewhere)).toBeNull()
    }),
  )
})

test('[P1] what was tampered with does not open', () => {
  fc.assert(
    fc.property(text, place, fc.nat(), fc.nat(40), (clear, here, position, cut) => {
      const sealed = sealText(key, clear, here)
      expect(openText(key, bent(sealed, position), here)).toBeNull()
      const bytes = Buffer.from(sealed, 'base64url')
      const shorter = bytes.subarray(0, Math.max(0, bytes.length - 1 - cut)).toString('base64url')
      expect(openText(key, shorter, here)).toBeNull()
    }),
  )
})

test('[L5] the same text in the same place is sealed alike, and nothing else is', () => {
  fc.assert(
    fc.property(text, text, place, place, (a, b, here, there) => {
      expect(sealText(key, a, here)).toBe(sealText(key, a, here))
      if (a !== b) expect(sealText(key, a, here)).not.toBe(sealText(key, b, here))
      if (JSON.stringify(here) !== JSON.stringify(there)) {
        expect(sealText(key, a, here)).not.toBe(sealText(key, a, there))
      }
    }),
  )
})

test('[P1] a wrapped key opens on the device that it is for, as the key that it is', () => {
  const [mine, theirs] = devices
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.nat(), (secret, position) => {
      const purpose = { keyId: 'k', deviceId: mine.deviceId }
      const wrapped = wrapKey(secret, mine.publicKey, purpose)
      expect(Buffer.from(unwrapKey(wrapped, mine.privateKey, purpose)!)).toEqual(
        Buffer.from(secret),
      )
      expect(unwrapKey(wrapped, theirs.privateKey, purpose)).toBeNull()
      const forTheirs = { keyId: 'k', deviceId: theirs.deviceId }
      expect(unwrapKey(wrapped, theirs.privateKey, forTheirs)).toBeNull()
      expect(unwrapKey(wrapped, mine.privateKey, { ...purpose, keyId: 'l' })).toBeNull()
      expect(unwrapKey(bent(wrapped, position), mine.privateKey, purpose)).toBeNull()
      expect(unwrapKey(wrapped.slice(0, -2), mine.privateKey, purpose)).toBeNull()
      // Drawn anew each time: nobody sees that one key was wrapped twice.
      expect(wrapKey(secret, mine.publicKey, purpose)).not.toBe(wrapped)
    }),
    { numRuns: 30 },
  )
})

test('[P1] a phone is found however it was typed, by nobody without the key', () => {
  const hash = hashOfPhone(key, '+1 (555) 010-0199')
  expect(hash).toMatch(/^[A-Za-z0-9_-]{22}$/)
  expect(hashOfPhone(key, '001 555 0100199')).toBe(hash)
  expect(hashOfPhone(other, '+1 (555) 010-0199')).not.toBe(hash)
  expect(hashOfPhone(key, '+1 (555) 010-0198')).not.toBe(hash)
  expect(['12', 'none', ''].map((phone) => hashOfPhone(key, phone))).toEqual([null, null, null])
})
