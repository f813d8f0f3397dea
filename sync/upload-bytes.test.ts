import { zstdCompressSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { MAX_UPLOAD_BYTES } from '../protocol/limits.ts'
import { encodeUpload } from '../protocol/upstream.ts'
import { createMemoryLog } from '../test/support/memory-log.ts'
import { bytesToUpload, uploadToBytes } from './upload-bytes.ts'

function uploadOf(entries: number) {
  const log = createMemoryLog('store', 'till')
  const event = { type: 'order.line_added', orderId: 'o', name: 'Soup of the day' }
  log.append(...Array.from({ length: entries }, (_, n) => JSON.stringify([{ ...event, n }])))
  const range = log.readRange('till', 1, entries, 10_000_000)
  return { storeId: 'store', deviceId: 'till', ranges: range === null ? [] : [range] }
}

test('[U1] a backlog is a small part of its size on its way up, one entry goes as it is', () => {
  const [one, many] = [uploadOf(1), uploadOf(500)]
  expect(uploadToBytes(one)).toEqual(encodeUpload(one))
  expect(uploadToBytes(many).length).toBeLessThan(encodeUpload(many).length / 5)
  for (const upload of [one, many]) expect(bytesToUpload(uploadToBytes(upload))).toEqual(upload)
})

test('[P3] what would unpack to more than an upload may be is none', () => {
  expect(bytesToUpload(zstdCompressSync(Buffer.alloc(MAX_UPLOAD_BYTES + 1)))).toBeNull()
  expect(bytesToUpload(uploadToBytes(uploadOf(500)).subarray(0, 200))).toBeNull()
  expect(bytesToUpload(Buffer.from('<html>'))).toBeNull()
})
