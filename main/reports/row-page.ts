import { z } from 'zod'
import { ok, refuse, type Result } from '../../domain/result.ts'
import { decodeCursor, encodeCursor } from '../api/paging.ts'
import { problemOf, type Problem } from '../api/problems.ts'

export interface RowPage<T> {
  readonly rows: readonly T[]
  readonly next_cursor: string | null
}

const cursorKey = z.tuple([z.string()])

/** A page of a report's rows, which lie in memory in an order of their own. */
export function pageOfRows<T extends { readonly key: string }>(
  rows: readonly T[],
  wish: { readonly limit: number; readonly cursor?: string | undefined },
): Result<RowPage<T>, Problem> {
  const cursor = decodeCursor(wish.cursor, cursorKey)
  if (!cursor.ok) return cursor
  const after = cursor.value?.[0] ?? null
  const start = after === null ? 0 : rows.findIndex((row) => row.key === after) + 1
  if (after !== null && start === 0) return refuse(ROW_IS_GONE)
  const page = rows.slice(start, start + wish.limit)
  const last = page.at(-1)
  const isMore = rows.length > start + wish.limit
  return ok({ rows: page, next_cursor: last && isMore ? encodeCursor([last.key]) : null })
}

const ROW_IS_GONE = problemOf(
  'validation_failed',
  'cursor: The row after which this page began is no more. Begin again.',
)
