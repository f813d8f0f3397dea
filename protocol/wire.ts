import { Packr } from 'msgpackr'
import { z } from 'zod'
import {
  isRun,
  type EntryRange,
  type Frontier,
  type LeftRange,
  type LogPart,
  type Run,
} from '../domain/log.ts'
import { customerKeySchema, type CustomerKey } from '../domain/customer-keys.ts'
import {
  MAX_ENTRIES_PER_FRAME,
  MAX_ENTRY_BYTES,
  MAX_KEYS_PER_FRAME,
  MAX_ORIGINS,
  MAX_RUNS_TOLD,
} from './limits.ts'

/**
 * How entries and frontiers look outside a device: positional msgpack arrays, the same on the LAN
 * and on the way to the centre. No records extension: the bytes mean the same to every reader.
 */

const packr = new Packr({ useRecords: false, int64AsType: 'number' })

export const pack = (value: unknown): Uint8Array => packr.pack(value)
/** Throws on bytes that are not msgpack. The result is `unknown`: parse it. */
export const unpack = (bytes: Uint8Array): unknown => packr.unpack(bytes)

/** Null for bytes that are no msgpack, or are not what the schema says. */
export function unpackAs<T>(schema: z.ZodType<T>, bytes: Uint8Array): T | null {
  try {
    const parsed = schema.safeParse(unpack(bytes))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

const line = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[^\n]*$/)
export const originSchema = line(80)
export const seqSchema = z
  .int()
  .min(1)
  .max(2 ** 40 - 1)
/** The last year before the packed clock runs out is refused: such a stamp is an attack or a fault. */
const clockSchema = z
  .int()
  .min(0)
  .max(Number.MAX_SAFE_INTEGER - 2 ** 44)

export const entrySchema = z.tuple([
  clockSchema,
  line(120),
  line(40),
  line(160),
  z.string().max(MAX_ENTRY_BYTES),
])

export const rangeSchema = z
  .tuple([
    originSchema,
    seqSchema,
    z.array(entrySchema).min(1).max(MAX_ENTRIES_PER_FRAME),
    z.instanceof(Uint8Array),
  ])
  .transform(([origin, fromSeq, entries, lastHash]): EntryRange => ({
    origin,
    fromSeq,
    lastHash,
    entries: entries.map(([clock, commandId, at, actor, body]) => ({
      clock,
      commandId,
      at,
      actor,
      body,
    })),
  }))

export const rangeToWire = (range: EntryRange): unknown => [
  range.origin,
  range.fromSeq,
  range.entries.map((e) => [e.clock, e.commandId, e.at, e.actor, e.body]),
  range.lastHash,
]

const runSchema = z
  .tuple([originSchema, seqSchema, seqSchema, z.instanceof(Uint8Array), clockSchema])
  .refine(([, fromSeq, toSeq]) => fromSeq <= toSeq)
  .transform(([origin, fromSeq, toSeq, lastHash, lastClock]): Run => ({
    origin,
    fromSeq,
    toSeq,
    lastHash,
    lastClock,
  }))

const leftSchema = z
  .tuple([originSchema, z.array(z.tuple([seqSchema, seqSchema, clockSchema])).max(MAX_RUNS_TOLD)])
  .transform(([origin, runs]): LeftRange[] =>
    runs.map(([fromSeq, toSeq, lastClock]) => ({ origin, fromSeq, toSeq, lastClock })),
  )

/** By origin, which is the longest word in it. */
export const leftListSchema = z
  .array(leftSchema)
  .max(MAX_ORIGINS)
  .transform((lists) => lists.flat())
  .refine((left) => left.length <= MAX_RUNS_TOLD)

export const leftToWire = (left: readonly LeftRange[]): unknown =>
  [...Map.groupBy(left, ({ origin }) => origin)].map(([origin, runs]) => [
    origin,
    runs.map(({ fromSeq, toSeq, lastClock }) => [fromSeq, toSeq, lastClock]),
  ])

export const partSchema = z.union([rangeSchema, runSchema])

export const partToWire = (part: LogPart): unknown =>
  isRun(part)
    ? [part.origin, part.fromSeq, part.toSeq, part.lastHash, part.lastClock]
    : rangeToWire(part)

export const frontierSchema = z
  .array(
    z.tuple([
      originSchema,
      z
        .int()
        .min(0)
        .max(2 ** 40 - 1),
    ]),
  )
  .max(MAX_ORIGINS)
  .transform((pairs): Frontier => new Map(pairs))

export const frontierToWire = (frontier: Frontier): [string, number][] => [...frontier]

const { id, customerId, dataKey, wrapped, phoneHash, emailHash } = customerKeySchema.shape

/** Keys of customers travel beside the log: see domain/customer-keys.ts. */
export const keysSchema = z
  .array(z.tuple([id, customerId, dataKey, wrapped, phoneHash, emailHash]))
  .max(MAX_KEYS_PER_FRAME)
  .transform((keys): CustomerKey[] =>
    keys.map(([keyId, owner, wrapping, bytes, phone, email]) => ({
      id: keyId,
      customerId: owner,
      dataKey: wrapping,
      wrapped: bytes,
      phoneHash: phone,
      emailHash: email,
    })),
  )

export const keyIdsSchema = z.array(id).max(MAX_KEYS_PER_FRAME)

export const keysToWire = (keys: readonly CustomerKey[]): unknown =>
  keys.map((key) => [
    key.id,
    key.customerId,
    key.dataKey,
    key.wrapped,
    key.phoneHash,
    key.emailHash,
  ])
