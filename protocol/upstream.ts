import { z } from 'zod'
import type { EntryRange, Frontier } from '../domain/log.ts'
import type { CustomerKey } from '../domain/customer-keys.ts'
import {
  frontierSchema,
  frontierToWire,
  keyIdsSchema,
  keysSchema,
  keysToWire,
  pack,
  rangeSchema,
  rangeToWire,
  unpackAs,
} from './wire.ts'

/**
 * The way to the centre. `POST /api/v1/upstream/entries` takes an upload and answers with what the
 * centre holds of the store; `GET /api/v1/upstream/frontier?store_id=` asks for that alone. Both
 * carry `Authorization: Bearer <the store's upstream token>` and msgpack bodies. A repeated upload
 * changes nothing (rule U1).
 */
export const UPSTREAM_PROTOCOL = 1
export const UPSTREAM_ENTRIES_PATH = '/api/v1/upstream/entries'
export const UPSTREAM_FRONTIER_PATH = '/api/v1/upstream/frontier'
/** Keys of customers, both ways: what the caller brings, and what it lacks. */
export const UPSTREAM_KEYS_PATH = '/api/v1/upstream/keys'
export const UPSTREAM_CONTENT_TYPE = 'application/vnd.msgpack'

export interface Upload {
  readonly storeId: string
  /** The device that carries them; it need not have written them. */
  readonly deviceId: string
  readonly ranges: readonly EntryRange[]
}

export interface UploadAnswer {
  /** Everything the centre holds of this store, not only what was sent. */
  readonly frontier: Frontier
  readonly accepted: number
  readonly repeated: number
  readonly forks: readonly { readonly origin: string; readonly seq: number }[]
}

export const uploadSchema = z
  .tuple([
    z.literal(UPSTREAM_PROTOCOL),
    z.string().min(1).max(120),
    z.string().min(1).max(120),
    z.array(rangeSchema).max(200),
  ])
  .transform(([, storeId, deviceId, ranges]): Upload => ({ storeId, deviceId, ranges }))

const count = z.int().min(0)
export const answerSchema = z
  .tuple([
    z.literal(UPSTREAM_PROTOCOL),
    frontierSchema,
    count,
    count,
    z.array(z.tuple([z.string(), count])),
  ])
  .transform(([, frontier, accepted, repeated, forks]): UploadAnswer => ({
    frontier,
    accepted,
    repeated,
    forks: forks.map(([origin, seq]) => ({ origin, seq })),
  }))

export const encodeUpload = (upload: Upload): Uint8Array =>
  pack([UPSTREAM_PROTOCOL, upload.storeId, upload.deviceId, upload.ranges.map(rangeToWire)])

export const encodeUploadAnswer = (answer: UploadAnswer): Uint8Array =>
  pack([
    UPSTREAM_PROTOCOL,
    frontierToWire(answer.frontier),
    answer.accepted,
    answer.repeated,
    answer.forks.map((fork) => [fork.origin, fork.seq]),
  ])

/** Null for anything that is not an upload of this protocol. */
export const decodeUpload = (bytes: Uint8Array): Upload | null => unpackAs(uploadSchema, bytes)
export const decodeUploadAnswer = (bytes: Uint8Array): UploadAnswer | null =>
  unpackAs(answerSchema, bytes)

export interface KeyUpload {
  readonly storeId: string
  readonly keys: readonly CustomerKey[]
  readonly wanted: readonly string[]
}

export const keyUploadSchema = z
  .tuple([z.literal(UPSTREAM_PROTOCOL), z.string().min(1).max(120), keysSchema, keyIdsSchema])
  .transform(([, storeId, keys, wanted]): KeyUpload => ({ storeId, keys, wanted }))
export const keyAnswerSchema = z
  .tuple([z.literal(UPSTREAM_PROTOCOL), keysSchema])
  .transform(([, keys]) => keys)

export const encodeKeyUpload = ({ storeId, keys, wanted }: KeyUpload): Uint8Array =>
  pack([UPSTREAM_PROTOCOL, storeId, keysToWire(keys), wanted])
export const encodeKeyAnswer = (keys: readonly CustomerKey[]): Uint8Array =>
  pack([UPSTREAM_PROTOCOL, keysToWire(keys)])
export const decodeKeyUpload = (bytes: Uint8Array): KeyUpload | null =>
  unpackAs(keyUploadSchema, bytes)
export const decodeKeyAnswer = (bytes: Uint8Array): CustomerKey[] | null =>
  unpackAs(keyAnswerSchema, bytes)
