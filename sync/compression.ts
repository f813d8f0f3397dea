import { constants } from 'node:zlib'

/** For zstd: on what a log holds, more effort brings few bytes and costs much time. */
export const FASTEST = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }

/** The first bytes of a zstd frame (RFC 8878). Nothing of ours begins so: each is an array. */
const MAGIC = Buffer.from([0x28, 0xb5, 0x2f, 0xfd])

export const isCompressed = (bytes: Uint8Array): boolean =>
  Buffer.compare(bytes.subarray(0, MAGIC.length), MAGIC) === 0
