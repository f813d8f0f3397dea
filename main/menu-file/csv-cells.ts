import { CsvError, parse } from 'csv-parse/sync'
import { ok, refuse, type Result } from '../../domain/result.ts'
import { faultAt, type MenuFault } from './menu-fault.ts'

/** One cell and where it begins in the text, at its quote if it has one. */
export interface Cell {
  readonly text: string
  readonly offset: number
}
export type Row = readonly Cell[]

/**
 * Splits CSV (RFC 4180) into rows of cells, rows without any text left out. Spaces around a cell are
 * dropped, unless they stand within its quotes. Line ends may be of any system's kind.
 */
export function readCsv(text: string): Result<readonly Row[], readonly MenuFault[]> {
  const bytes = Buffer.from(text)
  const place = createPlaces(text, bytes)
  try {
    const rows = parse(bytes, {
      trim: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      cast: (cell, context) => ({ text: cell, end: context.bytes }),
    }) as unknown as { text: string; end: number }[][]
    const placed = rows.map((row) =>
      row.map(({ text: cell, end }, index) => ({ text: cell, offset: place.next(end, index) })),
    )
    return ok(placed.filter((row) => row.some((cell) => cell.text !== '')))
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const offset = place.after(Number(error['bytes'] ?? 0), Number(error['column'] ?? 0))
    return refuse([faultAt(text, offset, MESSAGES[error.code] ?? error.message)])
  }
}

const MESSAGES: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'this cell opens with a double quote that nothing closes',
  CSV_INVALID_CLOSING_QUOTE:
    'after the closing double quote a comma or a new line should follow; a quote within a cell is written twice: ""',
  INVALID_OPENING_QUOTE:
    'a cell with a double quote in it should stand in double quotes, with that quote written twice: "10"" pizza"',
  CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE:
    'after the closing double quote a comma or a new line should follow',
}

/**
 * csv-parse tells after how many bytes each cell ended; where the next one begins follows from what
 * separates the two.
 */
function createPlaces(text: string, bytes: Buffer) {
  let endBytes = 0
  let endOffset = 0
  const advanceTo = (bytesSoFar: number): number => {
    endOffset += bytes.toString('utf8', endBytes, bytesSoFar).length
    endBytes = bytesSoFar
    return endOffset
  }
  const start = (from: number, index: number): number => {
    const separator = index > 0 ? /,[ \t]*/y : from === 0 ? /[ \t]*/y : /(?:\r\n|\n|\r)?[ \t]*/y
    separator.lastIndex = from
    return separator.test(text) ? separator.lastIndex : from
  }
  return {
    next: (end: number, index: number): number => {
      const offset = start(endOffset, index)
      advanceTo(end)
      return offset
    },
    after: (end: number, index: number): number => start(advanceTo(end), index),
  }
}

/** Several references share one cell, with semicolons between them. */
export const splitList = (cell: string): string[] =>
  (cell.match(/(?:\\[\s\S]|[^;\\]|\\$)+/g) ?? []).map((part) => part.replace(/\\([\s\S])/g, '$1'))

export const joinList = (parts: readonly string[]): string =>
  parts.map((part) => part.replace(/[;\\]/g, '\\$&')).join(';')

/** One line of CSV; a cell is quoted only where it has to be. */
export const writeRow = (cells: readonly string[]): string =>
  `${cells.map((cell) => (/[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\r\n`
