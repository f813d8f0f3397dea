import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { MAX_UPLOAD_BYTES } from '../protocol/limits.ts'
import { decodeUpload, encodeUpload, type Upload } from '../protocol/upstream.ts'
import { FASTEST, isCompressed } from './compression.ts'
import { COMPRESS_ABOVE_BYTES } from './limits.ts'

/** Uploads as they cross the internet: one entry as it is, a backlog as a thirtieth of it. */
export function uploadToBytes(upload: Upload): Uint8Array {
  const bytes = encodeUpload(upload)
  return bytes.length > COMPRESS_ABOVE_BYTES ? zstdCompressSync(bytes, FASTEST) : bytes
}

/** Null for anything that is no upload, or would unpack to more than one may have (rule P3). */
export function bytesToUpload(bytes: Uint8Array): Upload | null {
  if (!isCompressed(bytes)) return decodeUpload(bytes)
  try {
    return decodeUpload(zstdDecompressSync(bytes, { maxOutputLength: MAX_UPLOAD_BYTES }))
  } catch {
    return null
  }
}
