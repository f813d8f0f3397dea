import { ok } from '../../../domain/result.ts'
import type { ExportFormat } from '../../../protocol/office/values.ts'
import { csvLine, type CsvCell } from '../../csv.ts'
import { pageOfRows, type RowPage } from '../../reports/row-page.ts'
import type { OfficeAnswer, OfficeOutcome } from './route.ts'

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
  answer: (page: RowPage<T>) => unknown,
): OfficeOutcome {
  if (wish.format === 'csv') return ok(csvFile(name, columns, rows))
  const page = pageOfRows(rows, wish)
  return page.ok ? ok({ body: answer(page.value) }) : page
}
