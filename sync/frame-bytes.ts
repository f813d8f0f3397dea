import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { MAX_FRAME_BYTES } from '../protocol/limits.ts'
import { decodeFrame, encodeFrame, type PeerFrame } from '../protocol/peer.ts'
import { FASTEST, isCompressed } from './compression.ts'
import { COMPRESS_ABOVE_BYTES } from './limits.ts'

/**
 * Frames as they cross a socket. A full frame of orders shrinks to a thirtieth for two millionths of
 * a second an order; a single order is sent as it is, for there the time counts and not the bytes.
 */
export function frameToBytes(frame: PeerFrame): Uint8Array {
  const bytes = encodeFrame(frame)
  return bytes.length > COMPRESS_ABOVE_BYTES ? zstdCompressSync(bytes, FASTEST) : bytes
}

/** Null for anything that is no frame, or would unpack to more than a frame may have (rule P3). */
export function bytesToFrame(bytes: Uint8Array): PeerFrame | null {
  if (!isCompressed(bytes)) return decodeFrame(bytes)
  try {
    return decodeFrame(zstdDecompressSync(bytes, { maxOutputLength: MAX_FRAME_BYTES }))
  } catch {
    return null
  }
}
