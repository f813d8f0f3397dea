/**
 * Arrays as parameters in PostgreSQL's binary form. In its text form, which is pg's own, every
 * element is quoted here and taken apart again there: with hundreds of rows in seventy columns that
 * was a fifth of what an order cost the centre.
 */
export type ElementType = 'text' | 'bigint' | 'integer' | 'bytea'

/** pg asks for the bytes when the statement goes out. */
export interface ArrayParameter {
  readonly length: number
  readonly toPostgres: () => Buffer
}

type Element = string | number | Uint8Array | null

export const arrayParameter = (type: ElementType, values: readonly Element[]): ArrayParameter => ({
  length: values.length,
  toPostgres: () => encodeArray(type, values),
})

export const isArrayParameter = (value: unknown): value is ArrayParameter =>
  typeof value === 'object' && value !== null && 'toPostgres' in value

/** As in PostgreSQL's `pg_type`. */
const OIDS = { text: 25, bigint: 20, integer: 23, bytea: 17 } as const

const HEADER_BYTES = 20
const LENGTH_BYTES = 4
const NUMBER_BYTES = 8
/** A UTF-16 unit is at most three bytes of UTF-8. */
const BYTES_PER_UNIT = 3
const NULL_LENGTH = -1
const UINT32_RANGE = 2 ** 32

/** Kept between calls: what is written is copied out of it. */
let scratch = Buffer.allocUnsafe(65_536)

function encodeArray(type: ElementType, values: readonly Element[]): Buffer {
  let at = HEADER_BYTES
  let hasNull = 0
  makeRoom(0, HEADER_BYTES)
  for (const value of values) {
    makeRoom(at, LENGTH_BYTES + mostBytes(value))
    const start = at + LENGTH_BYTES
    const bytes = value === null ? NULL_LENGTH : writeElement(type, value, start)
    if (bytes === NULL_LENGTH) hasNull = 1
    scratch.writeInt32BE(bytes, at)
    at = start + Math.max(bytes, 0)
  }
  // One dimension, whether a null is in it, of what, how many, and that the first is number one.
  const header = [values.length === 0 ? 0 : 1, hasNull, OIDS[type], values.length, 1]
  header.forEach((number, place) => scratch.writeInt32BE(number, place * LENGTH_BYTES))
  const end = values.length === 0 ? HEADER_BYTES - 2 * LENGTH_BYTES : at
  return Buffer.from(scratch.subarray(0, end))
}

function writeElement(type: ElementType, value: string | number | Uint8Array, at: number): number {
  if (typeof value === 'string' && type === 'text') return scratch.write(value, at)
  if (typeof value === 'object' && type === 'bytea') {
    scratch.set(value, at)
    return value.length
  }
  if (typeof value === 'number' && type === 'integer') {
    return scratch.writeInt32BE(value, at) - at
  }
  if (Number.isSafeInteger(value) && type === 'bigint') {
    const number = value as number
    const high = Math.floor(number / UINT32_RANGE)
    scratch.writeInt32BE(high, at)
    return scratch.writeUInt32BE(number - high * UINT32_RANGE, at + LENGTH_BYTES) - at
  }
  throw new Error(`an array of ${type} cannot hold ${typeof value} ${String(value).slice(0, 40)}`)
}

function mostBytes(value: Element): number {
  if (typeof value === 'string') return value.length * BYTES_PER_UNIT
  return typeof value === 'object' ? (value?.length ?? 0) : NUMBER_BYTES
}

function makeRoom(at: number, bytes: number): void {
  if (at + bytes <= scratch.length) return
  const larger = Buffer.allocUnsafe(Math.max(scratch.length * 2, at + bytes))
  scratch.copy(larger, 0, 0, at)
  scratch = larger
}
