import { z } from 'zod'
import { ok, refuse, type Result } from '../../domain/result.ts'
import { problemOf, type Problem } from './problems.ts'

/** Cursors are opaque outside; inside they are the sort key of the last thing that was shown. */
export type SortKey = readonly (string | number)[]

export interface Page<T> {
  readonly data: T[]
  readonly next_cursor: string | null
}

export interface PageRequest {
  readonly limit: number
  readonly cursor?: string | undefined
}

export const encodeCursor = (key: SortKey): string =>
  Buffer.from(JSON.stringify(key)).toString('base64url')

export function decodeCursor<S extends z.ZodType>(
  cursor: string | undefined,
  schema: S,
): Result<z.output<S> | null, Problem> {
  if (cursor === undefined) return ok(null)
  const parsed = schema.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString()))
  if (parsed.success) return ok(parsed.data)
  const message = 'Invalid input: this is no cursor of this list'
  return refuse(
    problemOf('validation_failed', `cursor: ${message}`, {
      errors: [{ path: 'cursor', message }],
    }),
  )
}

const sortKey = z.array(z.union([z.string(), z.number()])).max(4)

/** A page of what lies in memory. Keys are unique; what comes or goes between pages shifts none. */
export function pageOfAll<T>(
  all: readonly T[],
  keyOf: (item: T) => SortKey,
  { limit, cursor }: PageRequest,
): Result<Page<T>, Problem> {
  const after = decodeCursor(cursor, sortKey)
  if (!after.ok) return after
  const keyed = all
    .map((item) => ({ item, key: keyOf(item) }))
    .toSorted((a, b) => compareKeys(a.key, b.key))
  const { value } = after
  const rest = value === null ? keyed : keyed.filter(({ key }) => compareKeys(key, value) > 0)
  const last = rest[limit - 1]
  return ok({
    data: rest.slice(0, limit).map(({ item }) => item),
    next_cursor: last && rest.length > limit ? encodeCursor(last.key) : null,
  })
}

function compareKeys(a: SortKey, b: SortKey): number {
  for (const [i, left] of a.entries()) {
    const right = b[i]
    if (right === undefined || left === right) continue
    return left < right ? -1 : 1
  }
  return 0
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
