import { z } from 'zod'
import { ok, refuse } from '../../../domain/result.ts'
import { OFFICE_REFUSALS } from '../../../protocol/office/session.ts'
import type { ExportFormat } from '../../../protocol/office/values.ts'
import { csvLine, type CsvCell } from '../../csv.ts'
import { decodeCursor, encodeCursor } from '../../api/paging.ts'
import type { OfficeAnswer, OfficeOutcome, OfficeProblem } from './route.ts'

/** What a table looks like in a file: the head of each column and what stands below it. */
export type Columns<T> = readonly (readonly [string, (row: T) => CsvCell])[]

export function csvFile<T>(
  name: string,
  columns: Columns<T>,
  rows: Iterable<T> | AsyncIterable<T>,
): OfficeAnswer {
  return {
    file: {
      type: 'text/csv; charset=utf-8; header=present',
      name: `${name.replaceAll(/[^\w.-]+/g, '-')}.csv`,
      text: csvText(columns, rows),
    },
  }
}

async function* csvText<T>(
  columns: Columns<T>,
  rows: Iterable<T> | AsyncIterable<T>,
): AsyncGenerator<string> {
  let text = csvLine(columns.map(([head]) => head))
  for await (const row of rows) {
    text += csvLine(columns.map(([, cell]) => cell(row)))
    if (text.length < CHUNK_LENGTH) continue
    yield text
    text = ''
  }
  yield text
}

const CHUNK_LENGTH = 64_000

interface PageWish {
  readonly format: ExportFormat
  readonly limit: number
  readonly cursor?: string | undefined
}

/** Rows that lie in memory: a page of them in the answer, or all of them in a file. */
export function tableAnswer<T extends { readonly key: string }>(
  wish: PageWish,
  name: string,
  columns: Columns<T>,
  rows: readonly T[],
  answer: (page: { readonly rows: readonly T[]; readonly next_cursor: string | null }) => unknown,
): OfficeOutcome {
  if (wish.format === 'csv') return ok(csvFile(name, columns, rows))
  const cursor = decodeCursor(wish.cursor, cursorKey)
  if (!cursor.ok) return cursor
  const after = cursor.value?.[0] ?? null
  const start = after === null ? 0 : rows.findIndex((row) => row.key === after) + 1
  if (after !== null && start === 0) return refuse(ROW_IS_GONE)
  const page = rows.slice(start, start + wish.limit)
  const last = page.at(-1)
  const isMore = rows.length > start + wish.limit
  return ok({
    body: answer({ rows: page, next_cursor: last && isMore ? encodeCursor([last.key]) : null }),
  })
}

const cursorKey = z.tuple([z.string()])

const ROW_IS_GONE: OfficeProblem = {
  status: 422,
  code: OFFICE_REFUSALS.validationFailed,
  detail: 'cursor: The row after which this page began is no more. Begin again.',
}
