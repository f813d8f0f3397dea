import { generateKeyPairSync, sign, verify } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromDer, toDer } from '../../db/ecdsa-form.ts'

test('[A4] both forms of a signature are the same two numbers, whatever their size', () => {
  const number = fc.oneof(
    fc.uint8Array({ minLength: 32, maxLength: 32 }),
    // Small ones, and those that begin with a bit that would read as a sign.
    fc
      .integer({ min: 0, max: 0xff })
      .map((last) => Uint8Array.from({ length: 32 }, (_, at) => (at === 31 ? last : 0))),
    fc.integer({ min: 0x7f, max: 0x80 }).map((first) => new Uint8Array(32).fill(first)),
  )
  fc.assert(
    fc.property(number, number, (r, s) => {
      const signature = Buffer.concat([r, s])
      const der = toDer(signature)
      expect(der?.[1]).toBe((der?.length ?? 0) - 2)
      expect(fromDer(der!)).toEqual(signature)
    }),
  )
})

test('[A4] the library takes either form for the other', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const dsaEncoding = 'ieee-p1363'
  for (let n = 0; n < 200; n += 1) {
    const data = Buffer.from([n])
    const plain = fromDer(sign('sha256', data, privateKey))
    expect(verify('sha256', data, { key: publicKey, dsaEncoding }, plain)).toBe(true)
    const other = sign('sha256', data, { key: privateKey, dsaEncoding })
    expect(verify('sha256', data, publicKey, toDer(other)!)).toBe(true)
  }
})

test('[A4] what is not 64 bytes long is no signature', () => {
  for (const length of [0, 1, 63, 65, 200]) expect(toDer(new Uint8Array(length))).toBe(null)
})
