import { STORE_RECORD_ID, type Catalog } from '../../domain/catalog.ts'
import { ok, type Result } from '../../domain/result.ts'
import type { MenuRecord } from './catalog-record.ts'
import { readCsv } from './csv-cells.ts'
import { currencyDigits } from './decimal-price.ts'
import { exportMenuCsv } from './export-csv.ts'
import { exportMenuJson, type FilePicture } from './export-json.ts'
import { nothingBeside, type ReadBeside } from './json-pictures.ts'
import type { MenuFault } from './menu-fault.ts'
import { parseMenuCsv } from './parse-csv.ts'
import { parseMenuJson } from './parse-json.ts'
import { parseSquareCsv, type SquareWish } from './parse-square.ts'
import { readMenuText } from './read-text.ts'
import { isSquareHeader } from './square-header.ts'

export type MenuFormat = 'json' | 'csv'

/** By the file's name; `null`: neither `.json` nor `.csv`. */
export function menuFormatOf(fileName: string): MenuFormat | null {
  const ending = /\.(json|csv)$/i.exec(fileName)?.[1]?.toLowerCase()
  return ending === 'json' || ending === 'csv' ? ending : null
}

/** What a file comes to: its records, and what of it could not be taken. */
export interface MenuReading {
  readonly records: readonly MenuRecord[]
  readonly notes: readonly string[]
}

/**
 * Reads a menu file's bytes: every record to be written, or every fault found and no record. A CSV file
 * with Square's columns is read as such.
 */
export function parseMenuFile(
  bytes: Uint8Array,
  format: MenuFormat,
  existing: Catalog,
  square: SquareWish = { variations: 'group', stationId: null },
  readBeside: ReadBeside = nothingBeside,
): Result<MenuReading, readonly MenuFault[]> {
  const text = readMenuText(bytes)
  if (!text.ok) return text
  const digits = digitsOf(existing)
  if (format === 'csv' && isSquare(text.value)) {
    return parseSquareCsv(text.value, existing, digits, square)
  }
  const records =
    format === 'json'
      ? parseMenuJson(text.value, existing, readBeside)
      : parseMenuCsv(text.value, existing, digits)
  return records.ok ? ok({ records: records.value, notes: [] }) : records
}

/** By its first line; a file whose first line cannot be read is told what is wrong with our own. */
function isSquare(text: string): boolean {
  const end = text.search(/[\r\n]/)
  const rows = readCsv(end < 0 ? text : text.slice(0, end))
  return rows.ok && isSquareHeader(rows.value[0] ?? [])
}

export const exportMenuFile = (
  catalog: Catalog,
  format: MenuFormat,
  pictures: readonly FilePicture[],
): string =>
  format === 'json' ? exportMenuJson(catalog, pictures) : exportMenuCsv(catalog, digitsOf(catalog))

const digitsOf = (catalog: Catalog): number =>
  currencyDigits(catalog.store.get(STORE_RECORD_ID)?.currency ?? 'USD')
