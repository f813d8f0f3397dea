import { randomBytes } from 'node:crypto'
import { constants, zstdCompressSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { MAX_FRAME_BYTES } from '../protocol/limits.ts'
import { encodeFrame, type PeerFrame } from '../protocol/peer.ts'
import { bytesToFrame, frameToBytes } from './frame-bytes.ts'

const entriesFrame = (count: number): PeerFrame => ({
  type: 'entries',
  frame: 1,
  ranges: [
    {
      origin: 'o',
      fromSeq: 1,
      entries: Array.from({ length: count }, (_, n) => ({
        clock: n,
        commandId: `command-${n}`,
        at: '2026-01-01T00:00:00.000Z',
        actor: 'staff:1',
        body: '[{"type":"order.ready","orderId":"1"}]',
      })),
      lastHash: randomBytes(32),
    },
  ],
})

test('[P3] a large frame is compressed, a small one goes as it is, and both come out whole', () => {
  const small = entriesFrame(1)
  const large = entriesFrame(500)
  expect(frameToBytes(small)).toEqual(encodeFrame(small))
  expect(frameToBytes(large).length).toBeLessThan(encodeFrame(large).length / 4)
  for (const frame of [small, large]) {
    const got = bytesToFrame(frameToBytes(frame))
    expect(got && encodeFrame(got)).toEqual(encodeFrame(frame))
  }
})

test('[P3] a frame that unpacks to more than a frame may have is none, and neither is a cut one', () => {
  const level = { params: { [constants.ZSTD_c_compressionLevel]: 19 } }
  const bomb = zstdCompressSync(Buffer.alloc(MAX_FRAME_BYTES * 8), level)
  expect(bomb.length).toBeLessThan(20_000)
  expect(bytesToFrame(bomb)).toBeNull()
  const whole = frameToBytes(entriesFrame(500))
  expect(bytesToFrame(whole.subarray(0, whole.length - 9))).toBeNull()
  expect(bytesToFrame(whole.subarray(0, 4))).toBeNull()
  expect(bytesToFrame(new Uint8Array())).toBeNull()
})
