import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MAX_PICTURE_BYTES } from '../../domain/picture-records.ts'
import { readPicture } from '../../domain/pictures.ts'
import { pictureOfBase64, pictureOfDataUri } from '../../main/pictures/pictures.ts'
import { pictureIdsToDrop } from '../../main/pictures/room-for-pictures.ts'
import type { RecordVersion } from '../../domain/record-versions.ts'
import { jpegOf, SMALL_WEBP, webpOf } from '../support/pictures.ts'

test('[G8] bytes say what picture they are and how large', () => {
  expect(readPicture(Buffer.from(SMALL_WEBP, 'base64'))).toEqual({
    ok: true,
    value: { type: 'image/webp', width: 1, height: 1 },
  })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 640 }), fc.integer({ min: 1, max: 640 }), (w, h) => {
      const sides = { width: w, height: h }
      expect(readPicture(webpOf(w, h))).toMatchObject({ ok: true, value: sides })
      expect(readPicture(jpegOf(w, h))).toEqual({
        ok: true,
        value: { type: 'image/jpeg', ...sides },
      })
    }),
  )
})

const png = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex')
const animated = webpOf(9, 9)
animated[20] = 0x02
test.each([
  ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>'), 'no_picture'],
  ['a PNG', png, 'no_picture'],
  ['a GIF', Buffer.from(`GIF89a${' '.repeat(60)}`), 'no_picture'],
  ['a page', Buffer.from(`<!doctype html>${' '.repeat(60)}`), 'no_picture'],
  ['nothing', Buffer.alloc(0), 'no_picture'],
  ['one that moves', animated, 'no_picture'],
  [
    'a WebP with a page behind it',
    Buffer.concat([webpOf(9, 9), Buffer.from('<script>')]),
    'no_picture',
  ],
  [
    'a JPEG with a page behind it',
    Buffer.concat([jpegOf(9, 9), Buffer.from('<script>')]),
    'no_picture',
  ],
  ['half a JPEG', jpegOf(9, 9).subarray(0, 10), 'no_picture'],
  ['a JPEG of no height', jpegOf(9, 0), 'no_picture'],
  ['one that is too wide', webpOf(641, 9), 'too_wide'],
  ['one that is too high', jpegOf(9, 641), 'too_wide'],
  ['too many bytes', webpOf(9, 9, MAX_PICTURE_BYTES), 'too_many_bytes'],
])('[G8] %s is refused', (_what, bytes, error) => {
  expect(readPicture(bytes)).toEqual({ ok: false, error })
})

test('[G8] whatever bytes come, they are read without a fault of ours, and noise is no picture', () => {
  const noise = fc.uint8Array({ maxLength: 400 })
  fc.assert(fc.property(noise, (bytes) => !readPicture(bytes).ok))
  const begun = fc.tuple(fc.constantFrom(webpOf(9, 9), jpegOf(9, 9)), noise, fc.nat(60))
  fc.assert(
    fc.property(begun, ([whole, bytes, at]) => {
      const read = readPicture(Buffer.concat([whole.subarray(0, at), bytes]))
      return !read.ok || (read.value.width <= 640 && read.value.height <= 640)
    }),
  )
})

test('[G8] the same bytes have the same name, and what is no base64 has none', () => {
  const one = pictureOfBase64(SMALL_WEBP)
  expect(one).toMatchObject({
    ok: true,
    value: {
      id: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      record: { base64: SMALL_WEBP },
    },
  })
  expect(pictureOfDataUri(`data:image/jpeg;base64,${SMALL_WEBP}`)).toEqual(one)
  for (const text of [`${SMALL_WEBP}!`, `${SMALL_WEBP}=`, ` ${SMALL_WEBP}`, '']) {
    expect(pictureOfBase64(text).ok).toBe(false)
  }
  expect(pictureOfDataUri(`data:image/svg+xml;base64,${SMALL_WEBP}`).ok).toBe(false)
})

test('[G8] room is made with the oldest pictures that nothing shows, now or on a date to come', () => {
  const shows = (pictureId: string, validFrom = ''): RecordVersion => ({
    kind: 'item_picture',
    id: `of ${pictureId}`,
    validFrom,
    value: { pictureId },
    withdrawn: false,
    stamp: { clock: 1, origin: 'o', index: 0 },
  })
  const versions = [shows('a'), shows('c', '2030-01-01T00:00:00.000Z')]
  const held = ['a', 'b', 'c', 'd', 'e']
  expect(pictureIdsToDrop(held, versions, 6)).toEqual([])
  expect(pictureIdsToDrop(held, versions, 5)).toEqual(['b'])
  expect(pictureIdsToDrop(held, versions, 4)).toEqual(['b', 'd'])
  expect(pictureIdsToDrop(held, versions, 2)).toBeNull()
})
