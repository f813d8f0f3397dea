import { MAX_PICTURE_BYTES, MAX_PICTURE_SIDE, type PictureType } from './picture-records.ts'
import { ok, refuse, type Result } from './result.ts'

/**
 * What bytes are, by what they begin with and never by what somebody calls them. A picture is one
 * still image and nothing behind it: a file that is a picture and a page at once is none.
 */
export interface PictureShape {
  readonly type: PictureType
  readonly width: number
  readonly height: number
}

export type PictureFault = 'too_many_bytes' | 'no_picture' | 'too_wide'

export const PICTURE_FAULTS: Readonly<Record<PictureFault, string>> = {
  too_many_bytes: `A picture has at most ${MAX_PICTURE_BYTES / 1024} KiB`,
  no_picture: 'These bytes are no still picture of the types WebP or JPEG',
  too_wide: `A picture has at most ${MAX_PICTURE_SIDE} pixels on each side`,
}

export function readPicture(bytes: Uint8Array): Result<PictureShape, PictureFault> {
  if (bytes.length > MAX_PICTURE_BYTES) return refuse('too_many_bytes')
  const shape = readWebp(bytes) ?? readJpeg(bytes)
  if (shape === null || shape.width < 1 || shape.height < 1) return refuse('no_picture')
  const isTooWide = Math.max(shape.width, shape.height) > MAX_PICTURE_SIDE
  return isTooWide ? refuse('too_wide') : ok(shape)
}

const byteAt = (bytes: Uint8Array, at: number): number => bytes[at] ?? 0
const little = (bytes: Uint8Array, at: number, count: number): number =>
  Array.from({ length: count }, (_, n) => byteAt(bytes, at + n) * 2 ** (8 * n)).reduce(
    (sum, part) => sum + part,
    0,
  )
const big16 = (bytes: Uint8Array, at: number): number =>
  byteAt(bytes, at) * 256 + byteAt(bytes, at + 1)
const hasText = (bytes: Uint8Array, at: number, text: string): boolean =>
  [...text].every((letter, n) => byteAt(bytes, at + n) === letter.codePointAt(0))

const ANIMATED = 0x02

/** RFC 9649: a RIFF container whose first chunk says how large the picture is. */
function readWebp(bytes: Uint8Array): PictureShape | null {
  if (bytes.length < 30 || !hasText(bytes, 0, 'RIFF') || !hasText(bytes, 8, 'WEBP')) return null
  if (little(bytes, 4, 4) + 8 !== bytes.length) return null
  const type = 'image/webp'
  if (hasText(bytes, 12, 'VP8X')) {
    if ((byteAt(bytes, 20) & ANIMATED) !== 0) return null
    return { type, width: little(bytes, 24, 3) + 1, height: little(bytes, 27, 3) + 1 }
  }
  if (hasText(bytes, 12, 'VP8L')) {
    if (byteAt(bytes, 20) !== 0x2f) return null
    const sides = little(bytes, 21, 4)
    return { type, width: (sides & 0x3fff) + 1, height: ((sides >>> 14) & 0x3fff) + 1 }
  }
  if (!hasText(bytes, 12, 'VP8 ')) return null
  if (little(bytes, 23, 3) !== 0x2a019d) return null
  return { type, width: little(bytes, 26, 2) & 0x3fff, height: little(bytes, 28, 2) & 0x3fff }
}

/** ITU T.81: segments after each other, of which one, the frame's, says how large it is. */
function readJpeg(bytes: Uint8Array): PictureShape | null {
  const end = bytes.length
  if (end < 12 || big16(bytes, 0) !== 0xffd8 || big16(bytes, end - 2) !== 0xffd9) return null
  let at = 2
  while (at + 9 < end) {
    if (byteAt(bytes, at) !== 0xff) return null
    const marker = byteAt(bytes, at + 1)
    if (isFrame(marker)) {
      return {
        type: 'image/jpeg',
        width: big16(bytes, at + 7),
        height: big16(bytes, at + 5),
      }
    }
    const length = big16(bytes, at + 2)
    if (length < 2) return null
    at += 2 + length
  }
  return null
}

/** SOF0 to SOF15, without the three in between that are tables. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
