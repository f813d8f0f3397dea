import { createHash } from 'node:crypto'
import type { RecordValue } from '../../domain/catalog.ts'
import { readPicture, type PictureFault, type PictureShape } from '../../domain/pictures.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'

/** Pictures between their bytes, the name that these have, and the record that the log keeps. */

export interface NamedPicture {
  /** SHA-256 of the bytes. */
  readonly id: string
  readonly record: RecordValue<'picture'>
  readonly shape: PictureShape
}

export function pictureOf(bytes: Uint8Array): Result<NamedPicture, PictureFault> {
  const shape = readPicture(bytes)
  if (!shape.ok) return shape
  return ok({
    id: nameOf(bytes),
    record: { type: shape.value.type, base64: Buffer.from(bytes).toString('base64') },
    shape: shape.value,
  })
}

/** Node reads over what is no base64; here it is a fault. */
export function pictureOfBase64(text: string): Result<NamedPicture, PictureFault> {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? pictureOf(bytes) : refuse('no_picture')
}

/** `data:image/webp;base64,…`: what it says of its type is not asked. */
export function pictureOfDataUri(text: string): Result<NamedPicture, PictureFault> {
  const base64 = /^data:image\/(?:webp|jpeg);base64,(.+)$/s.exec(text)?.[1]
  return base64 === undefined ? refuse('no_picture') : pictureOfBase64(base64)
}

/**
 * The bytes that a name stands for. Null: they are others, so a member wrote what is not so. Nobody
 * gets them: whoever asks by a name keeps the answer for ever.
 */
export function bytesOf(id: string, { base64 }: RecordValue<'picture'>): Buffer | null {
  const named = pictureOfBase64(base64)
  return named.ok && named.value.id === id ? Buffer.from(base64, 'base64') : null
}

const nameOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
