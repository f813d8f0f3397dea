import { z } from 'zod'
import type { Entry } from '../domain/log.ts'
import { fromPgText } from '../domain/nul-free-text.ts'
import { MAX_ENTRY_BYTES } from './limits.ts'
import { originSchema } from './wire.ts'

/**
 * The way down: Electric's HTTP protocol for one shape, the entries of one store
 * (https://electric-sql.com/docs/api/http). `GET /api/v1/shape?store_id=` with Electric's own query
 * and the store's token; the centre alone says which table and which rows, and answers by itself or
 * out of a real Electric. Values are text, as PostgreSQL writes it.
 */
export const SHAPE_PATH = '/api/v1/shape'
export const SHAPE_TABLE = 'entries'

/** The columns of the shape with PostgreSQL's names of their types. */
export const SHAPE_COLUMNS = {
  store_id: 'text',
  origin: 'text',
  seq: 'int8',
  clock: 'int8',
  command_id: 'text',
  at: 'text',
  actor: 'text',
  body: 'text',
  hash: 'bytea',
} as const

export type ShapeValue = { readonly [column in keyof typeof SHAPE_COLUMNS]: string }

const integer = z
  .string()
  .regex(/^\d{1,16}$/)
  .transform(Number)
  .refine(Number.isSafeInteger)
const text = (max: number) => z.string().max(max).transform(fromPgText)

const origin = z.string().transform(fromPgText).pipe(originSchema)
const hash = z.string().regex(/^\\x[0-9a-f]{64}$/)

/** What an entry is known by, without what it says. */
export const shapeNameSchema = z.object({ origin, seq: integer, hash })
export type ShapeName = z.infer<typeof shapeNameSchema>

export const shapeRowSchema = z
  .object({
    origin,
    seq: integer,
    clock: integer,
    command_id: text(240),
    at: text(80),
    actor: text(320),
    body: text(2 * MAX_ENTRY_BYTES),
    hash,
  })
  .transform((row): Entry => ({
    origin: row.origin,
    seq: row.seq,
    clock: row.clock,
    commandId: row.command_id,
    at: row.at,
    actor: row.actor,
    body: row.body,
    hash: Uint8Array.from(row.hash.slice(2).match(/../g) ?? [], (byte) =>
      Number.parseInt(byte, 16),
    ),
  }))

/** As PostgreSQL writes bytes. */
export const hashText = (hash: Uint8Array): string =>
  `\\x${Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('')}`
