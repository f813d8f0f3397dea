/** One pixel, as a browser wrote it: a whole WebP file of 42 bytes. */
export const SMALL_WEBP = 'UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA'

/** A WebP file with as many bytes behind its header as are wanted: it cannot be shown, and reads as one. */
export function webpOf(width: number, height: number, padding = 0): Buffer {
  const body = Buffer.concat([
    Buffer.from('WEBPVP8X'),
    Buffer.from([10, 0, 0, 0, 0, 0, 0, 0]),
    uint24(width - 1),
    uint24(height - 1),
    Buffer.alloc(padding),
  ])
  const size = Buffer.alloc(4)
  size.writeUInt32LE(body.length)
  return Buffer.concat([Buffer.from('RIFF'), size, body])
}

/** A JPEG file of one comment, a frame that says how large it is, and the end. */
export function jpegOf(width: number, height: number): Buffer {
  const frame = Buffer.from([0xff, 0xc0, 0, 11, 8, 0, 0, 0, 0, 1, 1, 0x11, 0])
  frame.writeUInt16BE(height, 5)
  frame.writeUInt16BE(width, 7)
  return Buffer.concat([
    Buffer.from([0xff, 0xd8, 0xff, 0xfe, 0, 4, 0x68, 0x69]),
    frame,
    Buffer.from([0xff, 0xd9]),
  ])
}

function uint24(value: number): Buffer {
  const bytes = Buffer.alloc(3)
  bytes.writeUIntLE(value, 0, 3)
  return bytes
}
